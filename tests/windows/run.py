#!/usr/bin/env python3
"""Runs the tests of the packages for Windows, under Wine: `run.py [NAME …]`, as tests/window/run.py does.

KEYFOB_BINARY is the program that was packed.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
# The desktop and the program are those of the window tests.
sys.path[:0] = [str(HERE.parent / "window"), str(HERE)]

import run as window_tests  # noqa: E402

if __name__ == "__main__":
    sys.exit(window_tests.main(HERE))
