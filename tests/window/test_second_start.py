"""The settings that persist between starts."""

from __future__ import annotations

import json

from case import WindowCase
from waiting import wait_for


class TheSecondStart(WindowCase):
    def test_the_window_opens_where_it_was_closed(self) -> None:
        program = self.program
        program.start()
        program.control("Open practice account")
        program.resize(1100, 700)
        program.move(120, 90)
        wait_for(lambda: program.geometry().size == (1100, 700), "the window to be resized")
        # The requested and actual positions differ by the window manager's frame.
        before = program.geometry()
        self._again()
        program.control("Open practice account")
        wait_for(
            lambda: program.geometry() == before,
            lambda: f"the window to stand at {before}; it stands at {program.geometry()}",
        )

    def test_the_theme_stays(self) -> None:
        program = self.program
        program.start()
        program.control("Open practice account")
        for theme, is_right in (("Dark", lambda light: light < 0.4), ("Light", lambda light: light > 0.6)):
            program.control("Settings").click()
            program.control(theme).click()
            program.control("Close the settings").click()
            program.await_gone("Close the settings")
            self._again()
            program.control("Open practice account")
            wait_for(lambda: is_right(self._lightness()), f"the {theme} theme")

    def test_the_user_that_was_picked_last_is_picked(self) -> None:
        program = self.program
        program.start("--practice", "--practice-latency", "20")
        self.pick_user("grace")
        program.control("Copy user name grace")
        self._again("--practice", "--practice-latency", "20")
        program.control("Copy user name grace")

    def _again(self, *arguments: str) -> None:
        self.assertEqual(self.program.close(), 0)
        self.program.end()
        saved = json.loads((self.program.home / ".config/keyfob/settings.json").read_text())
        self.assertIn("window", saved, "nothing was remembered")
        self.program.start(*arguments)

    def _lightness(self) -> float:
        path = self.program.screenshot("theme")
        return float(self.desktop.run("convert", str(path), "-format", "%[fx:mean]", "info:"))
