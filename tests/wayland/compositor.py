"""A private Wayland desktop without X: sway, which draws into memory, with two screens."""

from __future__ import annotations

import json
import os
import pwd
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop import ARTEFACTS, Desktop
from waiting import wait_for

FIRST, SECOND = "HEADLESS-1", "HEADLESS-2"
# Of the second screen: neither a whole number nor a half.
SCALE = 1.25

SETTINGS = f"""
xwayland disable
output {FIRST} mode 1400x900 position 0 0
output {SECOND} mode 1750x1125 scale {SCALE} position 1400 0
workspace 1 output {FIRST}
workspace 2 output {SECOND}
"""

MODIFIERS = {"ctrl", "shift", "alt", "logo"}


class Compositor(Desktop):
    """sway instead of Xvfb and openbox; keys, clipboard and pictures by the tools of wlroots."""

    def __enter__(self) -> Compositor:
        try:
            self._start_compositor()
            self._start_buses()
            self._plug_keyboard_in()
        except BaseException:
            self.end()
            raise
        return self

    # Windows.

    def window_of(self, process: int) -> str:
        return next((str(node["id"]) for node in self._windows() if node.get("pid") == process), "")

    def close_window(self, window: str) -> None:
        self.sway(f"[con_id={window}] kill")

    def show_first_screen(self) -> None:
        """New windows open there."""
        self.sway("workspace 1")

    def move_to_second_screen(self, window: str) -> None:
        self.sway(f"[con_id={window}] move container to output {SECOND}")
        self.sway(f"[con_id={window}] focus")

    def size(self, window: str) -> tuple[int, int]:
        """Of the content, in points of its screen."""
        (rect,) = (node["window_rect"] for node in self._windows() if str(node["id"]) == window)
        return rect["width"], rect["height"]

    def sway(self, *command: str) -> Any:
        return json.loads(self.run("swaymsg", "--raw", *command))

    def _windows(self) -> Iterator[dict[str, Any]]:
        waiting = [self.sway("-t", "get_tree")]
        while waiting:
            node = waiting.pop()
            waiting += node["nodes"] + node["floating_nodes"]
            if node.get("app_id"):
                yield node

    # The keyboard, the clipboard and the screen.

    def keys(self, *names: str) -> None:
        for name in names:
            *held, key = name.split("+")
            assert MODIFIERS.issuperset(held), name
            down = [part for modifier in held for part in ("-M", modifier)]
            up = [part for modifier in held for part in ("-m", modifier)]
            self.run("wtype", *down, "-k", key, *up)

    def type(self, text: str) -> None:
        self.run("wtype", "-d", "8", "--", text)

    def clipboard(self, selection: str = "clipboard") -> str:
        primary = ["--primary"] if selection == "primary" else []
        try:
            return self.run("wl-paste", "--no-newline", "--type", "text", *primary)
        except RuntimeError:
            return ""

    def set_clipboard(self, text: str, selection: str = "clipboard") -> subprocess.Popen[str]:
        primary = ["--primary"] if selection == "primary" else []
        owner = self.start("wl-copy", "--foreground", *primary, "--", text)
        wait_for(lambda: self.clipboard(selection) == text, f"the {selection} to hold {text!r}")
        return owner

    def screenshot(self, name: str, window: str = "root", screen: str = FIRST) -> Path:
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        path = ARTEFACTS / f"{name}.png"
        self.run("grim", "-o", screen, str(path))
        return path

    # Starting up.

    def _start_compositor(self) -> None:
        runtime = Path(self.environment["XDG_RUNTIME_DIR"])
        settings = Path(self._folder.name, "sway")
        settings.write_text(SETTINGS)
        self.environment |= {
            "XDG_SESSION_TYPE": "wayland",
            "WLR_BACKENDS": "headless",
            "WLR_HEADLESS_OUTPUTS": "2",
            "WLR_RENDERER": "pixman",
            "WLR_LIBINPUT_NO_DEVICES": "1",
        }
        with (Path(self._folder.name) / "sway.log").open("w") as log:
            self.start(*ordinary_user(self._folder.name, runtime), "sway", "-c", str(settings), stderr=log)
        found = wait_for(lambda: sockets(runtime), "the compositor")
        self.environment["WAYLAND_DISPLAY"], self.environment["SWAYSOCK"] = found
        wait_for(lambda: len(self.sway("-t", "get_outputs")) == 2, "both screens")
        self.show_first_screen()

    def _plug_keyboard_in(self) -> None:
        """wtype plugs a keyboard in for each call. Were it the only one, its first keys would arrive before the program
        has a keyboard at all, which no person is fast enough for."""
        self.start("wtype", "-s", str(24 * 60 * 60 * 1000))
        wait_for(lambda: self.sway("-t", "get_inputs"), "a keyboard")


def sockets(runtime: Path) -> tuple[str, str] | None:
    """The sockets of Wayland and of sway."""
    wayland = [path.name for path in runtime.glob("wayland-*") if path.is_socket()]
    sway = [str(path) for path in runtime.glob("sway-ipc.*.sock")]
    return (wayland[0], sway[0]) if wayland and sway else None


def ordinary_user(*folders: Path | str) -> list[str]:
    """sway refuses to run as root: these folders are given to somebody who owns nothing else."""
    if os.getuid() != 0:
        return []
    nobody = pwd.getpwnam("nobody")
    for folder in folders:
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups", "--"]
