"""Waiting for a condition, with a deadline. Nothing in these tests sleeps for a fixed time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

# Long, because the computer may be busy; only a failing test uses it up.
PATIENCE = 60.0
_BETWEEN_LOOKS = 0.03


def wait_for(
    condition: Callable[[], T | None], what: str | Callable[[], str], patience: float = PATIENCE
) -> T:
    """Returns the first true result of `condition`; `what` describes it for the error."""
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
    """Returns the true result of `look` once it has been the same for this long."""
    last: T | None = None
    since = 0.0

    def still() -> T | None:
        nonlocal last, since
        now = look()
        if now != last:
            last, since = now, time.monotonic()
        return now if time.monotonic() - since >= seconds else None

    return wait_for(still, what)
