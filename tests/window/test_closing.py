"""A new secret on screen, or a key that is being created: closing the window asks first."""

from __future__ import annotations

from iam import NEW_KEY, Iam, Step
from iam_case import IamCase
from waiting import wait_for

QUESTION = "Closing would lose a secret"


class ClosingTheWindow(IamCase):
    def setUp(self) -> None:
        super().setUp()
        self.iam = self.enterContext(Iam())
        self.open_account(self.program, self.iam)

    def test_it_asks_and_stays_where_that_is_wanted(self) -> None:
        self._create()
        for ask in (self.program.ask_to_close, lambda: self.desktop.keys("ctrl+q")):
            ask()
            self.program.control("Keep the window open").click()
            self.program.await_gone(QUESTION)
            ask()
            self.program.control(QUESTION)
            self.desktop.keys("Escape")
            self.program.await_gone(QUESTION)
        self.assert_secret_is_there(self.iam.secret)

    def test_the_pair_is_copied_first(self) -> None:
        self._create_and_ask()
        self.program.control("Copy both before closing").click()
        wait_for(lambda: self.iam.secret in self.desktop.clipboard(), "the pair on the clipboard")
        self.program.await_gone(QUESTION)
        self.program.control("I have saved it").click()
        self.program.await_gone("New key for carol")
        self.assertEqual(self.program.close(), 0)
        self.assertEqual(self.desktop.clipboard(), "", "nothing is left to be pasted")
        self._assert_named_at_the_next_start(False)

    def test_the_pair_is_saved_first(self) -> None:
        self._create_and_ask()
        self.program.control("Save before closing").click()
        self.program.control("Save to the file").click()
        self.program.await_text("Saved to ")
        self.assertEqual(self.program.close(), 0, "a pair in a file is not lost: it does not ask again")
        (file,) = self.program.home.glob("carol-access-key.*")
        self.assertIn(self.iam.secret, file.read_text())

    def test_the_key_is_deactivated_first(self) -> None:
        self._create_and_ask()
        self.program.control("Deactivate the key and close").click()
        self.assertEqual(self.program.await_end(), 0)
        self.assertEqual(self.iam.inactive, {NEW_KEY})
        self._assert_named_at_the_next_start(False)

    def test_a_key_that_is_being_switched_off_goes_from_under_no_form(self) -> None:
        self._create_and_ask()
        self.iam.stop_at(Step.STATUS_ASKED)
        self.program.control("Deactivate the key and close").click()
        self.iam.await_stop()
        for name in ("Save before closing", "Copy both before closing"):
            wait_for(lambda name=name: not self.program.control(name).enabled, f"{name!r} to wait")
        self.program.control("Keep the window open").click()
        self.program.await_gone(QUESTION)
        self.iam.go_on()
        self.program.await_text("of carol is inactive")
        self.program.control(f"Activate {NEW_KEY}")
        self.assert_secret_is_there(self.iam.secret)

    def test_a_secret_on_the_clipboard_is_told_after_its_panel(self) -> None:
        self._create()
        self.assert_secret_is_there(self.iam.secret)
        self.program.control("I have saved it").click()
        self.program.await_gone("New key for carol")
        self.program.await_text("Secret is on the clipboard")
        self.program.settled_screenshot("clipboard-after-the-panel")
        self.program.control("Clear clipboard now").click()
        wait_for(lambda: self.desktop.clipboard() == "", "the clipboard to be cleared")
        self.program.await_gone("Clear clipboard now")

    def test_it_closes_anyway_and_names_the_key_at_the_next_start(self) -> None:
        self._create_and_ask()
        self.program.control("Close anyway").click()
        self.assertEqual(self.program.await_end(), 0)
        self._assert_named_at_the_next_start(True)

    def test_a_key_that_is_being_made_is_waited_for(self) -> None:
        self.iam.stop_at(Step.KEY_MADE)
        self.create_without_copying(self.program)
        self.iam.await_stop()
        self.program.ask_to_close()
        self.program.control(QUESTION)
        self.assertIsNone(self.program.find("Copy both before closing"), "there is nothing to copy yet")
        self.iam.go_on()
        self.program.control("Copy both before closing")
        self.program.control("Keep the window open").click()
        self.program.await_gone(QUESTION)
        self.assert_secret_is_there(self.iam.secret)

    def _create(self) -> None:
        self.create_without_copying(self.program)
        self.panel(self.program)

    def _create_and_ask(self) -> None:
        self._create()
        self.program.ask_to_close()
        self.program.control(QUESTION)

    def _assert_named_at_the_next_start(self, named: bool) -> None:
        self.program.end()
        self.open_account(self.program, self.iam)
        wait_for(lambda: self.keys_of_table().keys() == {NEW_KEY}, "the key in the table")
        if named:
            wait_for(lambda: self.is_orphan_named(self.program), "the orphan")
        else:
            self.assertFalse(self.is_orphan_named(self.program))


class AnEagerClick(IamCase):
    def test_a_double_click_on_i_have_saved_it_takes_nothing_away(self) -> None:
        iam = self.enterContext(Iam())
        self.open_account(self.program, iam)
        self.create_without_copying(self.program)
        self.panel(self.program)
        self.program.control("I have saved it").click(times=2)
        self.program.control("Keep it").click()
        self.program.control("I have saved it").click(times=3)
        self.program.control("Keep it").click()
        self.assert_secret_is_there(iam.secret)
