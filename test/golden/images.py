"""Writes images.json, tiff.json and formats.json: what Pillow makes of small pictures. Run: python images.py (needs pillow, numpy).

The pictures of images.json come from a generator that the test repeats, so that only digests are kept.
blocks.heic was made with libheif's encoder from the picture `blocks()`: heif-enc -q 90 -o blocks.heic blocks.png
"""

import base64
import hashlib
import io
import json
import struct
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageOps

HERE = Path(__file__).parent


def noise(width, height, channels=3):
    """Bytes 24..31 of a linear congruential generator (Numerical Recipes), seeded by the size."""
    state = width * 65536 + height
    out = bytearray()
    for _ in range(width * height * channels):
        state = (state * 1664525 + 1013904223) % 2**32
        out.append(state >> 24)
    return bytes(out)


def picture(width, height):
    return Image.frombytes("RGB", (width, height), noise(width, height))


def digest(image):
    return hashlib.sha256(image.tobytes()).hexdigest()


def squashed():
    sizes = [
        (1, 1, 5, 7), (1, 9, 3, 3), (7, 1, 2, 4), (2, 2, 1, 1), (3, 2, 3, 2), (13, 17, 224, 224), (500, 375, 224, 224),
        (301, 199, 224, 224), (224, 100, 224, 224), (100, 224, 224, 224), (3, 1000, 8, 8), (640, 480, 32, 32),
        (999, 1, 31, 1), (3, 301, 3, 100), (1, 500, 20, 600), (1, 500, 1, 9), (255, 257, 256, 256), (61, 59, 60, 58),
    ]  # fmt: skip
    for w, h, to_w, to_h in sizes:
        small = picture(w, h).resize((to_w, to_h), Image.BILINEAR)
        yield {"from": [w, h], "to": [to_w, to_h], "sha256": digest(small)}


def cropped():
    sizes = [
        (500, 375, 224), (375, 500, 224), (213, 165, 224), (40, 300, 224), (12, 9, 224), (256, 256, 224), (300, 263, 224),
        (1000, 30, 32), (30, 1000, 32), (38, 37, 32), (37, 39, 32), (41, 37, 32), (1, 1, 32), (1, 50, 8), (2, 900, 16), (97, 64, 56),
    ]  # fmt: skip
    for w, h, side in sizes:
        short = round(side * 256 / 224)
        size = (short, int(short * h / w)) if w <= h else (int(short * w / h), short)
        x, y = (int(round((length - side) / 2)) for length in size)
        part = picture(w, h).resize(size, Image.BILINEAR).crop((x, y, x + side, y + side))
        yield {"from": [w, h], "side": side, "sha256": digest(part)}


def oriented():
    for orientation in range(1, 9):
        image = picture(5, 3)
        image.getexif()[0x112] = orientation
        upright = ImageOps.exif_transpose(image)
        yield {"orientation": orientation, "size": upright.size, "sha256": digest(upright)}


def blocks():
    image = Image.new("RGB", (64, 48), (200, 30, 30))
    draw = ImageDraw.Draw(image)
    draw.rectangle((32, 0, 63, 23), fill=(30, 180, 60))
    draw.rectangle((0, 24, 31, 47), fill=(40, 60, 200))
    draw.rectangle((32, 24, 63, 47), fill=(230, 220, 40))
    return image


def saved(image, **options):
    file = io.BytesIO()
    image.save(file, "TIFF", **options)
    return file.getvalue()


def tiff(order, big, tags, blocks_of_bytes):
    """A TIFF by hand, for layouts that Pillow does not write. tags: id -> (type, values); offsets are filled in."""
    formats = {3: "H", 4: "I", 16: "Q"}
    mark = b"II" if order == "<" else b"MM"
    header = 16 if big else 8
    offsets, data = [], b""
    for block in blocks_of_bytes:
        offsets.append(header + len(data))
        data += block
    tiled = 322 in tags
    long = 16 if big else 4
    tags = tags | {324 if tiled else 273: (long, offsets), 325 if tiled else 279: (long, [len(b) for b in blocks_of_bytes])}
    room, entry = (8, "HHQ") if big else (4, "HHI")
    at = header + len(data)
    body = struct.pack(order + ("Q" if big else "H"), len(tags))
    after = at + len(body) + len(tags) * (20 if big else 12) + (8 if big else 4)
    extra = b""
    for tag, (kind, values) in sorted(tags.items()):
        packed = struct.pack(f"{order}{len(values)}{formats[kind]}", *values)
        if len(packed) > room:
            value = struct.pack(order + ("Q" if big else "I"), after + len(extra))
            extra += packed
        else:
            value = packed.ljust(room, b"\0")
        body += struct.pack(order + entry, tag, kind, len(values)) + value
    body += b"\0" * (8 if big else 4)
    magic = struct.pack(order + "HHHQ", 43, 8, 0, at) if big else struct.pack(order + "HI", 42, at)
    return mark + magic + data + body + extra


def by_hand(array, order="<", big=False, photometric=2, planar=False, tile=None, predictor=1, sample_format=1):
    """Uncompressed TIFF of an array h x w x channels."""
    h, w, channels = array.shape
    raw = array.astype(array.dtype.newbyteorder(order))
    tags = {
        256: (3, [w]), 257: (3, [h]), 258: (3, [array.itemsize * 8] * channels), 259: (3, [1]), 262: (3, [photometric]),
        277: (3, [channels]), 284: (3, [2 if planar else 1]), 317: (3, [predictor]), 339: (3, [sample_format] * channels),
    }  # fmt: skip
    if tile:
        tags |= {322: (3, [tile]), 323: (3, [tile])}
        padded = np.zeros((-(-h // tile) * tile, -(-w // tile) * tile, channels), raw.dtype)
        padded[:h, :w] = raw
        parts = [padded[y : y + tile, x : x + tile] for y in range(0, h, tile) for x in range(0, w, tile)]
    else:
        tags |= {278: (3, [2])}
        parts = [raw[y : y + 2] for y in range(0, h, 2)]
    if planar:
        parts = [part[:, :, c] for c in range(channels) for part in parts]
    return tiff(order, big, tags, [part.tobytes() for part in parts])


def tiffs():
    rgb = picture(21, 13)
    grey = rgb.convert("L")
    bits = grey.point(lambda v: 255 if v > 127 else 0).convert("1")
    for compression in ["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"]:
        yield compression, saved(rgb, compression=compression), rgb
    runs = blocks()
    yield "lzw, long strings", saved(runs, compression="tiff_lzw"), runs
    wide = picture(90, 60)
    yield "lzw, code table filled several times", saved(wide, compression="tiff_lzw"), wide
    yield "packbits, runs", saved(runs, compression="packbits"), runs
    yield "lzw, predictor", saved(rgb, compression="tiff_lzw", tiffinfo={317: 2}), rgb
    yield "grey", saved(grey), grey
    yield "one bit", saved(bits), bits
    yield "group 3", saved(bits, compression="group3"), bits
    yield "group 4", saved(bits, compression="group4"), bits
    yield "palette", saved(rgb.quantize(16)), rgb.quantize(16).convert("RGB")
    yield "cmyk", saved(rgb.convert("CMYK")), rgb.convert("CMYK").convert("RGB")
    with_alpha = Image.merge("RGBA", (*rgb.split(), grey.point(lambda v: v if v > 99 else 0)))
    yield "alpha dropped", saved(with_alpha), rgb
    pixels = np.array(rgb)
    yield "planar", by_hand(pixels, planar=True), rgb
    yield "tiles", by_hand(pixels, tile=16), rgb
    yield "planar tiles, big-endian", by_hand(pixels, ">", planar=True, tile=16), rgb
    yield "BigTIFF", by_hand(pixels, big=True), rgb
    deep = pixels[:, :, :1].astype(np.uint16)
    full = deep * 257
    yield "16 bits", by_hand(full, photometric=1), grey_of(full >> 8)
    yield "16 bits, big-endian", by_hand(full, ">", photometric=1), grey_of(full >> 8)
    camera = deep * 16
    yield "12 bits in 16", by_hand(camera, photometric=1), grey_of(camera >> 4)
    yield "16 bits, white is zero", by_hand(full, photometric=0), grey_of(255 - (full >> 8))
    differences = np.diff(full, axis=1, prepend=np.zeros_like(full[:, :1]))
    yield "16 bits, predictor", by_hand(differences.astype(np.uint16), ">", photometric=1, predictor=2), grey_of(full >> 8)
    unit = (deep / 255).astype(np.float32)
    yield "floats, 0..1", by_hand(unit, photometric=1, sample_format=3), grey_of(deep)
    yield "floats, big-endian", by_hand(unit, ">", photometric=1, sample_format=3), grey_of(deep)
    low, high = int(deep.min()), int(deep.max())
    stretched = np.floor((deep.astype(np.float64) - low) * (255 / (high - low)) + 0.5)
    kelvin = deep.astype(np.float64) - 300
    yield "doubles, stretched", by_hand(kelvin, photometric=1, sample_format=3), grey_of(stretched)
    yield "signed, stretched", by_hand(kelvin.astype(np.int16), photometric=1, sample_format=2), grey_of(stretched)


def file_of(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def formats():
    """name, file, the picture expected, largest difference allowed."""
    rgb = picture(16, 12)
    grey = rgb.convert("L")
    alpha = grey.point(lambda v: v if v > 127 else 0)
    rgba = Image.merge("RGBA", (*rgb.split(), alpha))

    def as_read(file):
        return Image.open(io.BytesIO(file)).convert("RGB")

    for name, image, kind, options in [
        ("jpeg, 4:2:0", rgb, "JPEG", {}),
        ("jpeg, 4:4:4, progressive", rgb, "JPEG", {"subsampling": 0, "progressive": True}),
        ("jpeg, grey", grey, "JPEG", {}),
        ("png", rgb, "PNG", {}),
        ("png, palette", rgb.quantize(16), "PNG", {}),
        ("png, palette with transparency", rgb.quantize(16), "PNG", {"transparency": bytes(range(0, 256, 16))}),
        ("png, one bit", grey.convert("1"), "PNG", {}),
        ("png, alpha over hidden colour", rgba, "PNG", {}),
        ("png, grey and alpha over hidden grey", Image.merge("LA", (grey, alpha)), "PNG", {}),
        ("webp", rgb, "WEBP", {}),
        ("webp, lossless alpha over hidden colour", rgba, "WEBP", {"lossless": True, "exact": True}),
        ("gif", rgb.quantize(16), "GIF", {}),
        ("gif, animated", rgb.quantize(16), "GIF", {"save_all": True, "append_images": [grey.quantize(4)]}),
        ("bmp", rgb, "BMP", {}),
        ("ico", rgb, "ICO", {"sizes": [(16, 12)]}),
        ("avif", rgb, "AVIF", {}),
    ]:
        file = file_of(image, kind, **options)
        yield name, file, as_read(file), 0
    palette = rgb.quantize(16)
    see_through = file_of(palette, "GIF", transparency=5)
    yield "gif, a transparent colour", see_through, as_read(see_through), 0
    for name, file in [("", file_of(palette, "GIF")), (" with a transparent colour", see_through)]:
        small = smaller_than_screen(file)
        yield f"gif, a frame smaller than the screen{name}", small, as_read(small), 0
    cmyk = file_of(rgb.convert("CMYK"), "JPEG")
    yield "jpeg, CMYK", cmyk, as_read(cmyk), 1
    deep = np.array(grey).astype(np.uint16) * 257
    yield "png, 16 bits", file_of(Image.fromarray(deep), "PNG"), grey.convert("RGB"), 0


def smaller_than_screen(gif):
    """The frame 3 to the right and 2 down on a screen 9 wider and 7 higher."""
    file = bytearray(gif)
    width, height = struct.unpack_from("<HH", file, 6)
    struct.pack_into("<HH", file, 6, width + 9, height + 7)
    struct.pack_into("<HH", file, file.index(b"\x2c\0\0\0\0" + struct.pack("<HH", width, height)) + 1, 3, 2)
    return bytes(file)


def grey_of(array):
    return Image.fromarray(array[:, :, 0].astype(np.uint8))


def main():
    images = {"squash": list(squashed()), "crop": list(cropped()), "orientation": list(oriented())}
    (HERE / "images.json").write_text(json.dumps(images, indent=1) + "\n")
    cases = [
        {
            "name": name,
            "file": base64.b64encode(file).decode(),
            "width": image.width,
            "height": image.height,
            "sha256": digest(image.convert("RGB")),
        }
        for name, file, image in tiffs()
    ]
    files = [
        {
            "name": name,
            "file": base64.b64encode(file).decode(),
            "width": image.width,
            "height": image.height,
            "rgb": base64.b64encode(image.convert("RGB").tobytes()).decode(),
            "tolerance": tolerance,
        }
        for name, file, image, tolerance in formats()
    ]
    (HERE / "formats.json").write_text(json.dumps(files, indent=1) + "\n")
    (HERE / "tiff.json").write_text(json.dumps(cases, indent=1) + "\n")


if __name__ == "__main__":
    main()
