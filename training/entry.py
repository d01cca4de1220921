"""What the app has to know of a new network: its entry for the catalogue, from the file and its scores.

    python entry.py --onnx run/resnet18.onnx --scores run/scores.json --id tessera-resnet18-v1 --title "Tessera ResNet-18, v1"

Prints the entry of public/models/catalogue.json and the lines of src/models/catalogue.ts that differ. Putting a network in the place of
the shipped one is a decision, so nothing is written there.
"""
import argparse
import hashlib
import json
import os

import onnx


def entry(path, id, title):
    with open(path, "rb") as f:
        data = f.read()
    return dict(id=id, title=title, url=f"models/{id}.onnx", bytes=len(data), sha256=hashlib.sha256(data).hexdigest(), licence="MIT", card=f"models/{id}.md")


def use(path, px):
    """Layer, width of the vector and input size, as the app keeps them."""
    output = onnx.load(path).graph.output[0]
    return dict(layer=output.name, dim=output.type.tensor_type.shape.dim[1].dim_value, width=px, height=px)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--onnx", required=True)
    ap.add_argument("--scores", required=True, help="written by judge.py for this file")
    ap.add_argument("--id", required=True)
    ap.add_argument("--title", required=True)
    ap.add_argument("--json", help="write both parts to this file too")
    a = ap.parse_args()
    with open(a.scores) as f:
        scores = json.load(f)
    made = entry(a.onnx, a.id, a.title)
    if scores["sha256"] != made["sha256"]:
        raise SystemExit(f"{a.scores} judges another file than {os.path.basename(a.onnx)}")
    both = dict(entry=made, use=use(a.onnx, scores["px"]))
    print(json.dumps(both, indent=2))
    if a.json:
        with open(a.json, "w") as f:
            json.dump(both, f, indent=2)
            f.write("\n")


if __name__ == "__main__":
    main()
