"""Makes tables.json: one small table as pandas and pyarrow write it (base64 of gzip), for src/sources/table/table.test.ts.

Run: python test/golden/tables.py   (pandas, pyarrow)
"""

import base64
import gzip
import io
import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

frame = pd.DataFrame(
    {
        "path": ["a/é 1.jpg", 'b, "2".jpg', "c\nd.jpg", "", "e.jpg"],
        "size": [1.5, None, -3e10, 0.25, 7.0],
        "count": [1, 2, 3, 4, 5],
        "good": [True, False, True, True, False],
        "at": pd.to_datetime(["2020-01-31 10:20:30.5", None, "1999-12-31", "2021-06-01", "2000-02-29"], format="ISO8601"),
        "code": ["007", "08", "1", "2", "3"],
    }
)
out = {}


def add(name, data):
    out[name] = base64.b64encode(gzip.compress(data, mtime=0)).decode()


add("comma.csv", frame.to_csv(index=False).encode())
add("semicolon.csv", frame.to_csv(index=False, sep=";", decimal=",").encode())
add("tab.tsv", frame.to_csv(index=False, sep="\t").encode())
add("pipe.txt", frame.to_csv(index=False, sep="|", lineterminator="\r\n").encode())
add("bom.csv", frame.to_csv(index=False).encode("utf-8-sig"))
add("utf-16le.csv", frame.to_csv(index=False, sep="\t").encode("utf-16"))
add("utf-16be.csv", ("\ufeff" + frame.to_csv(index=False)).encode("utf-16-be"))
add("records.json", frame.to_json(orient="records", date_format="iso").encode())
add("lines.ndjson", frame.to_json(orient="records", lines=True, date_format="epoch").encode())
for compression in ["none", "snappy", "gzip", "zstd", "lz4", "brotli"]:
    data = io.BytesIO()
    table = pa.Table.from_pandas(frame, preserve_index=False)
    table = table.append_column("list", pa.array([[1.0, 2.0]] * 5))
    pq.write_table(table, data, compression=compression, row_group_size=2)
    add(f"{compression}.parquet", data.getvalue())

Path(__file__).with_name("tables.json").write_text(json.dumps(out, indent=1) + "\n")
