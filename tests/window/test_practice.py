"""Work on the practice account: a key is created, copied, deactivated and deleted."""

from __future__ import annotations

from case import WindowCase
from waiting import wait_for


class OnThePracticeAccount(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.program.start("--practice", "--practice-latency", "20")

    def test_a_key_from_creation_to_deletion(self) -> None:
        program = self.program
        self.pick_user("carol")
        program.control("Create and copy").click()
        program.control("New key for carol")
        key = self._only_key()
        secret = self._copied_secret(key)
        program.control("Clear clipboard now")

        program.control("I have saved it").click()
        program.await_gone("I have saved it")
        self.assertNotIn(secret, " ".join(program.names()), "the secret is in an accessible name")

        program.control(f"Deactivate {key}").click()
        program.control(f"Activate {key}")
        program.control("Undo").press()
        # Until it completes, another press is ignored.
        program.await_text("of carol is active")
        program.control(f"Deactivate {key}").press()
        program.control(f"Activate {key}")

        self.delete(key)
        wait_for(lambda: not self.keys_of_table(), "carol to have no keys")
        wait_for(lambda: program.control("Create and copy").enabled, "the next key to be offered")
        self.assertNotIn(secret, self._log(), "the secret is in the log")

    def test_a_wrong_ending_does_not_open_the_gate(self) -> None:
        program, desktop = self.program, self.desktop
        self.pick_user("carol")
        program.control("Create and copy").press()
        program.control("Clear clipboard now")
        program.control("I have saved it").press()
        key = self._only_key()
        program.control(f"Deactivate {key}").press()
        program.control(f"Activate {key}")
        program.control(f"Delete {key}").press()
        wrong = "AAAA" if key[-4:] != "AAAA" else "BBBB"
        self.type_the_last_four(wrong)
        desktop.keys("Return")
        self.assertFalse(program.control("Delete for good").enabled)
        program.control("Cancel").click()
        program.await_gone("Cancel")
        wait_for(lambda: key in self.keys_of_table(), "the key, which was not deleted")

    def test_the_account_is_told_as_a_name_and_a_value(self) -> None:
        account = self.program.control("Account")
        told = "practice-account, 0000-0000-0000, anna"
        wait_for(lambda: account.text == told, lambda: f"{told!r}; it is {account.text!r}")

    def test_the_list_of_users_is_one_stop_of_the_tab_key(self) -> None:
        program, desktop = self.program, self.desktop
        self.pick_user("carol")
        program.control("Copy user name carol")
        desktop.keys("ctrl+f")
        wait_for(lambda: program.control("Search users").has("focused"), "the focus on the search")
        desktop.keys("ctrl+a", "BackSpace")
        program.control("User alice")
        desktop.keys("Tab")
        wait_for(lambda: program.control("User carol").has("focused"), "the focus on the picked user")
        desktop.keys("Down")
        wait_for(lambda: program.control("User ci-deployer").has("focused"), "the focus to go along")
        program.control("Copy user name ci-deployer")
        desktop.keys("Tab")
        wait_for(lambda: program.control("Sort users").has("focused"), "the next stop")

    def test_it_closes_and_leaves_nothing_running(self) -> None:
        self.program.control("Search users")
        self.assertEqual(self.program.close(), 0)
        self.program.await_nothing_left()

    def _only_key(self) -> str:
        keys = wait_for(self.keys_of_table, "a key in the table")
        self.assertEqual(len(keys), 1, keys)
        return next(iter(keys))

    def _copied_secret(self, key: str) -> str:
        wait_for(lambda: key in self.desktop.clipboard(), "the pair on the clipboard")
        words = self.desktop.clipboard().replace("=", " ").replace(",", " ").replace('"', " ").split()
        secrets = [word for word in words if len(word) == 40]
        self.assertEqual(len(secrets), 1, "there is not exactly one secret on the clipboard")
        return secrets[0]

    def _log(self) -> str:
        return self.program.log.read_text(encoding="utf-8", errors="replace")
