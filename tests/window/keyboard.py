"""The real keyboard. AT-SPI is used only to read the focus, not to press anything."""

from __future__ import annotations

from controls import Control
from program import Program
from waiting import wait_for


class Keyboard:
    def __init__(self, program: Program) -> None:
        self._program = program
        self._desktop = program.desktop

    def press(self, *keys: str) -> None:
        """Presses keys by their X names, such as `Return` or `ctrl+n`."""
        self._desktop.keys(*keys)

    def type(self, text: str) -> None:
        self._desktop.type(text)

    def focused(self) -> Control | None:
        return next((control for control in self._program.controls() if control.has("focused")), None)

    def await_focus(self, name: str) -> Control:
        """The control with this name, once it has the focus."""

        def there() -> Control | None:
            now = self.focused()
            return now if now is not None and now.name == name else None

        return wait_for(there, lambda: f"the focus on {name!r}; it is on {self._where()!r}")

    def tab_to(self, name: str, most: int = 80) -> Control:
        """Presses Tab until the control has the focus."""
        for _ in range(most):
            before = self.focused()
            if before is not None and before.name == name:
                return before
            self.press("Tab")
            self._await_other(before)
        raise AssertionError(f"{most} times Tab do not reach {name!r}")

    def _await_other(self, before: Control | None) -> None:
        def moved() -> bool:
            now = self.focused()
            # libatspi returns the same object for the same node.
            return now is not None and (before is None or now.node != before.node)

        wait_for(moved, f"Tab to leave {before and before.name!r}")

    def _where(self) -> str | None:
        now = self.focused()
        return now.name if now else None
