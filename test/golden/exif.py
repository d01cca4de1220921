"""Writes exif.json: small pictures with EXIF and what Pillow reads of it. Run: python exif.py (needs pillow with AVIF and WebP).

The TIFF structures are written here byte by byte, so that both byte orders, odd offsets and damage can be had.
"""

import base64
import io
import json
import struct
from datetime import datetime, timedelta, timezone
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
BYTE, ASCII, SHORT, LONG, RATIONAL, UNDEFINED, SRATIONAL = 1, 2, 3, 4, 5, 7, 10
CODES = {BYTE: "B", SHORT: "H", LONG: "I"}


def packed(order, kind, values):
    if kind in (ASCII, UNDEFINED):
        return values
    if kind in (RATIONAL, SRATIONAL):
        code = "I" if kind == RATIONAL else "i"
        return b"".join(struct.pack(order + code * 2, *pair) for pair in values)
    return struct.pack(order + CODES[kind] * len(values), *values)


def directory(order, fields, at, following=0, odd=False):
    """One directory that begins at `at`, its long values behind it; with `odd`, those lie at odd offsets."""
    entries, tail = b"", b""
    tail_at = at + 2 + 12 * len(fields) + 4
    for number, kind, values in sorted(fields, key=lambda field: field[0]):
        data = packed(order, kind, values)
        entry = struct.pack(order + "HHI", number, kind, len(values))
        if len(data) <= 4:
            entry += data.ljust(4, b"\0")
        else:
            while (tail_at + len(tail)) % 2 != int(odd):
                tail += b"\0"
            entry += struct.pack(order + "I", tail_at + len(tail))
            tail += data
        entries += entry
    head = struct.pack(order + "H", len(fields))
    return head + entries + struct.pack(order + "I", following) + tail


def tiff(order, image, shot=(), place=(), odd=False):
    """The structure as cameras write it: the first directory, then those it points to."""
    def built(shot_at, place_at):
        fields = list(image)
        if shot:
            fields.append((0x8769, LONG, (shot_at,)))
        if place:
            fields.append((0x8825, LONG, (place_at,)))
        return directory(order, fields, 8, 0, odd)

    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    shot_at = 8 + len(built(0, 0))
    shot_bytes = directory(order, list(shot), shot_at, 0, odd) if shot else b""
    place_at = shot_at + len(shot_bytes)
    place_bytes = directory(order, list(place), place_at, 0, odd) if place else b""
    return head + built(shot_at, place_at) + shot_bytes + place_bytes


def camera(make=b"Canon\0", model=b"Canon EOS 90D\0", software=b"Firmware 1.1.1\0"):
    return [(0x10F, ASCII, make), (0x110, ASCII, model), (0x112, SHORT, (1,)), (0x131, ASCII, software)]


def taken(when=b"2023:06:17 05:42:09\0", zone=b"+02:00\0", fraction=b"25\0", **other):
    fields = [
        (0x829A, RATIONAL, (other.get("exposure", (1, 250)),)),
        (0x829D, RATIONAL, (other.get("aperture", (56, 10)),)),
        (0x8827, SHORT, other.get("iso", (400,))),
        (0x9003, ASCII, when),
        (0x920A, RATIONAL, (other.get("focal", (85, 1)),)),
        (0x927C, UNDEFINED, bytes(range(64))),
        (0xA434, ASCII, other.get("lens", b"EF-S18-135mm f/3.5-5.6 IS USM\0")),
    ]
    if zone:
        fields.append((0x9011, ASCII, zone))
    if fraction:
        fields.append((0x9291, ASCII, fraction))
    return fields


def place(north=b"N\0", east=b"E\0", below=0):
    return [
        (0, BYTE, (2, 3, 0, 0)),
        (1, ASCII, north),
        (2, RATIONAL, ((50, 1), (3, 1), (4113, 100))),
        (3, ASCII, east),
        (4, RATIONAL, ((19, 1), (56, 1), (1801, 100))),
        (5, BYTE, (below,)),
        (6, RATIONAL, ((2190, 10),)),
    ]


def picture(name, block):
    image = Image.new("RGB", (8, 6), (200, 120, 40))
    out = io.BytesIO()
    kind = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF", "tif": "TIFF"}[name.split(".")[-1]]
    image.save(out, kind, **({"quality": 50} if kind in ("JPEG", "AVIF", "WEBP") else {}), exif=b"Exif\0\0" + block)
    return out.getvalue()


def number(value):
    """A fraction as a number; None where it is none."""
    try:
        return float(value)
    except (TypeError, ZeroDivisionError):
        return None


def plain(value):
    text = value.rstrip("\0 ").strip() if isinstance(value, str) else None
    return text or None


def moment(ifd):
    when = plain(ifd.get(0x9003))
    try:
        time = datetime.strptime(when or "", "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None
    zone = plain(ifd.get(0x9011))
    ahead = datetime.strptime(zone, "%z").utcoffset() if zone else timedelta()
    fraction = plain(ifd.get(0x9291))
    since = time.replace(tzinfo=timezone(ahead)) - datetime(1970, 1, 1, tzinfo=timezone.utc)
    return since // timedelta(milliseconds=1) + (int(fraction.ljust(3, "0")[:3]) if fraction else 0)


def degrees(ifd, value, side):
    if side not in ifd or value not in ifd:
        return None
    parts = [number(part) for part in ifd[value]]
    if any(part is None or part != part for part in parts):
        return None
    angle = parts[0] + parts[1] / 60 + parts[2] / 3600
    return -angle if ifd[side] in ("S", "W") else angle


def facts(data):
    exif = Image.open(io.BytesIO(data)).getexif()
    shot, gps = exif.get_ifd(0x8769), exif.get_ifd(0x8825)
    latitude, longitude = degrees(gps, 2, 1), degrees(gps, 4, 3)
    altitude = number(gps.get(6))
    below = gps.get(5) in (1, b"\x01")
    found = {
        "taken": moment(shot),
        "make": plain(exif.get(0x10F)),
        "model": plain(exif.get(0x110)),
        "lens": plain(shot.get(0xA434)),
        "latitude": latitude if longitude is not None else None,
        "longitude": longitude if latitude is not None else None,
        "altitude": -altitude if altitude is not None and below else altitude,
        "exposure": number(shot.get(0x829A)),
        "fNumber": number(shot.get(0x829D)),
        "iso": shot.get(0x8827),
        "focalLength": number(shot.get(0x920A)),
        "software": plain(exif.get(0x131)),
    }
    return {key: value for key, value in found.items() if value is not None and value == value and value != 0}


WHOLE = dict(shot=taken(), place=place())
SOUTH = dict(
    shot=taken(b"1999:12:31 23:30:00\0", b"-03:30\0", None, exposure=(30, 1), iso=(25600,)),
    place=place(b"S\0", b"W\0", 1),
)
CASES = {
    "little-endian.jpg": tiff("<", camera(), **WHOLE),
    "big-endian.jpg": tiff(">", camera(), **WHOLE),
    "south and west, below the sea.jpg": tiff(">", camera(), **SOUTH),
    "odd offsets.jpg": tiff("<", camera(), **WHOLE, odd=True),
    "odd offsets, big-endian.jpg": tiff(">", camera(), **SOUTH, odd=True),
    "no zone.jpg": tiff("<", camera(), taken(zone=None, fraction=None)),
    "clock never set.jpg": tiff("<", camera(), taken(b"0000:00:00 00:00:00\0")),
    "blank time.jpg": tiff("<", camera(), taken(b"    :  :     :  :  \0")),
    "divided by zero.jpg": tiff("<", camera(), taken(exposure=(1, 0), aperture=(0, 0), focal=(0, 1))),
    "no hemisphere.jpg": tiff("<", camera(), place=[field for field in place() if field[0] not in (1, 3)]),
    "camera only.jpg": tiff("<", camera()),
    "padded texts.jpg": tiff("<", camera(b"NIKON CORPORATION   \0\0\0", b"  NIKON D5 \0")),
    "picture.png": tiff(">", camera(), **WHOLE),
    "picture.webp": tiff("<", camera(), **SOUTH),
    "picture.avif": tiff(">", camera(), **WHOLE),
    "picture.tif": tiff("<", camera(), **WHOLE),
}

if __name__ == "__main__":
    entries = []
    for name, block in CASES.items():
        data = picture(name, block)
        entries.append({"name": name, "file": base64.b64encode(data).decode(), "facts": facts(data)})
    (HERE / "exif.json").write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n")
