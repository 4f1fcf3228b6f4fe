"""The first screen, opened without arguments as from the desktop's menu."""

from __future__ import annotations

import socket

from case import WindowCase


class ChooseAnAccount(WindowCase):
    def test_it_offers_the_profiles_and_the_practice_account(self) -> None:
        self.program.aws_profile("staging", "AKIAIOSFODNN7EXAMPLE", "x" * 40)
        self.program.start()
        self.program.control("Open account staging")
        self.program.control("Open practice account")

    def test_without_any_aws_files_there_is_the_practice_account(self) -> None:
        self.program.start()
        self.program.control("Open practice account").click()
        self.program.control("Search users")

    def test_enter_opens_the_one_used_last(self) -> None:
        self.program.aws_profile("staging", "AKIAIOSFODNN7EXAMPLE", "x" * 40)
        self.program.start()
        # The profiles load a moment later, and move the content below.
        self.program.control("Open account staging")
        self.program.control("Open practice account").click()
        self.program.control("Search users")
        self.assertEqual(self.program.close(), 0)

        self.program.end()
        self.program.start()
        self.program.control("Open account staging")
        self.program.control("Open practice account")
        self.program.focus()
        self.desktop.keys("Return")
        self.program.control("Search users")

    def test_a_sign_in_that_gets_no_answer_can_be_cancelled(self) -> None:
        program = self.program
        program.aws_profile("staging", "AKIAIOSFODNN7EXAMPLE", "x" * 40)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            # It accepts the connection but never responds.
            program.start("--profile", "staging", "--endpoint-url", f"http://127.0.0.1:{silent.getsockname()[1]}")
            program.control("Cancel sign-in to staging").click()
            program.await_gone("Cancel sign-in to staging")
            # It can be opened again at once.
            program.control("Open account staging").press()
            program.control("Cancel sign-in to staging")

    def test_switching_the_account_leads_back_here(self) -> None:
        self.program.start("--practice")
        self.program.control("Switch account").click()
        self.program.control("All accounts…").click()
        self.program.control("Open practice account")

    def test_it_closes_and_leaves_nothing_running(self) -> None:
        self.program.start()
        self.program.control("Open practice account")
        self.assertEqual(self.program.close(), 0)
        self.program.await_nothing_left()
