"""A whole Windows in a folder, on the desktop of the tests. Wine is not Windows; CONTRIBUTING.md says what this leaves open."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from desktop import Desktop, tied_to_us
from waiting import wait_for

# The first start makes the folders of a whole Windows.
PATIENCE = 240


class Wine:
    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop
        self._folder = tempfile.TemporaryDirectory(prefix="keyfob-wine-", ignore_cleanup_errors=True)
        self.drive = Path(self._folder.name) / "drive_c"
        self.environment = desktop.environment | {
            "WINEPREFIX": self._folder.name,
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            # No menus of this machine, and no offer to fetch what is not needed.
            "WINEDLLOVERRIDES": "winemenubuilder.exe=d;mscoree=;mshtml=",
            # Nothing here may ask the network whether this is a machine of AWS.
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def __enter__(self) -> Wine:
        self.run("wineboot", "--init")
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(["wineserver", "--kill"], env=self.environment, timeout=PATIENCE, check=False)
        self._folder.cleanup()

    def run(self, *command: str, expected: int = 0) -> str:
        """Runs a program to its end, and gives back what it printed."""
        done = subprocess.run(
            ["wine", *command], env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        if done.returncode != expected:
            raise AssertionError(f"{command} ended with {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def install(self, *command: str) -> None:
        """The same, while nothing else runs: what it changes is written when the last process has ended."""
        self.run(*command)
        subprocess.run(["wineserver", "--wait"], env=self.environment, timeout=PATIENCE, check=True)

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(tied_to_us(["wine", *command]), env=self.environment, stdin=subprocess.DEVNULL)

    def registered(self, key: str, name: str) -> str:
        """A text of the registry."""
        return self.run("reg", "query", key, "/v", name).partition("REG_SZ")[2].strip()

    def found(self, pattern: str) -> Path:
        """The one file on its drive that is called so."""
        found = list(self.drive.glob(pattern))
        assert len(found) == 1, f"{pattern}: {found}"
        return found[0]

    def path(self, path: Path) -> str:
        """As Windows calls it."""
        return "C:\\" + str(path.relative_to(self.drive)).replace(os.sep, "\\")

    def window(self) -> str:
        """The number of the program's window; empty while there is none."""
        try:
            return self.desktop.run("xdotool", "search", "--onlyvisible", "--name", "^Keyfob$").strip()
        except RuntimeError:
            return ""

    def settle(self, name: str) -> None:
        """Nothing tells a test under Wine what is on the screen: it waits until the picture of it stands still."""
        before = [""]

        def settled() -> bool:
            path = self.desktop.screenshot(name)
            now = self.desktop.run("convert", str(path), "-format", "%#", "info:")
            same, before[0] = now == before[0], now
            # Something was drawn: a window that failed to is of a colour or two.
            return same and int(self.desktop.run("convert", str(path), "-format", "%k", "info:")) > 20

        wait_for(settled, f"the picture {name} to settle", PATIENCE)
