"""Brings what training needs and the project does not hold: checkouts of the picture sources, and the teacher.

    python fetch.py --root checkouts            # every repository of sources.tsv at its commit: 30 GB or so, hours on a slow line
    python fetch.py --root checkouts --role eval
    python fetch.py --teacher                   # the teacher's file, 3.6 MB, checked

Only the folders that are named are checked out, each from a shallow clone without the blobs of others. What is there already stays.
"""
import argparse
import hashlib
import os
import subprocess
import sys
import urllib.request

import sources
from teacher import PATH

TEACHER = (
    "https://raw.githubusercontent.com/google-coral/test_data/104342d2d3480b3e66203073dac24f4e2dbb4c41/"
    "mobilenet_v2_1.0_224_quant.tflite",
    "7aad0c74c5e3c06e5eb3c827e13304fdd68a83da6087d92ee169c24ff9fd4776",
)
# Labels that live in another repository than the pictures.
LABELS = [("foamliu/Car-Recognition", "8bffd4fd36082d42400f397e02c2580d436b88e0", "devkit")]


def teacher():
    url, sha256 = TEACHER
    if os.path.exists(PATH):
        return print(f"{PATH} is there")
    os.makedirs(os.path.dirname(PATH), exist_ok=True)
    with urllib.request.urlopen(url) as answer:
        data = answer.read()
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise SystemExit(f"{url} has SHA-256 {found}, not {sha256}: nothing was kept")
    with open(PATH, "wb") as f:
        f.write(data)
    print(f"{PATH}: {len(data)} bytes")


def git(folder, *words):
    subprocess.run(["git", "-C", folder, *words], check=True)


def checkout(root, repo, commit, folders):
    target = os.path.join(root, repo.replace("/", "+"))
    if os.path.isdir(target):
        return print(f"{repo} is there")
    print(f"{repo} @ {commit[:8]}", flush=True)
    partial = target + ".partial"
    subprocess.run(["rm", "-rf", partial], check=True)
    os.makedirs(partial)
    git(partial, "init", "-q")
    git(partial, "remote", "add", "origin", f"https://github.com/{repo}.git")
    git(partial, "config", "remote.origin.promisor", "true")
    git(partial, "config", "remote.origin.partialclonefilter", "blob:none")
    git(partial, "fetch", "-q", "--depth", "1", "--filter=blob:none", "origin", commit)
    if "." not in folders:
        git(partial, "sparse-checkout", "set", "--no-cone", *(f"/{f}" for f in folders))
    git(partial, "checkout", "-q", "FETCH_HEAD")
    os.rename(partial, target)


def wanted(role):
    """Repository -> (commit, folders and label files)."""
    found = {}
    for row in sources.read_sources():
        if role and not row["role"].startswith(role):  # what a set is derived from belongs to its role
            continue
        commit, folders = found.setdefault(row["repo"], (row["commit"], set()))
        folders.add(row["folder"])
        kind, _, arg = row["label_rule"].partition(":")
        if kind in ("tsv", "csv", "amls", "credo"):
            folders.add(arg.split(":")[0])
    return found


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--root", help="folder for the checkouts")
    ap.add_argument("--role", choices=["train", "eval"])
    ap.add_argument("--teacher", action="store_true")
    a = ap.parse_args()
    if a.teacher:
        teacher()
    failed = []
    if a.root:
        os.makedirs(a.root, exist_ok=True)
        jobs = [(repo, commit, folders) for repo, (commit, folders) in wanted(a.role).items()]
        if a.role != "eval":
            jobs += [(repo, commit, {folder}) for repo, commit, folder in LABELS]
        for repo, commit, folders in jobs:
            try:
                checkout(a.root, repo, commit, folders)
            except subprocess.CalledProcessError as error:
                failed.append(repo)
                print(f"{repo}: {error}", file=sys.stderr)
    if failed:
        raise SystemExit(f"not fetched: {', '.join(failed)}; run it again, or train without them")


if __name__ == "__main__":
    main()
