"""The system ends the program, as at log-off: it exits quickly without asking, and names every lost key at the next start."""

from __future__ import annotations

import signal

from iam import Iam, Step
from iam_case import IamCase
from waiting import wait_for

# The program waits for the clipboard and for requests, up to a few seconds in all; the rest allows for a busy computer.
SOON = 30.0
LISTS_LAG = 30


class EndedByTheSystem(IamCase):
    def setUp(self) -> None:
        super().setUp()
        self.iam = self.enterContext(Iam())

    def test_with_nothing_open_it_just_ends(self) -> None:
        self.program.start()
        self.program.control("Open practice account")
        self._end()

    def test_a_secret_on_screen_is_named_at_the_next_start(self) -> None:
        self.open_account(self.program, self.iam)
        self.create_without_copying(self.program)
        self.panel(self.program)
        self._end()
        self._assert_named_at_the_next_start()

    def test_a_copied_secret_is_cleared_and_named(self) -> None:
        self.open_account(self.program, self.iam)
        self.create_without_copying(self.program)
        self.panel(self.program)
        self.program.control("Copy secret").click()
        wait_for(lambda: self.desktop.clipboard() == self.iam.secret, "the secret on the clipboard")
        self._end()
        self.assertEqual(self.desktop.clipboard(), "", "nothing is left to be pasted")
        self._assert_named_at_the_next_start()

    def test_a_creation_that_is_answered_is_waited_for(self) -> None:
        self._create_until(Step.KEY_MADE)
        self.program.signal(signal.SIGTERM)
        self.iam.go_on()
        self.assertEqual(self.program.await_end(SOON), 0)
        made = [line for file in self.program.intents() for line in file.read_text().splitlines() if '"made"' in line]
        self.assertTrue(made, "the answer was not noted")
        self._assert_named_at_the_next_start()

    def test_a_creation_that_is_never_answered_is_not_waited_for_long(self) -> None:
        self._create_until(Step.KEY_MADE)
        self._end()
        self._assert_named_at_the_next_start()

    def test_a_creation_that_never_happened_is_said_to_be_none(self) -> None:
        self._create_until(Step.CREATE_ASKED)
        self._end()
        self.iam.cut_off()
        self.program.end()
        self.program.age_intents(LISTS_LAG)
        self.open_account(self.program, self.iam)
        self.program.await_text("No key was created for carol when Keyfob closed")

    def _create_until(self, step: Step) -> None:
        self.open_account(self.program, self.iam)
        self.iam.stop_at(step)
        self.create_without_copying(self.program)
        self.iam.await_stop()

    def _end(self) -> None:
        self.program.signal(signal.SIGTERM)
        self.assertEqual(self.program.await_end(SOON), 0)

    def _assert_named_at_the_next_start(self) -> None:
        self.program.end()
        self.open_account(self.program, self.iam)
        wait_for(
            lambda: self.is_orphan_named(self.program),
            lambda: f"the orphan; there are {self.program.texts()}",
        )
