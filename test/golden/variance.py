"""Makes variance.json: what scikit-learn says of the variance of some rows, for src/analysis/explained-variance.test.ts.

Run: python test/golden/variance.py   (numpy and scikit-learn; the tests need neither)
The rows are a formula, which the test repeats.
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler, normalize


def rows(n, d):
    i, t = np.mgrid[1 : n + 1, 1 : d + 1]
    return (np.sin(i * t) + np.cos(i + t) / t).astype(np.float32).astype(np.float64)


def shares(x):
    return [float(f"{v:.9g}") for v in PCA(svd_solver="full").fit(x).explained_variance_ratio_]


golden = {"scikit-learn": sklearn.__version__, "cases": []}
for n, d in [(40, 6), (7, 12)]:
    x = rows(n, d)
    golden["cases"].append(
        {
            "n": n,
            "d": d,
            "none": shares(x),
            "standard": shares(StandardScaler().fit_transform(x)),
            "l2": shares(normalize(x)),
        }
    )
Path(__file__).with_name("variance.json").write_text(json.dumps(golden, indent=1) + "\n")
