"""Makes row-scores.json: silhouettes of rows, medoids and margins, for src/analysis/row-scores.test.ts.

Run: python test/golden/row-scores.py   (numpy, scipy and scikit-learn; the tests need none)
For matrices and labels of analysis.json, and once more with every seventh row in no cluster. Centres are the clusters' means.
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from scipy.spatial.distance import cdist
from sklearn.metrics import silhouette_samples

FOLDER = Path(__file__).parent
NAMES = {("blobs", 5), ("overlapping", 8), ("large common mean", 4), ("duplicates", 3), ("fewer rows than columns", 6)}


def scores(name, x, labels, without):
    labels = np.array(labels)
    k = int(labels.max()) + 1
    if without:
        labels[::7] = -1
    inside = labels >= 0
    values = np.full(len(x), np.nan)
    values[inside] = silhouette_samples(x[inside], labels[inside])
    centres = np.array([x[labels == c].mean(axis=0) for c in range(k)])
    far = cdist(x, centres)
    gaps, second, medoids = [], [], []
    for i, own in enumerate(labels):
        others = [(far[i, c], c) for c in range(k) if c != own]
        gaps.append(None if own < 0 else float(f"{min(others)[0] - far[i, own]:.7g}"))
        second.append(None if own < 0 else min(others)[1])
    for c in range(k):
        members = np.flatnonzero(labels == c)
        sums = cdist(x[members], x[members]).sum(axis=1)
        medoids.append({"row": int(members[np.argmin(sums)]), "mean": float(sums.min() / max(1, len(members) - 1))})
    return {
        "name": name,
        "k": k,
        "without": without,
        "silhouettes": [None if np.isnan(v) else float(f"{v:.7g}") for v in values],
        "gaps": gaps,
        "second": second,
        "medoids": medoids,
    }


def cases():
    for one in json.loads((FOLDER / "analysis.json").read_text())["cases"]:
        x = np.array(one["rows"]).reshape(one["n"], one["d"])
        for fit in one["fits"]:
            if (one["name"], fit["k"]) in NAMES:
                yield scores(one["name"], x, fit["labels"], False)
            if (one["name"], fit["k"]) == ("overlapping", 8):
                yield scores(one["name"], x, fit["labels"], True)


golden = {"scikit-learn": sklearn.__version__, "cases": list(cases())}
(FOLDER / "row-scores.json").write_text(json.dumps(golden) + "\n")
