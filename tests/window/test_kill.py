"""`kill -9` during a creation: the next start names a key whose secret nobody has, and no other key."""

from __future__ import annotations

import signal
import stat
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

import figure
from iam import NEW_KEY, Iam, Step
from iam_case import IamCase
from program import Program
from waiting import wait_for

# A list may lag this long behind a creation: before, the program does not report that no key was created.
LISTS_LAG = 30


@dataclass
class Run:
    """A program to kill, and the server of its account."""

    case: IamCase
    program: Program
    iam: Iam

    def create_until(self, step: Step) -> None:
        self.iam.stop_at(step)
        self.case.create_without_copying(self.program)
        self.iam.await_stop()

    def create(self) -> None:
        self.case.create_without_copying(self.program)
        self.case.panel(self.program)

    def say_saved(self) -> None:
        self.program.control("I have saved it").click()
        self.program.control("Discard secret").click()
        wait_for(lambda: any("closed" in file.read_text() for file in self.program.intents()), "the intent to be closed")

    # Each of these ends with the program killed.

    def killed_while_it_lists_before(self) -> None:
        self.create_until(Step.LIST_ASKED)
        self.program.end()

    def killed_while_it_notes_the_intent(self) -> None:
        with self.program.killed_at("fdatasync"):
            self.case.create_without_copying(self.program)

    def killed_before_iam_acts(self) -> None:
        self.create_until(Step.CREATE_ASKED)
        self.program.end()
        self.iam.cut_off()

    def killed_before_iam_acts_all_the_same(self) -> None:
        self.create_until(Step.CREATE_ASKED)
        self.program.end()
        self.iam.go_on()
        wait_for(lambda: self.iam.keys, "the key that nobody waits for")

    def killed_before_the_answer(self) -> None:
        self.create_until(Step.KEY_MADE)
        self.program.end()

    def killed_in_the_middle_of_the_answer(self) -> None:
        self.create_until(Step.HALF_ANSWERED)
        self.program.end()

    def killed_before_it_reads_the_answer(self) -> None:
        self.create_until(Step.KEY_MADE)
        self.program.signal(signal.SIGSTOP)
        self.iam.go_on()
        wait_for(lambda: self.iam.answered, "the answer to be sent")
        self.program.end()

    def killed_while_it_notes_the_answer(self) -> None:
        self.create_until(Step.KEY_MADE)
        with self.program.killed_at("fdatasync"):
            self.iam.go_on()

    def killed_with_the_panel_open(self) -> None:
        self.create()
        self.program.end()

    def killed_after_a_copy(self) -> None:
        self.create()
        self.program.control("Copy secret").click()
        self.program.control("Clear clipboard now")
        self.program.end()

    def killed_while_it_saves_a_file(self) -> None:
        self.create()
        self.program.control("Save as").click()
        save = self.program.control("Save to the file")
        with self.program.killed_at("fsync"):
            save.click()
        halves = [file for file in self.program.home.iterdir() if file.is_file() and NEW_KEY in file.read_text()]
        self.case.assertEqual([stat.filemode(file.stat().st_mode) for file in halves], ["-rw-------"])

    def killed_after_it_was_saved(self) -> None:
        self.create()
        self.say_saved()
        self.program.end()

    def killed_while_it_looks_for_a_lost_key(self) -> None:
        self.iam.answer = "cut"
        self.create_until(Step.KEY_MADE)
        self.iam.stop_at(Step.LIST_ASKED)
        self.iam.await_stop()
        self.program.end()


# Where it is killed, and whether the next start must name an orphan.
STEPS: list[tuple[Callable[[Run], None], bool]] = [
    (Run.killed_while_it_lists_before, False),
    (Run.killed_while_it_notes_the_intent, False),
    (Run.killed_before_iam_acts, False),
    (Run.killed_before_iam_acts_all_the_same, True),
    (Run.killed_before_the_answer, True),
    (Run.killed_in_the_middle_of_the_answer, True),
    (Run.killed_before_it_reads_the_answer, True),
    (Run.killed_while_it_notes_the_answer, True),
    (Run.killed_with_the_panel_open, True),
    (Run.killed_after_a_copy, True),
    (Run.killed_while_it_saves_a_file, True),
    (Run.killed_after_it_was_saved, False),
    (Run.killed_while_it_looks_for_a_lost_key, True),
]


class KilledAtEveryStep(IamCase):
    def test_every_lost_key_is_named_and_no_other(self) -> None:
        lost = named = false_alarms = 0
        wrong = []
        for kill, makes_orphan in STEPS:
            found = self._names_an_orphan_after(kill)
            lost += makes_orphan
            named += makes_orphan and found
            false_alarms += found and not makes_orphan
            if found != makes_orphan:
                wrong.append(kill.__name__)
        figure.write(
            "orphans_named_after_kill",
            named,
            f"of {lost} lost keys, {false_alarms} false alarms, killed at {len(STEPS)} steps",
            f"{lost}, 0 false alarms",
            not wrong,
            "tests/run window",
        )
        self.assertEqual(wrong, [], "told otherwise than it was")

    def _names_an_orphan_after(self, kill: Callable[[Run], None]) -> bool:
        with ExitStack() as stack:
            iam = stack.enter_context(Iam())
            program = stack.enter_context(self.another_program(kill.__name__))
            self.open_account(program, iam)
            kill(Run(self, program, iam))
            program.end()
            wished = self._is_unfinished(program)
            program.age_intents(LISTS_LAG)
            self.open_account(program, iam)
            wait_for(lambda: self.keys_of_table(program).keys() == iam.keys.keys(), "the keys in the table")
            return self._await_a_word(program, wished) == "named"

    def _await_a_word(self, program: Program, wished: bool) -> str:
        """The program's message about the key. There is always one for an open intent."""

        def word() -> str:
            texts = program.texts()
            if self.says_orphan(texts):
                return "named"
            if any("No key was created for carol when Keyfob closed" in said for said in texts):
                return "none was created"
            return "" if wished or self._is_unfinished(program) else "nothing to say"

        return wait_for(word, lambda: f"a word on the key; there are {program.texts()}")

    def _is_unfinished(self, program: Program) -> bool:
        """Whether a journal has an open intent."""
        text = "".join(file.read_text() for file in program.intents())
        return text.count('"wished"') > text.count('"closed"')
