"""Makes squared-silhouette.json: silhouettes with squared Euclidean distances, for src/analysis/partition-scores.test.ts.

Run: python test/golden/squared-silhouette.py   (numpy and scikit-learn; the tests need neither)
By brute force over all pairs, for the matrices and labels of analysis.json and features.json.
"""

import base64
import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.metrics import silhouette_score

FOLDER = Path(__file__).parent


def cases():
    for one in json.loads((FOLDER / "analysis.json").read_text())["cases"]:
        yield one, np.array(one["rows"])
    one = json.loads((FOLDER / "features.json").read_text())["case"]
    yield one, np.frombuffer(base64.b64decode(one["rows"]), np.float16).astype(np.float64)


def scores():
    for one, rows in cases():
        x = rows.reshape(one["n"], one["d"])
        for fit in one["fits"]:
            if 2 <= len(set(fit["labels"])) < len(x):
                value = silhouette_score(x, fit["labels"], metric="sqeuclidean")
                yield {"name": f"{one['name']}, k = {fit['k']}", "silhouette": float(f"{value:.9g}")}


golden = {"scikit-learn": sklearn.__version__, "scores": list(scores())}
(FOLDER / "squared-silhouette.json").write_text(json.dumps(golden, indent=1) + "\n")
