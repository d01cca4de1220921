"""Makes analysis.json: what scikit-learn says of small matrices, for src/analysis/golden.test.ts.

Run: python test/golden/analysis.py   (numpy and scikit-learn; the tests need neither)
Matrices are rounded to f32 and written with 9 digits, so both sides see the same numbers.
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import (
    adjusted_rand_score,
    calinski_harabasz_score,
    davies_bouldin_score,
    normalized_mutual_info_score,
    silhouette_score,
)

rng = np.random.default_rng(7)


def blobs(n, d, groups, apart, shift=0.0):
    centres = apart * rng.standard_normal((groups, d))
    return centres[rng.integers(groups, size=n)] + rng.standard_normal((n, d)) + shift


def with_constant_columns():
    x = blobs(60, 6, 4, 3)
    x[:, 2] = 5.5
    x[:, 4] = 0
    return x


def with_duplicates():
    x = blobs(20, 5, 3, 4)
    return np.concatenate([x, x, x[:7]])


CASES = {
    "blobs": (blobs(120, 8, 5, 4), [2, 5, 9]),
    "overlapping": (blobs(150, 12, 6, 0.7), [3, 8]),
    "large common mean": (blobs(100, 10, 4, 2, shift=1000.0), [4, 7]),
    "duplicates": (with_duplicates(), [3, 12]),
    "constant columns": (with_constant_columns(), [4]),
    "fewer rows than columns": (blobs(15, 40, 3, 2), [3, 6]),
    "one point per cluster": (blobs(9, 4, 3, 3), [9]),
    "empty clusters": (blobs(60, 3, 3, 5), [6]),
}


def first_centres(name, x, k):
    if name == "empty clusters":
        # Three centres so far away that no row is nearest to them: the repair must act.
        far = np.full((3, x.shape[1]), 100.0) + np.arange(3)[:, None]
        return np.concatenate([x[:3], far])
    if name == "one point per cluster":
        return x[:k]
    return x[rng.choice(np.unique(x, axis=0, return_index=True)[1], size=k, replace=False)]


def fit(name, x, k):
    init = np.float32(first_centres(name, x, k)).astype(np.float64)
    model = KMeans(k, init=init, n_init=1, algorithm="lloyd", tol=1e-4, max_iter=300).fit(x)
    result = {
        "k": k,
        "init": init.ravel().tolist(),
        "labels": model.labels_.tolist(),
        "inertia": model.inertia_,
        "iterations": model.n_iter_,
    }
    if 2 <= len(set(model.labels_)) < len(x):
        result["silhouette"] = silhouette_score(x, model.labels_)
        result["calinskiHarabasz"] = calinski_harabasz_score(x, model.labels_)
        result["daviesBouldin"] = davies_bouldin_score(x, model.labels_)
    return result


def pca(x):
    m = min(3, *x.shape)
    model = PCA(m, svd_solver="full").fit(x)
    return {
        "components": model.components_.ravel().tolist(),
        "variances": model.explained_variance_.tolist(),
        "explained": model.explained_variance_ratio_.tolist(),
        "coords": model.transform(x).ravel().tolist(),
    }


def case(name, x, ks):
    x = np.float32(x).astype(np.float64)
    n, d = x.shape
    return {"name": name, "n": n, "d": d, "rows": x.ravel().tolist(), "fits": [fit(name, x, k) for k in ks], "pca": pca(x)}


def agreement(a, b):
    return {"a": a, "b": b, "ari": adjusted_rand_score(a, b), "nmi": normalized_mutual_info_score(a, b)}


def agreements():
    a = rng.integers(5, size=200)
    mostly = np.where(rng.random(200) < 0.8, a, rng.integers(7, size=200))
    pairs = [
        (a, a),
        (a, (a + 3) % 5),
        (a, mostly),
        (a, rng.integers(4, size=200)),
        (np.zeros(10, int), np.arange(10)),
        (np.zeros(10, int), np.zeros(10, int)),
        (np.arange(6), np.arange(6)),
    ]
    return [agreement(x.tolist(), y.tolist()) for x, y in pairs]


def short(value):
    """Numbers to 9 digits (exact for f32), to keep the file small."""
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {key: short(v) for key, v in value.items()}
    return [short(v) for v in value] if isinstance(value, list) else value


def write(name, golden):
    golden = {"scikit-learn": sklearn.__version__, **golden}
    Path(__file__).with_name(name).write_text(json.dumps(short(golden), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    cases = [case(name, x, ks) for name, (x, ks) in CASES.items()]
    write("analysis.json", {"cases": cases, "agreement": agreements()})
