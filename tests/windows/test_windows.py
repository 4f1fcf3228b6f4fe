"""Setup and .msi as somebody meets them: installed, started, used and removed, under Wine."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
import unittest
from pathlib import Path

from case import ROOT, WindowCase
from waiting import wait_for
from wine import PATIENCE, Wine

DIST = ROOT / "dist"
HERE = Path(__file__).parent
VERSION = tomllib.loads((ROOT / "Cargo.toml").read_text())["package"]["version"]
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Keyfob"
# Of a resource: RT_GROUP_ICON, RT_VERSION, RT_MANIFEST.
RESOURCES = {"14", "16", "24"}
# What a compiler brings and Windows does not.
FOREIGN = re.compile(r"libgcc|libstdc|winpthread|vcruntime|msvcp", re.IGNORECASE)


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def package(end: str) -> str:
    found = list(DIST.glob(f"*{end}"))
    assert len(found) == 1, f"assets/packaging/windows/package makes one {end} in dist/, there are {found}"
    return str(found[0])


class ProgramFile(unittest.TestCase):
    def test_the_program_is_one_of_windows(self) -> None:
        program = os.environ["KEYFOB_BINARY"]
        headers = run("x86_64-w64-mingw32-objdump", "-p", program)
        self.assertRegex(headers, r"Subsystem\s+00000002", "a console would open beside the window")
        libraries = re.findall(r"DLL Name: (\S+)", headers)
        self.assertIn("kernel32.dll", map(str.lower, libraries))
        self.assertEqual([name for name in libraries if FOREIGN.search(name)], [], "Windows does not have these")

        listed = run("wrestool", "--list", program)
        self.assertLessEqual(RESOURCES, set(re.findall(r"--type=(\d+)", listed)))
        manifest = run("wrestool", "--extract", "--raw", "--type=24", program)
        self.assertIn("PerMonitorV2", manifest)
        version = subprocess.run(
            ["wrestool", "--extract", "--raw", "--type=16", program], capture_output=True, check=True
        ).stdout.decode("utf-16-le", errors="replace")
        self.assertRegex(version, f"ProductVersion\0+{re.escape(VERSION)}\0")


class Packages(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.wine = self.enterContext(Wine(self.desktop))

    def keep_evidence(self) -> None:
        self.desktop.screenshot(f"failed-{self.id().rpartition('.')[2]}")

    def test_setup_installs_what_starts_and_removes_it(self) -> None:
        wine = self.wine
        wine.install(package("-setup.exe"), "/S")
        program = wine.found("users/*/AppData/Local/Programs/Keyfob/keyfob.exe")
        wine.found("users/*/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Keyfob.lnk")
        self.assertEqual(wine.registered(UNINSTALL, "DisplayVersion"), VERSION)

        shim = self.lend_randomness(program)
        self.use(program)
        shim.unlink()
        kept = wine.found("users/*/AppData/Roaming/keyfob/config/settings.json")

        # Run from where it is: without this it works on from a copy, and ends before it is done.
        wine.install(str(program.with_name("uninstall.exe")), "/S", f"_?={wine.path(program.parent)}")
        self.assertFalse(program.exists(), "the program was left behind")
        self.assertEqual(list(wine.drive.rglob("Keyfob.lnk")), [], "the menu entry was left behind")
        wine.run("reg", "query", UNINSTALL, expected=1)
        self.assertTrue(kept.exists(), "an uninstaller must not touch what people keep")

    def test_the_msi_installs_what_starts_and_removes_it(self) -> None:
        wine = self.wine
        wine.install("msiexec", "/i", package(".msi"), "/qn")
        program = wine.found("Program Files/Keyfob/keyfob.exe")
        # Wine puts it into the menu of one person, whatever the package says.
        self.assertEqual(len(list(wine.drive.rglob("Keyfob.lnk"))), 1, "no menu entry")
        shim = self.lend_randomness(program)
        self.assertEqual(wine.run(str(program), "--version").strip(), f"keyfob {VERSION}")
        shim.unlink()
        wine.install("msiexec", "/x", package(".msi"), "/qn")
        self.assertFalse(program.parent.exists(), "the program was left behind")
        self.assertEqual(list(wine.drive.rglob("Keyfob.lnk")), [], "the menu entry was left behind")

    def lend_randomness(self, program: Path) -> Path:
        shim = program.with_name("bcryptprimitives.dll")
        run("x86_64-w64-mingw32-gcc", "-shared", "-O", "-o", str(shim), str(HERE / "prng.c"), "-ladvapi32")
        return shim

    def use(self, program: Path) -> None:
        """Opens the practice account, creates a key for a user and copies it, starts a second time, and closes the window."""
        wine, desktop = self.wine, self.desktop
        running = wine.start(str(program))
        self.addCleanup(running.wait)
        self.addCleanup(running.kill)
        window = wait_for(wine.window, "the window to open", PATIENCE)
        desktop.run("xdotool", "windowactivate", "--sync", window)
        wine.settle("windows-start")
        desktop.keys("Return")
        wine.settle("windows-practice")
        desktop.keys("ctrl+f")
        desktop.type("grace")
        wine.settle("windows-search")
        desktop.keys("Down", "Return")
        wine.settle("windows-user")
        desktop.keys("ctrl+n")
        wait_for(lambda: desktop.clipboard(), "the new key pair on the clipboard")
        # Copy secret has the focus.
        desktop.keys("Return")
        secret = wait_for(self.bare_secret, "the bare secret on the clipboard")
        desktop.screenshot("windows-new-key")

        again = subprocess.run(["wine", str(program)], env=wine.environment, timeout=PATIENCE, check=False)
        self.assertEqual(again.returncode, 0, "the second start")
        self.assertIsNone(running.poll(), "the first one ended")
        self.assertEqual(wine.window(), window, "a second window opened")

        desktop.keys("alt+F4")
        wine.settle("windows-closing")
        self.assertIsNone(running.poll(), "the window closed over a secret that nobody has said to have saved")
        # The last button of the question.
        desktop.keys("shift+Tab", "Return")
        self.assertEqual(running.wait(PATIENCE), 0)
        self.assertEqual(desktop.clipboard(), "", "the secret is left on the clipboard")
        self.assert_nowhere(secret)

    def bare_secret(self) -> str | None:
        text = self.desktop.clipboard()
        return text if re.fullmatch(r"[A-Za-z0-9+/]{40}", text) else None

    def assert_nowhere(self, secret: str) -> None:
        files = [path for path in self.wine.drive.glob("users/*/AppData/*/keyfob/**/*") if path.is_file()]
        self.assertIn("settings.json", [path.name for path in files])
        for path in files:
            self.assertNotIn(secret.encode(), path.read_bytes(), path.name)
        self.assertIn("grace", self.wine.found("users/*/AppData/Roaming/keyfob/config/settings.json").read_text())
