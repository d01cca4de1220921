"""Means of clusters edited by hand, the distances of their rows and scores of all clusters: numpy and scikit-learn. Writes edited.json."""

import json
from pathlib import Path

import numpy as np
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score
from sklearn.preprocessing import StandardScaler, normalize

rng = np.random.default_rng(38)
n, d = 40, 4
x = (rng.normal(size=(n, d)) * [1, 5, 0.2, 3] + [100, -3, 0.5, 8]).astype(np.float32)
labels = rng.integers(0, 4, n)
labels[[3, 17, 29]] = 65535  # in no cluster
clusters = [1, 3]


def measured(rows):
    rows = rows.astype(np.float64)
    means = np.array([rows[labels == c].mean(axis=0) for c in clusters])
    distances = [
        float(np.linalg.norm(row - means[clusters.index(label)])) if label in clusters else None
        for row, label in zip(rows, labels)
    ]
    known = labels != 65535
    return {
        "centroids": means.ravel().tolist(),
        "distances": distances,
        "calinskiHarabasz": float(calinski_harabasz_score(rows[known], labels[known])),
        "daviesBouldin": float(davies_bouldin_score(rows[known], labels[known])),
    }


spaces = {"none": x, "standard": StandardScaler().fit_transform(x.astype(np.float64)), "l2": normalize(x.astype(np.float64))}
made = {
    "n": n,
    "d": d,
    "rows": [float(v) for v in x.ravel()],
    "labels": labels.tolist(),
    "clusters": clusters,
    "spaces": {name: measured(rows) for name, rows in spaces.items()},
}
(Path(__file__).parent / "edited.json").write_text(json.dumps(made, indent=1) + "\n")
