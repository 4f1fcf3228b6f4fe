"""Writes a promised figure as a file for `tests/figures`."""

from __future__ import annotations

import json
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def write(name: str, value: float | str, unit: str, target: str, holds: bool, command: str) -> bool:
    """Gives back whether it holds."""
    folder = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"), "figures")
    folder.mkdir(parents=True, exist_ok=True)
    figure = {"name": name, "value": value, "unit": unit, "target": target, "holds": holds, "command": command}
    (folder / f"{name}.json").write_text(json.dumps(figure), encoding="utf-8")
    print(f"{name}: {value} {unit} (target {target})", flush=True)
    return holds


def at_most(name: str, value: int, unit: str, most: int, command: str) -> bool:
    return write(name, value, unit, f"<= {most}" if most else "0", value <= most, command)
