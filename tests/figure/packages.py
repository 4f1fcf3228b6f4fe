#!/usr/bin/env python3
"""How many packages the program for Linux is made of, itself included."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import figure  # noqa: E402

TREE = ["cargo", "tree", "--locked", "--edges", "normal", "--target", "x86_64-unknown-linux-gnu", "--prefix", "none"]
MOST = 380

tree = subprocess.run(TREE, cwd=figure.ROOT, check=True, capture_output=True, text=True).stdout
packages = {line.removesuffix(" (*)") for line in tree.splitlines()}
figure.at_most("packages_in_tree", len(packages), "packages", MOST, "tests/figure/packages.py")
