"""The settings file: kept from one start to the next, and reported when it cannot be read."""

from __future__ import annotations

import json

from case import WindowCase
from waiting import wait_for


class Settings(WindowCase):
    def test_the_text_size_is_kept(self) -> None:
        program = self.program
        program.start()
        program.control("Open practice account")
        program.focus()
        wait_for(lambda: program.in_front, "the keyboard")
        before = program.geometry()
        self.desktop.keys("ctrl+plus", "ctrl+plus")
        wait_for(lambda: self._saved().get("text_size") == 125, "the text size to be saved")
        self.assertEqual(program.close(), 0)

        program.end()
        program.start()
        wait_for(lambda: program.geometry().size == before.size, lambda: f"{before.size}, not {program.geometry().size}")
        self._open("Appearance settings")
        wait_for(lambda: program.control("Text size 125 %").has("checked"), "the text size to be the same")

    def test_the_details_tell_what_draws_the_window(self) -> None:
        program = self.program
        program.variables(KEYFOB_RENDERER="glow")
        program.start()
        self._open("About Keyfob")
        program.await_text("OpenGL")
        self.desktop.set_clipboard("before")
        program.control("Copy details about Keyfob").click()
        wait_for(lambda: "Drawn by: OpenGL" in self.desktop.clipboard(), "the details on the clipboard")
        details = self.desktop.clipboard()
        self.assertIn(str(program.home / ".config/keyfob/settings.json"), details)
        self.assertIn(str(program.home / ".local/state/keyfob"), details)

    def test_a_settings_file_that_is_none_is_kept_aside_and_told(self) -> None:
        program = self.program
        file = program.folder(".config/keyfob") / "settings.json"
        file.write_text("{ not json")
        program.start()
        program.await_text("The settings could not be read")
        kept = list(file.parent.glob("settings.json.*.bad"))
        self.assertEqual([path.read_text() for path in kept], ["{ not json"])
        program.await_text(kept[0].name)
        program.settled_screenshot("settings-not-read")
        self.assertEqual(program.close(), 0)

        program.end()
        program.start()
        program.control("Open practice account")
        self.assertFalse(any("could not be read" in text for text in program.texts()), "it is told once")

    def test_a_wrong_field_costs_itself(self) -> None:
        program = self.program
        program.settings(theme="dark", text_size="huge", later=[1])
        program.start()
        program.await_text("text_size")
        self.assertEqual(program.close(), 0)
        saved = self._saved()
        self.assertEqual((saved["theme"], saved["text_size"], saved["later"]), ("dark", 100, [1]))

    def _open(self, part: str) -> None:
        self.program.control("Settings").press()
        self.program.control(part).press()

    def _saved(self) -> dict[str, object]:
        file = self.program.home / ".config/keyfob/settings.json"
        return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
