"""Peers of the k-means benchmark on the rows of a file, from the same initial centres.

python kmeans.py sklearn|faiss rows.f32 n d k iterations repeats threads -> JSON; threads = 0: as many as there are.
The last assignment is measured too, as everywhere in this benchmark.
"""

import json
import sys
import time
import warnings

import numpy as np

peer, path = sys.argv[1:3]
n, d, k, iterations, repeats, threads = map(int, sys.argv[3:9])
rows = np.fromfile(path, dtype=np.float32, count=n * d).reshape(n, d)
init = rows[np.arange(k) * (n // k)]
warnings.simplefilter("ignore")


def by_sklearn():
    import sklearn
    from sklearn.cluster import KMeans

    def fit():
        model = KMeans(k, init=init, n_init=1, max_iter=iterations, tol=0, algorithm="lloyd").fit(rows)
        return model.n_iter_, model.cluster_centers_, model.labels_

    return f"scikit-learn {sklearn.__version__}", fit


def by_faiss():
    import faiss

    if threads:
        faiss.omp_set_num_threads(threads)

    def fit():
        clustering = faiss.Clustering(d, k)
        clustering.niter = iterations
        clustering.min_points_per_centroid = 1
        clustering.max_points_per_centroid = n
        faiss.copy_array_to_vector(init.ravel(), clustering.centroids)
        index = faiss.IndexFlatL2(d)
        clustering.train(rows, index)
        centres = faiss.vector_to_array(clustering.centroids).reshape(k, d)
        return iterations, centres, index.search(rows, 1)[1].ravel()

    return f"faiss-cpu {faiss.__version__}", fit


name, fit = by_sklearn() if peer == "sklearn" else by_faiss()
# As warm as the contenders in the browser.
began = time.perf_counter()
fit()
while time.perf_counter() - began < 2:
    fit()
runs = []
for _ in range(repeats):
    start = time.perf_counter()
    done, centres, labels = fit()
    runs.append(time.perf_counter() - start)
inertia = float(((rows - centres[labels]).astype(np.float64) ** 2).sum())
print(json.dumps({"name": name, "seconds": runs, "iterations": int(done), "inertia": inertia}))
