"""Makes pca.json: what scikit-learn says of real features, for src/analysis/gpu-products.browser.test.ts.

Run: python test/golden/pca.py <shared data folder>   (numpy and scikit-learn; the tests need neither)
Only variances and the coordinates of a few rows are kept, not the features.
"""

import json
import pickle
import sys
from pathlib import Path

import numpy as np
import sklearn
from sklearn.decomposition import PCA

ROWS = 4
COMPONENTS = 8


def flip(components):
    """Signs as Tessera sets them: the largest loading of each component is positive."""
    largest = np.argmax(np.abs(components), axis=1)
    return np.sign(components[np.arange(len(components)), largest])


def case(x):
    x = x.astype(np.float64)
    model = PCA(COMPONENTS, svd_solver="full").fit(x)
    coords = (model.transform(x[:ROWS]) * flip(model.components_)).ravel()
    return {
        "n": x.shape[0],
        "d": x.shape[1],
        "variances": [float(f"{v:.9g}") for v in model.explained_variance_],
        "coords": [float(f"{v:.9g}") for v in coords],
    }


data = Path(sys.argv[1])
golden = {
    "scikit-learn": sklearn.__version__,
    "vehicles, ResNet-18": case(pickle.loads((data / "vehicles/resnet18.pickle").read_bytes())),
    "pictures, ResNet-50": case(np.load(data / "golden/resnet50.squash.npy")),
}
Path(__file__).with_name("pca.json").write_text(json.dumps(golden, indent=1) + "\n")
