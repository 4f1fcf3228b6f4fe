"""Started from the desktop with a nearly empty environment, Keyfob finds the variables of the login shell."""

from __future__ import annotations

from case import WindowCase

PROFILE = "[profile {}]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = " + "x" * 40 + "\n"


class LoginShell(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self._config("elsewhere")
        self._config("own")

    def test_a_profile_that_bash_knows_of_is_listed(self) -> None:
        program = self.program
        self._exports(".bash_profile", "elsewhere")
        self._shell("/bin/bash")
        program.start()
        program.control("Open account elsewhere")
        self._show_programs()
        # The names, but never a value.
        program.await_text("adopted: AWS_CONFIG_FILE, AWS_SECRET_ACCESS_KEY")
        program.settled_screenshot("settings-programs")
        self.assertNotIn("not-to-be-told", " ".join(program.texts()))
        self.assertNotIn("not-to-be-told", program.log.read_text())

    def test_a_profile_that_zsh_knows_of_is_listed(self) -> None:
        program = self.program
        self._exports(".zshrc", "elsewhere")
        self._shell("/usr/bin/zsh")
        program.start()
        program.control("Open account elsewhere")

    def test_a_profile_that_tcsh_knows_of_is_listed(self) -> None:
        program = self.program
        (program.home / ".login").write_text(f"setenv AWS_CONFIG_FILE {program.home}/elsewhere\n")
        program.variables(SHELL="/usr/bin/tcsh")
        program.start()
        program.control("Open account elsewhere")

    def test_what_the_program_was_given_wins(self) -> None:
        program = self.program
        self._exports(".bash_profile", "elsewhere")
        self._shell("/bin/bash")
        program.variables(AWS_CONFIG_FILE=str(program.home / "own"))
        program.start()
        program.control("Open account own")
        self._show_programs()
        program.await_text("answered after")
        self.assertIsNone(program.find("Open account elsewhere"))

    def test_a_shell_that_hangs_holds_nothing_up(self) -> None:
        program = self.program
        (program.home / ".bash_profile").write_text("sleep 600\n")
        self._shell("/bin/bash")
        program.start()
        program.control("Open practice account").click()
        program.control("Search users")
        self._show_programs()
        program.await_text("did not answer within 5 seconds")
        self.assertEqual(program.close(), 0)
        program.await_nothing_left()

    def test_it_can_be_switched_off_and_on(self) -> None:
        program = self.program
        self._exports(".bash_profile", "elsewhere")
        self._shell("/bin/bash")
        program.settings(login_shell=False)
        program.start()
        program.control("Open practice account")
        self._show_programs()
        program.await_text("Not run")
        self.assertIsNone(program.find("Open account elsewhere"))
        program.control("Use the login shell's environment").press()
        program.control("Open account elsewhere")
        program.control("Use the login shell's environment").press()
        program.await_gone("Open account elsewhere")

    def _shell(self, path: str) -> None:
        """The user's shell. It has five seconds but may load slowly, so it is run once before."""
        self.desktop.run(path, "-i", "-l", "-c", "env", input="")
        self.program.variables(SHELL=path)

    def _config(self, name: str) -> None:
        (self.program.home / name).write_text(PROFILE.format(name))

    def _show_programs(self) -> None:
        self.program.control("Settings").press()
        self.program.control("Program settings").press()

    def _exports(self, file: str, config: str) -> None:
        text = f"echo welcome\nexport AWS_CONFIG_FILE={self.program.home / config}\nexport AWS_SECRET_ACCESS_KEY=not-to-be-told\n"
        (self.program.home / file).write_text(text)
