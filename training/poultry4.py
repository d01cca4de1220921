"""Derives the evaluation set poultry4 from its checkout: droppings of healthy chickens and of three diseases.

    python poultry4.py --root checkouts        # writes checkouts/derived/poultry4/CLASS/*.png

The repository holds every picture on a white canvas of 250 x 250, so that the width of the margin gives away where a picture, and
with it its class, came from. The margin is cut off, pictures of 100 x 100 (made smaller before) and copies are left out, a picture
that stands in two classes is left out of both, and of the rest only those that are nearly square are kept: their proportions tell nothing.
"""
import argparse
import collections
import hashlib
import os

import numpy as np
from PIL import Image

import sources

CLASSES = {
    "coccidiosis": "coccidiosis", "healthy": "healthy", "newcastle-disease": "newcastle",
    "yolk-sac-infection-salmonella": "salmonella"}
WHITE = 235  # JPEG leaves white a little uneven beside a picture
SHARE = 0.98  # of a line's pixels are white when it belongs to the margin
NEARLY = 1.1  # longest to shortest side
SMALLEST, REDUCED = 96, 104  # a shorter side is a strip; pictures of about 100 x 100 are all of one class, made smaller before


def without_margin(im):
    """The picture without the white lines around it; None when nothing is left."""
    white = (np.asarray(im.convert("RGB")) >= WHITE).all(2)
    rows, columns = (np.flatnonzero(white.mean(axis) < SHARE) for axis in (1, 0))
    if not len(rows) or not len(columns):
        return None
    return im.crop((int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1))


def nearly_square(im):
    return max(im.size) <= NEARLY * min(im.size)


def read(folder):
    """(class, file name, picture without its margin) of every picture that stays, and how many were left out for what reason."""
    kept, out, found = [], collections.Counter(), collections.defaultdict(list)
    for name, label in CLASSES.items():
        for file in sorted(os.listdir(os.path.join(folder, name))):
            if file.lower().endswith(sources.EXT):
                path = os.path.join(folder, name, file)
                with open(path, "rb") as f:
                    found[hashlib.sha256(f.read()).digest()].append((label, path))
    for copies in found.values():
        out["copy"] += len(copies) - 1
        label, path = copies[0]
        if len({c[0] for c in copies}) > 1:
            out["in two classes"] += 1
            continue
        try:
            im = Image.open(path).convert("RGB")
        except OSError:
            out["not readable"] += 1
            continue
        inner = without_margin(im)
        if inner is None or min(inner.size) < SMALLEST or max(inner.size) <= REDUCED:
            out["small"] += 1
        else:
            kept.append((label, os.path.splitext(os.path.basename(path))[0], inner))
    return kept, out


def derive(root):
    """Writes the set below ROOT/derived and says what became of the pictures; its folder."""
    repo = next(s["repo"] for s in sources.read_sources() if s["name"] == "poultry4")
    checkout = sources.checkout(root, repo)
    if checkout is None:
        raise SystemExit(f"missing checkout: {repo}")
    target = os.path.join(root, "derived", "poultry4")
    if os.path.isdir(target):
        return target
    kept, out = read(os.path.join(checkout, "dataset"))
    square = [k for k in kept if nearly_square(k[2])]
    for label, name, im in square:
        os.makedirs(os.path.join(target + ".partial", label), exist_ok=True)
        im.save(os.path.join(target + ".partial", label, name + ".png"))
    os.rename(target + ".partial", target)
    print(f"poultry4: {len(square)} nearly square pictures of {len(kept)}; left out {dict(out)}; {dict(collections.Counter(k[0] for k in square))}", flush=True)
    return target


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--root", required=True)
    print(derive(ap.parse_args().root))


if __name__ == "__main__":
    main()
