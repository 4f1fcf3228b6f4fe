"""With the new key panel open, only the person in front of the window can read the secret."""

from __future__ import annotations

from case import WindowCase
from controls import Control
from waiting import wait_for, wait_until_still

# A piece of a secret this long does not occur in text by chance.
TELLING = 6
# The window lays the secret out in pieces of this many characters.
LAID_OUT = 4


class TheSecretOnScreen(WindowCase):
    def test_it_is_in_no_control_hidden_or_revealed(self) -> None:
        program = self.program
        program.start("--practice", "--practice-latency", "20")
        program.focus()
        self.pick_user("carol")
        program.control("Create and copy").click()
        program.control("New key for carol")
        self._copy("Copy secret", 40)
        secret = self.desktop.clipboard()

        program.control("Reveal secret")
        self._assert_unspoken(secret, "hidden")
        program.control("Reveal secret").click()
        program.control("Hide secret")
        self._assert_unspoken(secret, "revealed")
        program.control("Hide secret").click()
        program.control("Reveal secret")
        self._assert_unspoken(secret, "hidden again")

    def test_revealing_shows_it_and_hiding_takes_it_away(self) -> None:
        program = self.program
        program.start("--practice", "--practice-latency", "20")
        program.focus()
        self.pick_user("carol")
        program.control("Create and copy").click()
        program.control("New key for carol")
        program.control("Reveal secret")
        hidden = wait_until_still(self._ink, "the panel to be laid out", 0.3)
        program.control("Reveal secret").click()
        program.control("Hide secret")
        wait_for(lambda: self._ink() != hidden, "the secret to be painted")
        program.control("Hide secret").click()
        program.control("Reveal secret")
        wait_for(lambda: self._ink() == hidden, "the dots to be back")

    def _copy(self, button: str, length: int) -> None:
        self.program.control(button).click()
        wait_for(lambda: len(self.desktop.clipboard()) == length, "the secret on the clipboard")

    def _assert_unspoken(self, secret: str, state: str) -> None:
        self.program.settled_controls()
        controls = self.program.controls()
        self.assertGreater(len(controls), 20, "the window has published next to nothing")
        # Counted and not printed, because a text with a secret is a secret.
        telling = sum(any(tells(word, secret) for word in control.words) for control in controls)
        self.assertEqual(telling, 0, f"controls tell the secret while it is {state}")

    def _ink(self) -> str:
        """The pixels to the left of the reveal link: the field with the painted secret."""
        left, top, _, height = self._link().place
        path = self.desktop.screenshot("secret-field")
        area = f"400x{height}+{left - 410}+{top}"
        ink = self.desktop.run("convert", str(path), "-crop", area, "-format", "%#", "info:")
        # No picture of a secret is kept, not even of this one.
        path.unlink()
        return ink

    def _link(self) -> Control:
        find = self.program.find
        return wait_for(lambda: find("Hide secret") or find("Reveal secret"), "the link that reveals and hides")


def tells(word: str, secret: str) -> bool:
    """Whether `word` contains a piece of the secret, or is one of the laid-out pieces."""
    pieces = {secret[at : at + TELLING] for at in range(len(secret) - TELLING + 1)}
    laid_out = {secret[at : at + LAID_OUT] for at in range(0, len(secret), LAID_OUT)}
    return word.strip() in laid_out or any(piece in word for piece in pieces)
