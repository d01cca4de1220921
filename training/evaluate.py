"""How well embeddings separate labelled image sets: kNN, linear probe and k-means, for several models and input sizes.

    python evaluate.py --list eval.tsv --sources weather tf_flowers corel1k --models ckpt:run/out random pixels teacher --px 128 160 224
    python evaluate.py --folder photos_by_class --models onnx:resnet18.onnx

Models: ckpt:FOLDER (averaged weights), ckpt-net:FOLDER (last weights), random[:width], pixels (16x16 RGB), teacher,
onnx:FILE (ImageNet-normalised input, output 'embedding' or the first one).
Pictures: short side reduced to the input size, centre square (--squash: whole picture squashed to a square).
kNN: cosine, 20 neighbours weighted by similarity, leave one out.  Probe: logistic regression on standardised features, 70/30 split.
k-means: on length-normalised features, k = number of classes, best of 5 starts; NMI and ARI against the labels.
"""
import argparse
import collections
import json
import os
import random
import sys
import time
import warnings

import numpy as np
import torch
from PIL import Image

import sources
from model import MEAN, STD, ResNet18, load_backbone

warnings.filterwarnings("ignore")
NAMES = ("knn", "probe", "nmi", "ari")


def pick(rows, per_class, seed):
    groups = collections.defaultdict(list)
    for r in rows:
        if r[2] != "-":
            groups[r[2]].append(r)
    out = []
    for _, rs in sorted(groups.items()):
        rs.sort()
        random.Random(seed).shuffle(rs)
        out += rs[:per_class] if per_class else rs
    return out


def load(path, largest):
    """An RGB picture, already reduced to a short side of `largest`; None when it cannot be read."""
    try:
        im = Image.open(path)
        if im.format == "JPEG":
            im.draft("RGB", (2 * largest, 2 * largest))
        if im.mode in ("RGBA", "LA", "P"):
            im = im.convert("RGBA")
            im = Image.alpha_composite(Image.new("RGBA", im.size, "white"), im)
        im = im.convert("RGB")
    except (OSError, ValueError) as error:
        print(f"{path}: left out, {error}", file=sys.stderr)
        return None
    s = largest / min(im.size)
    return im if s >= 1 else im.resize((max(largest, round(im.width * s)), max(largest, round(im.height * s))), Image.LANCZOS)


def tensor(im, px, squash):
    if squash:
        im = im.resize((px, px), Image.BILINEAR)
    else:
        s = min(im.size)
        l, t = (im.width - s) / 2, (im.height - s) / 2
        im = im.resize((px, px), Image.BILINEAR, box=(l, t, l + s, t + s))
    return torch.from_numpy(np.array(im)).permute(2, 0, 1).float() / 255


def make(spec, device):
    """A function: pictures in 0..1 (N,3,px,px) -> features (N,D)."""
    kind, _, arg = spec.partition(":")
    mean, std = torch.tensor(MEAN).view(1, 3, 1, 1), torch.tensor(STD).view(1, 3, 1, 1)
    if kind == "pixels":
        return lambda x: torch.nn.functional.interpolate(x, size=(16, 16), mode="bilinear", antialias=True).flatten(1) - 0.5
    if kind == "onnx":
        import onnxruntime as ort
        o = ort.SessionOptions()
        o.intra_op_num_threads = torch.get_num_threads()
        s = ort.InferenceSession(arg, o, providers=["CPUExecutionProvider"])
        names = [x.name for x in s.get_outputs()]
        name, entry = "embedding" if "embedding" in names else names[0], s.get_inputs()[0].name
        return lambda x: torch.from_numpy(s.run([name], {entry: ((x - mean) / std).numpy()})[0])
    if kind == "teacher":
        from teacher import PATH, load_teacher
        net = load_teacher(arg or PATH)
        net.eval().to(device)
        return lambda x: net(x.to(device))[1].cpu()
    if kind == "random":
        torch.manual_seed(0)
        net = ResNet18(int(arg or 64)).eval()
    else:
        net = load_backbone(arg, "net" if kind == "ckpt-net" else "ema")
    net.to(device)
    return lambda x: net(((x - mean) / std).to(device)).cpu()


def scores(f, y, k=20, seed=0):
    from sklearn.cluster import KMeans
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
    from sklearn.model_selection import train_test_split
    f = np.nan_to_num(f.astype(np.float64))
    u = (f / np.maximum(np.linalg.norm(f, axis=1, keepdims=True), 1e-12)).astype(np.float32)
    n, c = len(u), int(y.max()) + 1
    hits = 0
    for lo in range(0, n, 1024):
        sim = u[lo:lo + 1024] @ u.T
        rows = np.arange(len(sim))
        sim[rows, lo + rows] = -2
        kk = min(k, n - 1)
        near = np.argpartition(-sim, kk - 1, axis=1)[:, :kk]
        votes = np.zeros((len(sim), c))
        for j in range(kk):
            votes[rows, y[near[:, j]]] += np.exp(sim[rows, near[:, j]] / 0.07 - 1 / 0.07)
        hits += (votes.argmax(1) == y[lo:lo + 1024]).sum()
    z = (f - f.mean(0)) / (f.std(0) + 1e-6)
    tr, te = train_test_split(np.arange(n), test_size=0.3, random_state=seed, stratify=y if np.bincount(y).min() > 3 else None)
    probe = LogisticRegression(C=0.01, max_iter=300).fit(z[tr], y[tr]).score(z[te], y[te])
    guess = KMeans(c, n_init=5, random_state=seed).fit_predict(u)
    return hits / n, probe, normalized_mutual_info_score(y, guess), adjusted_rand_score(y, guess)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--list", nargs="*", default=[], help="files of path<TAB>source<TAB>label")
    ap.add_argument("--sources", nargs="*", help="only these sources of the lists")
    ap.add_argument("--folder", nargs="*", default=[], help="one folder per class inside each")
    ap.add_argument("--models", nargs="+", default=["random", "pixels", "teacher"])
    ap.add_argument("--px", nargs="+", type=int, default=[160])
    ap.add_argument("--squash", action="store_true")
    ap.add_argument("--per-class", type=int, default=200, help="at most so many pictures per class; 0: all")
    ap.add_argument("--min-class", type=int, default=5, help="drop classes with fewer pictures")
    ap.add_argument("--batch", type=int, default=64)
    ap.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    ap.add_argument("--threads", type=int, default=0)
    ap.add_argument("--seed", type=int, default=0)
    ap.add_argument("--json", help="write the rows and the means to this file too")
    a = ap.parse_args()
    if a.threads:
        torch.set_num_threads(a.threads)
    sets = collections.OrderedDict()
    for f in a.list:
        for r in sources.read_list(f):
            if not a.sources or r[1] in a.sources:
                sets.setdefault(r[1], []).append(r)
    for d in a.folder:
        name = os.path.basename(os.path.normpath(d))
        for c in sorted(os.listdir(d)):
            if os.path.isdir(os.path.join(d, c)):
                sets.setdefault(name, []).extend((os.path.join(d, c, x), name, c) for x in os.listdir(os.path.join(d, c)) if x.lower().endswith(sources.EXT))
    print("set\tn\tclasses\tmodel\tpx\tdim\tkNN\tprobe\tNMI\tARI\ts")
    mean = collections.defaultdict(list)
    models, table = {}, []
    for name, rows in sets.items():
        count = collections.Counter(r[2] for r in rows)
        rows = pick([r for r in rows if count[r[2]] >= a.min_class], a.per_class, a.seed)
        read = [(im, r[2]) for r in rows for im in [load(r[0], max(a.px))] if im]
        pictures, of = [im for im, _ in read], [label for _, label in read]
        classes = sorted(set(of))
        if len(classes) < 2:
            print(f"{name}: fewer than two classes, skipped", file=sys.stderr)
            continue
        y = np.array([classes.index(label) for label in of])
        for spec in a.models:
            if spec not in models:
                models[spec] = make(spec, a.device)
            for px in a.px if spec != "pixels" else a.px[:1]:
                t0, out = time.time(), []
                with torch.no_grad():
                    for i in range(0, len(pictures), a.batch):
                        out.append(models[spec](torch.stack([tensor(im, px, a.squash) for im in pictures[i:i + a.batch]])))
                f = torch.cat(out).float().numpy()
                s = scores(f, y)
                mean[(spec, px)].append(s)
                table.append(dict(set=name, n=len(y), classes=len(classes), model=spec, px=px, dim=f.shape[1], **dict(zip(NAMES, map(float, s)))))
                print(f"{name}\t{len(y)}\t{len(classes)}\t{spec}\t{px if spec != 'pixels' else '-'}\t{f.shape[1]}\t" + "\t".join(f"{v:.3f}" for v in s) + f"\t{time.time() - t0:.0f}", flush=True)
    if len(sets) > 1:
        for (spec, px), s in mean.items():
            print(f"mean of {len(s)}\t\t\t{spec}\t{px if spec != 'pixels' else '-'}\t\t" + "\t".join(f"{v:.3f}" for v in np.mean(s, axis=0)))
    if a.json:
        means = [dict(model=m, px=px, sets=len(s), **dict(zip(NAMES, map(float, np.mean(s, axis=0))))) for (m, px), s in mean.items()]
        with open(a.json, "w") as f:
            json.dump(dict(rows=table, means=means), f, indent=1)


if __name__ == "__main__":
    main()
