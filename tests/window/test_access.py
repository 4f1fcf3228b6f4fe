"""Each screen of the real window as a screen reader sees it, and the announcements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from case import WindowCase
from controls import Seen, atspi
from waiting import wait_for

# The AT-SPI roles of controls that can be pressed, typed into or selected.
CONTROLS = {
    "push button", "toggle button", "check box", "radio button", "entry", "list item", "menu item",
    "page tab", "link", "slider", "spin button", "combo box", "table row", "switch",
}  # fmt: skip
NAMED = CONTROLS | {"dialog", "frame", "menu", "grouping", "separator"}
# The AT-SPI values for polite and assertive announcements.
POLITE, ASSERTIVE = 1, 2
# There may be several messages: their descriptions distinguish them.
OF_MESSAGES = {"Undo", "Try again", "Dismiss", "Copy details"}


class Tree(WindowCase):
    def test_a_control_that_was_off_is_pressed_once_it_is_on(self) -> None:
        """Clients ask a control for its actions once, when they first meet it."""
        program = self.program
        program.start("--practice", "--practice-latency", "20")
        self.pick_user("acme-audit")
        (key,) = wait_for(self.keys_of_table, "the key of the user")
        program.control(f"Delete {key}").press()
        delete = program.control("Delete for good")
        self.assertFalse(delete.enabled)
        self.assertIsNotNone(delete.node.get_action_iface(), "it has no action while it is off")
        self.type_the_last_four(key[-4:])
        delete.press()
        program.await_gone(f"Delete {key}")

    def test_every_control_of_every_screen_has_a_name_and_a_place(self) -> None:
        self.faults: list[str] = []
        self.known: set[str] = set()
        program = self.program
        program.aws_profile("staging", "AKIAIOSFODNN7EXAMPLE", "x" * 40)
        program.start("--practice-latency", "5")
        program.control("Open account staging")
        program.focus()
        self._see("start")
        self._settings()

        program.control("Open practice account").press()
        self.pick_user("ci-deployer")
        key = next(iter(wait_for(self.keys_of_table, "keys in the table")))
        self._see("keys")
        program.control(f"More for {key}").press()
        program.control(f"Copy the id of {key}")
        self._see("menu of a row")
        program.control(f"Edit the description of {key}").press()
        program.control(f"Description of {key}")
        self._see("a description is typed")
        self.desktop.keys("Escape")
        program.await_gone(f"Description of {key}")
        program.control("Switch account").press()
        program.control("Search accounts")
        self._see("accounts")
        program.control("This account…").press()
        program.control("Name of the account")
        self._see("this account")
        self._leave("Name of the account")
        program.control("Simulated faults of the practice account").press()
        program.control("Throttled by IAM")
        self._see("troubles")
        self._leave("Throttled by IAM")
        self.desktop.keys("ctrl+k")
        self.desktop.type("deploy")
        program.control("Go to user ci-deployer")
        self._see("find")
        self._leave("Go to user ci-deployer")
        self.desktop.keys("F1")
        program.control("Close the guide")
        self._see("guide")
        self._leave("Close the guide")
        self._new_key()
        self._activity()

        self.assertEqual(self.faults, [])
        roles = {role for role, _ in self.seen_roles}
        self.assertLessEqual({"push button", "entry", "list item", "page tab", "menu item", "dialog"}, roles)
        self.assertIn(("push button", "Undo"), self.seen_roles, "the message was gone before it was looked at")

    def _settings(self) -> None:
        program = self.program
        program.control("Settings").press()
        program.control("About Keyfob")
        for part in ("Appearance", "Secret", "Network", "Program", "Renderer"):
            program.control(f"{part} settings").press()
            self._see(f"settings, {part}")
        program.control("About Keyfob").press()
        self._see("settings, about")
        self._leave("About Keyfob")

    def _new_key(self) -> None:
        program = self.program
        self.pick_user("carol")
        program.control("More ways to create").press()
        program.control("Create without copying")
        self._see("more ways to create")
        program.control("Create without copying").press()
        program.control("I have saved it")
        self._see("new key")
        program.control("More ways to copy").press()
        program.await_starting_with("Copy as")
        self._see("more ways to copy")
        self.desktop.keys("Escape")
        program.await_none_starting_with("Copy as")
        program.control("Save as").press()
        program.control("File to save to")
        self._see("save as")
        program.control("Cancel saving").press()
        program.control("Copy both").press()
        program.control("Clear clipboard now")
        program.control("I have saved it").press()
        program.await_gone("I have saved it")
        key = next(iter(wait_for(self.keys_of_table, "a key in the table")))
        program.control(f"Deactivate {key}").press()
        # It stays under the pointer, however long the test looks.
        program.control("Undo").hover()
        self._see("undo")
        program.control(f"Delete {key}").press()
        program.control("Delete for good")
        self._see("delete gate")
        self._leave("Delete for good")

    def _activity(self) -> None:
        program = self.program
        program.control("Activity").press()
        program.control("Search activity")
        self._see("activity")
        program.control("Export…").press()
        program.control("File to export to")
        self._see("export")

    def _leave(self, name: str) -> None:
        self.desktop.keys("Escape")
        self.program.await_gone(name)

    def _see(self, screen: str) -> None:
        """Looks at all controls that are there now."""
        seen = self.program.settled_controls()
        window = next(control for control in seen if control.role == "frame")
        if window.name != "Keyfob":
            self.faults.append(f"{screen}: the window is called {window.name!r}")
        names: Counter[tuple[str, str, str]] = Counter()
        for control in seen:
            self.seen_roles.add((control.role, control.name))
            self.faults += [f"{screen}: {fault}" for fault in faults_of(control, window)]
            if control.role in CONTROLS and control.name:
                about = control.description if control.name in OF_MESSAGES else ""
                names[control.role, control.name, about] += 1
        self.faults += [f"{screen}: {count} are called {key}" for key, count in names.items() if count > 1]

    def setUp(self) -> None:
        super().setUp()
        self.seen_roles: set[tuple[str, str]] = set()


def faults_of(control: Seen, window: Seen) -> Iterator[str]:
    role, name = control.role, control.name
    if any("\ue000" <= sign <= "\uf8ff" or sign >= "\U000f0000" for sign in name):
        yield f"{role} {name!r} has an icon in its name"
    if role not in NAMED:
        return
    if not name.strip():
        yield f"a {role} has no name"
    left, _, width, height = control.place
    if control.showing and (width <= 0 or height <= 0):
        yield f"{role} {name!r} has no place"
    there = window.place
    outside = left + width <= there[0] or left >= there[0] + there[2]
    if control.showing and outside:
        yield f"{role} {name!r} is beside the window"


class Announcements(WindowCase):
    """The announcements, as a screen reader receives them."""

    def test_results_and_errors_are_announced(self) -> None:
        program = self.program
        with listening() as told:
            # Initial content is not announced.
            program.start("--practice-latency", "20")
            program.control("Open practice account").press()
            self._await(told, "Opened practice-account")
            self.pick_user("carol")
            self._await(told, "carol: 0 keys")
            program.control("Create and copy").press()
            self._await(told, "New key for carol")
            self._await(told, "Secret is on the clipboard")
            program.control("I have saved it").press()
            key = next(iter(wait_for(self.keys_of_table, "a key in the table")))
            program.control(f"Copy key id {key}").press()
            self._await(told, "Copied")
            program.control(f"Deactivate {key}").press()
            self._await(told, "of carol is inactive")
            program.control("Simulated faults of the practice account").press()
            program.control("Denied: changes and key lists").press()
            program.control(f"Activate {key}").press()
            self._await(told, "could not be activated", ASSERTIVE)

    def _await(self, told: list[tuple[int, str]], part: str, how: int = POLITE) -> None:
        def is_told() -> bool:
            pump()
            return any(part in text and politeness == how for politeness, text in told)

        wait_for(is_told, lambda: f"{part!r} to be told; told were {told}")


@contextmanager
def listening() -> Iterator[list[tuple[int, str]]]:
    """The announcements during a block, with their politeness."""
    told: list[tuple[int, str]] = []

    def hear(event: Any) -> None:
        told.append((event.detail1, str(event.any_data)))

    listener = atspi().EventListener.new(hear)
    listener.register("object:announcement")
    try:
        yield told
    finally:
        listener.deregister("object:announcement")


def pump() -> None:
    """Lets libatspi deliver pending events."""
    from gi.repository import GLib

    context = GLib.MainContext.default()
    while context.iteration(False):
        pass
