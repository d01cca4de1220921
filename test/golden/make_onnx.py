"""Writes the tiny networks of test/fixtures/onnx and what ONNX Runtime (CPU) makes of them.

    python test/golden/make_onnx.py

Needs numpy, onnx, onnxruntime. Weights come from a fixed seed. For each network that can be run, onnx.json holds the
vectors of two made pictures at one layer, and default-model.json those of three at the default network's embedding.
"""
import json
import pathlib

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).parent
FIXTURES = HERE.parent / "fixtures" / "onnx"
DEFAULT = HERE.parent.parent / "public" / "models" / "tessera-resnet18-half-v0.onnx"

IMAGENET = (1 / 255, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
SYMMETRIC = (1 / 127.5, [1, 1, 1], [1, 1, 1])
BYTES = (1, [0, 0, 0], [1, 1, 1])


def picture(width, height, number):
    """uint8 height x width x 3; the tests make the same ones."""
    i = np.arange(width * height * 3, dtype=np.int64)
    return ((i * 37 + number * 91 + (i >> 5) * 11 + (i * i * (number + 1)) // 97) & 255).astype(np.uint8).reshape(
        height, width, 3)


class Net:
    """Collects nodes and weights of one small graph."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)
        self.nodes, self.weights, self.count = [], [], 0

    def const(self, array, name=None):
        name = name or f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(array), name))
        return name

    def op(self, kind, *inputs, out=None, **attributes):
        self.count += 1
        out = out or f"{kind.lower()}_{self.count}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], **attributes))
        return out

    def weight(self, *shape):
        fan_in = int(np.prod(shape[1:]))
        return (self.rng.standard_normal(shape) * np.sqrt(2 / fan_in)).astype(np.float32)

    def conv(self, x, cin, cout, kernel=3, stride=1, half=False, **more):
        pad = kernel // 2
        w = self.weight(cout, cin, kernel, kernel)
        name = self.op("Cast", self.const(w.astype(np.float16)), to=TensorProto.FLOAT) if half else self.const(w)
        bias = self.const((self.rng.standard_normal(cout) * 0.1).astype(np.float32))
        more = more or {"pads": [pad] * 4}
        return self.op("Conv", x, name, bias, kernel_shape=[kernel] * 2, strides=[stride] * 2, **more)

    def norm(self, x, channels):
        stats = [self.rng.uniform(0.5, 1.5, channels), self.rng.standard_normal(channels) * 0.1,
                 self.rng.standard_normal(channels) * 0.1, self.rng.uniform(0.5, 1.5, channels)]
        return self.op("BatchNormalization", x, *[self.const(s.astype(np.float32)) for s in stats])

    def dense(self, x, din, dout, out=None):
        bias = (self.rng.standard_normal(dout) * 0.1).astype(np.float32)
        return self.op("Gemm", x, self.const(self.weight(dout, din)), self.const(bias), transB=1, out=out)

    def save(self, name, inputs, outputs, opset=17, ir=8, producer="tessera-fixtures", weights_as_inputs=False):
        if weights_as_inputs:
            inputs = inputs + [helper.make_tensor_value_info(w.name, w.data_type, list(w.dims)) for w in self.weights]
        graph = helper.make_graph(self.nodes, name, inputs, outputs, self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=ir,
                                  producer_name=producer)
        onnx.checker.check_model(model, full_check=True)
        path = FIXTURES / f"{name}.onnx"
        onnx.save(model, path)
        assert path.stat().st_size < 10_000, (name, path.stat().st_size)
        return model


def value(name, shape, kind=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def residual(net, x, half=False):
    x = net.op("Relu", net.norm(net.conv(x, 3, 6, stride=2, half=half), 6))
    x = net.op("MaxPool", x, kernel_shape=[2, 2], strides=[2, 2])
    y = net.op("Relu", net.conv(x, 6, 6, half=half))
    x = net.op("Relu", net.op("Add", net.conv(y, 6, 6, half=half), x), out="block1")
    y = net.op("Relu", net.conv(x, 6, 8, stride=2, half=half))
    y = net.conv(y, 8, 8, half=half)
    return net.op("Relu", net.op("Add", y, net.conv(x, 6, 8, kernel=1, stride=2, half=half)), out="block2")


def build():
    """(name, layer, pool, input layout, side, normalisation) of each network that runs."""
    runs = []

    net = Net(1)
    x = net.op("Flatten", net.op("GlobalAveragePool", residual(net, "input")), out="features")
    net.dense(x, 8, 5, out="logits")
    net.save("resnet", [value("input", ["batch", 3, 32, 32])], [value("logits", ["batch", 5])])
    runs += [("resnet", "features", "none", "NCHW", 32, IMAGENET), ("resnet", "block2", "avg", "NCHW", 32, IMAGENET),
             ("resnet", "block1", "max", "NCHW", 32, IMAGENET)]

    net = Net(2)
    x = net.op("Flatten", net.op("GlobalAveragePool", residual(net, "input", half=True)), out="features")
    net.dense(x, 8, 5, out="logits")
    net.save("f16-weights", [value("input", ["batch", 3, "height", "width"])], [value("logits", ["batch", 5])])
    runs += [("f16-weights", "features", "none", "NCHW", 32, IMAGENET)]

    # Two pictures in, so no descriptor of one.
    net = Net(3)
    x = net.op("Flatten", net.op("GlobalAveragePool", net.op("Add", "left", "right")))
    net.dense(x, 3, 4, out="logits")
    net.save("two-inputs", [value("left", [1, 3, 8, 8]), value("right", [1, 3, 8, 8])], [value("logits", [1, 4])])

    # As TensorFlow exports have it: channels last outside, first inside, last again before the mean.
    for name, opset in (("nhwc", 13), ("nhwc-opset18", 18)):
        net = Net(4)
        x = net.op("Transpose", "images", perm=[0, 3, 1, 2])
        x = net.op("Relu", net.conv(x, 3, 6, stride=2, auto_pad="SAME_UPPER"))
        x = net.op("Relu", net.conv(x, 6, 7, stride=2, auto_pad="SAME_UPPER"))
        x = net.op("Transpose", x, perm=[0, 2, 3, 1])
        x = net.op("Clip", x, net.const(np.float32(0)), net.const(np.float32(6)), out="map")
        axes = net.const(np.array([1, 2], np.int64)) if opset >= 18 else None
        x = net.op("ReduceMean", x, axes, keepdims=0, out="mean") if axes else net.op(
            "ReduceMean", x, axes=[1, 2], keepdims=0, out="mean")
        x = net.op("Add", net.op("MatMul", x, net.const(net.weight(7, 4))), net.const(np.zeros(4, np.float32)))
        net.op("Softmax", x, axis=-1, out="probabilities")
        net.save(name, [value("images", ["n", 24, 24, 3])], [value("probabilities", ["n", 4])], opset=opset,
                 producer="tf2onnx")
        runs += [(name, "mean", "none", "NHWC", 24, SYMMETRIC), (name, "map", "max", "NHWC", 24, SYMMETRIC)]

    net = Net(5)
    x = net.op("MaxPool", net.op("Relu", net.conv("data", 3, 4, stride=2)), kernel_shape=[2, 2], strides=[2, 2])
    x = net.op("Flatten", x, out="flat")
    x = net.op("Dropout", net.op("Relu", net.dense(x, 64, 16), out="fc6"), out="fc6_dropout")
    x = net.op("Dropout", net.op("Relu", net.dense(x, 16, 16), out="fc7"), out="fc7_dropout")
    net.dense(x, 16, 5, out="fc8")
    net.save("vgg", [value("data", ["N", 3, 16, 16])], [value("fc8", ["N", 5])])
    runs += [("vgg", "fc7", "none", "NCHW", 16, IMAGENET), ("vgg", "fc6", "none", "NCHW", 16, IMAGENET)]

    # Class scores are sliced and turned into probabilities after the classifier.
    net = Net(6)
    x = net.op("Relu", net.conv("input", 3, 6, stride=2))
    x = net.op("Flatten", net.op("ReduceMean", x, axes=[2, 3], keepdims=1), out="features")
    x = net.dense(x, 6, 5)
    ints = [net.const(np.array([v], np.int64)) for v in (1, 5, 1)]
    net.op("Softmax", net.op("Slice", x, *ints), axis=1, out="probabilities")
    net.save("softmax-tail", [value("input", ["batch", 3, 16, 16])], [value("probabilities", ["batch", 4])])
    runs += [("softmax-tail", "features", "none", "NCHW", 16, IMAGENET)]

    # A batch fixed at 1: by every operator alone, and by a Reshape that names it.
    for name in ("fixed-batch", "fixed-batch-reshape"):
        net = Net(7)
        x = net.op("GlobalAveragePool", net.op("Relu", net.conv("input", 3, 6, stride=2)))
        x = net.op("Flatten", x, out="features") if name == "fixed-batch" else net.op(
            "Reshape", x, net.const(np.array([1, 6], np.int64)), out="features")
        net.dense(x, 6, 4, out="logits")
        net.save(name, [value("input", [1, 3, 16, 16])], [value("logits", [1, 4])])
        runs += [(name, "features", "none", "NCHW", 16, IMAGENET)]

    # Old files list their weights among the inputs; a batch normalisation stands in front.
    net = Net(8)
    ones, zeros = [net.const(np.full(3, v, np.float32)) for v in (1, 0)]
    x = net.op("BatchNormalization", "data", ones, zeros, net.const(np.full(3, 0.1, np.float32)),
               net.const(np.full(3, 1.3, np.float32)), out="bn_data")
    x = net.op("Relu", net.conv(x, 3, 6, stride=2))
    x = net.op("Flatten", net.op("GlobalAveragePool", x), out="pool1_flat")
    net.dense(x, 6, 4, out="scores")
    net.save("ir3", [value("data", ["N", 3, 16, 16])], [value("scores", ["N", 4])], opset=8, ir=3, weights_as_inputs=True)
    runs += [("ir3", "pool1_flat", "none", "NCHW", 16, IMAGENET)]

    # Half precision throughout, the input too.
    net = Net(9)
    half = lambda array: net.const(np.asarray(array, np.float16))
    x = net.op("Conv", "input", half(net.weight(6, 3, 3, 3)), kernel_shape=[3, 3], strides=[2, 2], pads=[1] * 4)
    x = net.op("Flatten", net.op("GlobalAveragePool", net.op("Relu", x)), out="features")
    net.op("Gemm", x, half(net.weight(4, 6)), transB=1, out="logits")
    net.save("f16", [value("input", ["batch", 3, 16, 16], TensorProto.FLOAT16)],
             [value("logits", ["batch", 4], TensorProto.FLOAT16)])
    runs += [("f16", "features", "none", "NCHW", 16, IMAGENET)]

    # A classifier made of 1 x 1 convolutions, pooled at the end, as SqueezeNet has it.
    net = Net(10)
    x = net.op("Relu", net.conv("data", 3, 6, stride=2), out="fire9")
    x = net.op("Dropout", x)
    x = net.op("Relu", net.conv(x, 6, 4, kernel=1))
    x = net.op("Flatten", net.op("GlobalAveragePool", x))
    net.op("Softmax", x, axis=1, out="softmaxout_1")
    net.save("squeezenet", [value("data", ["n", 3, 16, 16])], [value("softmaxout_1", ["n", 4])])
    runs += [("squeezenet", "fire9", "avg", "NCHW", 16, IMAGENET)]

    # No classifier: the pooled map is the answer. The network scales bytes by itself.
    net = Net(11)
    mean = net.const(np.array([123.675, 116.28, 103.53], np.float32).reshape(1, 3, 1, 1))
    std = net.const(np.array([58.395, 57.12, 57.375], np.float32).reshape(1, 3, 1, 1))
    x = net.op("Div", net.op("Sub", "image", mean), std)
    x = net.op("Relu", net.conv(x, 3, 6, stride=2))
    net.op("Flatten", net.op("GlobalAveragePool", x), out="embedding")
    net.save("headless-bytes", [value("image", ["batch", 3, 16, 16])], [value("embedding", ["batch", 6])])
    runs += [("headless-bytes", "embedding", "none", "NCHW", 16, BYTES)]

    # Weights in another file.
    net = Net(12)
    x = net.op("Flatten", net.op("GlobalAveragePool", net.conv("input", 3, 6)))
    net.dense(x, 6, 4, out="logits")
    model = net.save("external", [value("input", ["batch", 3, 16, 16])], [value("logits", ["batch", 4])])
    tensor = model.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="external.bin")
    (FIXTURES / "external.onnx").write_bytes(model.SerializeToString())

    # One grey channel.
    net = Net(13)
    x = net.op("Flatten", net.op("GlobalMaxPool", net.op("Relu", net.conv("grey", 1, 6, stride=2))), out="features")
    net.dense(x, 6, 4, out="logits")
    net.save("grey", [value("grey", ["batch", 1, 16, 16])], [value("logits", ["batch", 4])])

    # Nothing in it has a batch of vectors or maps.
    net = Net(14)
    net.op("ReduceMean", "input", keepdims=0, out="mean")
    net.save("no-layer", [value("input", ["batch", 3, 16, 16])], [value("mean", [])])

    return runs


def vectors(model, layer, pool, layout, side, normalisation, count=2):
    model = onnx.ModelProto.FromString(model.SerializeToString())
    kind = next((i.type.tensor_type.elem_type for i in model.graph.input), TensorProto.FLOAT)
    model.graph.output.append(helper.make_tensor_value_info(layer, kind, None))
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    scale, mean, std = normalisation
    rows = []
    for number in range(count):
        x = (picture(side, side, number).astype(np.float32) * np.float32(scale) - np.float32(mean)) / np.float32(std)
        x = x[None] if layout == "NHWC" else x.transpose(2, 0, 1)[None]
        x = np.ascontiguousarray(x.astype(np.float16 if kind == TensorProto.FLOAT16 else np.float32))
        name = session.get_inputs()[0].name
        y = session.run([layer], {name: x})[0].astype(np.float32)
        if pool != "none":
            axes = (1, 2) if layout == "NHWC" else (2, 3)
            y = y.mean(axes) if pool == "avg" else y.max(axes)
        rows.append([float(f"{v:.7g}") for v in y.reshape(-1)])
    return rows


def main():
    FIXTURES.mkdir(parents=True, exist_ok=True)
    golden = []
    for name, layer, pool, layout, side, normalisation in build():
        scale, mean, std = normalisation
        rows = vectors(onnx.load(FIXTURES / f"{name}.onnx"), layer, pool, layout, side, normalisation)
        golden.append({"network": name, "layer": layer, "pool": pool, "layout": layout, "side": side, "scale": scale,
                       "mean": mean, "std": std, "vectors": rows})
    write("onnx.json", {"onnxruntime": ort.__version__, "cases": golden})
    model = onnx.load(DEFAULT)
    del model.graph.output[:]
    rows = vectors(model, "embedding", "none", "NCHW", 128, IMAGENET, 3)
    write("default-model.json", {"onnxruntime": ort.__version__, "vectors": rows})


def write(name, content):
    (HERE / name).write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
