"""One window per user."""

from __future__ import annotations

from case import WindowCase
from waiting import wait_for


class OneInstance(WindowCase):
    def test_a_second_start_brings_the_first_window_to_the_front(self) -> None:
        first = self.program
        first.start("--practice")
        first.control("Search users")
        # Another user's, with another home.
        other = self.another_program("other-home")
        other.start()
        wait_for(lambda: other.in_front, "the other program to be in front")

        self.assertEqual(first.start_again("--profile", "staging"), 0)
        wait_for(lambda: first.in_front, "the first window to come to the front")
        # It was raised, and nothing else: the practice account is still open.
        first.control("Search users")

    def test_a_minimised_window_comes_back(self) -> None:
        first = self.program
        first.start()
        first.control("Open practice account")
        first.minimise()
        wait_for(lambda: not first.in_front, "the window to be gone")
        self.assertEqual(first.start_again(), 0)
        wait_for(lambda: first.in_front, "the window to come back")

    def test_after_a_crash_the_next_start_opens_a_window(self) -> None:
        self.program.start()
        self.program.control("Open practice account")
        self.program.end()
        self.program.start()
        self.program.control("Open practice account")
