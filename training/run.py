"""The whole recipe in one command: fetch, pack, train, average, export, judge, catalogue entry. What is done already is not done again.

    python run.py --root checkouts --work run --minutes 25                 # a machine with a CUDA GPU: full width
    python run.py --root checkouts --work run --cpu --minutes 480          # half width on the processor, overnight

Leaves run/resnet18.onnx (checked against torch), run/scores.json (judge.py's table), run/entry.json (for the catalogue) and run/out (the
checkpoint, averaged weights included). To try another schedule, give another --work and the same --shards, and keep the better by the scores.
"""
import argparse
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CPU = "--device cpu --width 32 --batch 64 --teacher-px 160 --schedule 0:80,0.5:96,0.8:112,0.93:128 --save-seconds 900 --val 512".split()


def step(script, *words):
    print("$", script, *words, flush=True)
    subprocess.run([sys.executable, os.path.join(HERE, script), *map(str, words)], check=True)


def lists(root, work):
    """Lists of the pictures to train on and of those to keep out of it."""
    for role, name in (("train", "pool.tsv"), ("eval", "eval.tsv")):
        path = os.path.join(work, name)
        if not os.path.exists(path):
            with open(path + ".tmp", "w") as f:
                subprocess.run([sys.executable, os.path.join(HERE, "sources.py"), "--root", root, "--role", role], stdout=f, check=True)
            os.replace(path + ".tmp", path)
    return os.path.join(work, "pool.tsv"), os.path.join(work, "eval.tsv")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--root", help="checkouts of the sources; fetched when missing")
    ap.add_argument("--work", required=True)
    ap.add_argument("--pool", help="list of pictures to train on, in place of --root's")
    ap.add_argument("--judged", help="list of pictures to be judged by, in place of --root's")
    ap.add_argument("--shards", help="packed pool (default: WORK/shards)")
    ap.add_argument("--minutes", type=float, default=25)
    ap.add_argument("--max-mib", type=float, default=235, help="size of the packed pool")
    ap.add_argument("--cpu", action="store_true", help="the schedule for a processor: half width")
    ap.add_argument("--teacher", help="TFLite file, or made-up (tests)")
    ap.add_argument("--reference", help="a ResNet-18 trained on all of ImageNet, to compare with")
    ap.add_argument("--px", nargs="+", default=[], help="input sizes of the sweep")
    ap.add_argument("--id", default="tessera-resnet18-v1")
    ap.add_argument("--title", default="Tessera ResNet-18, v1")
    ap.add_argument("--train", nargs=argparse.REMAINDER, default=[], help="everything after it goes to train.py")
    a = ap.parse_args()
    if not a.root and not (a.pool and a.judged):
        ap.error("--root, or --pool and --judged")
    at = lambda name: os.path.join(a.work, name)
    shards, onnx, scores = a.shards or at("shards"), at("resnet18.onnx"), at("scores.json")
    os.makedirs(a.work, exist_ok=True)
    if not a.teacher:
        step("fetch.py", "--teacher")
    if a.root:
        step("fetch.py", "--root", a.root)
    pool, held = (a.pool, a.judged) if a.pool else lists(a.root, a.work)
    if not os.path.exists(os.path.join(shards, "index.npz")):
        step("pack_pool.py", "--list", pool, "--eval", held, "--out", shards, "--max-mib", a.max_mib)
    extra = [*(CPU if a.cpu else []), *a.train]
    teacher = ["--teacher", a.teacher] if a.teacher else []
    step("train.py", "--pool", shards, "--state", at("state.pt"), "--out", at("out"), "--minutes", a.minutes, "--limit-minutes", 1e6, *teacher, *extra)
    step("export.py", "--checkpoint", at("out"), "--out", onnx)
    width = extra[len(extra) - extra[::-1].index("--width")] if "--width" in extra else 64
    compared = [*teacher, *(["--reference", a.reference] if a.reference else []), *(["--px", *a.px] if a.px else [])]
    judged = ["--list", a.judged] if a.judged else ["--root", a.root]
    step("judge.py", *judged, "--network", onnx, "--width", width, *compared, "--json", scores)
    step("entry.py", "--onnx", onnx, "--scores", scores, "--id", a.id, "--title", a.title, "--json", at("entry.json"))


if __name__ == "__main__":
    main()
