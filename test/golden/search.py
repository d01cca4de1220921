"""Makes search.json: nearest rows by brute force in f64 (NumPy for Euclidean, scikit-learn for both), for
src/analysis/search.test.ts and src/analysis/search.browser.test.ts.

The test makes the same rows: number p of the matrix is (7919 p^2 + 104729 p + 13) mod 99991, over 4096, minus 7; every 41st
row repeats the one before, so that there are ties.

Run: python test/golden/search.py   (numpy, scikit-learn)
"""

import json
from pathlib import Path

import numpy as np
from sklearn.metrics.pairwise import cosine_distances
from sklearn.neighbors import NearestNeighbors


def rows(n, d):
    p = np.arange(n * d, dtype=np.int64)
    x = ((p * p * 7919 + p * 104729 + 13) % 99991 / 4096 - 7).astype("f4").reshape(n, d)
    x[41::41] = x[40 : n - 1 : 41]
    return x


cases = []
for n, d, count in [(300, 7, 20), (1200, 64, 50), (700, 512, 100)]:
    x = rows(n, d)
    for query in (0, 41, n - 1):
        exact = np.sqrt(((x.astype("f8") - x[query].astype("f8")) ** 2).sum(1))
        angle = cosine_distances(x.astype("f8"), x[query : query + 1].astype("f8"))[:, 0]
        for metric, distances in (("euclidean", exact), ("cosine", np.maximum(angle, 0))):
            order = np.lexsort((np.arange(n), np.round(distances, 12)))
            order = order[order != query][:count]
            # Two different distances that agree to twelve digits would make the order a matter of rounding.
            gaps = np.diff(np.sort(distances))
            assert ((gaps < 1e-12) | (gaps > 1e-9)).all()
            radius = float((distances[order[9]] + distances[order[10]]) / 2)
            cases.append(
                {
                    "n": n,
                    "d": d,
                    "query": query,
                    "metric": metric,
                    "rows": order.tolist(),
                    "distances": [float(v) for v in distances[order]],
                    "radius": radius,
                    "within": sorted(int(i) for i in np.flatnonzero(distances <= radius) if i != query),
                }
            )
        if d > 7:
            brute = NearestNeighbors(n_neighbors=count + 1, algorithm="brute").fit(x.astype("f8"))
            found = brute.kneighbors(x[query : query + 1].astype("f8"))[0][0]
            assert np.allclose(np.sort(exact)[: count + 1], found, atol=1e-6)

out = Path(__file__).with_suffix(".json")
out.write_text(json.dumps(cases, separators=(",", ":")) + "\n")
print(len(cases), out.stat().st_size)
