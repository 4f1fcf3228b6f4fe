"""What the program writes of a secret: to its output, and to any file in a home and a folder for temporary files of its own."""

from __future__ import annotations

import figure
import scan
from iam import NEW_KEY
from secret_case import COMMAND, SecretCase
from waiting import wait_for


class InWhatIsWritten(SecretCase):
    def setUp(self) -> None:
        super().setUp()
        # Both are without effect; what libraries would tell is looked through in tests/faults.
        self.program.variables(
            RUST_LOG="trace",
            LOG_SENSITIVE_BODIES="true",
            TMPDIR=str(self.program.folder("tmp")),
        )
        self.program.log.unlink(missing_ok=True)

    def test_nothing_is_written_of_a_secret(self) -> None:
        program = self.program
        self.open_account()

        # Answers that hold the secret and are no good: the first is not XML as IAM writes it, the second breaks off.
        for answer in ("bad text", "cut"):
            self.iam.answer, self.iam.keys = answer, {}
            self.create_without_copying()
            program.await_text(f"{NEW_KEY} of carol was created, but AWS's response was lost")
            self.assertEqual(self.said(), scan.CHANCE, "the secret is in an accessible name or text")
            program.control("Dismiss").click()
            self.delete_all()

        self.iam.answer = "whole"
        self.create_without_copying()
        program.control("Reveal secret").click()
        program.control("Hide secret")
        self.assertEqual(self.said(), scan.CHANCE, "the secret is in an accessible name or text")
        program.control("Copy both").click()
        program.control("Clear clipboard now")
        self.assertIn(self.iam.secret, self.desktop.clipboard())
        program.control("I have saved it").click()
        self.draw_on()
        self.assertEqual(program.close(), 0)

        longest = self.written().longest(self.iam.secret)
        # Pieces that are as short are found by chance.
        found = longest if longest > scan.CHANCE else 0
        self.assertTrue(
            figure.at_most("secret_bytes_in_logs_and_files", found, "bytes", 0, COMMAND), f"{found} bytes in a row"
        )
        self.assert_would_be_found()

    def written(self) -> scan.Haystack:
        self.assertGreater(self.program.log.stat().st_size, 0, "nothing at all was logged")
        return scan.files_below(self.program.home, self.program.log)

    def assert_would_be_found(self) -> None:
        """Without it, finding nothing would prove nothing."""
        (self.program.folder("tmp") / "planted").write_text(f"x{self.iam.secret[:9]}x", encoding="utf-8")
        self.assertEqual(self.written().longest(self.iam.secret), 9)

    def said(self) -> int:
        """How much of the secret assistive technology gets to hear."""
        controls = self.program.controls()
        said = [part for each in controls for part in (each.name, each.description, each.text)]
        return scan.Haystack("\n".join(said).encode()).longest(self.iam.secret)

    def delete_all(self) -> None:
        """For the next creation: what the server holds is what the program lists."""
        self.iam.keys = {}

        def is_gone() -> bool:
            # Again and again: a list that is under way already may be older.
            self.program.control("Refresh").press()
            return self.program.find(f"Delete {NEW_KEY}") is None

        wait_for(is_gone, "the key to go")
