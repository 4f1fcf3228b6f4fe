#!/usr/bin/env python3
"""Runs the window tests: `run.py [NAME …]`, where NAME is a part of a test's name.

Ends with one plain line, `N passed, N failed`.
"""

from __future__ import annotations

import sys
import time
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
# Shared with other tests.
sys.path += [str(HERE.parent / "figure"), str(HERE.parent / "servers")]

import case  # noqa: E402
from desktop import Desktop  # noqa: E402


class Lines(unittest.TestResult):
    """One line a test, as soon as it is known."""

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        self._since = time.monotonic()
        self._before = self.bad

    def stopTest(self, test: unittest.TestCase) -> None:
        super().stopTest(test)
        word = "ok" if self.bad == self._before else "FAILED"
        print(f"{word:6} {test.id()} ({time.monotonic() - self._since:.1f} s)", flush=True)

    def addFailure(self, test: unittest.TestCase, error: Any) -> None:
        super().addFailure(test, error)
        self._keep_evidence(test)

    def addError(self, test: unittest.TestCase, error: Any) -> None:
        super().addError(test, error)
        self._keep_evidence(test)

    def _keep_evidence(self, test: unittest.TestCase) -> None:
        if isinstance(test, case.WindowCase):
            try:
                test.keep_evidence()
            except Exception as error:  # the evidence must not hide what went wrong
                print(f"no evidence of {test.id()}: {error}")

    @property
    def bad(self) -> int:
        return len(self.failures) + len(self.errors)


def main(folder: Path, files: str = "test*.py", desktop: type[Desktop] = Desktop) -> int:
    if not case.binary().is_file():
        print(f"there is no program at {case.binary()}: cargo build makes it", file=sys.stderr)
        return 2
    wanted = sys.argv[1:]
    tests = [
        test for test in each(unittest.defaultTestLoader.discover(str(folder), files)) if matches(test.id(), wanted)
    ]
    result = Lines()
    case.start_desktop(desktop)
    try:
        unittest.TestSuite(tests).run(result)
    finally:
        case.end_desktop()
    for test, trace in result.failures + result.errors:
        print(f"\n{test}\n{trace}")
    failed = {test.id().partition(" ")[0] for test, _ in result.failures + result.errors}
    passed = result.testsRun - len(failed)
    if result.bad:
        print(f"What was on the screen is in {case.ROOT / 'tests/artefacts/window'}")
    print(f"{passed} passed, {len(failed)} failed")
    # A run without tests proves nothing.
    return 0 if passed > 0 and not failed else 1


def each(suite: unittest.TestSuite) -> Iterator[unittest.TestCase]:
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from each(test)
        else:
            yield test


def matches(name: str, wanted: list[str]) -> bool:
    return not wanted or any(part in name for part in wanted)


if __name__ == "__main__":
    sys.exit(main(HERE))
