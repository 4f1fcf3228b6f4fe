"""What a core dump of the running program holds of a secret that was let go."""

from __future__ import annotations

import figure
import scan
from secret_case import COMMAND, SecretCase


class InTheMemory(SecretCase):
    def test_nothing_is_left_of_a_secret_that_was_shown(self) -> None:
        program = self.program
        self.open_account()
        before = self.core()
        self.create_without_copying()
        program.control("Reveal secret").click()
        program.control("Hide secret")
        shown = self.core()
        self.let_go()
        after = self.core()

        self.assert_found(shown)
        gone = scan.Haystack(after)
        copies, longest = gone.copies(self.iam.secret), self.longest(gone, before)
        holds = [
            figure.at_most("secret_copies_in_core_dump", copies, "copies", 0, COMMAND),
            figure.at_most("secret_longest_fragment", longest, "characters", scan.CHANCE, COMMAND),
        ]
        self.assertTrue(all(holds), f"{copies} copies, {longest} characters in a row")

    def test_nothing_is_left_of_a_secret_that_was_copied_and_pasted(self) -> None:
        program = self.program
        self.open_account()
        before = self.core()
        program.control("Create and copy").click()
        program.control("Clear clipboard now")
        self.assertIn(self.iam.secret, self.desktop.clipboard())
        shown = self.core()
        program.control("Clear clipboard now").click()
        program.await_gone("Clear clipboard now")
        program.control("I have saved it").click()
        self.draw_on()
        after = self.core()

        self.assert_found(shown)
        longest = self.longest(scan.Haystack(after), before)
        holds = figure.at_most("secret_longest_fragment_after_copy", longest, "characters", scan.CHANCE, COMMAND)
        self.assertTrue(holds, f"{longest} characters in a row")

    def test_nothing_is_left_of_a_secret_that_was_checked_and_saved(self) -> None:
        program = self.program
        self.open_account()
        before = self.core()
        self.create_without_copying()
        program.control("Check that it works").click()
        program.await_text("Works")
        program.control("Save as").click()
        program.control("Save to the file").click()
        program.await_text("Saved to ")
        shown = self.core()
        program.control("I have saved it").click()
        self.draw_on()
        after = self.core()

        self.assert_found(shown)
        gone = scan.Haystack(after)
        copies, longest = gone.copies(self.iam.secret), self.longest(gone, before)
        holds = [
            figure.at_most("secret_copies_after_check_and_save", copies, "copies", 0, COMMAND),
            figure.at_most("secret_longest_fragment_after_check_and_save", longest, "characters", scan.CHANCE, COMMAND),
        ]
        self.assertTrue(all(holds), f"{copies} copies, {longest} characters in a row")

    def core(self) -> bytes:
        # Looked through only later: a minute of looking would let go of what waits for less.
        return scan.core_of(self.program.process)

    def longest(self, gone: scan.Haystack, before: bytes) -> int:
        """The longest piece of the secret that is left. `before` is looked through only if that is not short enough to be chance."""
        longest = gone.longest(self.iam.secret)
        return longest if longest <= scan.CHANCE else gone.longest(self.iam.secret, scan.Haystack(before))

    def assert_found(self, core: bytes) -> None:
        """Without it, finding nothing would prove nothing."""
        shown = scan.Haystack(core)
        self.assertGreaterEqual(shown.copies(self.iam.secret), 1, "the panel is open")
        self.assertEqual(shown.longest(self.iam.secret), 40, "all of it in a row")
