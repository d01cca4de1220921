"""Writes cmyk.json: small JPEGs in CMYK and YCCK with the RGB that Pillow makes of them.

    python test/golden/cmyk.py
"""
import base64
import io
import json
import os

import numpy as np
from PIL import Image

CASES = {
    "baseline": (37, 29, 90, {}, 0),
    "progressive": (40, 33, 85, {"progressive": True}, 0),
    "restart markers": (61, 20, 95, {"restart_marker_blocks": 3}, 0),
    "own tables": (50, 41, 70, {"optimize": True}, 0),
    "YCCK": (45, 31, 92, {}, 2),
    "YCCK, progressive": (16, 64, 80, {"progressive": True}, 2),
    "one pixel": (1, 1, 95, {}, 0),
}


def picture(width, height):
    rng = np.random.default_rng(width * 1000 + height)
    yy, xx = np.mgrid[:height, :width]
    waves = [np.sin(xx / (3 + c) + c) * np.cos(yy / (4 + c)) for c in range(4)]
    pixels = 128 + 90 * np.stack(waves, -1) + rng.normal(0, 25, (height, width, 4))
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8), "CMYK")


def encoded(width, height, quality, options, transform):
    out = io.BytesIO()
    picture(width, height).save(out, "JPEG", quality=quality, **options)
    data = bytearray(out.getvalue())
    at = data.index(b"Adobe")
    data[at + 11] = transform  # what the same numbers mean
    return bytes(data)


def main():
    cases = []
    for name, case in CASES.items():
        data = encoded(*case)
        rgb = Image.open(io.BytesIO(data)).convert("RGB")
        text = lambda b: base64.b64encode(b).decode()
        cases.append({"name": name, "width": rgb.width, "height": rgb.height, "jpeg": text(data), "rgb": text(rgb.tobytes())})
    with open(os.path.join(os.path.dirname(__file__), "cmyk.json"), "w") as f:
        json.dump({"cases": cases}, f, indent=1)


main()
