"""The window opens wholly on a screen that is there, with its title bar and beside the panels."""

from __future__ import annotations

from case import WindowCase, binary
from desktop import Desktop
from program import Place, Program
from waiting import wait_for

# The least that shows a word on a title bar.
TITLE_BAR = 12


class ThePlace(WindowCase):
    def opens_within(self, screen: tuple[int, int], free: Place, **kept: object) -> None:
        """Starts on a screen of this size, of which panels leave `free`, and checks where the window is."""
        width, height = screen
        right, bottom = width - free.left - free.width, height - free.top - free.height
        margins = (free.left, free.top, right, bottom)
        with Desktop(f"{width}x{height}x24", self.desktop, margins) as desktop:
            with Program(desktop, binary(), self.id().rpartition(".")[2]) as program:
                if kept:
                    program.settings(window=kept)
                program.start()
                program.control("Open practice account")

                def is_within() -> bool:
                    now = program.content()
                    return (
                        free.left <= now.left
                        and free.top + TITLE_BAR <= now.top
                        and now.left + now.width <= free.left + free.width
                        and now.top + now.height <= free.top + free.height
                    )

                wait_for(is_within, lambda: f"the window within {free}; it is at {program.content()}", 10)
                # What a screen reader is told: the last control of the account bar is in its corner.
                content = program.content()
                corner = (content.left + content.width - 12, content.top + 8)

                def told() -> tuple[int, int]:
                    left, top, width, _ = program.control("Settings").place
                    return left + width, top

                wait_for(lambda: told() == corner, lambda: f"the corner at {corner}; it is said to be at {told()}", 10)
                # The last line of the window: the status bar.
                _, top, _, tall = program.control("Not signed in").place
                self.assertLessEqual(top + tall, free.top + free.height)
                self.assertGreater(top + tall, program.content().top + program.content().height - 40)

    def test_screens_of_notebooks_show_title_bar_and_status_bar(self) -> None:
        for screen in ((1280, 800), (1366, 768)):
            with self.subTest(screen=screen):
                self.opens_within(screen, Place(0, 0, *screen))

    def test_panels_are_left_free(self) -> None:
        self.opens_within((1366, 768), Place(60, 28, 1306, 700))

    def test_a_window_that_was_half_off_the_screen_is_wholly_on_it(self) -> None:
        size = [1100.0, 700.0]
        for position in ([-500.0, 60.0], [900.0, 500.0], [100.0, -300.0], [5000.0, 5000.0]):
            with self.subTest(position=position):
                self.opens_within(
                    (1400, 900), Place(0, 0, 1400, 900), position=position, size=size, maximised=False
                )
