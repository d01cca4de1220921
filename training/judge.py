"""The table by which a network is judged: seven sets it has not seen, beside networks that know less and more.

    python judge.py --root checkouts --reference resnet18-imagenet.onnx.gz --json scores.json
    python judge.py --root checkouts --network run/resnet18.onnx --width 64 --json run/scores.json

Means of kNN, linear probe and k-means (evaluate.py says how) over the sets, for the network at every size of the sweep, random weights of
its shape, raw pixels, the teacher, and a reference; and the network's ratio to the reference. The sets are taken from the checkouts
(fetch.py --role eval brings them) and poultry4 is derived from its own. A set that is missing is named, and the means are then of the others.
"""
import argparse
import hashlib
import json
import os

import torch

import evaluate
import poultry4
import sources
from teacher import PATH

HERE = os.path.dirname(os.path.abspath(__file__))
SHIPPED = os.path.join(os.path.dirname(HERE), "public", "models", "tessera-resnet18-half-v0.onnx")
SETS = "weather tf_flowers corel1k vehicle_type poultry4 credo_rays cifar10_test".split()
SWEEP = [96, 128, 160, 192, 224]
JUDGED = ("knn", "probe", "nmi")


def the_sets(root):
    """Name -> rows (path, name, label) of each set whose checkout is there."""
    found = {}
    for source in sources.read_sources():
        if source["name"] not in SETS or sources.checkout(root, source["repo"]) is None:
            continue
        rows = evaluate.folders(poultry4.derive(root)) if source["name"] == "poultry4" else list(sources.list_source(source, root))
        found.setdefault(source["name"], []).extend(rows)
    return {name: found[name] for name in SETS if name in found}


def listed_sets(path):
    """The same from a list of path<TAB>set<TAB>label."""
    found = {}
    for row in sources.read_list(path):
        found.setdefault(row[1], []).append(row)
    return found


def input_size(rows):
    """The size with the best k-means NMI, because clusters are what the app makes of the vectors; the smaller one of equals."""
    return min(rows, key=lambda r: (-r["nmi"], r["px"]))["px"]


def report(average, names, reference):
    """The table as Markdown. `names`: model -> what to call it; `reference`: the model that ratios are taken to, or None."""
    base = next((r for r in average if r["model"] == reference), None)
    lines = ["| network | input px | kNN | linear probe | k-means NMI | k-means ARI |" + (" ratio to the reference: kNN, probe, NMI |" if base else ""),
             "|---|---|---|---|---|---|" + ("---|" if base else "")]
    for r in average:
        ratios = " · ".join(f"{r[k] / base[k]:.2f}" for k in JUDGED) if base else ""
        lines.append(f"| {names[r['model']]} | {r['px'] or '-'} | " + " | ".join(f"{r[k]:.3f}" for k in evaluate.NAMES) + " |" + (f" {ratios} |" if base else ""))
    return "\n".join(lines)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--root", help="checkouts of the sources")
    ap.add_argument("--list", help="path<TAB>set<TAB>label, in place of --root")
    ap.add_argument("--network", default=SHIPPED, help="the file to judge (default: the one that ships)")
    ap.add_argument("--width", type=int, default=32, help="of the random network: 32 is half width")
    ap.add_argument("--reference", help="a ResNet-18 trained on all of ImageNet, as ONNX or .gz")
    ap.add_argument("--teacher", default=PATH)
    ap.add_argument("--px", nargs="+", type=int, default=SWEEP)
    ap.add_argument("--per-class", type=int, default=100)
    ap.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    ap.add_argument("--json")
    a = ap.parse_args()
    sets = listed_sets(a.list) if a.list else the_sets(a.root)
    if not a.list and len(sets) < len(SETS):
        print("missing:", *(s for s in SETS if s not in sets), flush=True)
    network, random, teacher = f"onnx:{a.network}", f"random:{a.width}", f"teacher:{a.teacher}"
    reference = f"onnx:{a.reference}" if a.reference else None
    names = {network: os.path.splitext(os.path.basename(a.network))[0], random: "random weights of the same shape", "pixels": "raw pixels, 16 x 16",
             teacher: "the teacher (MobileNetV2)", reference: "ResNet-18 of ImageNet (reference)"}
    largest = max(a.px)
    plan = [*((network, px) for px in a.px), (random, 128 if 128 in a.px else largest), ("pixels", None), (teacher, largest)]
    plan += [(reference, largest)] if reference else []
    models, table = {}, []
    for rows in sets.values():
        for r in evaluate.measure(rows, plan, a.device, a.per_class, models=models):
            table.append(r)
            print(evaluate.line({**r, "model": names[r["model"]]}), flush=True)
    average = evaluate.means(table)
    size = input_size([r for r in average if r["model"] == network])
    print(report(average, names, reference))
    print(f"input size: {size} px, by NMI")
    if a.json:
        with open(a.network, "rb") as f:
            digest = hashlib.sha256(f.read()).hexdigest()
        named = [[{**r, "model": names[r["model"]]} for r in rs] for rs in (table, average)]
        with open(a.json, "w") as f:
            json.dump(dict(network=names[network], sha256=digest, per_class=a.per_class, px=size, sets=list(sets), means=named[1], rows=named[0]), f, indent=2)
            f.write("\n")


if __name__ == "__main__":
    main()
