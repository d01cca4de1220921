"""Distils a teacher into a ResNet-18, of random weights or of an exported file's (--start), within a time budget, resumable across several short commands.

    python train.py --pool shards --state run/state.pt --out run/out --minutes 25 --limit-minutes 9.3   # repeat until "done"

Teacher and student always see the same augmented, mixed view ("Knowledge distillation: a good teacher is patient and
consistent", arXiv:2106.05237).  Losses: KL between softened class distributions; cosine between a linear projection of the
512-d embedding and the teacher's standardised pooled feature; a light cross entropy on known labels, each within its own label set.
The whole schedule (learning rate, picture size) is a function of training time used / --minutes, so any machine can run it.
"""
import argparse
import copy
import json
import math
import os
import re
import time

START = time.time()

import torch
import torch.nn.functional as F

from data import Views, load_pool
from model import Student, load_parts, save_parts, small
from optimizers import make_optimizer
from start import calibrate, copy_weights, fit_heads
from teacher import PATH, load_teacher


def label_spaces(labels, which):
    """Merge labels into classes (a wnid is one class whatever its source) and say which classes each class competes with."""
    classes, of = {}, []
    for source, name in labels:
        wnid = re.fullmatch(r"n\d{8}", name) is not None
        key = ("wnid" if wnid else re.sub(r"_(photo|art|cartoon|sketch)$", "", source), name)
        of.append(classes.setdefault(key, len(classes)) if wnid or which == "all" else -1)
    keys = list(classes)
    spaces = sorted({k[0] for k in keys})
    return of, torch.tensor([spaces.index(k[0]) for k in keys], dtype=torch.long), keys


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--pool", required=True)
    ap.add_argument("--state", required=True, help="full training state, kept on the training machine")
    ap.add_argument("--out", required=True, help="folder for the checkpoint in parts of <= 15 MiB and the log")
    ap.add_argument("--init", help="folder of checkpoint parts to continue from when there is no --state (optimiser starts afresh)")
    ap.add_argument("--start", help="ONNX file by export.py to begin from in place of random weights, when there is no --state")
    ap.add_argument("--start-batches", type=int, default=40, help="batches that --start measures BatchNorm and fits the heads on")
    ap.add_argument("--minutes", type=float, default=25, help="training time of the whole schedule, by the clock on the wall: a process that is stopped for a while goes on later in the schedule")
    ap.add_argument("--limit-minutes", type=float, default=9.3, help="wall time of this command, start-up included")
    ap.add_argument("--iters", type=int, default=0, help="stop this command after so many steps (tests)")
    ap.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    ap.add_argument("--threads", type=int, default=0)
    ap.add_argument("--workers", type=int, default=0, help="decoding processes")
    ap.add_argument("--width", type=int, default=64)
    ap.add_argument("--batch", type=int, default=1024)
    ap.add_argument("--store-px", type=int, default=144)
    ap.add_argument("--max-images", type=int, default=0)
    ap.add_argument("--val", type=int, default=2048, help="pictures kept out to watch agreement with the teacher")
    ap.add_argument("--teacher", default=PATH, help="TFLite file, or made-up (tests)")
    ap.add_argument("--teacher-px", type=int, default=224)
    ap.add_argument("--schedule", default="0:128,0.4:144,0.7:160,0.9:192", help="student size from each fraction of the time; the last phase also drops mixing")
    ap.add_argument("--scale", type=float, default=0.2, help="smallest crop area")
    ap.add_argument("--final-scale", type=float, default=0.35, help="smallest crop area in the last phase")
    ap.add_argument("--mix", type=float, default=0.5, help="share of mixed views, half mixup, half cutmix")
    ap.add_argument("--opt", default="adamw", choices=["adamw", "lamb", "sgd"])
    ap.add_argument("--lr", type=float, default=0, help="default 2e-3 adamw, 6e-3 lamb, 0.5 sgd at batch 1024, scaled by sqrt(batch/1024) (sgd: linearly)")
    ap.add_argument("--wd", type=float, default=-1, help="default 0.05 adamw, 0.02 lamb, 5e-5 sgd")
    ap.add_argument("--warmup", type=float, default=0.03)
    ap.add_argument("--clip", type=float, default=5.0)
    ap.add_argument("--tau", type=float, default=2.0)
    ap.add_argument("--w-kl", type=float, default=1.0)
    ap.add_argument("--w-feature", type=float, default=2.0)
    ap.add_argument("--w-label", type=float, default=0.1)
    ap.add_argument("--labels", default="wnid", choices=["wnid", "all", "none"])
    ap.add_argument("--ema", type=float, default=0.03, help="averaging window as a fraction of the run")
    ap.add_argument("--bn-batches", type=int, default=40, help="batches for the final BatchNorm statistics of the averaged weights")
    ap.add_argument("--bfloat16", action="store_true", help="on a processor: pays where it multiplies them fast")
    ap.add_argument("--compile", action="store_true", help="torch.compile (each new size compiles again)")
    ap.add_argument("--log-seconds", type=float, default=20)
    ap.add_argument("--save-seconds", type=float, default=120)
    ap.add_argument("--seed", type=int, default=0)
    a = ap.parse_args()
    cuda = a.device == "cuda"
    if a.threads:
        torch.set_num_threads(a.threads)
    r = a.batch / 1024
    a.lr = a.lr or {"adamw": 2e-3 * r ** 0.5, "lamb": 6e-3 * r ** 0.5, "sgd": 0.5 * r}[a.opt]
    a.wd = a.wd if a.wd >= 0 else {"adamw": 0.05, "lamb": 0.02, "sgd": 5e-5}[a.opt]
    stages = [(float(s.split(":")[0]), int(s.split(":")[1])) for s in a.schedule.split(",")]
    os.makedirs(a.out, exist_ok=True)
    os.makedirs(os.path.dirname(os.path.abspath(a.state)), exist_ok=True)
    logfile = open(os.path.join(a.out, "train.log"), "a")

    def say(*s):
        line = " ".join(str(x) for x in s)
        print(line, flush=True)
        logfile.write(line + "\n")
        logfile.flush()

    # ---- data (decoded before CUDA starts, because decoding forks)
    images, aspect, label, names = load_pool(a.pool, a.store_px, a.workers, a.max_images)
    of, space, keys = label_spaces(names, a.labels)
    table = torch.tensor(of + [-1], dtype=torch.long) if a.labels != "none" else torch.full((len(of) + 1,), -1)
    label = table[label]  # -1 reads the last entry
    device = torch.device(a.device)
    torch.manual_seed(a.seed)
    if cuda:
        torch.backends.cudnn.benchmark = True
    images, aspect, label, space = images.to(device), aspect.to(device), label.to(device), space.to(device)
    nval = min(a.val, len(images) // 10)
    ntrain = len(images) - nval

    # ---- networks
    dtype = torch.float16 if cuda else torch.float32
    reduced = cuda or a.bfloat16
    teacher = load_teacher(a.teacher).eval().to(device, dtype)
    views = Views(device, a.teacher_px, dtype, (a.scale, 1.0), a.mix)
    net = Student(a.width, labels=len(keys)).to(device, memory_format=torch.channels_last)
    target = torch.nn.BatchNorm1d(1280, eps=1e-3, affine=False, momentum=None).to(device)  # running mean and variance of the teacher feature
    ema = copy.deepcopy(net).eval().requires_grad_(False)
    opt = make_optimizer(net, a)
    it, used, seen, lr_scale, base = 0, 0.0, 0, 1.0, 0.0

    def snapshot():
        return dict(net=net.state_dict(), ema=ema.state_dict(), target=target.state_dict(), opt=opt.state_dict(), it=it, used=used, seen=seen, lr_scale=lr_scale, base=base)

    def restore(s):
        nonlocal it, used, seen, lr_scale, base
        net.load_state_dict(s["net"])
        ema.load_state_dict(s["ema"])
        target.load_state_dict(s["target"])
        if s.get("opt"):
            opt.load_state_dict(s["opt"])
        it, used, seen, lr_scale, base = s["it"], s["used"], s["seen"], s["lr_scale"], s["base"]

    if os.path.exists(a.state):
        restore(torch.load(a.state, map_location=device, weights_only=True))
        say(f"resumed at step {it}, {used / 60:.2f} of {a.minutes} min")
    elif a.init:
        ck = load_parts(a.init)
        up = lambda d: {k: v.float() if v.is_floating_point() else v for k, v in d.items()}
        restore(dict(net=up(ck["net"]), ema=up(ck["ema"]), target=up(ck["target"]), it=ck["it"], used=ck["used"], seen=ck["seen"], lr_scale=ck["lr_scale"], base=ck["used"] / (a.minutes * 60)))
        say(f"continued from parts at step {it}, {used / 60:.2f} of {a.minutes} min; optimiser starts afresh")
    elif a.start:
        copy_weights(net.backbone, a.start)

        def pairs():
            for k in range(a.start_batches):
                i = torch.randint(ntrain, (a.batch,), device=device)
                x = views(images[i], aspect[i])[0]
                yield x, views.student(x, stages[0][1]).float()

        calibrate(net.backbone, (small_view for _, small_view in pairs()))
        fit_heads(net, pairs(), teacher, target)
        ema.load_state_dict(net.state_dict())
        say(f"started from {os.path.basename(a.start)}, measured on {a.start_batches} batches")
    run_net, run_teacher = (torch.compile(net), torch.compile(teacher)) if a.compile else (net, teacher)

    def save(final=False):
        if not all(torch.isfinite(v).all() for v in net.state_dict().values() if v.is_floating_point()):
            return say(f"step {it}: weights are not finite, not saved")
        tmp = a.state + ".tmp"
        torch.save(snapshot(), tmp)
        os.replace(tmp, a.state)
        n, parts = save_parts(dict(width=a.width, classes=json.dumps(keys), config=json.dumps(vars(a)), final=final, it=it, used=used, seen=seen, lr_scale=lr_scale,
                                   ema=small(ema.state_dict()), net=small(net.state_dict()), target=small(target.state_dict())), a.out)
        say(f"saved step {it}: {n / 2 ** 20:.1f} MiB in {parts} parts")

    # ---- one step
    def sizes(f):
        k = max(i for i, (at, _) in enumerate(stages) if f >= at)
        return stages[k][1], k == len(stages) - 1 and k > 0

    def rate(f):
        warm = min(1.0, (f - base) / a.warmup + 0.01) if a.warmup else 1.0  # also after an optimiser restart
        return a.lr * lr_scale * warm * max(0.5 * (1 + math.cos(math.pi * min(f, 1.0))), 1e-3)

    def label_loss(z, y):
        """Cross entropy of labelled rows within the label set of each; unlabelled rows count zero."""
        ok = y >= 0
        y = y.clamp(min=0)
        z = z.float().masked_fill(space[y][:, None] != space[None], -1e4)
        return F.cross_entropy(z, y, reduction="none") * ok

    def losses(x, y, partner, share, px):
        with torch.no_grad():
            with torch.autocast(a.device, torch.bfloat16, enabled=a.bfloat16):
                tz, tf = run_teacher(x)
            tz, tf = tz.float(), tf.float()
            target(tf)
            tf = F.batch_norm(tf, target.running_mean, target.running_var, eps=target.eps)
        small_view = views.student(x, px)
        with torch.autocast(a.device, torch.bfloat16, enabled=reduced):
            _, z, p, own = run_net(small_view)
        z, p = z.float(), p.float()
        kl = F.kl_div(F.log_softmax(z / a.tau, 1), F.log_softmax(tz / a.tau, 1), reduction="batchmean", log_target=True) * a.tau ** 2
        feature = (1 - F.cosine_similarity(p, tf, dim=1)).mean()
        lab = z.new_zeros(())
        if own is not None:
            lab = (share * label_loss(own, y) + (1 - share) * label_loss(own, y[partner])).mean()
        agree = (z.argmax(1) == tz.argmax(1)).float().mean()
        return a.w_kl * kl + a.w_feature * feature + a.w_label * lab, torch.stack([kl.detach(), feature.detach(), lab.detach(), agree])

    @torch.no_grad()
    def watch(px):
        """Held-out, unaugmented: how often the averaged student names the teacher's class, and the feature cosine."""
        hit = cos = 0.0
        ema.eval()
        for lo in range(ntrain, ntrain + nval, 256):
            s = slice(lo, min(lo + 256, ntrain + nval))
            x = views.plain(images[s], aspect[s])
            tz, tf = teacher(x)
            tf = F.batch_norm(tf.float(), target.running_mean, target.running_var, eps=target.eps)
            small_view = views.student(x, px)
            with torch.autocast(a.device, torch.bfloat16, enabled=reduced):
                _, z, p, _ = ema(small_view)
            hit += (z.argmax(1) == tz.argmax(1)).float().sum().item()
            cos += F.cosine_similarity(p.float(), tf, dim=1).sum().item()
        return f"held out at {px}: agreement {hit / max(nval, 1):.4f} cosine {cos / max(nval, 1):.4f}"

    @torch.no_grad()
    def average(f):
        window = max(2.0, min(0.1 * it, a.ema * it / max(f, 1e-6)))
        pairs = [(e, v) for e, v in zip(ema.state_dict().values(), net.state_dict().values())]
        torch._foreach_lerp_([e for e, v in pairs if e.is_floating_point()], [v for e, v in pairs if e.is_floating_point()], 1 / window)
        for e, v in pairs:
            if not e.is_floating_point():
                e.copy_(v)

    total = a.minutes * 60
    deadline = START + a.limit_minutes * 60 - (15 if cuda else 5)
    say(f"{a.device}: {ntrain} training pictures, {nval} watched, {len(keys)} label classes ({a.labels}), width {a.width}, {a.opt} lr {a.lr:.2e} wd {a.wd}, start-up {time.time() - START:.0f} s")
    torch.manual_seed(a.seed + 1 + it)
    first, last_log, last_save = it, time.time(), time.time()
    mark, mark_seen, acc, count = time.time(), seen, torch.zeros(4, device=device), 0
    perm, at, clock, status = torch.randperm(ntrain, device=device), 0, time.time(), "paused"
    while True:
        now = time.time()
        used, clock = used + now - clock, now
        f = used / total
        if f >= 1:
            status = "done"
            break
        if now > deadline or (a.iters and it - first >= a.iters):
            break
        if at + a.batch > ntrain:
            if ntrain < a.batch:
                raise SystemExit("batch larger than the training set")
            perm, at = torch.randperm(ntrain, device=device), 0
        i = perm[at:at + a.batch]
        at += a.batch
        px, last = sizes(f)
        for g in opt.param_groups:
            g["lr"] = rate(f)
        x, partner, share = views(images[i], aspect[i], (a.final_scale, 1.0) if last else None, 0.0 if last else None)
        net.train()
        loss, parts = losses(x, label[i], partner, share, px)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(net.parameters(), a.clip)
        opt.step()
        it, seen, acc, count = it + 1, seen + len(i), acc + parts, count + 1
        average(f)
        if time.time() - last_log > a.log_seconds or (a.iters and it - first == a.iters):
            v = (acc / count).tolist()  # waits for the device
            if not all(x == x and abs(x) < 1e9 for x in v):
                say(f"step {it}: losses {v} are not finite; back to the last saved state at half the learning rate")
                if not os.path.exists(a.state):
                    raise SystemExit("nothing saved yet")
                keep = used
                restore(torch.load(a.state, map_location=device, weights_only=True))
                used, lr_scale = keep, lr_scale / 2
                v = [0.0] * 4
            last_log = time.time()
            say(f"{f:.4f} step {it} px {px} lr {opt.param_groups[0]['lr']:.2e} kl {v[0]:.3f} feature {v[1]:.3f} label {v[2]:.3f} agree {v[3]:.3f} grad {float(norm):.2f} "
                f"{(seen - mark_seen) / (last_log - mark):.0f} img/s seen {seen}" + (f" mem {torch.cuda.max_memory_allocated() / 2 ** 30:.1f} GiB" if cuda else ""))
            mark, mark_seen = last_log, seen
            acc.zero_()
            count = 0
            if last_log - last_save > a.save_seconds:
                save()
                say(watch(px))
                last_save = time.time()
                clock += time.time() - last_log  # saving is not training time
                mark = time.time()
    if status == "done":  # BatchNorm statistics that belong to the averaged weights and the last size
        for m in ema.modules():
            if isinstance(m, torch.nn.BatchNorm2d):
                m.reset_running_stats()
                m.momentum = None
        ema.train()
        with torch.no_grad():
            for _ in range(a.bn_batches):
                i = torch.randint(ntrain, (a.batch,), device=device)
                small_view = views.student(views(images[i], aspect[i], (a.final_scale, 1.0), 0.0)[0], stages[-1][1])
                with torch.autocast(a.device, torch.bfloat16, enabled=reduced):
                    ema(small_view)
        ema.eval()
    save(final=status == "done")
    say(watch(sizes(min(used / total, 1))[0]))
    say(f"{status}: {used / 60:.2f} of {a.minutes} min used, step {it}, {seen} pictures seen, this command {(time.time() - START) / 60:.2f} min, {time.process_time() / 60:.2f} of one processor")


if __name__ == "__main__":
    main()
