"""What draws the window: OpenGL, with effects and without them, and nothing at all."""

from __future__ import annotations

from pathlib import Path

from case import WindowCase

OPENGL = ("libGL.so.1", "libGL.so", "libEGL.so.1", "libEGL.so")


class Renderer(WindowCase):
    def test_without_a_graphics_card_there_are_no_effects(self) -> None:
        program = self.program
        program.variables(LIBGL_ALWAYS_SOFTWARE="1")
        program.start()
        program.control("Settings").press()
        program.control("Renderer settings").press()
        program.await_text("without effects")
        self.assertTrue(any(text.startswith("OpenGL, ") for text in program.texts()), program.texts())
        program.settled_screenshot("renderer-light")

    def test_effects_that_were_chosen_are_there(self) -> None:
        program = self.program
        program.variables(LIBGL_ALWAYS_SOFTWARE="1")
        program.settings(renderer="opengl")
        program.start()
        program.control("Settings").press()
        program.control("Renderer settings").press()
        program.await_text("OpenGL, ")
        self.assertFalse(any("without effects" in text for text in program.texts()), program.texts())
        program.settled_screenshot("renderer-effects")

    def test_a_renderer_of_another_system_is_as_none_chosen(self) -> None:
        program = self.program
        program.settings(renderer="wgpu")
        program.variables(KEYFOB_RENDERER="wgpu")
        program.start()
        program.control("Open practice account")

    def test_without_a_desktop_it_says_so(self) -> None:
        program = self.program
        program.variables(DISPLAY="", WAYLAND_DISPLAY="")
        self.assertEqual(program.start_again(), 1)
        told = program.log.read_text()
        self.assertIn("Keyfob cannot open its window", told)
        self.assertIn("DISPLAY", told)
        self.assertIn("desktop", self._file())

    def test_without_any_renderer_it_says_what_to_install(self) -> None:
        program = self.program
        shown = self._fake_zenity()
        self._without(*OPENGL)
        self.assertEqual(program.start_again(), 1)
        for told in (program.log.read_text(), self._file(), shown.read_text()):
            self.assertIn("OpenGL: ", told)
            self.assertIn("sudo apt install", told)

    def test_a_missing_library_is_named_with_its_package(self) -> None:
        program = self.program
        shown = self._fake_zenity()
        self._without("libxkbcommon-x11.so.0", "libxkbcommon-x11.so")
        self.assertEqual(program.start_again(), 1)
        for told in (program.log.read_text(), self._file(), shown.read_text()):
            self.assertIn("libxkbcommon-x11.so could not be loaded", told)
            self.assertIn("libxkbcommon-x11-0", told)

    def _without(self, *libraries: str) -> None:
        """What stands in their place is found first, and is no library."""
        folder = self.program.folder("lib")
        for name in libraries:
            (folder / name).write_text("nothing")
        self.program.variables(LD_LIBRARY_PATH=str(folder))

    def _fake_zenity(self) -> Path:
        """A dialog that is closed at once, and the file in which stands what it showed."""
        shown = self.program.home / "shown"
        zenity = self.program.folder("bin") / "zenity"
        zenity.write_text(f'#!/bin/sh\necho "$*" > {shown}\n')
        zenity.chmod(0o755)
        self.program.variables(PATH=f"{zenity.parent}:{self.desktop.environment['PATH']}")
        return shown

    def _file(self) -> str:
        return (self.program.home / ".local/state/keyfob/no-window.txt").read_text(encoding="utf-8")
