"""Under Wayland: the walk of an administrator, by keys where a mouse could be used, too."""

from __future__ import annotations

from case import WindowCase
from compositor import SCALE, SECOND
from keyboard import Keyboard
from waiting import wait_for


class Walk(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.desktop.show_first_screen()
        self.keyboard = Keyboard(self.program)

    def test_from_the_start_screen_to_the_deleted_key(self) -> None:
        program, keys = self.program, self.keyboard
        program.start("--practice-latency", "20")
        keys.await_focus("Open practice account")
        keys.press("Return")
        program.control("Search users")

        # Find, by letters, an arrow and Return.
        keys.press("ctrl+k")
        keys.await_focus("Find user or key")
        keys.type("carol")
        program.control("Go to user carol")
        keys.press("Down")
        keys.press("Return")
        program.control("Copy user name carol")
        wait_for(lambda: program.control("Create and copy").enabled, "the number of keys to be known")

        # Create and copy, and read the clipboard.
        keys.press("ctrl+n")
        program.control("New key for carol")
        keys.await_focus("Copy secret")
        key = next(iter(wait_for(self.keys_of_table, "a key in the table")))
        wait_for(lambda: key in self.desktop.clipboard(), "the pair on the clipboard")
        program.screenshot("wayland-new-key")

        # Close with a secret on screen.
        program.ask_to_close()
        program.control("Keep the window open")
        keys.press("Escape")
        program.await_gone("Keep the window open")
        program.control("Clear clipboard now").press()
        wait_for(lambda: self.desktop.clipboard() == "", "an empty clipboard")
        program.control("I have saved it").press()
        program.await_gone("I have saved it")

        # Deactivate and delete.
        program.control(f"Deactivate {key}").press()
        program.control(f"Activate {key}")
        program.control(f"Delete {key}").press()
        keys.await_focus("Type the last four characters")
        keys.type(key[-4:])
        wait_for(lambda: program.control("Delete for good").enabled, "the dialog to accept it")
        program.control("Delete for good").press()
        program.await_gone(f"Delete {key}")
        self.assertEqual(program.close(), 0)

    def test_a_second_screen_with_a_fractional_scale(self) -> None:
        program, keys = self.program, self.keyboard
        program.start("--practice", "--practice-latency", "20")
        program.control("Search users")
        settings = program.control("Settings")
        width = settings.place[2]
        self.desktop.move_to_second_screen(program.window)
        # sway 1.7 asks for twice the pixels and draws them smaller; newer ones ask for what the screen has.
        wait_for(
            lambda: settings.place[2] >= width * SCALE,
            lambda: f"the window to be drawn larger than {width}; it is {settings.place}",
        )
        left, _, button, _ = settings.place
        scale = button / width
        whole = self.desktop.size(program.window)[0] * scale
        self.assertLess(abs(left + button + 12 * scale - whole), 4 * scale, "it does not fill its screen")
        keys.press("ctrl+f")
        search = keys.await_focus("Search users")
        keys.type("grace")
        wait_for(lambda: search.text == "grace", "the typed letters")
        self.desktop.screenshot("wayland-second-screen", screen=SECOND)

    def test_text_from_other_programs_is_pasted_and_one_that_hangs_stops_nothing(self) -> None:
        program, keys = self.program, self.keyboard
        program.start("--practice", "--practice-latency", "20")
        program.control("Search users")
        keys.press("ctrl+f")
        search = keys.await_focus("Search users")
        self.desktop.set_clipboard("gra")
        keys.press("ctrl+v")
        wait_for(lambda: search.text == "gra", "the pasted text")
        keys.type("ce")
        keys.press("ctrl+a", "ctrl+c")
        wait_for(lambda: self.desktop.clipboard() == "grace", "the copied text")
        with self.desktop.clipboard_that_hangs():
            keys.press("ctrl+v")
            keys.type("x")
            wait_for(lambda: search.text == "x", "the letter after the paste")
            program.await_text("Nothing was pasted")
