"""Begins a training run from an exported file in place of random weights.

An exported file has its BatchNorm folded into the kernels, and a network without BatchNorm cannot be trained further by this
recipe. `copy_weights` sets every kernel back to the spread of a fresh one, with a BatchNorm behind it that undoes this;
`calibrate` measures what arrives at each BatchNorm on real views and makes these its statistics, with a scale and a shift that
leave the outputs as they were; `fit_heads` solves for the heads that the file does not have, so that training does not begin by
unlearning. None of the three changes what the network gives for a picture.
"""
import onnx
import torch
from onnx import numpy_helper

ALIVE = 1e-3  # kernels with a smaller spread belong to channels that give nothing; they stay as they are


@torch.no_grad()
def copy_weights(net, path):
    """The kernels and biases of a file written by export.py into a ResNet18 of the same width."""
    found = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()).float() for i in onnx.load(path).graph.initializer}
    for name, conv, bn in net.pairs():
        kernel = found.get(name + ".weight16", found.get(name + ".weight"))
        if kernel is None or kernel.shape != conv.weight.shape:
            raise SystemExit(f"{path}: no kernel {name} of shape {tuple(conv.weight.shape)}; another width?")
        fresh = (2 / (kernel.shape[0] * kernel[0, 0].numel())) ** 0.5
        spread = kernel.flatten(1).std(1)
        scale = torch.where(spread > ALIVE, fresh / spread.clamp(min=ALIVE), torch.ones_like(spread))
        conv.weight.copy_(kernel * scale.view(-1, 1, 1, 1))
        bn.weight.copy_(1 / scale)
        bn.bias.copy_(found[name + ".bias"])
        bn.running_mean.zero_()
        bn.running_var.fill_(1 - bn.eps)


@torch.no_grad()
def calibrate(net, batches):
    """Gives every BatchNorm of `net` the statistics of these batches without changing its outputs."""
    sums, hooks = {}, []

    def measure(bn, inputs):
        x = inputs[0].double()
        n, first, second = sums.get(bn, (0, 0, 0))
        sums[bn] = n + x[:, 0].numel(), first + x.sum((0, 2, 3)), second + (x * x).sum((0, 2, 3))

    for _, _, bn in net.pairs():
        hooks.append(bn.register_forward_pre_hook(measure))
    net.eval()
    for x in batches:
        net(x)
    for hook in hooks:
        hook.remove()
    for bn, (n, first, second) in sums.items():
        mean = first / n
        var = (second / n - mean * mean).clamp(min=0)
        was = bn.weight.double() / (bn.running_var.double() + bn.eps).sqrt()
        bn.bias.copy_(bn.bias.double() + (mean - bn.running_mean.double()) * was)
        bn.weight.copy_(was * (var + bn.eps).sqrt())
        bn.running_mean.copy_(mean)
        bn.running_var.copy_(var)


@torch.no_grad()
def fit_heads(student, batches, teacher, target, ridge=1e-2):
    """Linear heads by ridge regression from the embedding to the teacher's standardised feature and its logits.

    `batches` yields (what the teacher sees, what the student sees); `target` keeps the statistics of the teacher's feature.
    """
    seen = []
    student.eval()
    for x, small in batches:
        logits, feature = (t.float() for t in teacher(x))
        target(feature)
        seen.append((student.backbone(small), logits, feature))
    f, logits, feature = (torch.cat(t).double() for t in zip(*seen))
    feature = (feature - target.running_mean) / (target.running_var + target.eps).sqrt()
    centre = f.mean(0)
    gram = (f - centre).T @ (f - centre) / len(f)
    gram += ridge * gram.diagonal().mean() * torch.eye(len(gram), dtype=gram.dtype, device=gram.device)
    for head, wanted in ((student.logit_head, logits), (student.feature_head, feature)):
        weight = torch.linalg.solve(gram, (f - centre).T @ (wanted - wanted.mean(0)) / len(f)).T
        head.weight.copy_(weight)
        head.bias.copy_(wanted.mean(0) - weight @ centre)
