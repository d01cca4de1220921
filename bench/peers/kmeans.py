"""Lloyd's k-means of scikit-learn on the rows of a file: python kmeans.py rows.f32 n d k iterations repeats -> JSON."""

import json
import sys
import time
import warnings

import numpy as np
import sklearn
from sklearn.cluster import KMeans

path, (n, d, k, iterations, repeats) = sys.argv[1], map(int, sys.argv[2:7])
rows = np.fromfile(path, dtype=np.float32).reshape(n, d)
init = rows[np.arange(k) * (n // k)]
warnings.simplefilter("ignore")
runs = []
for _ in range(repeats + 1):
    start = time.perf_counter()
    fit = KMeans(k, init=init, n_init=1, max_iter=iterations, tol=0, algorithm="lloyd").fit(rows)
    runs.append(time.perf_counter() - start)
print(
    json.dumps(
        {
            "version": sklearn.__version__,
            "seconds": runs[1:],
            "iterations": int(fit.n_iter_),
            "inertia": float(fit.inertia_),
        }
    )
)
