"""Opens exported files with pandas, pyarrow and NumPy and compares them with each other.

Run: python test/golden/check_exports.py FOLDER   (numpy, pandas, pyarrow)

FOLDER holds files of one project as they were exported, by their own names: `images.json` (the table the others are
compared with) and any of `images.csv`, `images.tsv`, `images.ndjson`, `images.parquet`, `images.bulk.ndjson`, `scores.parquet`,
`clusters.parquet`, `embeddings.npy`, `embeddings.parquet`, with or without the name of the project before. CSV and TSV are to be written with "leave text exactly
as it is". `npx tsx test/golden/write_exports.ts FOLDER` writes a set of them, with odd names and values, without the app.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

folder = Path(sys.argv[1])


def find(name):
    found = [path for path in sorted(folder.iterdir()) if path.name == name or path.name.endswith(" - " + name)]
    return found[0] if found else None


def plain(value):
    """What JSON would say: None for nothing, times in ISO 8601."""
    if value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.tz_convert("UTC").strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03d}Z"
    if isinstance(value, (np.floating, np.integer, np.bool_)):
        return value.item()
    return value


def same(ours, theirs):
    if isinstance(ours, list):
        return np.array_equal(np.array(ours, np.float32), np.array(theirs, np.float32))
    if isinstance(ours, float) or isinstance(theirs, float):
        if ours is None or theirs is None:
            return ours is theirs
        # The shortest decimal of a float32 stands for it; infinity is nothing in JSON.
        return float(ours) == float(theirs) or np.float32(ours) == np.float32(theirs)
    return ours == theirs


def compare(name, records):
    assert len(records) == len(reference), f"{name}: {len(records)} records, {len(reference)} in JSON"
    for i, (expected, record) in enumerate(zip(reference, records)):
        for key in columns:
            value = plain(record.get(key))
            if isinstance(value, float) and np.isinf(value):
                value = None
            assert same(expected[key], value), f"{name}: record {i}, {key}: {value!r} instead of {expected[key]!r}"
    print(f"{name}: {len(records)} records x {len(columns)} columns agree")


reference = json.loads(find("images.json").read_text(encoding="utf-8"))
columns = [key for key in reference[0] if key != "vector"]
kinds = {key: {type(record[key]) for record in reference} - {type(None)} for key in columns}

for name, separator in [("images.csv", ","), ("images.tsv", "\t")]:
    if path := find(name):
        texts = {key: str for key in columns if str in kinds[key]}
        frame = pd.read_csv(
            path, sep=separator, dtype=texts, keep_default_na=False, na_values=[""], encoding="utf-8-sig", float_precision="round_trip", lineterminator=None
        )
        assert list(frame.columns) == columns, f"{name}: {list(frame.columns)}"
        compare(name, frame.astype(object).where(frame.notna(), None).to_dict("records"))

if path := find("images.ndjson"):
    compare("images.ndjson", [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line])
    frame = pd.read_json(path, lines=True, convert_dates=False, dtype=False)
    assert len(frame) == len(reference)

if path := find("images.bulk.ndjson"):
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    assert all(set(action) <= {"index", "update"} for action in lines[0::2])
    documents = [body.get("doc", body) for body in lines[1::2]]
    prefix = next(iter(documents[0]))[: -len(columns[0])]
    compare("images.bulk.ndjson", [{key[len(prefix) :]: value for key, value in one.items()} for one in documents])

if path := find("images.parquet"):
    table = pq.read_table(path)
    compare("images.parquet (pyarrow)", table.to_pandas(timestamp_as_object=False, date_as_object=False).astype(object).to_dict("records") if "vector" not in table.column_names else [
        {key: (pd.Timestamp(value) if hasattr(value, "tzinfo") else value) for key, value in record.items()} for record in table.to_pylist()
    ])
    if "vector" in table.column_names:
        ours = np.array([record["vector"] for record in reference], np.float32)
        theirs = np.stack([np.asarray(v, np.float32) for v in table["vector"].to_pylist()])
        assert np.array_equal(ours.view(np.uint32), theirs.view(np.uint32)), "images.parquet: vectors differ"
        print("images.parquet: vectors agree to the bit")
    print("  types:", ", ".join(f"{field.name} {field.type}" for field in table.schema))

for name in ["scores.parquet", "clusters.parquet"]:
    if path := find(name):
        print(f"{name}: {pd.read_parquet(path).shape}")

if path := find("embeddings.npy"):
    matrix = np.load(path)
    assert matrix.dtype == np.float32 and matrix.ndim == 2 and matrix.flags.c_contiguous
    print(f"embeddings.npy: {matrix.shape}")
    if path := find("embeddings.parquet"):
        vectors = np.stack([np.asarray(v, np.float32) for v in pq.read_table(path)["vector"].to_pylist()])
        assert np.array_equal(matrix.view(np.uint32), vectors.view(np.uint32)), "embeddings.parquet differs from .npy"
        print(f"embeddings.parquet: {vectors.shape}, equal to the .npy to the bit")
