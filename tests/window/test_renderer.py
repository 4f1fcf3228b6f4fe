"""What draws the window: wgpu, OpenGL in its place, and nothing at all."""

from __future__ import annotations

from pathlib import Path

from case import WindowCase

# There is no DX12 here.
NO_WGPU = {"WGPU_BACKEND": "dx12"}
OPENGL = ("libGL.so.1", "libGL.so", "libEGL.so.1", "libEGL.so")


class Renderer(WindowCase):
    def test_opengl_stands_in_for_wgpu(self) -> None:
        program = self.program
        program.variables(**NO_WGPU)
        program.start()
        program.control("Settings").press()
        program.control("Renderer settings").press()
        program.await_text("OpenGL, ")
        program.await_text("wgpu: ")
        program.settled_screenshot("renderer-instead")

    def test_wgpu_stands_in_for_an_opengl_that_was_chosen(self) -> None:
        program = self.program
        program.settings(renderer="opengl")
        self._without(*OPENGL)
        program.start()
        program.control("Settings").press()
        program.control("Renderer settings").press()
        program.await_text("wgpu, ")

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
        program.variables(**NO_WGPU)
        self._without(*OPENGL)
        self.assertEqual(program.start_again(), 1)
        for told in (program.log.read_text(), self._file(), shown.read_text()):
            self.assertIn("wgpu: ", told)
            self.assertIn("OpenGL: ", told)
            self.assertIn("sudo apt install", told)

    def test_a_forced_renderer_has_none_in_its_place(self) -> None:
        program = self.program
        self._fake_zenity()
        program.variables(KEYFOB_RENDERER="wgpu", **NO_WGPU)
        self.assertEqual(program.start_again(), 1)
        self.assertNotIn("OpenGL: ", self._file())

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
