"""One figure of those that the README promises, as a file that `tests/figures` reads."""

from __future__ import annotations

import json
import os
from pathlib import Path

from case import ROOT


def write(name: str, value: int, unit: str, most: int) -> bool:
    """At most `most` holds."""
    folder = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"), "figures")
    folder.mkdir(parents=True, exist_ok=True)
    target = f"<= {most}" if most else "0"
    figure = {
        "name": name,
        "value": value,
        "unit": unit,
        "target": target,
        "holds": value <= most,
        "command": "tests/run memory",
    }
    (folder / f"{name}.json").write_text(json.dumps(figure), encoding="utf-8")
    print(f"{name}: {value} {unit} (target {target})", flush=True)
    return value <= most
