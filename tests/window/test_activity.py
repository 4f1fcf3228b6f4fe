"""The activity is on disk, shown again after a restart, and used by the delete dialog."""

from __future__ import annotations

import json
from typing import Any

from keyboard import Keyboard
from moto_case import MotoCase
from waiting import wait_for


class Activity(MotoCase):
    user = "active"

    def setUp(self) -> None:
        super().setUp()
        self.file = self.program.home / ".local/state/keyfob/activity.jsonl"

    def test_a_restart_knows_what_was_done(self) -> None:
        program = self.program
        self.start()
        self.pick_user("active")
        program.control("Create and copy").press()
        program.control("I have saved it")
        key, secret = self._pair()
        program.control("Clear clipboard now")
        program.control("I have saved it").press()
        program.control(f"Deactivate {key}").press()
        program.control(f"Activate {key}")
        wait_for(lambda: len(self._lines()) == 2, "two lines on the disk")
        self.assertEqual(program.close(), 0)

        lines = self._lines()
        self.assertEqual([line["what"] for line in lines], ["create", "deactivate"])
        for line in lines:
            self.assertEqual((line["user"], line["key"], line["outcome"]), ("active", key, "done"))
            self.assertIn("admin", line["caller"])
        self.assertNotIn(secret, self.file.read_text(encoding="utf-8"))
        self.assertEqual(self.file.stat().st_mode & 0o777, 0o600)

        self.start()
        program.control("Activity").press()
        program.await_text(f"Deactivate a key of active, {key}, Done")
        program.control("Keys").press()
        self.pick_user("active")
        program.control(f"Delete {key}").press()
        program.await_text("Inactive since")
        program.control("Cancel").press()

        # Somebody else reactivates and deactivates it, so the date is unknown.
        self.iam.update_access_key(UserName="active", AccessKeyId=key, Status="Active")
        program.control("Refresh").press()
        program.control(f"Deactivate {key}")
        self.iam.update_access_key(UserName="active", AccessKeyId=key, Status="Inactive")
        program.control("Refresh").press()
        program.control(f"Activate {key}")
        program.control(f"Delete {key}").press()
        program.await_text("since an unknown date")

    def test_a_key_is_found_by_its_id_alone(self) -> None:
        program, desktop = self.program, self.desktop
        key = self.iam.create_access_key(UserName="active")["AccessKey"]["AccessKeyId"]
        self.start()
        program.focus()
        desktop.keys("ctrl+k")
        field = program.control("Find user or key")
        wait_for(lambda: field.has("focused"), "the focus on the field")
        desktop.type(f"key={key} in a text")
        program.control(f"{key}: Key of active")
        desktop.keys("Return")
        program.control("Copy user name active")
        program.control(f"Key {key}")
        # The row is selected, so Delete opens its dialog.
        Keyboard(program).await_focus(f"More for {key}")
        desktop.keys("Delete")
        program.control(f"Delete access key {key}")

    def _lines(self) -> list[dict[str, Any]]:
        if not self.file.exists():
            return []
        whole, _, _ = self.file.read_text(encoding="utf-8").rpartition("\n")
        return [json.loads(line) for line in whole.splitlines()]

    def _pair(self) -> tuple[str, str]:
        """The pair that was just made, from the clipboard."""
        wait_for(lambda: "AKIA" in self.desktop.clipboard(), "the pair on the clipboard")
        words = self.desktop.clipboard().replace("=", " ").replace(",", " ").replace('"', " ").split()
        key = next(word for word in words if word.startswith("AKIA"))
        return key, next(word for word in words if len(word) == 40)
