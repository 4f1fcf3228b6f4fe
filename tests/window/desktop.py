"""A private desktop for one program: an X display, a window manager and an accessibility bus of its own.

Everything is started in `Desktop.__enter__` and ended with it. The kernel ends it as well when this process
is gone, so that a killed test run leaves nothing behind.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from waiting import PATIENCE, wait_for

ARTEFACTS = Path(__file__).resolve().parents[1] / "artefacts" / "window"
SCREEN = "1400x900x24"


class Desktop:
    """Xvfb, openbox, a session bus and AT-SPI. One at a time in a process, because libatspi keeps one bus."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="keyfob-desktop-")
        self._children: list[subprocess.Popen[str]] = []
        # Built from scratch: no credentials, proxy or theme of this computer reach the program.
        self.environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "HOME": self._folder.name,
            "XDG_RUNTIME_DIR": self._private_folder("runtime"),
            "XDG_SESSION_TYPE": "x11",
        }

    def __enter__(self) -> Desktop:
        try:
            self._start_display()
            self.start("openbox", "--sm-disable")
            self._start_buses()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        for child in reversed(self._children):
            child.terminate()
        for child in reversed(self._children):
            try:
                child.wait(timeout=5)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self._folder.cleanup()

    def start(self, *command: str, **options: Any) -> subprocess.Popen[str]:
        """Starts a part of the desktop, which stops with the desktop or this process."""
        options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "text": True} | options
        child = subprocess.Popen(tied_to_us(command), env=self.environment, **options)
        self._children.append(child)
        return child

    def run(self, *command: str, input: str | None = None) -> str:
        """Runs a tool on this desktop and returns its output."""
        done = subprocess.run(
            command,
            env=self.environment,
            input=input,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip() or done.returncode}")
        return done.stdout

    # The real keyboard, mouse and clipboard.

    def keys(self, *names: str) -> None:
        """Presses keys by their X names, such as `Return` or `ctrl+n`."""
        self.run("xdotool", "key", "--clearmodifiers", *names)

    def type(self, text: str) -> None:
        self.run("xdotool", "type", "--clearmodifiers", "--delay", "8", "--", text)

    def click(self, x: int, y: int, times: int = 1) -> None:
        """Moves the mouse there and clicks, quickly if more than once."""
        press = ["click", "--repeat", str(times), "--delay", "40", "1"]
        self.run("xdotool", "mousemove", str(x), str(y), *press)

    def point(self, x: int, y: int) -> None:
        """Moves the mouse there. Without `--sync`, which waits 15 seconds if the mouse is there already."""
        self.run("xdotool", "mousemove", str(x), str(y))

    def clipboard(self) -> str:
        """The text that another program would paste; empty if nobody owns the clipboard."""
        try:
            return self.run("xclip", "-out", "-selection", "clipboard")
        except RuntimeError:
            return ""

    def set_clipboard(self, text: str) -> None:
        # xclip keeps running to serve the text, so do not wait for its output.
        with tempfile.TemporaryFile("w+") as source:
            source.write(text)
            source.seek(0)
            xclip = self.start("xclip", "-in", "-selection", "clipboard", "-quiet", stdin=source)
        wait_for(lambda: self.clipboard() == text, f"the clipboard to hold {text!r} (xclip: {xclip.poll()})")

    def screenshot(self, name: str, window: str = "root") -> Path:
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        path = ARTEFACTS / f"{name}.png"
        self.run("import", "-window", window, str(path))
        return path

    # Starting up.

    def _private_folder(self, name: str) -> str:
        folder = Path(self._folder.name, name)
        folder.mkdir(mode=0o700)
        return str(folder)

    def _start_display(self) -> None:
        # Xvfb picks a free display number and writes it once it accepts connections.
        read, write = os.pipe()
        self.start(
            "Xvfb",
            "-displayfd",
            str(write),
            "-screen",
            "0",
            SCREEN,
            "-nolisten",
            "tcp",
            "-noreset",
            pass_fds=[write],
        )
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.environment["DISPLAY"] = f":{number}"

    def _start_buses(self) -> None:
        bus = self.start("dbus-daemon", "--session", "--nofork", "--print-address=1", stdout=subprocess.PIPE)
        assert bus.stdout is not None, "the daemon's output is a pipe"
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        # Without it, programs publish nothing because they assume that nobody listens.
        self.run(
            *("gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus"),
            *("--method", "org.freedesktop.DBus.Properties.Set", "org.a11y.Status", "IsEnabled", "<true>"),
        )
        # libatspi reads this process's environment when it is first used.
        for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
            os.environ[name] = self.environment[name]


def tied_to_us(command: Sequence[str]) -> list[str]:
    """The same command, killed by the kernel when its parent process ends."""
    return ["setpriv", "--pdeathsig", "TERM", "--", *command]
