"""Makes trees.json: trees that scikit-learn's KMeans grows node by node, for src/analysis/grow-tree.golden.test.ts.

Run: python test/golden/trees.py   (numpy and scikit-learn; the tests need neither)
Matrices are rounded to f32 and written with 9 digits, so both sides see the same numbers. Every node is split from rows of it
that are written down; its children are numbered by falling size, equal ones by the label that KMeans gave.
"""

import numpy as np
from sklearn.cluster import KMeans

from analysis import blobs, write

rng = np.random.default_rng(23)

CASES = {
    "blobs in blobs": dict(x=blobs(12, 6, 12, 8)[rng.integers(12, size=260)] + blobs(260, 6, 5, 2), branching=4, depth=3, minimum=20),
    "no structure": dict(x=rng.standard_normal((300, 10)), branching=5, depth=2, minimum=30),
    "large common mean": dict(x=blobs(160, 8, 9, 2, shift=500.0), branching=3, depth=3, minimum=12),
    "duplicates": dict(x=np.repeat(blobs(18, 4, 6, 3), 5, axis=0), branching=4, depth=4, minimum=2),
}


def split(x, rows, k):
    distinct = np.unique(x[rows], axis=0, return_index=True)[1]
    k = min(k, len(distinct))
    seeds = rows[rng.choice(distinct, size=k, replace=False)]
    model = KMeans(k, init=x[seeds], n_init=1, algorithm="lloyd", tol=1e-4, max_iter=100).fit(x[rows])
    sizes = np.bincount(model.labels_, minlength=k)
    order = sorted((c for c in range(k) if sizes[c]), key=lambda c: (-sizes[c], c))
    own = ((x[rows] - model.cluster_centers_[model.labels_]) ** 2).sum(axis=1)
    children = [(rows[model.labels_ == c], float(own[model.labels_ == c].sum())) for c in order]
    return seeds, children


def grow(x, branching, depth, minimum):
    x = np.float32(x).astype(np.float64)
    everything = np.arange(len(x))
    level = [("root", everything, float(((x - x.mean(axis=0)) ** 2).sum()))]
    nodes = []
    for at in range(depth + 1):
        below = []
        for name, rows, inertia in level:
            node = {"id": name, "rows": rows.tolist(), "inertia": inertia}
            nodes.append(node)
            if at == depth or len(rows) < max(2, minimum) or len(np.unique(x[rows], axis=0)) < 2:
                continue
            seeds, children = split(x, rows, branching)
            node["seeds"] = seeds.tolist()
            below += [(f"{name}-{c}", *child) for c, child in enumerate(children)]
        level = below
    best = KMeans(branching, n_init=10, random_state=0).fit(x).inertia_
    n, d = x.shape
    sizes = {"n": n, "d": d, "branching": branching, "depth": depth, "minimumSize": minimum}
    return {**sizes, "rows": x.ravel().tolist(), "best": best, "nodes": nodes}


if __name__ == "__main__":
    write("trees.json", {"cases": [{"name": name, **grow(**case)} for name, case in CASES.items()]})
