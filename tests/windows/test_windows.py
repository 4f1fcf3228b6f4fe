"""Setup and .msi, installed, used and removed under Wine. Wine is not Windows; CONTRIBUTING.md says what this leaves open."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from case import ROOT, WindowCase
from waiting import wait_for

DIST = ROOT / "dist"
HERE = Path(__file__).parent
# The first start makes the folders of a whole Windows.
PATIENCE = 180


class Windows(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        prefix = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="keyfob-wine-", ignore_cleanup_errors=True)))
        self.drive = prefix / "drive_c"
        self.environment = self.desktop.environment | {
            "WINEPREFIX": str(prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            # No menus of this machine, and no offer to fetch what is not needed.
            "WINEDLLOVERRIDES": "winemenubuilder.exe=d;mscoree=;mshtml=",
        }
        self.addCleanup(self.wine, "wineboot", "--kill", check=False)
        self.wine("wineboot", "--init")

    def wine(self, *command: str, check: bool = True) -> None:
        done = subprocess.run(
            ["wine", *command], env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        # What they change is written when the last of them has ended.
        subprocess.run(["wineserver", "--wait"], env=self.environment, timeout=PATIENCE, check=False)
        if check and done.returncode != 0:
            raise AssertionError(f"{command} ended with {done.returncode}\n{done.stdout}{done.stderr}")

    def test_setup_installs_what_starts_and_removes_it(self) -> None:
        self.wine(str(self.package("-setup.exe")), "/S")
        program = self.found("users/*/AppData/Local/Programs/Keyfob/keyfob.exe")
        self.found("users/*/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Keyfob.lnk")
        shim = program.with_name("bcryptprimitives.dll")
        subprocess.run(
            ["x86_64-w64-mingw32-gcc", "-shared", "-O", "-o", shim, HERE / "prng.c", "-ladvapi32"], check=True
        )

        self.use(program)
        settings = self.found("users/*/AppData/Roaming/keyfob/config/settings.json")
        self.assertIn("grace", settings.read_text(), "the user that was picked is not remembered")

        shim.unlink()
        # Run from where it is: without this it works on from a copy, and ends before it is done.
        folder = self.windows_path(program.parent)
        self.wine(str(program.with_name("uninstall.exe")), "/S", f"_?={folder}")
        self.assertFalse(program.exists(), "the program was left behind")
        self.assertEqual(list(self.drive.rglob("Keyfob.lnk")), [], "the menu entry was left behind")
        self.assertTrue(settings.exists(), "an uninstaller must not touch what people keep")

    def test_the_msi_installs_and_removes(self) -> None:
        package = str(self.package(".msi"))
        self.wine("msiexec", "/i", package, "/qn")
        program = self.found("Program Files/Keyfob/keyfob.exe")
        self.wine("msiexec", "/x", package, "/qn")
        self.assertFalse(program.exists(), "the program was left behind")

    def use(self, program: Path) -> None:
        """Picks a user of the practice account by keys alone, starts a second time, and closes the window."""
        command = ["wine", str(program), "--practice", "--practice-latency", "20"]
        running = subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL)
        self.addCleanup(running.wait)
        self.addCleanup(running.kill)
        window = wait_for(self.window, "the window to open", PATIENCE)
        self.desktop.run("xdotool", "windowactivate", "--sync", window)
        # Nothing tells a test under Wine what is on the screen: it waits until that stands still.
        self.settle("windows-start")
        self.desktop.keys("ctrl+f")
        self.desktop.type("grace")
        self.desktop.keys("Return")
        self.settle("windows-user")
        again = subprocess.run(command, env=self.environment, timeout=PATIENCE, check=False)
        self.assertEqual(again.returncode, 0, "the second start")
        self.assertIsNone(running.poll(), "the first one ended")
        self.assertEqual(self.window(), window, "a second window opened")
        self.desktop.keys("alt+F4")
        self.assertEqual(running.wait(PATIENCE), 0)

    def window(self) -> str:
        try:
            found = self.desktop.run("xdotool", "search", "--onlyvisible", "--name", "^Keyfob$").split()
        except RuntimeError:
            return ""
        return " ".join(found)

    def settle(self, name: str) -> None:
        before = [""]

        def settled() -> bool:
            path = self.desktop.screenshot(name)
            now = self.desktop.run("convert", str(path), "-format", "%#%k", "info:")
            same, before[0] = now == before[0], now
            # Something was drawn: a window that failed to is of a colour or two.
            return same and int(self.desktop.run("convert", str(path), "-format", "%k", "info:")) > 20

        wait_for(settled, f"the picture {name} to settle", PATIENCE)

    def found(self, pattern: str) -> Path:
        found = list(self.drive.glob(pattern))
        self.assertEqual(len(found), 1, f"{pattern}: {found}")
        return found[0]

    def windows_path(self, path: Path) -> str:
        return "C:\\" + str(path.relative_to(self.drive)).replace(os.sep, "\\")

    def package(self, end: str) -> Path:
        found = list(DIST.glob(f"*{end}"))
        self.assertEqual(len(found), 1, f"assets/packaging/windows/package makes one {end}")
        return found[0]
