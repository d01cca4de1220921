"""Makes vectors.json: small files of vectors as NumPy, pandas and pickle write them (base64 of gzip), with the rows they hold,
for src/sources/vectors/vectors.test.ts.

Run: python test/golden/vectors.py   (numpy, pandas, pyarrow)
"""

import base64
import gzip
import io
import json
import os
import pickle
import warnings
from collections import OrderedDict
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd

warnings.simplefilter("ignore")
rng = np.random.default_rng(7)
X = rng.integers(-100, 100, (5, 3)).astype("f4") / 8
PATHS = [f"b/é {i}.jpg" for i in range(5)]
cases = {}


def add(name, data, rows=None, names=None, array=None, refused=None, dtype=None):
    case = {"file": base64.b64encode(gzip.compress(data, mtime=0)).decode()}
    if refused:
        case["refused"] = refused
    else:
        rows = np.asarray(rows, "f8").reshape(len(rows), -1)
        case["rows"] = [[None if not np.isfinite(v) else v for v in row] for row in rows.tolist()]
    for key, value in (("names", names), ("array", array), ("dtype", dtype)):
        if value is not None:
            case[key] = value
    cases[name] = case


def npy(x, version=None):
    out = io.BytesIO()
    np.lib.format.write_array(out, x, version)
    return out.getvalue()


def npz(compressed=False, **arrays):
    out = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(out, **arrays)
    return out.getvalue()


for kind in ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?"]:
    for order in "<>" if np.dtype(kind).itemsize > 1 else "|":
        x = (np.abs(X) if kind[0] == "u" else X).astype(order + kind)
        add(f"{kind.replace('?', 'bool')}{'' if order in '<|' else '-big'}.npy", npy(x), x, dtype="bool" if kind == "?" else kind)
add("fortran.npy", npy(np.asfortranarray(X)), X)
add("fortran-big.npy", npy(np.asfortranarray(X.astype(">f8"))), X)
add("version2.npy", npy(X, (2, 0)), X)
add("version3.npy", npy(X, (3, 0)), X)
add("four-dimensions.npy", npy(X.reshape(5, 3, 1, 1)), X)
add("fortran-four-dimensions.npy", npy(np.asfortranarray(X.reshape(5, 3, 1, 1))), X)
add("not-finite.npy", npy(np.array([[1, np.nan], [np.inf, 2], [1e300, -np.inf]])), [[1, np.nan], [np.nan, 2], [np.nan, np.nan]])
add("one-dimension.npy", npy(X[:, 0]), refused="shape (5)")
add("empty.npy", npy(X[:0]), refused="empty")
add("structured.npy", npy(np.zeros(3, [("a", "f4"), ("b", "i4")])), refused="structured")
add("objects.npy", npy(np.array([[None, 1], [2, 3]], object)), refused="Python objects")
add("complex.npy", npy(X.astype("c8")), refused="complex")
add("text.npy", npy(np.array([["a", "b"]])), refused="text")
add("dates.npy", npy(np.zeros((2, 2), "M8[s]")), refused="dates")

add("one.npz", npz(features=X), X)
add("packed.npz", npz(True, features=X), X)
add("packed-fortran.npz", npz(True, features=np.asfortranarray(X)), X)
add("stored-fortran.npz", npz(features=np.asfortranarray(X)), X)
add("matrix-and-labels.npz", npz(features=X, labels=np.arange(5)), X)
add("several.npz", npz(a=X, b=-X), -X, array="b")
add("choose.npz", npz(a=X, b=X), refused="choose one")

index = pd.DataFrame(X, index=PATHS)
mixed = pd.DataFrame({"label": PATHS[::-1], "x": X[:, 0], "path": PATHS, "y": X[:, 1].astype("f8"), "z": np.arange(5), "ok": True})
objects = pd.DataFrame({"path": PATHS, "label": range(5), "vector": list(X)})
pickled = {
    "array": (X, X, None),
    "fortran": (np.asfortranarray(X), X, None),
    "big": (X.astype(">f4"), X, None),
    "long": (np.tile(X, (40, 1)), np.tile(X, (40, 1)), None),
    "list-of-arrays": (list(X), X, None),
    "list-of-rows": ([x[None] for x in X], X, None),
    "list-of-lists": (X.tolist(), X, None),
    "list-of-scalars": ([list(x) for x in X], X, None),
    "by-path": (dict(zip(PATHS, X)), X, PATHS),
    "by-path-lists": ({p: tuple(x.tolist()) for p, x in zip(PATHS, X)}, X, PATHS),
    "ordered": (OrderedDict(zip(PATHS, X)), X, PATHS),
    "with-paths": ({"features": X, "paths": PATHS, "labels": np.arange(5)}, X, PATHS),
    "with-text-array": ({"features": X, "paths": np.array(PATHS)}, X, PATHS),
    "with-object-array": ({"features": X, "paths": np.array(PATHS, object)}, X, PATHS),
    "pair": ((X, PATHS), X, PATHS),
    "object-array": (np.array([list(x) for x in X] + [None], object)[:5], X, None),
    "frame": (pd.DataFrame(X), X, None),
    "frame-by-index": (index, X, PATHS),
    "frame-mixed": (mixed, np.c_[X[:, :2], np.arange(5)], PATHS),
    "frame-of-vectors": (objects, X, PATHS),
}
for name, (value, rows, names) in pickled.items():
    for protocol in range(6):
        add(f"{name}-{protocol}.pickle", pickle.dumps(value, protocol), rows, names)


class Evil:
    def __reduce__(self):
        return os.system, ("echo never",)



def parquet(frame, **options):
    out = io.BytesIO()
    frame.to_parquet(out, **options)
    return out.getvalue()


wide = pd.DataFrame(X, columns=["f0", "f1", "f2"])
add("wide.csv", wide.to_csv(index=False).encode(), X)
add("headless.csv", wide.to_csv(index=False, header=False).encode(), X)
add("semicolon.csv", wide.assign(path=PATHS).to_csv(index=False, sep=";", decimal=",").encode(), X, PATHS)
add("missing.csv", b"a,b\n1,\n2,3\n", [[1, np.nan], [2, 3]])
add("wide.parquet", parquet(wide.assign(path=PATHS)), X, PATHS, dtype="f4")
add("list.parquet", parquet(objects, row_group_size=2), X, PATHS)
add("list-zstd.parquet", parquet(pd.DataFrame({"v": list(X)}), compression="zstd"), X)
add("ragged.parquet", parquet(pd.DataFrame({"v": [[1.0, 2.0], [3.0]]})), refused="its vector has 1 numbers, not 2")
add("none.parquet", parquet(pd.DataFrame({"path": PATHS})), refused="no column of vectors")
add("words.csv", b"a,b\nx,y\n", refused="two columns of numbers")
add("several.pickle", pickle.dumps({"a": X, "b": -X}), -X, array="b")
add("choose.pickle", pickle.dumps({"a": X, "b": X}), refused="choose one")
add("system.pickle", pickle.dumps(Evil()), refused=f"{os.system.__module__}.system")
add("fraction.pickle", pickle.dumps([Fraction(1, 3)]), refused="fractions.Fraction")
add("series.pickle", pickle.dumps(pd.Series(X[:, 0])), refused="Series")
add("dates.pickle", pickle.dumps(pd.DataFrame({"at": [datetime(2020, 1, 1)]})), refused="pandas")
add("ragged.pickle", pickle.dumps({"a": X[0], "b": X[1, :2]}), refused="vector 1 has 2 numbers")
add("text.pickle", pickle.dumps("hello"), refused="no matrix")
add("vector.pickle", pickle.dumps(X[0]), refused="one row per image")

Path(__file__).with_name("vectors.json").write_text(json.dumps(cases, indent=1, ensure_ascii=False) + "\n")
