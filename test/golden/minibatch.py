"""Makes minibatch.json: what scikit-learn's MiniBatchKMeans does, for src/analysis/minibatch.test.ts.

Run: python test/golden/minibatch.py   (numpy and scikit-learn; the tests need neither)
The matrices are those of `blobs` in test/rows.ts, made again here, and the real features of features.json.
"""

import base64
import json
import math
from pathlib import Path

import numpy as np
import sklearn
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.cluster._kmeans import _mini_batch_step

HERE = Path(__file__).parent
M = 0xFFFFFFFF


class Random:
    """xoshiro128** as in src/analysis/random.ts."""

    def __init__(self, seed):
        self.s = []
        x = seed & M
        for _ in range(4):
            x = (x + 0x9E3779B9) & M
            z = ((x ^ (x >> 16)) * 0x21F0AAAD) & M
            z = ((z ^ (z >> 15)) * 0x735A2D97) & M
            self.s.append(z ^ (z >> 15))

    def uint32(self):
        s = self.s
        x = (s[1] * 5) & M
        result = ((((x << 7) | (x >> 25)) & M) * 9) & M
        t = (s[1] << 9) & M
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = ((s[3] << 11) | (s[3] >> 21)) & M
        return result

    def float(self):
        return ((self.uint32() >> 5) * 67108864 + (self.uint32() >> 6)) / 9007199254740992

    def normal(self):
        while True:
            u = 2 * self.float() - 1
            v = 2 * self.float() - 1
            s = u * u + v * v
            if 0 < s < 1:
                return u * math.sqrt((-2 * math.log(s)) / s)


def blobs(n, d, groups, apart, seed):
    random = Random(seed)
    centres = np.array([apart * random.normal() for _ in range(groups * d)]).reshape(groups, d)
    return np.float32([[centres[i % groups, t] + random.normal() for t in range(d)] for i in range(n)])


def steps():
    """Three steps on given batches, without reassignment."""
    x = np.float64(blobs(300, 5, 4, 4, 1))
    centres, counts = x[:6].copy(), np.zeros(6)
    out = []
    for at in (0, 100, 200):
        new = np.empty_like(centres)
        inertia = _mini_batch_step(x[at : at + 100], np.ones(100), centres, new, counts, None)
        centres = new
        out.append({"inertia": inertia, "centres": centres.ravel().tolist(), "counts": counts.tolist()})
    return out


def starved():
    """Which centres are put onto rows, and the counts after that, for centres that no row of the batch is nearest to."""
    out = []
    for before, batch in (([900, 3, 20, 8, 500], 40), ([1000, 1, 2, 3, 4, 5, 6], 8), ([10, 10, 10], 9)):
        k = len(before)
        # The first centre takes the whole batch.
        x = np.float64(blobs(batch, 3, 1, 1, 2))
        centres = np.full((k, 3), 1e3) * np.arange(k)[:, None]
        new, counts = np.empty_like(centres), np.float64(before)
        _mini_batch_step(x, np.ones(batch), centres, new, counts, np.random.RandomState(0), random_reassign=True)
        moved = [c for c in range(1, k) if (new[c] != centres[c]).any()]
        out.append({"before": before, "batch": batch, "moved": moved, "counts": counts.tolist()})
    return out


def stops():
    out = []
    for n, batch, seed in ((5000, 100, 1), (5000, 1000, 2), (300, 100, 3), (100000, 1024, 4)):
        rng = np.random.default_rng(seed)
        inertias = batch * (1 + np.exp(-np.arange(400) / 20) + 0.05 * rng.standard_normal(400))
        fit = MiniBatchKMeans(batch_size=batch, tol=0.0)
        fit._batch_size, fit._tol = batch, 0.0
        fit._ewa_inertia = fit._ewa_inertia_min = None
        fit._no_improvement = 0
        stopped = [i for i, v in enumerate(inertias) if fit._mini_batch_convergence(i, 400, n, 0, v)]
        count = stopped[0] + 1 if stopped else 0
        out.append({"n": n, "batch": batch, "inertias": inertias[: (count or 400) + 1].tolist(), "steps": count})
    return out


def quality(name, x, k, batch):
    mini = [MiniBatchKMeans(k, batch_size=batch, n_init=3, random_state=s).fit(x) for s in range(100)]
    full = min(KMeans(k, n_init=1, random_state=s).fit(x).inertia_ for s in range(20))
    inertias = [m.inertia_ for m in mini]
    return {"name": name, "k": k, "batch": batch, "full": full, "mean": np.mean(inertias), "worst": max(inertias)}


def features():
    case = json.loads((HERE / "features.json").read_text())["case"]
    rows = np.frombuffer(base64.b64decode(case["rows"]), np.float16)
    return np.float32(rows.reshape(case["n"], case["d"]))


golden = {
    "scikit-learn": sklearn.__version__,
    "steps": steps(),
    "starved": starved(),
    "stops": stops(),
    "quality": [
        quality("blobs", blobs(4000, 8, 12, 2, 3), 12, 256),
        quality("blobs that overlap", blobs(4000, 8, 12, 0.7, 4), 20, 256),
        quality("features", features(), 8, 64),
    ],
}
(HERE / "minibatch.json").write_text(json.dumps(golden, separators=(",", ":")))
