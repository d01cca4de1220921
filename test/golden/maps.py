"""
Expected numbers for neighbours, UMAP, t-SNE and what judges them, from scikit-learn and scipy.
Run here: python3 maps.py; writes knn.json and maps.json.
"""

import json

import numpy as np
from scipy.optimize import curve_fit, minimize
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, trustworthiness
from sklearn.manifold._t_sne import _joint_probabilities, _kl_divergence
from sklearn.manifold._utils import _binary_search_perplexity
from sklearn.neighbors import NearestNeighbors

UNIT = 1 / 64
rng = np.random.default_rng(4)


def integers(n, d, groups):
    centres = rng.integers(-200, 200, (groups, d))
    return (centres[np.arange(n) % groups] + rng.normal(0, 40, (n, d))).round().astype(int)


def rows(data):
    return (data * UNIT).astype(np.float32).astype(np.float64)


def short(array, digits=9):
    return [[float(f"{x:.{digits}g}") for x in row] for row in np.atleast_2d(array)]


# Neighbours, the row itself left out; no two distances of a row are equal.
data = integers(60, 7, 4)
found = NearestNeighbors(n_neighbors=10, algorithm="brute").fit(rows(data)).kneighbors()
for line in found[0]:
    assert len(set(line)) == len(line)
with open("knn.json", "w") as out:
    json.dump(
        {
            "unit": UNIT,
            "data": data.tolist(),
            "k": 10,
            "rows": found[1].tolist(),
            "distances": short(found[0]),
        },
        out,
    )
    out.write("\n")


def ab(spread, min_dist):
    """As umap-learn's find_ab_params: the curve 1 / (1 + a x^2b) fitted to the offset exponential."""
    x = np.linspace(0, spread * 3, 300)
    y = np.where(x < min_dist, 1.0, np.exp(-(x - min_dist) / spread))
    return curve_fit(lambda x, a, b: 1.0 / (1.0 + a * x ** (2 * b)), x, y)[0]


def smooth_knn(distances, k):
    """As umap-learn's smooth_knn_dist with local_connectivity 1, distances without the row itself, f64."""
    rhos, sigmas = [], []
    for line in distances:
        positive = line[line > 0]
        rho = positive[0] if len(positive) else 0.0
        low, high, mid = 0.0, np.inf, 1.0
        for _ in range(64):
            total = np.sum(np.where(line - rho > 0, np.exp(-np.maximum(line - rho, 0) / mid), 1.0))
            if abs(total - np.log2(k)) < 1e-5:
                break
            if total > np.log2(k):
                high, mid = mid, (low + mid) / 2
                mid = (low + high) / 2
            else:
                low = mid
                mid = mid * 2 if high == np.inf else (low + high) / 2
        floor = 1e-3 * (np.mean(line) if rho > 0 else np.mean(distances))
        rhos.append(rho)
        sigmas.append(max(mid, floor))
    return np.array(rhos), np.array(sigmas)


small = integers(40, 5, 3)
x = rows(small)
k = 9
distances, neighbours = NearestNeighbors(n_neighbors=k).fit(x).kneighbors()
distances = distances.astype(np.float32).astype(np.float64)
rho, sigma = smooth_knn(distances, k + 1)
weights = np.zeros((len(x), len(x)))
for i in range(len(x)):
    for dist, j in zip(distances[i], neighbours[i]):
        weights[i, j] = 1.0 if dist <= rho[i] else np.exp(-(dist - rho[i]) / sigma[i])
fuzzy = weights + weights.T - weights * weights.T

squared = np.square(distances).astype(np.float32)
conditional = _binary_search_perplexity(squared, 3.0, 0)
p = np.zeros((len(x), len(x)))
for i in range(len(x)):
    p[i, neighbours[i]] = conditional[i]
joint = (p + p.T) / max((p + p.T).sum(), np.finfo(float).eps)

layout = np.round(rng.normal(0, 3, (len(x), 2)), 3)
full = np.maximum(joint[np.triu_indices(len(x), 1)], 0)
full_square = joint[np.tril_indices(len(x), -1)]
from scipy.spatial.distance import squareform

condensed = squareform(joint, checks=False)
kl, gradient = _kl_divergence(layout.ravel(), np.maximum(condensed, 1e-300), 1, len(x), 2)

blobs = integers(150, 10, 5)
xb = rows(blobs)
tsne = TSNE(n_components=2, perplexity=15, method="exact", init="pca", random_state=0, max_iter=1000).fit(xb)
two = PCA(2).fit_transform(xb)

with open("maps.json", "w") as out:
    json.dump(
        {
            "unit": UNIT,
            "data": small.tolist(),
            "k": k,
            "ab": [[m, *map(float, ab(1.0, m))] for m in (0.0, 0.1, 0.25, 0.5, 0.99)],
            "rho": short(rho)[0],
            "sigma": short(sigma)[0],
            "fuzzy": short(fuzzy, 7),
            "perplexity": 3,
            "conditional": short(conditional, 7),
            "joint": short(joint, 7),
            "layout": layout.tolist(),
            "divergence": float(kl),
            "gradient": short(gradient.reshape(-1, 2), 8),
            "blobs": {
                "data": blobs.tolist(),
                "unit": UNIT,
                "perplexity": 15,
                "divergence": float(tsne.kl_divergence_),
                "layout": np.round(two, 4).tolist(),
                "trustworthiness": {
                    str(n): float(trustworthiness(xb, np.round(two, 4), n_neighbors=n)) for n in (5, 12)
                },
                "trustworthiness_tsne": float(trustworthiness(xb, tsne.embedding_, n_neighbors=12)),
            },
        },
        out,
    )
    out.write("\n")
