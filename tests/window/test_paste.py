"""The clipboard of the text fields: copied, pasted, and read from programs that do not answer."""

from __future__ import annotations

import time

from case import WindowCase
from controls import Control
from waiting import wait_for

# What a person notices as a window that stands still, with room for a busy computer.
STANDS_STILL = 2.0


class Paste(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.program.start("--practice", "--practice-latency", "20")

    def search(self) -> Control:
        """The empty search field, with the focus."""
        field = self.program.control("Search users")
        field.click()
        wait_for(lambda: field.has("focused"), "the focus on the search")
        self.desktop.keys("ctrl+a", "BackSpace")
        wait_for(lambda: field.text == "", "the search to be empty")
        return field

    def test_what_others_copied_is_pasted_by_each_way_that_pastes(self) -> None:
        self.desktop.set_clipboard("gra")
        for keys in ("ctrl+v", "shift+Insert"):
            field = self.search()
            self.desktop.keys(keys)
            wait_for(lambda: field.text == "gra", f"{keys} to paste")
            self.desktop.type("ce")
            wait_for(lambda: field.text == "grace", "letters after the paste")
        field = self.search()
        self.desktop.set_clipboard("selected", "primary")
        x, y = field.middle
        self.desktop.run("xdotool", "mousemove", str(x), str(y), "click", "2")
        wait_for(lambda: field.text == "selected", "the middle button to paste")

    def test_what_is_copied_cut_and_selected_in_a_field_reaches_other_programs(self) -> None:
        field = self.search()
        self.desktop.type("grace")
        wait_for(lambda: field.text == "grace", "the typed text")
        self.desktop.keys("ctrl+a")
        wait_for(lambda: self.desktop.clipboard("primary") == "grace", "the selected text")
        self.desktop.keys("ctrl+c")
        wait_for(lambda: self.desktop.clipboard() == "grace", "the copied text")
        self.desktop.set_clipboard("else")
        self.desktop.keys("ctrl+x")
        wait_for(lambda: self.desktop.clipboard() == "grace", "the cut text")
        self.assertEqual(field.text, "")

    def test_a_clipboard_that_hangs_stops_neither_the_window_nor_a_timer(self) -> None:
        program = self.program
        self.pick_user("grace")
        program.control("Create and copy").click()
        program.control("Reveal secret").click()
        program.control("Hide secret")
        revealed = time.monotonic()
        field = self.search()
        with self.desktop.clipboard_that_hangs():
            pressed = time.monotonic()
            self.desktop.keys("ctrl+v")
            self.desktop.type("x")
            wait_for(lambda: field.text == "x", "the letter after the paste")
            self.assertLess(time.monotonic() - pressed, STANDS_STILL, "the window stood still")
            program.await_text("Nothing was pasted")
            # Looking through all controls takes its time, too.
            self.assertLess(time.monotonic() - pressed, 2 + 2 * STANDS_STILL, "said too late")
            # Again and again: what hides the secret does not wait for it.
            wait_for(lambda: self.desktop.keys("ctrl+v") or program.find("Reveal secret"), "the secret to be hidden")
            self.assertLess(time.monotonic() - revealed, 30 + STANDS_STILL, "the secret was readable for too long")
            self.assertEqual(field.text, "x")
