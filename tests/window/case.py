"""Shared by the window tests: one desktop for the run, and a fresh program for each test."""

from __future__ import annotations

import os
import unittest
from pathlib import Path

from desktop import Desktop
from program import Program
from waiting import wait_for

ROOT = Path(__file__).resolve().parents[2]

_desktop: Desktop | None = None


def start_desktop(desktop: type[Desktop] = Desktop) -> None:
    """Called once by run.py, because libatspi stays with the first bus that it finds."""
    global _desktop
    _desktop = desktop().__enter__()


def end_desktop() -> None:
    if _desktop is not None:
        _desktop.end()


def binary() -> Path:
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    return Path(os.environ.get("KEYFOB_BINARY", target / "debug" / "keyfob"))


class WindowCase(unittest.TestCase):
    """A test of the real program. `self.program` is not started yet, so that its home can be prepared."""

    maxDiff = None

    def setUp(self) -> None:
        assert _desktop is not None, "run.py started it"
        self.desktop = _desktop
        self.program = self.another_program(self.id().rpartition(".")[2])

    def another_program(self, name: str) -> Program:
        return self.enterContext(Program(self.desktop, binary(), name))

    def keep_evidence(self) -> None:
        """Keeps evidence of a failed test. Called by run.py before the program is stopped."""
        if self.program.running:
            self.program.keep_evidence()

    def keys_of_table(self, program: Program | None = None) -> dict[str, bool]:
        """The keys of the selected user: id, and whether it is active, judging by its switch."""
        found: dict[str, bool] = {}
        for control in (program or self.program).controls():
            verb, _, key = control.name.partition(" ")
            if verb in ("Deactivate", "Activate") and key.isalnum():
                found[key] = verb == "Deactivate"
        return found

    def assert_secret_is_there(self, secret: str) -> None:
        """Checks that the panel still has the secret, by copying it."""
        self.program.control("Copy secret").click()
        wait_for(lambda: self.desktop.clipboard() == secret, "the secret on the clipboard")

    def pick_user(self, name: str) -> None:
        """Types the name into the search like a user, and clicks the entry."""
        search = self.program.control("Search users")
        search.click()
        # A click that is still in progress would move the caret again.
        wait_for(lambda: search.has("focused"), "the focus on the search")
        self.desktop.keys("ctrl+a")
        self.desktop.type(name)
        wait_for(lambda: search.text == name, f"the search to hold {name!r}")
        self.program.control(f"User {name}").click()
        self.program.control(f"Copy user name {name}")

    def delete(self, key: str) -> None:
        """Deletes it in the delete dialog, by hand."""
        program = self.program
        program.control(f"Delete {key}").click()
        program.control(f"Delete access key {key}")
        self.assertFalse(
            program.control("Delete for good").enabled, "enabled before anything is typed"
        )
        self.type_the_last_four(key[-4:])
        program.control("Delete for good").click()
        program.await_gone(f"Delete {key}")

    def type_the_last_four(self, ending: str) -> None:
        """The field has the focus when the dialog opens."""
        field = self.program.control("Type the last four characters")
        wait_for(lambda: field.has("focused"), "the focus on the field of the dialog")
        self.desktop.type(ending)
        wait_for(lambda: field.text == ending, "the typed ending")
