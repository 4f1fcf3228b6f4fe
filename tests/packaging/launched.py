"""A program that the desktop starts for us, as it does when its entry in a menu is clicked."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

from program import Program
from waiting import PATIENCE, wait_for


class Adopted:
    """As much of `Popen` as a test needs, of a process that is nobody's child."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None and not alive(self.pid):
            # How it ended is told to its parent only.
            self.returncode = 0
        return self.returncode

    def wait(self, timeout: float = PATIENCE) -> int:
        wait_for(lambda: self.poll() is not None, f"process {self.pid} to end", timeout)
        return 0


class Launched(Program):
    """`Program`, but started by a launcher of the desktop."""

    def launch(self, *launcher: str) -> None:
        # Never this process's folder: a menu has none either.
        subprocess.run(launcher, env=self._environment, cwd="/", check=True, timeout=PATIENCE)
        self._process = Adopted(wait_for(self._find_process, f"{self._binary} to run"))  # type: ignore[assignment]
        self._window = wait_for(self._find_window, "the window to open")
        wait_for(self.controls, "the window to publish its controls")

    def _find_process(self) -> int | None:
        """The one that runs our file in our home; another one is somebody else's."""
        home = f"HOME={self.home}".encode()
        for process in Path("/proc").glob("[0-9]*"):
            # Those of others cannot be read, and some end while they are looked at.
            with suppress(OSError):
                variables = (process / "environ").read_bytes().split(b"\0")
                if home in variables and (process / "exe").readlink() == self._binary:
                    return int(process.name)
        return None

    def end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = None


def alive(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    # What follows the name, which may hold spaces. A zombie has ended, whether or not somebody asks how.
    return status.rpartition(")")[2].split()[0] != "Z"
