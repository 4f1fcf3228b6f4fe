"""A picture of every screen, in both themes and two sizes: tests/artefacts/window/*.png.

They are for people to look at. What is asserted is that each screen is reached, that it is not blank, and
that the light theme is light and the dark one dark.
"""

from __future__ import annotations

from pathlib import Path

from case import WindowCase
from waiting import wait_for

SIZES = [(1280, 800), (1024, 640)]


class Pictures(WindowCase):
    def test_every_screen_in_light(self) -> None:
        self.assertGreater(self._take_all("light"), 0.6, "the light theme is not light")

    def test_every_screen_in_dark(self) -> None:
        self.assertLess(self._take_all("dark"), 0.4, "the dark theme is not dark")

    def _take_all(self, theme: str) -> float:
        program = self.program
        program.settings(theme=theme)
        program.aws_profile("acme-production", "AKIAIOSFODNN7EXAMPLE", "x" * 40)
        program.start("--practice-latency", "5")
        program.control("Open practice account")
        mean = self._take("start", theme)

        program.control("Settings").press()
        for part in ("Appearance", "Secret", "Network", "Program", "Renderer"):
            program.control(f"{part} settings").press()
            self._take(f"settings-{part.lower()}", theme)
        program.control("About Keyfob").press()
        self._take("settings-about", theme)
        program.control("Close the settings").press()
        program.await_gone("Close the settings")

        program.control("Open practice account").press()
        self.pick_user("ci-deployer")
        program.control("Refresh")
        self._take("keys", theme)

        self.pick_user("carol")
        program.control("Create and copy")
        self._take("empty", theme)

        program.control("Create and copy").press()
        program.control("Clear clipboard now")
        self._take("new-key", theme)

        program.control("I have saved it").press()
        key = next(iter(wait_for(self.keys_of_table, "a key in the table")))
        program.control(f"Deactivate {key}").press()
        program.control(f"Activate {key}")
        program.control(f"Delete {key}").press()
        program.control("Delete for good")
        self._take("delete-gate", theme)

        self.type_into_the_gate(key[-4:])
        program.control("Delete for good").press()
        program.await_gone(f"Delete {key}")
        program.focus()
        self.desktop.keys("F1")
        program.control("Close the guide")
        self._take("guide-keyboard", theme)
        program.control("Guide page A new key").press()
        self._take("guide", theme)
        program.control("Close the guide").press()
        program.await_gone("Close the guide")
        self.desktop.keys("ctrl+k")
        self.desktop.type("deploy")
        program.control("Go to user ci-deployer")
        self._take("find", theme)
        self.desktop.keys("Escape")
        program.await_gone("Go to user ci-deployer")
        self._find("AKIASP2TPHJSQH3FJXYZ AKIAIOSFODNN7EXAMPLE ASIAY34FZKBOKMUTVV7A")
        program.await_text("Not found")
        self._take("find-ids", theme)
        self.desktop.keys("Escape")
        wait_for(lambda: not any("Not found" in text for text in program.texts()), "the list of found ids to go")
        self.pick_user("bob")
        program.control("Troubles of the practice account").press()
        program.control("Denied: changes and key lists").press()
        program.await_starting_with("Deactivate AKIA")[0].press()
        program.control("Activity").press()
        program.await_text("Not done")
        self._take("activity", theme)
        program.control("Export…").press()
        program.control("File to export to")
        self._take("export", theme)
        program.end()

        program.start("--profile", "acme-production", "--endpoint-url", "http://127.0.0.1:9")
        program.control("Try again")
        self._take("error", theme)
        program.end()
        return mean

    def _find(self, text: str) -> None:
        self.desktop.keys("ctrl+k")
        self.desktop.type(text)

    def _take(self, screen: str, theme: str) -> float:
        """One picture a size; gives back how bright the last one is, 0 to 1."""
        mean = 0.0
        for width, height in SIZES:
            self.program.resize(width, height)
            path = self.program.settled_screenshot(f"{screen}-{theme}-{width}x{height}")
            mean, spread = self._brightness(path)
            self.assertGreater(spread, 0.01, f"{path.name} is blank")
        return mean

    def _brightness(self, path: Path) -> tuple[float, float]:
        format = "%[fx:mean] %[fx:standard_deviation]"
        mean, spread = self.desktop.run("convert", str(path), "-format", format, "info:").split()
        return float(mean), float(spread)
