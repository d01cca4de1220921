"""The network that ships, against torch: what the app is tested to give (test/golden/default-model.json) is what torch gives.

python -m unittest discover -s training
"""
import hashlib
import importlib.util
import json
import os
import unittest

import onnx
import torch

import export
from judge import SHIPPED
from model import ResNet18
from start import copy_weights

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GOLDEN = os.path.join(ROOT, "test", "golden")


def golden_pictures(px, count):
    """The made pictures of the golden vectors, normalised."""
    spec = importlib.util.spec_from_file_location("make_onnx", os.path.join(GOLDEN, "make_onnx.py"))
    make_onnx = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make_onnx)
    scale, mean, std = make_onnx.IMAGENET
    x = torch.stack([torch.from_numpy(make_onnx.picture(px, px, k)).float() for k in range(count)]).permute(0, 3, 1, 2) * scale
    return (x - torch.tensor(mean).view(1, 3, 1, 1)) / torch.tensor(std).view(1, 3, 1, 1)


class Shipped(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.file = onnx.load(SHIPPED)
        cls.net = ResNet18(cls.file.graph.output[0].type.tensor_type.shape.dim[1].dim_value // 8).eval()
        copy_weights(cls.net, SHIPPED)

    def test_the_file_is_of_the_form_that_is_promised(self):
        self.assertEqual([(o.domain, o.version) for o in self.file.opset_import], [("", 17)])
        self.assertEqual([o.name for o in self.file.graph.output], ["embedding"])
        self.assertTrue(self.file.graph.input[0].type.tensor_type.shape.dim[0].dim_param)
        kinds = {n.op_type for n in self.file.graph.node}
        self.assertNotIn("BatchNormalization", kinds)
        self.assertIn("Cast", kinds)
        self.assertLessEqual(os.path.getsize(SHIPPED), export.MOST_BYTES)

    def test_torch_gives_what_onnx_runtime_gives(self):
        export.check(self.net, SHIPPED)  # stops below a cosine of 0.9999

    def test_torch_gives_the_golden_vectors_of_the_app(self):
        with open(os.path.join(GOLDEN, "default-model.json")) as f:
            wanted = torch.tensor(json.load(f)["vectors"])
        with torch.no_grad():
            got = self.net(golden_pictures(128, len(wanted)))
        self.assertGreaterEqual(torch.nn.functional.cosine_similarity(got, wanted, dim=1).min().item(), 0.9999)

    def test_the_scores_that_are_kept_are_of_this_file(self):
        name = os.path.splitext(os.path.basename(SHIPPED))[0]
        with open(os.path.join(ROOT, "training", "scores", name + ".json")) as f:
            scores = json.load(f)
        with open(SHIPPED, "rb") as f:
            self.assertEqual(scores["sha256"], hashlib.sha256(f.read()).hexdigest())
        with open(os.path.join(ROOT, "public", "models", "catalogue.json")) as f:
            self.assertEqual(json.load(f)["models"][0]["sha256"], scores["sha256"])


if __name__ == "__main__":
    unittest.main()
