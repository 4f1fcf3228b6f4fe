"""A window that was slow for a moment handles the input in its original order."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from case import WindowCase
from waiting import wait_for


class AtOnce(WindowCase):
    def test_a_click_hits_what_it_was_made_on_though_the_pointer_goes_on(self) -> None:
        program = self.program
        program.start("--practice")
        self.pick_user("ci-deployer")
        key = next(iter(wait_for(self.keys_of_table, "keys in the table")))
        copy, switch = program.control(f"Copy key id {key}"), program.control(f"Deactivate {key}")
        before = self.keys_of_table()
        here, there = copy.middle, switch.middle
        with self._one_slow_frame():
            self.desktop.click(*here)
            self.desktop.point(*there)
        wait_for(lambda: self.desktop.clipboard() == key, "the key id on the clipboard")
        wait_for(lambda: self.keys_of_table() == before, "the switch as it was")

    def test_letters_stay_in_their_field_though_the_mouse_goes_on(self) -> None:
        program = self.program
        program.start("--practice")
        self.pick_user("carol")
        program.control("Switch account").click()
        program.control("This account…").click()
        name = program.control("Name of the account")
        wait_for(lambda: name.has("focused"), "the focus on the name")
        read_only = program.control("Always open read-only").middle
        with self._one_slow_frame():
            self.desktop.type("Web shop")
            self.desktop.click(*read_only)
        wait_for(lambda: name.text == "Web shop", lambda: f"the name; there is {name.text!r}")

    def test_what_a_key_opens_gets_the_letters_after_it(self) -> None:
        program = self.program
        program.start("--practice")
        self.pick_user("ci-deployer")
        program.focus()
        with self._one_slow_frame():
            self.desktop.keys("ctrl+k")
            self.desktop.type("carol")
            self.desktop.keys("Return")
        program.control("Copy user name carol")

    @contextmanager
    def _one_slow_frame(self) -> Iterator[None]:
        """Pauses the program, so that all input inside is waiting when it continues."""
        self.program.signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.program.signal(signal.SIGCONT)
