"""A private desktop for one program: an X display, a window manager and an accessibility bus of its own.

Everything is started in `Desktop.__enter__` and ended with it. The kernel ends it as well when this process
is gone, so that a killed test run leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from waiting import PATIENCE, wait_for

ARTEFACTS = Path(__file__).resolve().parents[1] / "artefacts" / "window"
SCREEN = "1400x900x24"


class Desktop:
    """Xvfb, openbox, a session bus and AT-SPI.

    One bus in a process, because libatspi keeps the first: a second desktop is one more display `beside` the first.
    `margins` are the pixels that panels take from the left, top, right and bottom.
    """

    def __init__(
        self,
        screen: str = SCREEN,
        beside: Desktop | None = None,
        margins: tuple[int, int, int, int] = (0, 0, 0, 0),
    ) -> None:
        self._screen, self._beside, self._margins = screen, beside, margins
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
            settings = ("--config-file", self._panels()) if any(self._margins) else ()
            self.start("openbox", "--sm-disable", *settings)
            if self._beside is None:
                self._start_buses()
            else:
                name = "DBUS_SESSION_BUS_ADDRESS"
                self.environment[name] = self._beside.environment[name]
            wait_for(self._has_window_manager, "the window manager")
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

    def clipboard(self, selection: str = "clipboard") -> str:
        """The text that another program would paste; empty if nobody owns the selection."""
        try:
            return self.run("xclip", "-out", "-selection", selection)
        except RuntimeError:
            return ""

    def set_clipboard(self, text: str, selection: str = "clipboard") -> subprocess.Popen[str]:
        """Returns the program that owns the selection from then on."""
        # xclip keeps running to serve the text, so do not wait for its output.
        with tempfile.TemporaryFile("w+") as source:
            source.write(text)
            source.seek(0)
            xclip = self.start("xclip", "-in", "-selection", selection, "-quiet", stdin=source)
        wait_for(lambda: self.clipboard(selection) == text, f"the {selection} to hold {text!r} (xclip: {xclip.poll()})")
        return xclip

    @contextlib.contextmanager
    def clipboard_that_hangs(self) -> Iterator[None]:
        """Another program owns the clipboard, and answers nobody."""
        owner = self.set_clipboard("from a program that hangs")
        owner.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            owner.kill()
            owner.wait()

    def window_of(self, process: int) -> str:
        """The visible window of a process; empty if there is none."""
        search = ("search", "--all", "--onlyvisible", "--pid", str(process), "--name", "Keyfob")
        try:
            found = self.run("xdotool", *search).split()
        except RuntimeError:
            return ""
        return found[-1] if found else ""

    def close_window(self, window: str) -> None:
        """Asks for it, as its close button does."""
        self.run("wmctrl", "-i", "-c", window)

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
            self._screen,
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

    def _panels(self) -> str:
        """Settings of the window manager in which panels take the margins."""
        sides = zip(("top", "bottom", "left", "right"), (self._margins[side] for side in (1, 3, 0, 2)), strict=True)
        margins = "".join(f"<{side}>{size}</{side}>" for side, size in sides)
        path = Path(self._folder.name, "rc.xml")
        path.write_text(
            '<?xml version="1.0"?><openbox_config xmlns="http://openbox.org/3.4/rc">'
            f"<margins>{margins}</margins></openbox_config>"
        )
        return str(path)

    def _has_window_manager(self) -> bool:
        try:
            return "Openbox" in self.run("wmctrl", "-m")
        except RuntimeError:
            return False

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
            if name in self.environment:
                os.environ[name] = self.environment[name]


def tied_to_us(command: Sequence[str]) -> list[str]:
    """The same command, killed by the kernel when its parent process ends."""
    return ["setpriv", "--pdeathsig", "TERM", "--", *command]
