#!/usr/bin/env python3
"""Lays the bundle for macOS out around a program that is none, and looks at it as macOS would. Nothing is started."""

from __future__ import annotations

import plistlib
import shutil
import subprocess
import sys
import tempfile
import tomllib
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONTENTS = ROOT / "dist/Keyfob.app/Contents"
ID = "io.github.keyfob.Keyfob"
# The kinds of picture in an .icns: 16 to 512 pixels, and each of them with twice the pixels.
ICONS = {"icp4", "icp5", "ic07", "ic08", "ic09", "ic10", "ic11", "ic12", "ic13", "ic14"}


class Bundle(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        with tempfile.NamedTemporaryFile() as program:
            program.write(b"a program")
            program.flush()
            subprocess.run([ROOT / "assets/packaging/macos/bundle", program.name], check=True)
        # Nobody shall take it for the real one.
        cls.addClassCleanup(shutil.rmtree, CONTENTS.parent)
        cls.info = plistlib.loads((CONTENTS / "Info.plist").read_bytes())

    def test_the_property_list_tells_who_it_is(self) -> None:
        version = tomllib.loads((ROOT / "Cargo.toml").read_text())["package"]["version"]
        self.assertEqual(self.info["CFBundleIdentifier"], ID)
        self.assertEqual(self.info["CFBundleShortVersionString"], version)
        self.assertEqual(self.info["CFBundleVersion"], version)
        self.assertEqual(self.info["CFBundlePackageType"], "APPL")
        self.assertTrue(self.info["NSHighResolutionCapable"])

    def test_the_program_is_where_the_list_says(self) -> None:
        program = CONTENTS / "MacOS" / self.info["CFBundleExecutable"]
        self.assertEqual(program.read_bytes(), b"a program")
        self.assertEqual(program.stat().st_mode & 0o777, 0o755)

    def test_the_icon_is_there_in_all_sizes(self) -> None:
        icons = (CONTENTS / "Resources" / f"{self.info['CFBundleIconFile']}.icns").read_bytes()
        self.assertEqual(icons[:4], b"icns")
        self.assertEqual(int.from_bytes(icons[4:8], "big"), len(icons))
        self.assertEqual(set(kinds(icons)), ICONS)

    def test_the_licences_are_with_it(self) -> None:
        for name in ("licence", "fonts-licence", "icons-licence"):
            self.assertTrue((CONTENTS / f"Resources/{name}.txt").is_file(), name)


def kinds(icons: bytes) -> list[str]:
    """The four letters of each picture; its length includes them and itself."""
    found, at = [], 8
    while at < len(icons):
        found.append(icons[at : at + 4].decode("ascii"))
        at += int.from_bytes(icons[at + 4 : at + 8], "big")
    return found


if __name__ == "__main__":
    result = unittest.TextTestRunner(verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(Bundle))
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
