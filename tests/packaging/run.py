#!/usr/bin/env python3
"""Runs the tests of the packages in dist/: `run.py [NAME …]`, as tests/window/run.py does."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent
# The desktop and the program are those of the window tests.
sys.path[:0] = [str(HERE.parent / "window"), str(HERE.parent / "figure"), str(HERE)]

# What is looked at is what is packaged, unless a test installs it.
os.environ["KEYFOB_BINARY"] = str(HERE.parents[1] / "dist/tree/bin/keyfob")

import run as window_tests  # noqa: E402

if __name__ == "__main__":
    sys.exit(window_tests.main(HERE))
