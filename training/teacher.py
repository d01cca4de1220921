"""Reads a quantised TFLite convolution network (e.g. MobileNetV2) into a torch module.  Pure python: no TensorFlow needed.

Weights are de-quantised to float.  The stored range of every quantised activation is kept as a clamp, because the network was
trained with those clamps.  Any square input works (the network is fully convolutional up to its average pool).
"""
import os
import struct

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "teacher", "mobilenet_v2_1.0_224_quant.tflite")
ADD, AVGPOOL, CONV, DEPTHWISE, RESHAPE, SOFTMAX = 0, 1, 3, 4, 22, 25  # TFLite builtin operator codes
TYPES = {0: "<f4", 2: "<i4", 3: "u1", 9: "i1"}


class FlatBuffer:
    """The few flatbuffer accessors that the TFLite schema needs."""

    def __init__(self, data):
        self.data = data

    def read(self, fmt, pos):
        return struct.unpack_from("<" + fmt, self.data, pos)[0]

    def field(self, table, i):
        vtable = table - self.read("i", table)
        slot = 4 + 2 * i
        if slot >= self.read("H", vtable):
            return 0
        off = self.read("H", vtable + slot)
        return table + off if off else 0

    def deref(self, pos):
        return pos + self.read("I", pos)

    def table(self, table, i):
        p = self.field(table, i)
        return self.deref(p) if p else 0

    def vector(self, table, i):
        p = self.field(table, i)
        if not p:
            return 0, 0
        p = self.deref(p)
        return p + 4, self.read("I", p)

    def tables(self, table, i):
        p, n = self.vector(table, i)
        return [self.deref(p + 4 * k) for k in range(n)]

    def array(self, table, i, dtype):
        p, n = self.vector(table, i)
        return np.frombuffer(self.data, dtype, n, p) if n else np.zeros(0, dtype)

    def scalar(self, table, i, fmt, default=0):
        p = self.field(table, i)
        return self.read(fmt, p) if p else default


class Teacher(nn.Module):
    """forward(rgb in 0..1, NCHW) -> (logits (N,1000) without the background class, pooled feature (N,1280))."""

    def __init__(self, path=PATH):
        super().__init__()
        with open(path, "rb") as f:
            data = f.read()
        assert data[4:8] == b"TFL3", "not a TFLite file"
        fb = FlatBuffer(data)
        model = fb.read("I", 0)
        codes = [max(fb.scalar(c, 0, "b"), fb.scalar(c, 3, "i")) for c in fb.tables(model, 1)]
        graph, buffers = fb.tables(model, 2)[0], fb.tables(model, 4)
        tensors = []
        for t in fb.tables(graph, 0):
            q = fb.table(t, 4)
            tensors.append(dict(
                shape=fb.array(t, 0, "<i4"), type=fb.scalar(t, 1, "b"),
                scale=fb.array(q, 2, "<f4") if q else (), zero=fb.array(q, 3, "<i8") if q else (),
                raw=fb.array(buffers[fb.scalar(t, 2, "I")], 0, "u1")))

        def floats(i):
            t = tensors[i]
            v = t["raw"].copy().view(TYPES[t["type"]]).astype(np.float32)
            if len(t["scale"]) > 1:
                raise NotImplementedError("per-channel quantisation")
            if len(t["scale"]):
                v = (v - np.float32(0 if t["type"] == 2 else t["zero"][0])) * np.float32(t["scale"][0])
            return torch.from_numpy(v.reshape(t["shape"]))

        t = tensors[int(fb.array(graph, 1, "<i4")[0])]
        self.input_id, self.input_scale, self.input_zero = int(fb.array(graph, 1, "<i4")[0]), float(t["scale"][0]), float(t["zero"][0])
        self.steps = []
        pooled = False
        for k, op in enumerate(fb.tables(graph, 3)):
            code = codes[fb.scalar(op, 0, "I")]
            if code == SOFTMAX:
                break
            ins, out, opt = fb.array(op, 1, "<i4"), int(fb.array(op, 2, "<i4")[0]), fb.table(op, 4)
            step = dict(code=code, x=int(ins[0]), y=out)
            if code in (CONV, DEPTHWISE):
                w = floats(ins[1])
                w = w.permute(0, 3, 1, 2) if code == CONV else w.permute(3, 0, 1, 2)
                self.register_buffer(f"w{k}", w.contiguous(memory_format=torch.channels_last), persistent=False)
                self.register_buffer(f"b{k}", floats(ins[2]), persistent=False)
                act = fb.scalar(opt, 3 if code == CONV else 4, "b")
                q = tensors[out]
                lo, hi = (0 - q["zero"][0]) * q["scale"][0], (255 - q["zero"][0]) * q["scale"][0]
                if act in (1, 3):
                    lo = max(lo, 0)
                if act == 3:
                    hi = min(hi, 6)
                step.update(k=k, kernel=w.shape[2], stride=fb.scalar(opt, 1, "i"), same=fb.scalar(opt, 0, "b") == 0,
                            groups=1 if code == CONV else w.shape[0], range=None if pooled else (float(lo), float(hi)))
            elif code == ADD:
                step["x2"] = int(ins[1])
            elif code == AVGPOOL:
                pooled = True
            elif code != RESHAPE:
                raise NotImplementedError(f"operator {code}")
            self.steps.append(step)

    def forward(self, x):
        x = x * (255 * self.input_scale) - self.input_zero * self.input_scale
        v, feature = {self.input_id: x.to(next(self.buffers()).dtype)}, None
        for s in self.steps:
            a, code = v[s["x"]], s["code"]
            if code in (CONV, DEPTHWISE):
                pad = 0
                if s["same"] and s["kernel"] > 1:  # TensorFlow pads more on the right when the total is odd
                    n = a.shape[2]
                    total = max((-(-n // s["stride"]) - 1) * s["stride"] + s["kernel"] - n, 0)
                    if total % 2:
                        a = F.pad(a, (total // 2, total - total // 2) * 2)
                    else:
                        pad = total // 2
                a = F.conv2d(a, getattr(self, f"w{s['k']}"), getattr(self, f"b{s['k']}"), s["stride"], pad, groups=s["groups"])
                if s["range"]:
                    a = a.clamp(*s["range"])
            elif code == ADD:
                a = a + v[s["x2"]]
            elif code == AVGPOOL:
                a = a.mean((2, 3), keepdim=True)
                feature = a.flatten(1)
            v[s["y"]] = a
        return a.flatten(1)[:, 1:], feature


class MadeUpTeacher(nn.Module):
    """A small network of fixed random weights with the outputs of `Teacher`: for the smoke test, which has no teacher file."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(7)
        self.body = nn.Sequential(nn.Conv2d(3, 16, 5, 4, 2), nn.ReLU(), nn.Conv2d(16, 32, 5, 4, 2), nn.ReLU(), nn.AdaptiveAvgPool2d(2), nn.Flatten())
        self.feature, self.logits = nn.Linear(128, 1280), nn.Linear(1280, 1000)

    def forward(self, x):
        feature = self.feature(self.body(x)).relu()
        return 20 * self.logits(feature), feature


def load_teacher(name=PATH):
    """The teacher of a TFLite file, or the made-up one for `made-up`."""
    if name == "made-up":
        return MadeUpTeacher()
    if not os.path.exists(name):
        raise SystemExit(f"no teacher at {name}: python fetch.py --teacher brings it")
    return Teacher(name)


if __name__ == "__main__":  # python teacher.py FOLDER N : top-1 on files named <wnid>_*.jpg, one per ImageNet-1k class
    import sys
    from PIL import Image
    folder, n = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 60
    names = sorted(f for f in os.listdir(folder) if f[:1] == "n" and f[1:9].isdigit())
    wnids = sorted({f.split("_")[0] for f in names})
    assert len(wnids) == 1000, f"{len(wnids)} classes"
    net, hits, picked = Teacher().eval(), 0, names[::max(1, len(names) // n)][:n]
    with torch.no_grad():
        for f in picked:
            im = Image.open(os.path.join(folder, f)).convert("RGB")
            s = 256 / min(im.size)
            im = im.resize((round(im.width * s), round(im.height * s)), Image.BILINEAR)
            l, t = (im.width - 224) // 2, (im.height - 224) // 2
            x = torch.from_numpy(np.asarray(im.crop((l, t, l + 224, t + 224))).copy()).permute(2, 0, 1)[None].float() / 255
            hits += wnids[net(x)[0].argmax().item()] == f.split("_")[0]
    print(f"top-1 {hits}/{len(picked)} = {hits / len(picked):.3f}")
