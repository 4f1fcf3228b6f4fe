"""One window per user."""

from __future__ import annotations

from case import WindowCase, binary
from desktop import Desktop
from program import Program
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

    def test_on_another_display_a_window_opens_there(self) -> None:
        first = self.program
        first.start()
        first.control("Open practice account")
        with Desktop(beside=self.desktop) as display, Program(display, binary(), "another-display") as second:
            second.share_home(first)
            second.start("--practice", "--practice-latency", "20")
            second.control("Search users")
            first.control("Open practice account")
            # And from then on that one is found there.
            self.assertEqual(second.start_again(), 0)
            wait_for(lambda: second.in_front, "the window on the other display to be in front")

    def test_a_new_window_is_opened_on_purpose(self) -> None:
        first = self.program
        first.start()
        first.control("Open practice account")
        second = self.another_program("new-window")
        second.share_home(first)
        second.start("--new-window", "--practice", "--practice-latency", "20")
        second.control("Search users")
        first.control("Open practice account")

    def test_a_long_home_path_makes_no_difference(self) -> None:
        first = self.program
        deep = first.folder("/".join(["a-folder-with-quite-a-long-name"] * 5))
        first.variables(XDG_STATE_HOME=str(deep))
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
