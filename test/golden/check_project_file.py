"""Opens a project file as another tool would: zipfile, json and NumPy alone.

    python test/golden/check_project_file.py FILE.tessera

Checks every member against the SHA-256 of the manifest, that all arrays load and fit together, and that every thumbnail is where
its size says. Prints what there is; ends with status 1 and a sentence when something is wrong.
"""

import hashlib
import io
import json
import sys
import zipfile

import numpy as np


def lines(archive, name):
    return [json.loads(line) for line in archive.read(name).decode("utf-8").splitlines() if line]


def array(archive, name):
    return np.load(io.BytesIO(archive.read(name)), allow_pickle=False)


def check(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None, "a member does not have its checksum"
        manifest = json.loads(archive.read("manifest.json"))
        assert manifest["format"] == "tessera-project" and manifest["version"] == 1
        names = set(archive.namelist())
        for member in manifest["members"]:
            data = archive.read(member["name"])
            assert len(data) == member["bytes"], member["name"]
            assert hashlib.sha256(data).hexdigest() == member["sha256"], member["name"]
        originals = [name for name in names if name.startswith("originals/")]
        assert len(originals) == manifest["originals"]
        for name in originals:
            assert hashlib.sha256(archive.read(name)).hexdigest() == name.split("/")[1], name
        assert names == {m["name"] for m in manifest["members"]} | set(originals) | {"manifest.json"}

        counts = manifest["counts"]
        files = lines(archive, "files.jsonl")
        rows = lines(archive, "rows.jsonl")
        assert len(files) == counts["files"] and len(rows) == counts["images"]
        sizes = array(archive, "thumbnail-sizes.npy")
        assert len(sizes) == len(rows) and sizes.sum() == len(archive.read("thumbnails.bin"))
        for i in range(counts["vectors"]):
            about = json.loads(archive.read(f"vectors/{i}.json"))
            matrix = array(archive, f"vectors/{i}.npy")
            assert matrix.shape == (about["rows"], about["d"]) and matrix.dtype == np.float32
            assert np.isfinite(matrix).all()
            print(f"vectors of {about['specKey'][:40]}: {matrix.shape[0]} x {matrix.shape[1]}")
        for i in range(counts["sweeps"]):
            sweep = json.loads(archive.read(f"sweeps/{i}.json"))
            for j, fit in enumerate(sweep["clusterings"]):
                labels = array(archive, f"sweeps/{i}-{j}-labels.npy")
                centroids = array(archive, f"sweeps/{i}-{j}-centroids.npy")
                inside = labels[labels != 0xFFFF]
                assert len(labels) == sweep["n"] and len(centroids) == fit["k"]
                assert np.bincount(inside, minlength=fit["k"]).tolist() == fit["sizes"]
                assert array(archive, f"sweeps/{i}-{j}-distances.npy").shape == labels.shape
            print(f"sweep of {sweep['n']} images: k = {[fit['k'] for fit in sweep['clusterings']]}")
        print(f"{manifest['name']}: {len(files)} files, {len(rows)} images, {len(originals)} with their bytes")


if __name__ == "__main__":
    try:
        check(sys.argv[1])
    except AssertionError as wrong:
        sys.exit(f"{sys.argv[1]} is not what the manifest says: {wrong}")
