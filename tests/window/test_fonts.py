"""Names and tags in every script, whatever fonts the workstation has."""

from __future__ import annotations

from moto_case import MotoCase
from waiting import wait_for

# Japanese, Arabic (right to left), Hindi, Greek and an emoji, which AWS allows in tags.
TEXTS = ["夜間バックアップ", "نسخة احتياطية", "बैकअप", "αντίγραφο été", "backup \U0001f511"]


class EveryScript(MotoCase):
    user = "scripts"

    def test_descriptions_in_every_script_are_shown_and_told(self) -> None:
        key = self.iam.create_access_key(UserName=self.user)["AccessKey"]["AccessKeyId"]
        program = self.program
        self._describe(key, TEXTS[0])
        self.start()
        program.resize(1280, 800)
        self.pick_user(self.user)
        for at, text in enumerate(TEXTS):
            self._describe(key, text)
            program.control("Refresh").press()
            program.await_text(text)
            program.settled_screenshot(f"fonts-{at}")
            self.assertTrue(program.running, f"{text!r} ended the program")
        wait_for(lambda: program.find(f"Key {key}"), "the row to be there")
        self.assertEqual(program.close(), 0)

    def _describe(self, key: str, text: str) -> None:
        self.iam.tag_user(UserName=self.user, Tags=[{"Key": key, "Value": text}])
