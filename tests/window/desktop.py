"""Drives the real program in a real window: Xvfb, a window manager, AT-SPI by accessible name, real mouse and keys.

Run by the system's Python, which has the AT-SPI bindings (Debian: python3-gi, gir1.2-atspi-2.0).
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

ARTEFACTS = Path(__file__).resolve().parent.parent / "artefacts" / "window"
T = TypeVar("T")


class Failed(Exception):
    """What was promised did not happen."""


def until(what: str, probe: Callable[[], T | None], seconds: float = 20.0) -> T:
    """Waits for a condition; never for a time."""
    deadline = time.monotonic() + seconds
    while True:
        found = probe()
        if found:
            return found
        if time.monotonic() > deadline:
            raise Failed(f"waited {seconds:.0f} s for {what}")
        time.sleep(0.05)


class Desktop:
    """A private display with a session bus, a home folder and accessibility switched on."""

    def __init__(self, width: int = 1280, height: int = 800) -> None:
        self.size = f"{width}x{height}x24"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.home = Path(tempfile.mkdtemp(prefix="keyfob-home-"))
        self.runtime = Path(tempfile.mkdtemp(prefix="keyfob-run-"))

    def __enter__(self) -> Desktop:
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        self.env = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.runtime),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "TZ": "UTC",
            "AWS_EC2_METADATA_DISABLED": "true",
            "NO_PROXY": "127.0.0.1",
        }
        self.start_display()
        self.start_bus()
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind:
            self.picture("failed")
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.rmtree(self.runtime, ignore_errors=True)

    def spawn(self, *command: str, **more: Any) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(command, env=self.env, **more)
        self.processes.append(process)
        return process

    def start_display(self) -> None:
        read, write = os.pipe()
        self.spawn(
            "Xvfb", "-displayfd", str(write), "-screen", "0", self.size, "-nolisten", "tcp", "-noreset",
            pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise Failed("Xvfb did not start")
        self.env["DISPLAY"] = f":{number}"
        os.environ["DISPLAY"] = f":{number}"
        self.spawn("openbox", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start_bus(self) -> None:
        bus = self.spawn(
            "dbus-daemon", "--session", "--nofork", "--print-address", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert bus.stdout
        address = bus.stdout.readline().decode().strip()
        self.env["DBUS_SESSION_BUS_ADDRESS"] = address
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = address
        # Without this the program publishes nothing.
        subprocess.run(
            [
                "gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus", "--method",
                "org.freedesktop.DBus.Properties.Set", "org.a11y.Status", "IsEnabled", "<true>",
            ],
            env=self.env, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def run(self, *command: str) -> str:
        return subprocess.run(command, env=self.env, check=True, capture_output=True, timeout=20).stdout.decode()

    def clipboard(self) -> str:
        done = subprocess.run(
            ["xclip", "-selection", "clipboard", "-o"], env=self.env, capture_output=True, timeout=10, check=False
        )
        return done.stdout.decode()

    def picture(self, name: str) -> None:
        self.run("import", "-window", "root", str(ARTEFACTS / f"{name}.png"))


class Program:
    """The program under test, seen as a screen reader sees it."""

    def __init__(self, desktop: Desktop, binary: str, *arguments: str, **env: str) -> None:
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi

        self.atspi = Atspi
        self.desktop = desktop
        self.name = Path(binary).name
        self.log = (ARTEFACTS / "program.log").open("ab")
        self.process = subprocess.Popen(
            [binary, *arguments], env={**desktop.env, **env}, stdout=self.log, stderr=self.log
        )
        desktop.processes.append(self.process)
        until("the window", self.root)

    def root(self) -> Any | None:
        if self.process.poll() is not None:
            raise Failed(f"the program ended with {self.process.returncode}")
        try:
            top = self.atspi.get_desktop(0)
            for index in range(top.get_child_count()):
                child = top.get_child_at_index(index)
                if child and child.get_process_id() == self.process.pid and child.get_child_count():
                    return child
        except Exception:  # noqa: BLE001 - the tree changes while it is read
            return None
        return None

    def nodes(self) -> list[Any]:
        found: list[Any] = []
        waiting = [self.root()]
        while waiting:
            node = waiting.pop()
            if node is None:
                continue
            try:
                found.append(node)
                waiting.extend(node.get_child_at_index(index) for index in range(node.get_child_count()))
            except Exception:  # noqa: BLE001
                continue
        return found

    def names(self) -> list[str]:
        names = []
        for node in self.nodes():
            try:
                names.append(node.get_name() or "")
            except Exception:  # noqa: BLE001
                continue
        return names

    def look(self, name: str) -> Any | None:
        for node in self.nodes():
            try:
                if node.get_name() == name:
                    return node
            except Exception:  # noqa: BLE001
                continue
        return None

    def find(self, name: str, seconds: float = 20.0) -> Any:
        return until(f"the control “{name}”", lambda: self.look(name), seconds)

    def find_starting(self, start: str) -> str:
        return until(
            f"a control “{start}…”", lambda: next((name for name in self.names() if name.startswith(start)), None)
        )

    def gone(self, name: str) -> None:
        until(f"“{name}” to go", lambda: self.look(name) is None)

    def press(self, name: str) -> None:
        """As assistive technology does it."""
        if not self.find(name).get_action_iface().do_action(0):
            raise Failed(f"“{name}” could not be pressed")

    def click(self, name: str) -> None:
        """With the real mouse."""
        box = self.find(name).get_component_iface().get_extents(self.atspi.CoordType.SCREEN)
        x, y = box.x + box.width // 2, box.y + box.height // 2
        self.desktop.run("xdotool", "mousemove", str(x), str(y))
        self.desktop.run("xdotool", "click", "1")

    def keys(self, *keys: str) -> None:
        self.desktop.run("xdotool", "key", *keys)

    def type(self, text: str) -> None:
        self.desktop.run("xdotool", "type", "--delay", "20", text)

    def close(self) -> int:
        """As the window manager does it."""
        window = self.desktop.run("xdotool", "search", "--onlyvisible", "--name", "^Keyfob$").split()[0]
        self.desktop.run("xdotool", "windowactivate", "--sync", window, "key", "--clearmodifiers", "alt+F4")
        return self.process.wait(10)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(5)
