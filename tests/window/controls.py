"""The controls of a program over AT-SPI, as a screen reader sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from waiting import wait_for, wait_until_still

if TYPE_CHECKING:
    from desktop import Desktop

T = TypeVar("T")

# Longer than a slow frame, so that moving controls have moved in between.
STILL = 0.2


def atspi() -> Any:
    """libatspi, loaded late because it connects to the bus in the environment at that time."""
    import gi

    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi

    return Atspi


def ask(question: Callable[[], T], otherwise: T) -> T:
    """The result of a query about a control, or `otherwise` if the control no longer exists."""
    from gi.repository.GLib import GError

    try:
        return question() or otherwise
    except GError:
        return otherwise


class Seen(NamedTuple):
    """The state of a control at one moment."""

    role: str
    name: str
    description: str
    showing: bool
    place: tuple[int, int, int, int]


@dataclass
class Control:
    """A handle of one control. Its properties are read from the program each time."""

    node: Any
    desktop: Desktop

    @property
    def name(self) -> str:
        return ask(self.node.get_name, "")

    @property
    def role(self) -> str:
        return ask(self.node.get_role_name, "")

    @property
    def description(self) -> str:
        return ask(self.node.get_description, "")

    @property
    def text(self) -> str:
        """The text of a field, or of a label that has a value."""
        # Through the interface, because the node has deprecated methods of the same name.
        return ask(lambda: self.node.get_text_iface() and atspi().Text.get_text(self.node, 0, -1), "")

    @property
    def words(self) -> list[str]:
        """All its text for a screen reader."""
        attributes = ask(self.node.get_attributes, {})
        told = ask(lambda: self.node.get_value_iface() and atspi().Value.get_text(self.node), "")
        # Only in newer libraries.
        help = ask(getattr(self.node, "get_help_text", str), "")
        return [self.name, self.description, self.text, told, help, *attributes.values()]

    def has(self, state: str) -> bool:
        """Whether it is `enabled`, `focused`, `checked`, `showing`, …"""
        wanted = getattr(atspi().StateType, state.upper())
        return ask(lambda: self.node.get_state_set().contains(wanted), False)

    @property
    def seen(self) -> Seen:
        return Seen(self.role, self.name, self.description, self.has("showing"), self.place)

    @property
    def enabled(self) -> bool:
        return self.has("sensitive") or self.has("enabled")

    def press(self) -> None:
        """Presses it like a screen reader."""
        self.await_enabled()
        if not ask(lambda: self.node.get_action_iface() and atspi().Action.do_action(self.node, 0), False):
            raise AssertionError(f"{self.name!r} cannot be pressed")

    def click(self, times: int = 1) -> None:
        """Moves the real mouse to its middle and clicks."""
        self.await_enabled()
        self.desktop.click(*self.middle, times)

    def hover(self) -> None:
        """Moves the real mouse to its middle."""
        self.desktop.point(*self.middle)

    @property
    def middle(self) -> tuple[int, int]:
        x, y, width, height = self._settled_place()
        return x + width // 2, y + height // 2

    def set_text(self, text: str) -> None:
        write = atspi().EditableText.set_text_contents
        if not ask(lambda: self.node.get_editable_text_iface() and write(self.node, text), False):
            raise AssertionError(f"{self.name!r} takes no text")

    def await_enabled(self) -> None:
        wait_for(lambda: self.enabled, lambda: f"{self.name!r} to be enabled")

    def _settled_place(self) -> tuple[int, int, int, int]:
        """Its position once it stays there, so that a click does not miss during an animation or while a page loads."""

        def there() -> tuple[int, int, int, int] | None:
            now = self.place
            return now if now[2] > 0 and now[3] > 0 else None

        return wait_until_still(there, f"{self.name!r} to stand still", STILL)

    @property
    def place(self) -> tuple[int, int, int, int]:
        """Left, top, width and height on the screen."""

        def place() -> tuple[int, int, int, int]:
            area = atspi().Component.get_extents(self.node, atspi().CoordType.SCREEN)
            return area.x, area.y, area.width, area.height

        return ask(place, (0, 0, 0, 0))


def controls_of(process: int, desktop: Desktop) -> Iterator[Control]:
    """All controls of a running process, outermost first. Empty until it has published some."""
    root = atspi().get_desktop(0)
    for application in _children(root):
        # Cached values would be from an earlier frame.
        application.set_cache_mask(atspi().Cache.NONE)
        if ask(application.get_process_id, 0) == process:
            yield from _below(application, desktop)


def _below(node: Any, desktop: Desktop) -> Iterator[Control]:
    for child in _children(node):
        yield Control(child, desktop)
        yield from _below(child, desktop)


def _children(node: Any) -> Iterator[Any]:
    for index in range(ask(node.get_child_count, 0)):
        child = ask(partial(node.get_child_at_index, index), None)
        if child is not None:
            yield child
