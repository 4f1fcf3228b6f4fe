"""Several accounts: the popup of the account bar, what is said about an account, what may not be done in it."""

from __future__ import annotations

import json
import os
from typing import Any

from case import WindowCase
from waiting import wait_for

SIZES = [(1280, 800), (1024, 640)]


class Accounts(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.endpoint = os.environ["KEYFOB_MOTO_ENDPOINT"]
        self._profiles("acme-production", "staging", "lab")

    def test_another_account_is_opened_by_keyboard(self) -> None:
        program = self.program
        program.start("--practice")
        program.control("Search users")
        program.focus()
        self.desktop.keys("ctrl+shift+a")
        search = program.control("Search accounts")
        wait_for(lambda: search.has("focused"), "the focus on the search")
        self.desktop.type("stag")
        program.control("Switch to staging")
        program.await_gone("Switch to lab")
        self.desktop.keys("Return")
        program.await_text("staging, 1234-5678-9012, admin")
        program.await_gone("Search accounts")
        # It is the first of the recent ones now.
        self.desktop.keys("ctrl+shift+a")
        program.control("Switch to staging")
        self.desktop.keys("Escape")
        program.await_gone("Search accounts")

    def test_an_account_that_cannot_be_opened_leaves_the_open_one(self) -> None:
        program = self.program
        program.start("--practice")
        self.pick_user("carol")
        program.control("Switch account").click()
        program.control("Switch to nowhere").click()
        program.control("Try to sign in again")
        program.await_text("practice-account, 0000-0000-0000, anna")
        program.control("Copy user name carol")
        self._take("switch-failed")
        program.control("Dismiss the failed sign-in").click()
        program.await_gone("Try to sign in again")

    def test_what_is_said_about_an_account_is_kept(self) -> None:
        program = self.program
        program.start("--profile", "lab")
        program.control("Switch account").click()
        program.control("This account…").click()
        name = program.control("Name of the account")
        wait_for(lambda: name.has("focused"), "the focus on the name")
        self.desktop.type("Web shop")
        program.control("Mark as production").click()
        program.control("Always open it read-only").click()
        program.control("Save what is said about the account").click()
        program.await_text("Web shop, lab, 1234-5678-9012, admin")
        program.control("Read-only")
        self.assertEqual(program.close(), 0)

        kept = json.loads((program.home / ".config/keyfob/settings.json").read_text(encoding="utf-8"))
        look = {"name": "Web shop", "kind": "production", "read_only": True}
        self.assertEqual(kept["accounts"], {f"123456789012 at {self.endpoint}": look})
        program.end()
        program.start("--profile", "lab")
        program.await_text("Web shop, lab, 1234-5678-9012, admin")
        program.control("Allow changes").click()
        program.control("Allow changes now").click()
        program.await_gone("Read-only")

    def test_pictures_in_light(self) -> None:
        self._pictures("light")

    def test_pictures_in_dark(self) -> None:
        self._pictures("dark")

    def _pictures(self, theme: str) -> None:
        program = self.program
        look = {"name": "Web shop", "kind": "production", "read_only": True}
        staging = {"name": None, "kind": "staging", "read_only": False}
        opened = [
            {"choice": {"profile": "lab"}, "account_id": "222222222222", "at": "2026-11-23T10:00:00Z"},
            {"choice": {"profile": "staging"}, "account_id": "111111111111", "at": "2026-11-20T10:00:00Z"},
            {"choice": "practice", "account_id": "000000000000", "at": "2026-11-01T10:00:00Z"},
        ]
        looks = {"222222222222": look, "111111111111": staging}
        program.settings(theme=theme, opened=opened, accounts=looks)
        program.start("--practice-latency", "5")
        program.control("Open practice account")
        self._take(f"start-with-looks-{theme}")
        program.control("Open practice account").press()
        self.pick_user("carol")
        program.control("Switch account").press()
        program.control("Switch to staging")
        self._take(f"switch-{theme}")
        program.control("This account…").press()
        program.control("Name of the account")
        self._take(f"this-account-practice-{theme}")
        self.desktop.keys("Escape")
        program.await_gone("Name of the account")
        # What AWS denies is off afterwards.
        program.control("Troubles of the practice account").press()
        program.control("Denied: changes and key lists").press()
        program.control("Create and copy").press()
        program.control("Copy policy for iam:ListAccessKeys")
        self._take(f"not-allowed-{theme}")
        program.end()

        program.start("--profile", "lab")
        program.control("Switch account").press()
        program.control("This account…").press()
        program.control("Mark as production").press()
        program.control("Always open it read-only").press()
        self._take(f"this-account-{theme}")
        program.control("Save what is said about the account").press()
        program.control("Read-only")
        self._take(f"read-only-{theme}")
        program.control("Allow changes").press()
        program.control("Allow changes now")
        self._take(f"allow-changes-{theme}")

    def _take(self, screen: str) -> None:
        for width, height in SIZES:
            self.program.resize(width, height)
            self.program.settled_screenshot(f"{screen}-{width}x{height}")

    def _profiles(self, *names: str) -> None:
        """Profiles of the moto account, and one that leads nowhere."""
        key, secret = os.environ["KEYFOB_MOTO_KEY"], os.environ["KEYFOB_MOTO_SECRET"]
        sections: dict[str, Any] = {name: self.endpoint for name in names}
        # Port 9 of this machine: nothing listens there.
        sections["nowhere"] = "http://127.0.0.1:9"
        config = "".join(
            f"[profile {name}]\nregion = us-east-1\nendpoint_url = {url}\n"
            f"aws_access_key_id = {key}\naws_secret_access_key = {secret}\n"
            for name, url in sections.items()
        )
        folder = self.program.folder(".aws")
        (folder / "config").write_text(config, encoding="utf-8")
