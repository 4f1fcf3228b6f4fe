"""The real program, started like by a user, on a private desktop and in its own home."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from controls import Control, Seen, controls_of
from desktop import ARTEFACTS, Desktop, tied_to_us
from waiting import PATIENCE, wait_for


SETTLE_TRIES = 8


class Place(NamedTuple):
    """A rectangle on the screen, in pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def size(self) -> tuple[int, int]:
        return self.width, self.height


class Program:
    """One run of the program. Leaving the `with` block stops it."""

    def __init__(self, desktop: Desktop, binary: Path, name: str) -> None:
        self.desktop = desktop
        self._binary = binary
        self._name = name
        self._folder = tempfile.TemporaryDirectory(prefix="keyfob-home-")
        self.home = Path(self._folder.name)
        self._environment = desktop.environment | {
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_DATA_HOME": str(self.home / ".local/share"),
            "XDG_STATE_HOME": str(self.home / ".local/state"),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            # Nothing may ask the network whether this computer is an EC2 instance.
            "AWS_EC2_METADATA_DISABLED": "true",
            "RUST_BACKTRACE": "1",
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._window = ""
        self.log = ARTEFACTS / f"{name}.log"

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()
        self._folder.cleanup()

    # Before the start.

    def settings(self, **values: object) -> None:
        """Sets the settings of an earlier run."""
        self._write(".config/keyfob/settings.json", json.dumps(values))

    def aws_profile(self, profile: str, key: str, secret: str) -> None:
        """A profile with static keys in the shared AWS files."""
        self._write(".aws/config", f"[profile {profile}]\nregion = us-east-1\n")
        self._write(
            ".aws/credentials", f"[{profile}]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\n"
        )

    def variables(self, **values: str) -> None:
        """Adds variables to the program's environment."""
        self._environment |= values

    def share_home(self, other: Program) -> None:
        """Runs as the same user as another run."""
        homes = {name: other._environment[name] for name in other._environment if name == "HOME" or name.startswith("XDG_")}
        self._environment |= homes | {"XDG_RUNTIME_DIR": self._environment["XDG_RUNTIME_DIR"]}

    def folder(self, name: str) -> Path:
        """A folder in its home, created if missing."""
        folder = self.home / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def age_intents(self, seconds: int) -> None:
        """Backdates the unfinished intents of earlier runs."""

        def earlier(found: re.Match[str]) -> str:
            then = datetime.fromisoformat(found[1]) - timedelta(seconds=seconds)
            return f'"at":"{then.isoformat()}"'

        for file in self.intents():
            file.write_text(re.sub(r'"at":"([^"]*)"', earlier, file.read_text()))

    def intents(self) -> list[Path]:
        """The journals of intents."""
        return list((self.home / ".local/state/keyfob/intents").glob("*.jsonl"))

    def _write(self, path: str, text: str) -> None:
        file = self.home / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    # Running.

    def start(self, *arguments: str) -> None:
        """Starts it and waits for its window and its first controls."""
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            # Its own session, so that everything it starts belongs to its process group.
            self._process = subprocess.Popen(
                tied_to_us([str(self._binary), *arguments]),
                env=self._environment,
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._window = wait_for(self._find_window, "the window to open")
        wait_for(self.controls, "the window to publish its controls")

    def start_again(self, *arguments: str) -> int:
        """Starts it a second time in the same home, and returns the exit code of that run."""
        with self.log.open("ab") as log:
            command = tied_to_us([str(self._binary), *arguments])
            options = {"env": self._environment, "cwd": self.home, "stdin": subprocess.DEVNULL}
            return subprocess.run(command, **options, stdout=log, stderr=log, timeout=PATIENCE, check=False).returncode

    @property
    def window(self) -> str:
        """What the desktop calls its window."""
        return self._window

    @property
    def in_front(self) -> bool:
        """Whether its window has the keyboard focus."""
        try:
            return int(self.desktop.run("xdotool", "getactivewindow", "getwindowpid")) == self.process
        except RuntimeError:
            return False

    def _find_window(self) -> str:
        assert self._process is not None, "only asked for while it runs"
        if self._process.poll() is not None:
            raise AssertionError(f"the program ended at once with {self._process.returncode}, see {self.log}")
        # Only its own, because the window of a killed program may still exist.
        return self.desktop.window_of(self.process)

    def resize(self, width: int, height: int) -> None:
        self.desktop.run("xdotool", "windowsize", "--sync", self._window, str(width), str(height))
        wait_for(self._laid_out, f"the window to be laid out at {width} x {height}")

    def _laid_out(self) -> bool:
        """Whether the last control of the account bar is at the right edge of the window."""
        settings, window = self.find("Settings"), self.geometry()
        if settings is None:
            return True
        left, _, width, _ = settings.place
        return abs(left + width + 12 - (window.left + window.width)) < 8

    def move(self, left: int, top: int) -> None:
        self.desktop.run("xdotool", "windowmove", "--sync", self._window, str(left), str(top))

    def hold_messages(self) -> None:
        """Rests the mouse where messages appear, so that they stay while the test looks."""
        place = self.geometry()
        self.desktop.point(place.left + place.width - 60, place.top + place.height - 62)

    def geometry(self) -> Place:
        """The position and size of the window's content on the screen."""
        told = self.desktop.run("xdotool", "getwindowgeometry", "--shell", self._window)
        values = dict(line.split("=", 1) for line in told.splitlines() if "=" in line)
        return Place(*(int(values[name]) for name in ("X", "Y", "WIDTH", "HEIGHT")))

    def content(self) -> Place:
        """The same, exactly: xdotool counts the frame twice. Moves the mouse to the middle of the window."""
        size = self.geometry().size
        middle = [str(part // 2) for part in size]
        told = self.desktop.run("xdotool", "mousemove", "--window", self._window, *middle, "getmouselocation", "--shell")
        values = dict(line.split("=", 1) for line in told.splitlines() if "=" in line)
        return Place(int(values["X"]) - size[0] // 2, int(values["Y"]) - size[1] // 2, *size)

    def focus(self) -> None:
        """Gives the window the keyboard."""
        if self.in_front:
            # While the window manager sets the focus again, it would swallow a shortcut.
            return
        self.desktop.run("xdotool", "windowactivate", "--sync", self._window)

    def minimise(self) -> None:
        self.desktop.run("xdotool", "windowminimize", "--sync", self._window)

    def screenshot(self, name: str) -> Path:
        return self.desktop.screenshot(name, self._window)

    def settled_screenshot(self, name: str) -> Path:
        """A screenshot of the window once two in a row are the same, so nothing is fading in or loading.

        A countdown never stands still: after some tries, the last picture is good enough.
        """
        before = [b""]
        tries = [0]

        def settled() -> Path | None:
            path = self.screenshot(name)
            # The pixels only: the file also holds the time at which it was made.
            now = self.desktop.run("convert", str(path), "-format", "%#", "info:").encode()
            same = now == before[0]
            before[0] = now
            tries[0] += 1
            return path if same or tries[0] >= SETTLE_TRIES else None

        return wait_for(settled, f"the picture {name} to settle")

    def close(self) -> int:
        """Closes the window like a user, and returns the exit code."""
        self.ask_to_close()
        return self.await_end()

    def ask_to_close(self) -> None:
        """Asks the window manager to close the window, like the close button.

        Not by Alt+F4: for a moment after a click openbox may have no window that the keys are for.
        """
        self.desktop.close_window(self._window)

    def signal(self, kind: signal.Signals) -> None:
        """Sends it a signal, as `kill` does."""
        os.kill(self.process, kind)

    def await_end(self, within: float = PATIENCE) -> int:
        """Waits for the exit, and returns the exit code."""
        assert self._process is not None, "it was started"
        return self._process.wait(timeout=within)

    @contextlib.contextmanager
    def killed_at(self, call: str) -> Iterator[None]:
        """The kernel kills the program when the action inside makes it use this system call."""
        inject = f"inject={call}:signal=KILL"
        command = ["strace", "-f", "-p", str(self.process), "-e", f"trace={call}", "-e", inject]
        tracer = subprocess.Popen(tied_to_us(command), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        assert tracer.stderr is not None, "its output is a pipe"
        # Only calls from then on count.
        first = tracer.stderr.readline()
        if "attached" not in first:
            raise RuntimeError(f"strace: {first.strip()}")
        try:
            yield
            self.await_end()
        finally:
            tracer.kill()
            tracer.communicate()

    @property
    def process(self) -> int:
        """Its process id."""
        assert self._process is not None, "it was started"
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def left_running(self) -> bool:
        """Whether the program, or anything that it started, is still running."""
        assert self._process is not None, "it was started"
        try:
            os.killpg(self._process.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def await_nothing_left(self) -> None:
        """The kernel needs a moment to clean up after a process."""
        wait_for(lambda: not self.left_running(), "all that it started to end with it")

    def end(self) -> None:
        """Kills it."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        # The bus needs a moment to notice, and the next run must not find the old controls.
        wait_for(lambda: not self.controls(), "the ended program's controls to go")
        self._process = None

    # Looking.

    def controls(self) -> list[Control]:
        return list(controls_of(self.process, self.desktop))

    def settled_controls(self) -> list[Seen]:
        """The state of all controls, once two reads in a row agree on all but labels, some of which count seconds.

        They are asked one by one: while some come or go, one look can meet a control twice, or not at all.
        """
        before: list[list[Seen]] = [[]]

        def settled() -> list[Seen]:
            now = [control.seen for control in self.controls()]
            still = [seen for seen in now if seen.role != "label"]
            same = still == before[0]
            before[0] = still
            return now if same else []

        return wait_for(settled, "the controls to stand still")

    def names(self) -> list[str]:
        return [control.name for control in self.controls() if control.name]

    def texts(self) -> list[str]:
        """All texts of all controls."""
        said = [part for each in self.controls() for part in (each.name, each.description, each.text)]
        return [part for part in said if part]

    def find(self, name: str) -> Control | None:
        """The control with exactly this name; prefers a control to its label."""
        found = [control for control in self.controls() if control.name == name]
        return min(found, key=lambda control: control.role == "label", default=None)

    def control(self, name: str) -> Control:
        """The same, as soon as there is one."""
        return wait_for(lambda: self.find(name), lambda: f"{name!r}; there are {self.names()}")

    def await_starting_with(self, start: str) -> list[Control]:
        return wait_for(
            lambda: self.starting_with(start), lambda: f"a name that starts with {start!r}; there are {self.names()}"
        )

    def starting_with(self, start: str) -> list[Control]:
        return [control for control in self.controls() if control.name.startswith(start)]

    def await_gone(self, name: str) -> None:
        wait_for(lambda: self.find(name) is None, f"{name!r} to go")

    def await_none_starting_with(self, start: str) -> None:
        wait_for(lambda: not self.starting_with(start), f"all that starts with {start!r} to go")

    def await_text(self, part: str) -> Control:
        """The control whose name, description or text has `part` in it, as soon as there is one."""

        def look() -> Control | None:
            for control in self.controls():
                if any(part in said for said in (control.name, control.description, control.text)):
                    return control
            return None

        return wait_for(look, lambda: f"the words {part!r}; there are {self.names()}")

    def keep_evidence(self) -> None:
        """Saves the screen as a picture and as text."""
        self.desktop.screenshot(f"failed-{self._name}")
        seen = [f"{control.role}\t{control.name}\t{control.text}" for control in self.controls()]
        (ARTEFACTS / f"failed-{self._name}.txt").write_text("\n".join(seen) + "\n", encoding="utf-8")
