"""Runs every part of the recipe on made pictures, with a made-up teacher, in about two minutes on a processor.

    python smoke.py            # status 0 and the word "passed", or the step that failed

It proves that the parts work together (pack, train, stop, resume, export, evaluate), not that the result is good.
"""
import os
import subprocess
import sys
import tempfile

import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
CLASSES, PICTURES, SIDE = 4, 40, 96


def draw(folder):
    """Pictures of classes that differ by the direction and colour of their stripes; one copy, one broken, one too small."""
    rng = np.random.default_rng(0)
    yy, xx = np.mgrid[:SIDE, :SIDE + 24] / SIDE
    for c in range(CLASSES):
        os.makedirs(os.path.join(folder, f"class{c}"))
        for i in range(PICTURES):
            angle, phase = c * np.pi / CLASSES + rng.normal(0, 0.08), rng.uniform(0, 6)
            wave = np.sin(20 * (xx * np.cos(angle) + yy * np.sin(angle)) + phase)[..., None]
            colour = np.eye(3)[c % 3] * 70 + rng.uniform(-20, 20, 3)
            pixels = 120 + wave * colour + rng.normal(0, 12, (*yy.shape, 3))
            Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(os.path.join(folder, f"class{c}", f"{i:03d}.jpg"), quality=90)
    first = os.path.join(folder, "class0", "000.jpg")
    data = open(first, "rb").read()
    open(os.path.join(folder, "class0", "copy.jpg"), "wb").write(data)
    open(os.path.join(folder, "class0", "broken.jpg"), "wb").write(data[:300])
    Image.new("RGB", (20, 20), "red").save(os.path.join(folder, "class0", "small.png"))


def listing(folder, path, source):
    with open(path, "w") as f:
        for d, _, files in sorted(os.walk(folder)):
            for name in sorted(files):
                f.write(f"{os.path.join(d, name)}\t{source}\t{os.path.basename(d)}\n")


def run(script, *words, expect=""):
    command = [sys.executable, os.path.join(HERE, script), *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode or expect not in done.stdout:
        raise SystemExit(f"{script} failed ({done.returncode}, expected {expect!r}):\n{done.stdout}{done.stderr}")
    print(f"{script}: {done.stdout.strip().splitlines()[-1] if done.stdout.strip() else 'ok'}", flush=True)
    return done.stdout


def main():
    with tempfile.TemporaryDirectory() as work:
        at = lambda *parts: os.path.join(work, *parts)
        draw(at("pictures"))
        listing(at("pictures"), at("pool.tsv"), "made")
        packed = run("pack_pool.py", "--list", at("pool.tsv"), "--out", at("shards"), "--max-mib", 4, "--shard-mib", 0.2, "--workers", 2)
        total = [line.split("\t")[1] for line in packed.splitlines() if line.startswith("total")]
        if total != [str(CLASSES * PICTURES)]:
            raise SystemExit(f"packed {total} pictures of {CLASSES * PICTURES}: the copy, the broken and the small one stay out")
        train = ["--pool", at("shards"), "--state", at("state.pt"), "--out", at("out"), "--device", "cpu", "--teacher", "made-up", "--teacher-px", 64,
                 "--width", 8, "--batch", 16, "--schedule", "0:32,0.7:48", "--minutes", 0.5, "--labels", "all", "--val", 16, "--bn-batches", 3, "--workers", 2]
        run("train.py", *train, "--iters", 4, expect="paused")
        run("train.py", *train, "--limit-minutes", 5, expect="done")
        run("export.py", "--checkpoint", at("out"), "--out", at("net.onnx"), expect="sha256")
        table = run("evaluate.py", "--folder", at("pictures"), "--models", f"onnx:{at('net.onnx')}", "random:8", "pixels", "--px", 48, "--json", at("scores.json"))
        if "onnx:" not in table or not os.path.exists(at("scores.json")):
            raise SystemExit(f"no scores:\n{table}")
    print("passed")


if __name__ == "__main__":
    main()
