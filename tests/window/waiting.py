"""Waiting for a condition, with a deadline. Nothing in these tests sleeps for a fixed time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

# Long, because the machine may be busy; it is only ever used up by a test that fails.
PATIENCE = 60.0
_BETWEEN_LOOKS = 0.03


def wait_for(
    condition: Callable[[], T | None], what: str | Callable[[], str], patience: float = PATIENCE
) -> T:
    """Gives back the first true answer of `condition`; `what` says what was awaited when none came."""
    deadline = time.monotonic() + patience
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            said = what if isinstance(what, str) else what()
            raise AssertionError(f"waited {patience:.0f} s for {said}")
        time.sleep(_BETWEEN_LOOKS)


def wait_until_still(look: Callable[[], T | None], what: str, seconds: float) -> T:
    """Gives back the true answer of `look` that has been the same for so long."""
    last: T | None = None
    since = 0.0

    def still() -> T | None:
        nonlocal last, since
        now = look()
        if now != last:
            last, since = now, time.monotonic()
        return now if time.monotonic() - since >= seconds else None

    return wait_for(still, what)
