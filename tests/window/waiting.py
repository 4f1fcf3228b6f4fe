"""Waiting for a condition, with a deadline. Nothing in these tests sleeps for a fixed time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

# Long, because the machine may be busy; it is only ever used up by a test that fails.
PATIENCE = 20.0
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
