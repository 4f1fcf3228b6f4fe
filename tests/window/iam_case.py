"""An account with one user on a server that the test can pause, and a new key that is not copied."""

from __future__ import annotations

from case import WindowCase
from controls import Control
from iam import ADMIN_KEY, NEW_KEY, Iam
from program import Program


class IamCase(WindowCase):
    def open_account(self, program: Program, iam: Iam) -> None:
        """Opens the account in a new or restarted program, and shows carol."""
        program.aws_profile("testing", ADMIN_KEY, "x" * 40)
        program.start("--profile", "testing", "--endpoint-url", iam.url)
        program.hold_messages()
        # The only user is selected at once.
        program.control("Copy user name carol")

    def create_without_copying(self, program: Program) -> None:
        program.control("More ways to create").click()
        program.control("Create without copying").click()

    def panel(self, program: Program) -> Control:
        return program.control("New key for carol")

    def is_orphan_named(self, program: Program) -> bool:
        return self.says_orphan(program.texts())

    def says_orphan(self, texts: list[str]) -> bool:
        return any(f"{NEW_KEY} of carol " in said for said in texts)
