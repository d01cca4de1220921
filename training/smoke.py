"""Runs every part of the recipe on made pictures, with a made-up teacher, in about three minutes on a processor.

    python smoke.py            # status 0 and the word "passed", or the step that failed

It proves that run.py goes all the way (pack, train, stop, resume, average, export, judge, catalogue entry) and can start from a file it
made, not that the result is good.
"""
import hashlib
import json
import os
import subprocess
import sys
import tempfile

import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
CLASSES, PICTURES, SIDE = 4, 40, 96
WIDTH, SIZES = 8, (32, 48)


def draw(folder, waves, seed):
    """Pictures of classes that differ by the direction and colour of their stripes."""
    rng = np.random.default_rng(seed)
    yy, xx = np.mgrid[:SIDE, :SIDE + 24] / SIDE
    for c in range(CLASSES):
        os.makedirs(os.path.join(folder, f"class{c}"))
        for i in range(PICTURES):
            angle, phase = c * np.pi / CLASSES + rng.normal(0, 0.08), rng.uniform(0, 6)
            wave = np.sin(waves * (xx * np.cos(angle) + yy * np.sin(angle)) + phase)[..., None]
            colour = np.eye(3)[c % 3] * 70 + rng.uniform(-20, 20, 3)
            pixels = 120 + wave * colour + rng.normal(0, 12, (*yy.shape, 3))
            Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(os.path.join(folder, f"class{c}", f"{i:03d}.jpg"), quality=90)


def with_faults(folder):
    """Adds a copy, a broken file and one that is too small."""
    with open(os.path.join(folder, "class0", "000.jpg"), "rb") as f:
        data = f.read()
    for name, content in (("copy.jpg", data), ("broken.jpg", data[:300])):
        with open(os.path.join(folder, "class0", name), "wb") as f:
            f.write(content)
    Image.new("RGB", (20, 20), "red").save(os.path.join(folder, "class0", "small.png"))


def listing(folder, path, source):
    with open(path, "w") as f:
        for d, _, files in sorted(os.walk(folder)):
            for name in sorted(files):
                f.write(f"{os.path.join(d, name)}\t{source}\t{os.path.basename(d)}\n")


def run(script, *words, expect=()):
    command = [sys.executable, os.path.join(HERE, script), *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True)
    missing = [word for word in expect if word not in done.stdout]
    if done.returncode or missing:
        raise SystemExit(f"{script} failed ({done.returncode}, missing {missing}):\n{done.stdout}{done.stderr}")
    print(f"{script}: ok", flush=True)
    return done.stdout


def check_packing(at):
    """Small shards, and only what belongs in them."""
    packed = run("pack_pool.py", "--list", at("pool.tsv"), "--out", at("small-shards"), "--max-mib", 4, "--shard-mib", 0.2, "--workers", 2)
    total = [line.split("\t")[1] for line in packed.splitlines() if line.startswith("total")]
    if total != [str(CLASSES * PICTURES)]:
        raise SystemExit(f"packed {total} pictures of {CLASSES * PICTURES}: the copy, the broken and the small one stay out")
    if len([f for f in os.listdir(at("small-shards")) if f.endswith(".bin")]) < 2:
        raise SystemExit("one shard where there should be more")


def check_result(work):
    """The entry describes the file that was made, at a size of the sweep."""
    with open(os.path.join(work, "entry.json")) as f:
        made = json.load(f)
    with open(os.path.join(work, "resnet18.onnx"), "rb") as f:
        data = f.read()
    entry, use = made["entry"], made["use"]
    if (entry["bytes"], entry["sha256"]) != (len(data), hashlib.sha256(data).hexdigest()):
        raise SystemExit(f"the entry is of another file: {entry}")
    if (use["layer"], use["dim"]) != ("embedding", 8 * WIDTH) or use["width"] not in SIZES:
        raise SystemExit(f"not what was trained: {use}")


def main():
    with tempfile.TemporaryDirectory() as work:
        at = lambda *parts: os.path.join(work, *parts)
        draw(at("pictures"), waves=20, seed=0)
        with_faults(at("pictures"))
        draw(at("unseen"), waves=9, seed=1)
        listing(at("pictures"), at("pool.tsv"), "made")
        listing(at("unseen"), at("judged.tsv"), "unseen")
        check_packing(at)
        recipe = ["--work", at("run"), "--pool", at("pool.tsv"), "--judged", at("judged.tsv"), "--teacher", "made-up", "--max-mib", 4, "--minutes", 0.4, "--px", *SIZES]
        train = ["--train", "--device", "cpu", "--teacher-px", 64, "--width", WIDTH, "--batch", 16, "--schedule", "0:32,0.7:48", "--labels", "all", "--val", 16,
                 "--bn-batches", 3, "--workers", 2]
        run("run.py", *recipe, *train, "--iters", 4, expect=["paused", "input size"])
        run("run.py", *recipe, *train, expect=["resumed", "done", "input size", "the teacher"])
        check_result(at("run"))
        again = ["--work", at("again"), *recipe[2:], "--shards", at("run", "shards")]
        run("run.py", *again, *train, "--start", at("run", "resnet18.onnx"), "--start-batches", 4, "--iters", 4, expect=["started from resnet18.onnx"])
        check_result(at("again"))
    print("passed")


if __name__ == "__main__":
    main()
