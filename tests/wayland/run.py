#!/usr/bin/env python3
"""Runs the tests under Wayland: `run.py [NAME …]`, as tests/window/run.py does."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
# The program and its controls are those of the window tests.
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "window"))

import run as window_tests  # noqa: E402
from compositor import Compositor  # noqa: E402

if __name__ == "__main__":
    sys.exit(window_tests.main(HERE, desktop=Compositor))
