"""Several accounts: a failed switch, and the name, kind and read-only mode that are kept for an account."""

from __future__ import annotations

import json
import os
from typing import Any

from case import WindowCase
from waiting import wait_for


class Accounts(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.endpoint = os.environ["KEYFOB_MOTO_ENDPOINT"]
        self._profiles("lab")

    def test_an_account_that_cannot_be_opened_leaves_the_open_one(self) -> None:
        program = self.program
        program.start("--practice")
        self.pick_user("carol")
        program.control("Switch account").click()
        program.control("Switch to nowhere").click()
        program.control("Try to sign in again")
        program.await_text("practice-account, 0000-0000-0000, anna")
        program.control("Copy user name carol")
        program.control("Dismiss the failed sign-in").click()
        program.await_gone("Try to sign in again")

    def test_the_preferences_of_an_account_are_kept(self) -> None:
        program = self.program
        program.start("--profile", "lab")
        program.control("Switch account").click()
        program.control("This account…").click()
        name = program.control("Name of the account")
        wait_for(lambda: name.has("focused"), "the focus on the name")
        self.desktop.type("Web shop")
        program.control("Mark as production").click()
        program.control("Always open read-only").click()
        program.control("Save account preferences").click()
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

    def _profiles(self, *names: str) -> None:
        """Profiles of the moto account, and one with a dead endpoint."""
        key, secret = os.environ["KEYFOB_MOTO_KEY"], os.environ["KEYFOB_MOTO_SECRET"]
        sections: dict[str, Any] = {name: self.endpoint for name in names}
        # Nothing listens on port 9 of this computer.
        sections["nowhere"] = "http://127.0.0.1:9"
        config = "".join(
            f"[profile {name}]\nregion = us-east-1\nendpoint_url = {url}\n"
            f"aws_access_key_id = {key}\naws_secret_access_key = {secret}\n"
            for name, url in sections.items()
        )
        folder = self.program.folder(".aws")
        (folder / "config").write_text(config, encoding="utf-8")
