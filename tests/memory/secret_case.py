"""What both tests do: open an account whose secrets the test knows, and make a key."""

from __future__ import annotations

import scan
from case import WindowCase
from iam import ADMIN_KEY, Iam
from waiting import wait_for

COMMAND = "tests/run memory"


class SecretCase(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.iam = self.enterContext(Iam())
        self.iam.secret = scan.new_secret()
        self.program.aws_profile("testing", ADMIN_KEY, "x" * 40)
        # Not by itself, however long it takes to look.
        self.program.settings(clipboard_clears="at_exit")

    def open_account(self) -> None:
        self.program.start("--profile", "testing", "--endpoint-url", self.iam.url)
        self.pick_user("carol")

    def create_without_copying(self) -> None:
        self.program.control("More ways to create").click()
        self.program.control("Create without copying").click()

    def let_go(self) -> None:
        """Dismisses the panel, neither copied nor saved, and waits until the window has drawn on without it."""
        self.program.control("I have saved it").click()
        self.program.control("Discard secret").click()
        self.draw_on()

    def draw_on(self) -> None:
        """Each letter that appears was drawn by a pass that came after the panel."""
        program = self.program
        program.await_gone("New key for carol")
        search = program.control("Search users")
        search.click()
        wait_for(lambda: search.has("focused"), "the focus on the search")
        self.desktop.keys("ctrl+a")
        for typed in ("z", "zz", "zzz"):
            self.desktop.type("z")
            wait_for(lambda typed=typed: search.text == typed, f"the search to hold {typed!r}")
