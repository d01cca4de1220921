"""How well embeddings separate labelled image sets: kNN, linear probe and k-means, for several models and input sizes.

    python evaluate.py --list eval.tsv --sources weather tf_flowers corel1k --models ckpt:run/out random pixels teacher --px 128 160 224
    python evaluate.py --folder photos_by_class --models onnx:resnet18.onnx

Models: ckpt:FOLDER (averaged weights), ckpt-net:FOLDER (last weights), random[:width], pixels (16x16 RGB), teacher,
onnx:FILE or FILE.gz (ImageNet-normalised input; its tensor 'embedding', an output or not, otherwise the first output).
Pictures: short side reduced to the input size, centre square (--squash: whole picture squashed to a square).
kNN: cosine, 20 neighbours weighted by similarity, leave one out.  Probe: logistic regression on standardised features, 70/30 split.
k-means: on length-normalised features, k = number of classes, best of 5 starts; NMI and ARI against the labels.
"""
import argparse
import collections
import gzip
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


def session(path):
    """ONNX Runtime for a file, and the name of the tensor to read."""
    import onnx
    import onnxruntime as ort
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as f:
        model = onnx.load_from_string(f.read())
    names = [x.name for x in model.graph.output]
    name = "embedding" if any("embedding" in n.output for n in model.graph.node) else names[0]
    if name not in names:
        model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    o = ort.SessionOptions()
    o.intra_op_num_threads = torch.get_num_threads()
    return ort.InferenceSession(model.SerializeToString(), o, providers=["CPUExecutionProvider"]), name


def make(spec, device):
    """A function: pictures in 0..1 (N,3,px,px) -> features (N,D)."""
    kind, _, arg = spec.partition(":")
    mean, std = torch.tensor(MEAN).view(1, 3, 1, 1), torch.tensor(STD).view(1, 3, 1, 1)
    if kind == "pixels":
        return lambda x: torch.nn.functional.interpolate(x, size=(16, 16), mode="bilinear", antialias=True).flatten(1) - 0.5
    if kind == "onnx":
        s, name = session(arg)
        entry = s.get_inputs()[0].name
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


def folders(path):
    """Rows (path, source, label) of a folder with one folder per class inside."""
    name = os.path.basename(os.path.normpath(path))
    return [(os.path.join(path, c, x), name, c) for c in sorted(os.listdir(path)) if os.path.isdir(os.path.join(path, c))
            for x in os.listdir(os.path.join(path, c)) if x.lower().endswith(sources.EXT)]


def measure(rows, plan, device, per_class=200, min_class=5, squash=False, batch=64, seed=0, models=None):
    """Scores of one set for every (model, size) of the plan, as dictionaries, one by one. `models` keeps what was loaded."""
    models = {} if models is None else models
    count = collections.Counter(r[2] for r in rows)
    rows = pick([r for r in rows if count[r[2]] >= min_class], per_class, seed)
    read = [(im, r[2]) for r in rows for im in [load(r[0], max(px or 0 for _, px in plan) or 224)] if im]
    pictures, of = [im for im, _ in read], [label for _, label in read]
    classes = sorted(set(of))
    if len(classes) < 2:
        return print(f"{rows[0][1] if rows else 'a set'}: fewer than two classes, skipped", file=sys.stderr)
    y = np.array([classes.index(label) for label in of])
    for spec, px in plan:
        if spec not in models:
            models[spec] = make(spec, device)
        t0, out = time.time(), []
        with torch.no_grad():
            for i in range(0, len(pictures), batch):
                out.append(models[spec](torch.stack([tensor(im, px or 64, squash) for im in pictures[i:i + batch]])))
        f = torch.cat(out).float().numpy()
        yield dict(set=rows[0][1], n=len(y), classes=len(classes), model=spec, px=px, dim=f.shape[1], **dict(zip(NAMES, map(float, scores(f, y)))), seconds=round(time.time() - t0, 1))


def means(table):
    """Means over the sets, for every model and size that was measured on all of them."""
    groups, sets = collections.OrderedDict(), {r["set"] for r in table}
    for r in table:
        groups.setdefault((r["model"], r["px"]), []).append(r)
    return [dict(model=m, px=px, sets=len(rs), **{k: float(np.mean([r[k] for r in rs])) for k in NAMES}) for (m, px), rs in groups.items() if len(rs) == len(sets)]


def line(r):
    return "\t".join([r.get("set", f"mean of {r['sets']}" if "sets" in r else ""), str(r.get("n", "")), str(r.get("classes", "")), r["model"], str(r["px"] or "-"),
                      str(r.get("dim", "")), *(f"{r[k]:.3f}" for k in NAMES), str(r.get("seconds", ""))])


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
    for r in [r for f in a.list for r in sources.read_list(f) if not a.sources or r[1] in a.sources] + [r for d in a.folder for r in folders(d)]:
        sets.setdefault(r[1], []).append(r)
    print("set\tn\tclasses\tmodel\tpx\tdim\tkNN\tprobe\tNMI\tARI\ts")
    plan = [(spec, px) for spec in a.models for px in (a.px if spec != "pixels" else [None])]
    models, table = {}, []
    for rows in sets.values():
        for r in measure(rows, plan, a.device, a.per_class, a.min_class, a.squash, a.batch, a.seed, models):
            table.append(r)
            print(line(r), flush=True)
    average = means(table)
    if len(sets) > 1:
        print(*map(line, average), sep="\n")
    if a.json:
        with open(a.json, "w") as f:
            json.dump(dict(rows=table, means=average), f, indent=1)


if __name__ == "__main__":
    main()
