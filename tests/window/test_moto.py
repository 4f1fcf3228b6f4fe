"""The walk of AWS's own example, by hand in the window, against a real IAM server.

Current user, list, create, list, refuse at the limit, last use, deactivate, list, delete, list. After each
step boto3 looks at the server from outside.
"""

from __future__ import annotations

from moto_case import MotoCase
from waiting import wait_for


class AgainstMoto(MotoCase):
    user = "walker"

    def setUp(self) -> None:
        super().setUp()
        self.first = self.iam.create_access_key(UserName="walker")["AccessKey"]["AccessKeyId"]

    def test_the_walk_of_the_example(self) -> None:
        program = self.program
        self.start()

        # The current user, and that this is not AWS.
        program.await_text("1234-5678-9012, admin")
        program.await_text(self.endpoint.removeprefix("http://"))

        # List.
        self.pick_user("walker")
        self._await_keys({self.first: True})

        # Create.
        program.control("Create and copy").click()
        program.control("New key for walker")
        second = next(key for key in self._await_server(2) if key != self.first)
        wait_for(lambda: second in self.desktop.clipboard(), "the pair on the clipboard")
        self._assert_signs_in(second)
        program.control("Clear clipboard now")
        program.control("I have saved it").click()
        program.await_gone("I have saved it")
        self._await_keys({self.first: True, second: True})

        # Refuse at the limit.
        create = program.control("Create and copy")
        wait_for(lambda: not create.enabled, "the limit to disable the button")

        # Last use.
        program.await_text("Never")

        # Deactivate, list.
        program.control(f"Deactivate {second}").click()
        self._await_keys({self.first: True, second: False})
        wait_for(
            lambda: self.on_server() == {self.first: "Active", second: "Inactive"}, "the server to agree"
        )

        # Delete, list.
        self.delete(second)
        self._await_keys({self.first: True})
        wait_for(lambda: self.on_server() == {self.first: "Active"}, "the server to agree")
        program.control("Refresh").click()
        self._await_keys({self.first: True})

    def test_an_endpoint_that_is_not_there(self) -> None:
        program = self.program
        # Nothing listens on port 9 of this computer.
        program.start("--profile", "testing", "--endpoint-url", "http://127.0.0.1:9")
        program.control("Try again")

    def _await_keys(self, expected: dict[str, bool]) -> None:
        wait_for(
            lambda: self.keys_of_table() == expected,
            lambda: f"the table to show {expected}; it shows {self.keys_of_table()}",
        )

    def _await_server(self, count: int) -> dict[str, str]:
        wait_for(lambda: len(self.on_server()) == count, f"{count} keys on the server")
        return self.on_server()

    def _assert_signs_in(self, key: str) -> None:
        """The pasted pair is the pair that the server created."""
        words = self.desktop.clipboard().replace("=", " ").replace(",", " ").split()
        secret = next(word for word in words if len(word) == 40)
        sts = self.client("sts", key, secret)
        self.assertTrue(sts.get_caller_identity()["Arn"].endswith("user/walker"))
