"""Makes archives.json: small archives as Python and GNU tar write them, base64, for src/sources/archive.test.ts.

Run: python test/golden/archives.py   (needs GNU tar for the sparse one)
"""

import base64
import gzip
import io
import json
import os
import subprocess
import tarfile
import tempfile
import zipfile
from pathlib import Path

FILES = {"a/é 🦋.txt": b"one", "a/b/empty.txt": b"", "c.txt": b"three" * 300}
LONG = "long/" + "n" * 120 + "/" + "m" * 120 + ".txt"
TIME = 1_600_000_000


def tar(format, files, **extra):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format) as archive:
        folder = tarfile.TarInfo("a")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            info.mtime = extra.get("mtime", TIME)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type = tarfile.SYMTYPE
        link.linkname = "c.txt"
        archive.addfile(link)
    return out.getvalue()


def sparse(*options):
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "holes.bin"), "wb") as file:
            file.truncate(1 << 20)
            file.seek(1 << 19)
            file.write(b"x" * 4096)
        (Path(folder) / "after.txt").write_bytes(b"after")
        command = ["tar", "-S", *options, "--mtime=@1600000000", "--owner=0", "--group=0", "-C", folder, "-cf", "-"]
        return subprocess.run([*command, "holes.bin", "after.txt"], check=True, capture_output=True).stdout


class Unseekable(io.RawIOBase):
    """Makes zipfile write sizes behind the data."""

    def __init__(self):
        self.out = bytearray()

    def writable(self):
        return True

    def write(self, data):
        self.out += bytes(data)
        return len(data)


def zipped(files, out=None, force64=False, method=zipfile.ZIP_DEFLATED):
    out = out or io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (2020, 9, 13, 12, 26, 40))
            info.compress_type = method
            with archive.open(info, "w", force_zip64=force64) as entry:
                entry.write(data)
    return bytes(out.out) if isinstance(out, Unseekable) else out.getvalue()


def legacy(names, encoding):
    """Names in an old encoding, without the flag that says UTF-8: written as ASCII of the same length, then replaced."""
    raw = [name.encode(encoding) for name in names]
    stand_in = ["%d" % i + "_" * (len(r) - 1) for i, r in enumerate(raw)]
    data = zipped({s: b"x" for s in stand_in})
    for s, r in zip(stand_in, raw):
        data = data.replace(s.encode(), r)
    return data


archives = {
    "ustar.tar": tar(tarfile.USTAR_FORMAT, {"p" * 90 + "/" + "q" * 90 + ".txt": b"split", **FILES}),
    "gnu.tar": tar(tarfile.GNU_FORMAT, {LONG: b"long", **FILES}),
    "pax.tar": tar(tarfile.PAX_FORMAT, {LONG: b"long", **FILES}, mtime=TIME + 0.5),
    "sparse-gnu.tar": sparse("--format=gnu"),
    "sparse-pax.tar": sparse("--format=pax"),
    "plain.tgz": gzip.compress(tar(tarfile.PAX_FORMAT, FILES), mtime=0),
    "no-tar.gz": gzip.compress(b"just a text, " * 100, mtime=0),
    "zip64.zip": zipped(FILES, force64=True),
    "streamed.zip": zipped(FILES, Unseekable()),
    "stored.zip": zipped(FILES, method=zipfile.ZIP_STORED),
    "bzip2.zip": zipped({"b.txt": b"b" * 100}, method=zipfile.ZIP_BZIP2),
    "cp437.zip": legacy(["Café/Übung.txt", "naïve façade.txt"], "cp437"),
    "windows-1252.zip": legacy(["Café/Übung.txt", "naïve façade.txt"], "cp1252"),
    "shift-jis.zip": legacy(["写真/テスト画像.txt", "表示.txt"], "shift_jis"),
    "windows-1251.zip": legacy(["Снимки/Частица 12.txt", "ФОТО.txt"], "cp1251"),
    "ibm866.zip": legacy(["Снимки/Частица 12.txt", "папка.txt"], "cp866"),
    "utf-8.zip": legacy(["写真/é.txt", "Снимки.txt"], "utf-8"),
    "backslash.zip": legacy(["a\\b\\c.txt", "..\\..\\evil.txt"], "ascii"),
}
out = Path(__file__).with_name("archives.json")
out.write_text(json.dumps({k: base64.b64encode(gzip.compress(v, mtime=0)).decode() for k, v in archives.items()}, indent=1) + "\n")
