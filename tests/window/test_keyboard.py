"""Complete work by keyboard alone, from the start screen to the deleted key."""

from __future__ import annotations

from case import WindowCase
from keyboard import Keyboard
from waiting import wait_for


class ByKeysAlone(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.keyboard = Keyboard(self.program)

    def test_from_the_start_screen_to_the_deleted_key(self) -> None:
        program, keys = self.program, self.keyboard
        program.aws_profile("staging", "AKIAIOSFODNN7EXAMPLE", "x" * 40)
        program.start("--practice-latency", "20")
        program.control("Open practice account")
        program.focus()

        # The account: the first one has the focus, the practice account is below it.
        keys.await_focus("Open account staging")
        self._look("start")
        keys.press("Down")
        keys.await_focus("Open practice account")
        self._look("start, the practice account")
        keys.press("Return")
        program.control("Search users")

        # Find a user.
        keys.press("ctrl+k")
        keys.await_focus("Find user or key")
        keys.type("carol")
        program.control("Go to user carol")
        self._look("find")
        keys.press("Return")
        program.control("Copy user name carol")
        wait_for(lambda: program.control("Create and copy").enabled, "the number of keys to be known")

        # Create and copy.
        keys.press("ctrl+n")
        program.control("New key for carol")
        keys.await_focus("Copy secret")
        key = next(iter(wait_for(self.keys_of_table, "a key in the table")))
        wait_for(lambda: key in self.desktop.clipboard(), "the pair on the clipboard")
        program.control("Clear clipboard now")
        words = self.desktop.clipboard().replace("=", " ").replace(",", " ").replace('"', " ").split()
        self.assertEqual(len([word for word in words if len(word) == 40]), 1, "and its secret")
        self._look("new key")
        keys.tab_to("I have saved it")
        keys.press("Return")
        program.await_gone("I have saved it")

        # Deactivate, undo, and deactivate again.
        self._switch_off(key)
        program.control("Undo")
        keys.press("ctrl+z")
        program.await_text("of carol is active")
        self._switch_off(key)
        self._look("deactivated")

        # Along the row to its menu and back: Delete opens the dialog from anywhere in it.
        keys.press("Delete")
        keys.await_focus("Type the last four characters")
        self._look("delete gate")
        keys.press("Escape")
        program.await_gone("Delete for good")
        wait_for(lambda: key in self.keys_of_table(), "the key, which Escape must not delete")
        keys.press("Delete")
        keys.await_focus("Type the last four characters")
        keys.type(key[-4:])
        wait_for(lambda: program.control("Delete for good").enabled, "the gate to open")
        keys.tab_to("Delete for good")
        self._look("delete gate, open")
        keys.press("space")
        program.await_gone(f"Delete {key}")
        wait_for(lambda: not self.keys_of_table(), "carol to have no keys")
        self._look("deleted")

    def test_a_text_field_is_left_by_keys_and_keeps_its_own_undo(self) -> None:
        program, keys = self.program, self.keyboard
        program.start("--practice", "--practice-latency", "20")
        program.control("Search users")
        program.focus()
        self.pick_user("bob")
        key = next(iter(wait_for(self.keys_of_table, "a key in the table")))
        self._switch_off(key)
        program.control("Undo")
        keys.press("ctrl+f")
        search = keys.await_focus("Search users")
        keys.press("ctrl+a")
        keys.type("x")
        wait_for(lambda: search.text == "x", "the search to be typed")
        keys.press("ctrl+z")
        wait_for(lambda: search.text != "x", "the field to undo what was typed")
        names = [seen.name for seen in program.settled_controls()]
        self.assertIn(f"Activate {key}", names, "the key was switched on by an undo in a field")
        keys.press("Tab")
        wait_for(lambda: not search.has("focused"), "Tab to leave the field")
        keys.press("ctrl+f")
        keys.await_focus("Search users")
        keys.press("Escape")
        wait_for(lambda: not search.has("focused"), "Escape to leave the field")

    def _switch_off(self, key: str) -> None:
        self.keyboard.tab_to(f"Deactivate {key}")
        self.keyboard.press("space")
        self.program.control(f"Activate {key}")

    def _look(self, step: str) -> None:
        """A picture for people: the focus must be visible at each step."""
        self.program.settled_screenshot(f"keyboard-{step.replace(', ', '-').replace(' ', '-')}")
