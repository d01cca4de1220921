"""Makes model.json: what NumPy labels with model.zip, as docs/formats.md tells to, for src/pipeline/model-bundle.golden.test.ts.

Run: python test/golden/model.py   (numpy; the test needs nothing of this)
model.zip is a model as Tessera saves it: standardised vectors on three components, five clusters, two of them named.
"""

import json
import zipfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def label(path, X):
    z = zipfile.ZipFile(path)
    model = json.load(z.open("model.json"))
    array = lambda name: np.load(z.open(name + ".npy"))
    X = X.astype(np.float64)
    if model["scaling"] == "l2":
        X = X / np.linalg.norm(X, axis=1, keepdims=True)
    elif model["scaling"] != "none":
        X = (X - array("scaler_offset")) * array("scaler_factor")
    if model["pca"]:
        X = (X - array("pca_mean")) @ array("pca_components").T
    distances = np.linalg.norm(X[:, None] - array("centroids"), axis=2)
    return distances.argmin(axis=1), distances.min(axis=1)


if __name__ == "__main__":
    rng = np.random.default_rng(11)
    X = np.float32(4 * rng.standard_normal((40, 12)))
    labels, distances = label(HERE / "model.zip", X)
    golden = {
        "n": 40,
        "d": 12,
        "rows": [float(f"{x:.9g}") for x in X.ravel()],
        "labels": labels.tolist(),
        "distances": [float(f"{x:.9g}") for x in distances],
    }
    (HERE / "model.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
