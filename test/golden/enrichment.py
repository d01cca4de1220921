"""Makes enrichment.json: Fisher's exact test and Benjamini-Hochberg, for src/app/screens/explore/enrichment.test.ts.

Run: python test/golden/enrichment.py   (numpy and scipy; the tests need neither)
Each case: images with the value in each cluster, images of each cluster; two-sided p of the 2 x 2 table of each cluster
against all others, and the p values corrected over the clusters.
"""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy.stats import false_discovery_control, fisher_exact

FOLDER = Path(__file__).parent


def drawn(seed, sizes, having, pull):
    """Images with the value, drawn without replacement; those of the first cluster are `pull` times as likely."""
    rng = np.random.default_rng(seed)
    labels = np.repeat(np.arange(len(sizes)), sizes)
    weights = np.where(labels == 0, pull, 1.0)
    rows = rng.choice(len(labels), having, replace=False, p=weights / weights.sum())
    return np.bincount(labels[rows], minlength=len(sizes))


def case(name, found, sizes):
    found, sizes = np.asarray(found), np.asarray(sizes)
    having, total = found.sum(), sizes.sum()
    ps = [
        fisher_exact([[a, n - a], [having - a, total - n - having + a]]).pvalue for a, n in zip(found, sizes)
    ]
    return {
        "name": name,
        "found": found.tolist(),
        "sizes": sizes.tolist(),
        "p": [float(f"{p:.9g}") for p in ps],
        "q": [float(f"{q:.9g}") for q in false_discovery_control(ps, method="bh")],
    }


thirty = [416314 // 30 + (i < 416314 % 30) for i in range(30)]
golden = {
    "scipy": scipy.__version__,
    "cases": [
        case("tea", [3, 1], [4, 4]),
        case("one cluster", [3], [10]),
        case("nobody has it", [0, 0, 0], [5, 6, 7]),
        case("everybody has it", [5, 6, 7], [5, 6, 7]),
        case("clear cut", [12, 0, 0, 1], [12, 15, 9, 14]),
        case("symmetrical", [2, 2, 8, 8], [10, 10, 10, 10]),
        case("an empty cluster", [4, 0, 1], [9, 0, 11]),
        case("sample set", drawn(1, [60, 52, 44, 40, 36, 30, 24, 18, 9], 40, 4.0), [60, 52, 44, 40, 36, 30, 24, 18, 9]),
        case("many, weak", drawn(2, thirty, 31000, 1.05), thirty),
        case("many, half", drawn(3, thirty, 208157, 1.1), thirty),
        case("many, few", drawn(4, thirty, 60, 5.0), thirty),
    ],
}
(FOLDER / "enrichment.json").write_text(json.dumps(golden) + "\n")
