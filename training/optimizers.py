"""The optimisers that train.py offers."""
import torch


class Lamb(torch.optim.Optimizer):
    """LAMB (arXiv:1904.00962): Adam direction, decoupled decay, per-tensor trust ratio for tensors that decay."""

    def __init__(self, params, lr, betas=(0.9, 0.999), eps=1e-6, weight_decay=0.0):
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for g in self.param_groups:
            for p in g["params"]:
                if p.grad is None:
                    continue
                s = self.state[p]
                if not s:
                    s["step"], s["m"], s["v"] = 0, torch.zeros_like(p), torch.zeros_like(p)
                s["step"] += 1
                b1, b2 = g["betas"]
                s["m"].lerp_(p.grad, 1 - b1)
                s["v"].mul_(b2).addcmul_(p.grad, p.grad, value=1 - b2)
                u = (s["m"] / (1 - b1 ** s["step"])) / ((s["v"] / (1 - b2 ** s["step"])).sqrt() + g["eps"])
                if g["weight_decay"]:
                    u = u + g["weight_decay"] * p
                    wn, un = p.norm(), u.norm()
                    u = u * torch.where((wn > 0) & (un > 0), (wn / un).clamp(max=10), torch.ones_like(wn))
                p.sub_(u * g["lr"])


def make_optimizer(net, a):
    decay = [p for p in net.parameters() if p.ndim > 1]
    plain = [p for p in net.parameters() if p.ndim <= 1]
    groups = [dict(params=decay, weight_decay=a.wd), dict(params=plain, weight_decay=0.0)]
    if a.opt == "adamw":
        return torch.optim.AdamW(groups, lr=a.lr, fused=a.device == "cuda")
    if a.opt == "lamb":
        return Lamb(groups, lr=a.lr)
    return torch.optim.SGD(groups, lr=a.lr, momentum=0.9, nesterov=True)
