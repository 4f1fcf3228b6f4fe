"""An account on moto with a user for the test, and boto3 to check it from outside."""

from __future__ import annotations

import os
from typing import Any

import boto3
from case import WindowCase


class MotoCase(WindowCase):
    user: str

    def setUp(self) -> None:
        super().setUp()
        self.endpoint = os.environ["KEYFOB_MOTO_ENDPOINT"]
        key, secret = os.environ["KEYFOB_MOTO_KEY"], os.environ["KEYFOB_MOTO_SECRET"]
        self.iam = self.client("iam", key, secret)
        self.iam.create_user(UserName=self.user)
        self.addCleanup(self._remove_user)
        self.program.aws_profile("testing", key, secret)

    def start(self) -> None:
        """Opens the account in the program."""
        self.program.start("--profile", "testing", "--endpoint-url", self.endpoint)
        self.program.control("Search users")

    def client(self, service: str, key: str, secret: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=key,
            aws_secret_access_key=secret,
        )

    def on_server(self) -> dict[str, str]:
        """The keys of the user on the server: id and status."""
        listed = self.iam.list_access_keys(UserName=self.user)["AccessKeyMetadata"]
        return {key["AccessKeyId"]: key["Status"] for key in listed}

    def _remove_user(self) -> None:
        for key in self.on_server():
            self.iam.delete_access_key(UserName=self.user, AccessKeyId=key)
        self.iam.delete_user(UserName=self.user)
