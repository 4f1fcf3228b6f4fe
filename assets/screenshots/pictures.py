#!/usr/bin/env python3
"""Takes pictures of the screens, in both themes and two sizes, into tests/artefacts/window.

    tests/servers/with-moto --users 40 -- .venv/bin/python assets/screenshots/pictures.py [light|dark]

A tool, not a test: people look at the pictures, and `renew` copies some of them into the README. It drives the real
program with what the window tests use.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "tests/window"))

import run  # noqa: E402
from case import WindowCase  # noqa: E402
from waiting import wait_for  # noqa: E402

SIZES = [(1280, 800), (1024, 640)]


class Pictures(WindowCase):
    def test_light(self) -> None:
        self._take_all("light")

    def test_dark(self) -> None:
        self._take_all("dark")

    def _take_all(self, theme: str) -> None:
        self._theme = theme
        self._profiles()
        self._settings()
        self._keys()
        self._find_and_guide()
        self._denied()
        self._not_connected()
        self._accounts()

    def _settings(self) -> None:
        program = self.program
        program.settings(theme=self._theme)
        program.start("--practice-latency", "5")
        program.control("Open practice account")
        self._take("start")
        program.control("Settings").press()
        for part in ("Appearance", "Secret", "Network", "Program", "Renderer"):
            program.control(f"{part} settings").press()
            self._take(f"settings-{part.lower()}")
        program.control("About Keyfob").press()
        self._take("settings-about")
        program.control("Close the settings").press()
        program.await_gone("Close the settings")

    def _keys(self) -> None:
        program = self.program
        program.control("Open practice account").press()
        self.pick_user("ci-deployer")
        self._take("keys")
        self.pick_user("carol")
        program.control("Create and copy")
        self._take("empty")
        program.control("Create and copy").press()
        program.control("Clear clipboard now")
        self._take("new-key")
        program.control("I have saved it").press()
        key = next(iter(wait_for(self.keys_of_table, "a key in the table")))
        program.control(f"Deactivate {key}").press()
        program.control(f"Activate {key}")
        program.control(f"Delete {key}").press()
        program.control("Delete for good")
        self._take("delete-dialog")
        self.type_the_last_four(key[-4:])
        program.control("Delete for good").press()
        program.await_gone(f"Delete {key}")

    def _find_and_guide(self) -> None:
        program = self.program
        program.focus()
        self.desktop.keys("F1")
        program.control("Close the guide")
        self._take("guide-keyboard")
        program.control("Guide page A new key").press()
        self._take("guide")
        program.control("Close the guide").press()
        program.await_gone("Close the guide")
        self.desktop.keys("ctrl+k")
        self.desktop.type("deploy")
        program.control("Go to user ci-deployer")
        self._take("find")
        self.desktop.keys("Escape")
        program.await_gone("Go to user ci-deployer")
        self.desktop.keys("ctrl+k")
        self.desktop.type("AKIASP2TPHJSQH3FJXYZ AKIAIOSFODNN7EXAMPLE ASIAY34FZKBOKMUTVV7A")
        program.await_text("Not found")
        self._take("find-ids")
        self.desktop.keys("Escape")
        wait_for(lambda: not any("Not found" in text for text in program.texts()), "the list of found ids to go")

    def _denied(self) -> None:
        program = self.program
        self.pick_user("bob")
        program.control("Simulated faults of the practice account").press()
        program.control("Denied: changes and key lists").press()
        program.await_starting_with("Deactivate AKIA")[0].press()
        program.control("Activity").press()
        program.await_text("Failed")
        self._take("activity")
        program.control("Export…").press()
        program.control("File to export to")
        self._take("export")
        program.end()

    def _not_connected(self) -> None:
        program = self.program
        program.start("--profile", "lab", "--endpoint-url", "http://127.0.0.1:9")
        program.control("Try again")
        self._take("error")
        program.end()

    def _accounts(self) -> None:
        program = self.program
        program.settings(theme=self._theme, opened=OPENED, accounts=ACCOUNTS)
        program.start("--practice-latency", "5")
        program.control("Open practice account")
        self._take("start-with-names")
        program.control("Open practice account").press()
        self.pick_user("carol")
        program.control("Switch account").press()
        program.control("Switch to staging")
        self._take("switch")
        program.control("This account…").press()
        program.control("Name of the account")
        self._take("this-account-practice")
        self.desktop.keys("Escape")
        program.await_gone("Name of the account")
        # A denied action is disabled afterwards.
        program.control("Simulated faults of the practice account").press()
        program.control("Denied: changes and key lists").press()
        program.control("Create and copy").press()
        program.control("Copy policy for iam:ListAccessKeys")
        self._take("not-allowed")
        program.end()

        program.start("--profile", "lab")
        program.control("Switch account").press()
        program.control("This account…").press()
        program.control("Mark as production").press()
        program.control("Always open read-only").press()
        self._take("this-account")
        program.control("Save account preferences").press()
        program.control("Read-only")
        self._take("read-only")
        program.control("Allow changes").press()
        program.control("Allow changes now")
        self._take("allow-changes")
        program.end()

    def _take(self, screen: str) -> None:
        for width, height in SIZES:
            self.program.resize(width, height)
            self.program.settled_screenshot(f"{screen}-{self._theme}-{width}x{height}")

    def _profiles(self) -> None:
        """Profiles of the moto account."""
        key, secret = os.environ["KEYFOB_MOTO_KEY"], os.environ["KEYFOB_MOTO_SECRET"]
        config = "".join(
            f"[profile {name}]\nregion = us-east-1\nendpoint_url = {os.environ['KEYFOB_MOTO_ENDPOINT']}\n"
            f"aws_access_key_id = {key}\naws_secret_access_key = {secret}\n"
            for name in ("acme-production", "staging", "lab")
        )
        (self.program.folder(".aws") / "config").write_text(config, encoding="utf-8")


OPENED = [
    {"choice": {"profile": "lab"}, "account_id": "222222222222", "at": "2026-11-23T10:00:00Z"},
    {"choice": {"profile": "staging"}, "account_id": "111111111111", "at": "2026-11-20T10:00:00Z"},
    {"choice": "practice", "account_id": "000000000000", "at": "2026-11-01T10:00:00Z"},
]
ACCOUNTS = {
    "222222222222": {"name": "Web shop", "kind": "production", "read_only": True},
    "111111111111": {"name": None, "kind": "staging", "read_only": False},
}


if __name__ == "__main__":
    sys.exit(run.main(Path(__file__).parent, Path(__file__).name))
