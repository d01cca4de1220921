"""python -m unittest discover -s training"""
import os
import tempfile
import unittest

import torch

import export
from model import ResNet18, Student
from start import calibrate, copy_weights, fit_heads

WIDTH = 8


def trained():
    """A network whose BatchNorm has something to fold."""
    torch.manual_seed(0)
    net = ResNet18(WIDTH)
    for _, _, bn in net.pairs():
        torch.nn.init.uniform_(bn.weight, 0.5, 1.5)
        torch.nn.init.normal_(bn.bias, std=0.2)
        torch.nn.init.normal_(bn.running_mean, std=0.2)
        torch.nn.init.uniform_(bn.running_var, 0.5, 2)
    return net.eval()


def teacher(x):
    """A teacher that knows linear things of the picture."""
    torch.manual_seed(3)
    low = torch.nn.functional.adaptive_avg_pool2d(x, 4).flatten(1)
    return low @ torch.randn(48, 1000), low @ torch.randn(48, 1280)


class Start(unittest.TestCase):
    def setUp(self):
        self.net = trained()
        with tempfile.TemporaryDirectory() as work:
            path = os.path.join(work, "net.onnx")
            with open(path, "wb") as f:
                f.write(export.build(self.net).SerializeToString())
            self.again = ResNet18(WIDTH).eval()
            copy_weights(self.again, path)
            with self.assertRaises(SystemExit):
                copy_weights(ResNet18(2 * WIDTH), path)
        torch.manual_seed(1)
        self.batches = [torch.randn(8, 3, 48, 48) for _ in range(4)]

    def same(self, tolerance):
        with torch.no_grad():
            want, got = self.net(self.batches[0]), self.again(self.batches[0])
        self.assertLess(((want - got).abs().max() / want.abs().max()).item(), tolerance)

    def test_a_file_gives_the_network_back(self):
        self.same(5e-3)  # kernels are stored in half precision

    def test_measuring_changes_no_output_and_makes_training_mode_agree(self):
        with torch.no_grad():
            before = self.again(self.batches[0])
            calibrate(self.again, [torch.cat(self.batches)])
            after = self.again(self.batches[0])
            in_training = self.again.train()(torch.cat(self.batches))[:8]
        self.assertLess(((before - after).abs().max() / before.abs().max()).item(), 1e-4)
        self.assertLess(((after - in_training).abs().max() / after.abs().max()).item(), 0.02)

    def test_heads_are_solved_for(self):
        student = Student(WIDTH).eval()
        student.backbone.load_state_dict(self.net.state_dict())
        target = torch.nn.BatchNorm1d(1280, eps=1e-3, affine=False, momentum=None)
        fit_heads(student, ((x, x) for x in self.batches), teacher, target)
        x = torch.cat(self.batches)
        with torch.no_grad():
            _, logits, feature, _ = student(x)
            wanted_logits, wanted = teacher(x)
            wanted = (wanted - target.running_mean) / (target.running_var + target.eps).sqrt()
        self.assertGreater(torch.nn.functional.cosine_similarity(feature, wanted, dim=1).mean().item(), 0.5)
        left = ((logits - wanted_logits) ** 2).mean() / wanted_logits.var(0).mean()
        self.assertLess(left.item(), 0.7)


if __name__ == "__main__":
    unittest.main()
