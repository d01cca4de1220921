"""The whole recipe in one command: fetch, pack, train, evaluate, export. What is done already is not done again.

    python run.py --root checkouts --work run --minutes 25                 # a machine with a CUDA GPU
    python run.py --root checkouts --work run --cpu --minutes 480          # half width on the processor, overnight

Leaves run/resnet18.onnx (checked against torch), run/scores.json (the evaluation beside random weights, raw pixels and the teacher)
and run/out (the checkpoint). To try another schedule, give another --work and the same --shards.
"""
import argparse
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SETS = "weather tf_flowers corel1k vehicle_type credo_rays cifar10_test".split()
CPU = "--device cpu --width 32 --batch 64 --teacher-px 160 --schedule 0:80,0.5:96,0.8:112,0.93:128 --save-seconds 900 --val 512".split()


def step(script, *words):
    print("$", script, *words, flush=True)
    subprocess.run([sys.executable, os.path.join(HERE, script), *map(str, words)], check=True)


def lists(root, work):
    """Lists of the pictures to train on and to be judged by."""
    for role, name in (("train", "pool.tsv"), ("eval", "eval.tsv")):
        path = os.path.join(work, name)
        if not os.path.exists(path):
            with open(path + ".tmp", "w") as f:
                subprocess.run([sys.executable, os.path.join(HERE, "sources.py"), "--root", root, "--role", role], stdout=f, check=True)
            os.replace(path + ".tmp", path)
    return os.path.join(work, "pool.tsv"), os.path.join(work, "eval.tsv")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--root", required=True, help="checkouts of the sources; fetched when missing")
    ap.add_argument("--work", required=True)
    ap.add_argument("--shards", help="packed pool (default: WORK/shards)")
    ap.add_argument("--minutes", type=float, default=25)
    ap.add_argument("--max-mib", type=float, default=235, help="size of the packed pool")
    ap.add_argument("--cpu", action="store_true", help="the schedule for a processor: half width")
    ap.add_argument("--train", nargs=argparse.REMAINDER, default=[], help="everything after it goes to train.py")
    a = ap.parse_args()
    shards = a.shards or os.path.join(a.work, "shards")
    out, onnx = os.path.join(a.work, "out"), os.path.join(a.work, "resnet18.onnx")
    os.makedirs(a.work, exist_ok=True)
    step("fetch.py", "--teacher", "--root", a.root)
    pool, judged = lists(a.root, a.work)
    if not os.path.exists(os.path.join(shards, "index.npz")):
        step("pack_pool.py", "--list", pool, "--eval", judged, "--out", shards, "--max-mib", a.max_mib)
    extra = [*(CPU if a.cpu else []), *a.train]
    state = os.path.join(a.work, "state.pt")
    step("train.py", "--pool", shards, "--state", state, "--out", out, "--minutes", a.minutes, "--limit-minutes", 1e6, *extra)
    step("export.py", "--checkpoint", out, "--out", onnx)
    models = [f"onnx:{onnx}", f"random:{32 if a.cpu else 64}", "pixels", "teacher"]
    step("evaluate.py", "--list", judged, "--sources", *SETS, "--models", *models, "--px", 96, 128, 160, 192, 224, "--json", os.path.join(a.work, "scores.json"))


if __name__ == "__main__":
    main()
