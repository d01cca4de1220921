"""Makes features.json and vehicles.json: what scikit-learn says of real features, for src/analysis/golden-features.test.ts.

Run: python test/golden/features.py [folder of vehicle descriptors]   (numpy, scikit-learn, onnxruntime, pillow)
features.json holds embeddings of every third picture of the sample set by the default network, and what scikit-learn finds
in them. vehicles.json is the same for 500 x 1280 MobileNetV2 descriptors, which are not part of the project and not written.
"""

import base64
import io
import json
import sys
import zipfile
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

from analysis import case, write

PUBLIC = Path(__file__).parents[2] / "public"
MEAN = np.float32([0.485, 0.456, 0.406])
STD = np.float32([0.229, 0.224, 0.225])
PX = 128


def sample_features():
    name = json.loads((PUBLIC / "models/catalogue.json").read_text())["models"][0]["url"]
    session = onnxruntime.InferenceSession(PUBLIC / name)
    with zipfile.ZipFile(PUBLIC / "samples/samples.zip") as archive:
        names = sorted(n for n in archive.namelist() if n.lower().endswith((".png", ".jpg")))[::3]
        rows = []
        for name in names:
            try:
                image = Image.open(io.BytesIO(archive.read(name))).convert("RGB").resize((PX, PX), Image.BILINEAR)
            except OSError:
                continue  # the sample set has a few broken files on purpose
            x = ((np.float32(image) / 255 - MEAN) / STD).transpose(2, 0, 1)[None]
            rows.append(session.run(None, {session.get_inputs()[0].name: x})[0].ravel())
    # Rounded to f16, so that they can be written in half the space.
    return np.float16(rows)


def with_packed_rows(golden, rows):
    return {**golden, "rows": base64.b64encode(np.float16(rows).tobytes()).decode()}


features = sample_features()
found = case("features of the sample set", np.float32(features), [2, 8, 16, 30])
write("features.json", {"case": with_packed_rows(found, features)})

if len(sys.argv) > 1:
    vehicles = np.float32(np.load(Path(sys.argv[1]) / "mobilenetv2.npy"))
    found = case("vehicle descriptors", vehicles, [5, 30])
    for one in found["fits"]:
        # The first centres are rows: their places are enough.
        one["init"] = [int(np.flatnonzero((vehicles == np.float32(c)).all(1))[0]) for c in np.reshape(one["init"], (one["k"], -1))]
    del found["rows"], found["pca"]["coords"]
    write("vehicles.json", {"case": found})
