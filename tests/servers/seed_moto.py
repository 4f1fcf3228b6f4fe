#!/usr/bin/env python3
"""Serve an IAM account on a loopback port: an unmodified moto, with an account seeded in its own process.

    seed_moto.py [--port N] [--users N] [--keys N] [--now TIME] ...               serve until ended
    seed_moto.py [the same] -- COMMAND ...                                        serve while COMMAND runs

Alone it prints one line of JSON once it listens: {"ready": true, "endpoint": …, "key": …, "secret": …, …}.
With a command it sets KEYFOB_MOTO_ENDPOINT, KEYFOB_MOTO_KEY and KEYFOB_MOTO_SECRET, and exits as the command
did.

The account is seeded in the process because no IAM operation can back-date a key or its last use. The same
--seed and --now give the same names, dates, states, ids and secrets.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import signal
import string
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.iam.models import AccessKey, AccessKeyLastUsed, IAMBackend, MFADevice, iam_backends
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import BaseWSGIServer, make_server

REGION = "us-east-1"
PATHS = ["/", "/engineering/", "/engineering/data/", "/service/ci/", "/contractors/"]
# Every kind of name that IAM allows and a program may stumble over.
ODD_NAMES = ["ann+test=1,x.y@example_com", "UPPER.lower-MiX", "0", "x" * 64, "a@b", "-dash", "service.ci_not"]
# Days, on both sides of every limit that a policy commonly sets.
AGES = [1, 5, 29, 31, 59, 61, 89, 90, 91, 179, 181, 364, 366, 1500]
SERVICES = ["s3", "ec2", "sts", "lambda", "dynamodb", "iam"]
REGIONS = ["us-east-1", "eu-central-1", "ap-southeast-2"]
BASE32 = string.ascii_uppercase + "234567"
ENDED_BY = {signal.SIGTERM, signal.SIGINT}
SECRET = string.ascii_letters + string.digits + "+/"


@dataclass
class Seeder:
    """Fills the account that moto serves."""

    iam: IAMBackend
    now: datetime
    dice: random.Random
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("users", "keys", "inactive"), 0))

    def days_ago(self, days: float) -> datetime:
        return (self.now - timedelta(days=days)).replace(microsecond=0)

    def key(self, user: str, age: float) -> AccessKey:
        key = self.iam.create_access_key(user)
        # The first twelve characters encode the account; the rest and the secret follow from the seed.
        old, new = key.access_key_id, key.access_key_id[:12] + "".join(self.dice.choices(BASE32, k=8))
        key.access_key_id = new
        key.secret_access_key = "".join(self.dice.choices(SECRET, k=40))
        key.create_date = self.days_ago(age)
        self.iam.access_keys[new] = self.iam.access_keys.pop(old)
        self.counts["keys"] += 1
        return key

    def admin(self) -> AccessKey:
        """The user that the tests sign in as."""
        allow = {"Effect": "Allow", "Action": "*", "Resource": "*"}
        self.iam.create_user(REGION, "admin", tags=[])
        self.iam.put_user_policy("admin", "all", json.dumps({"Version": "2012-10-17", "Statement": [allow]}))
        return self.key("admin", age=1)

    def user(self, number: int, keys: int) -> None:
        name = ODD_NAMES[number] if number < len(ODD_NAMES) else f"user-{number:05d}"
        user: Any = self.iam.create_user(REGION, name, path=PATHS[number % len(PATHS)], tags=[])
        user.create_date = self.days_ago(self.dice.uniform(400, 2000))
        self.counts["users"] += 1
        if number % 11 == 0:
            self.iam.tag_user(name, [{"Key": "team", "Value": self.dice.choice(["data", "web", "ops"])}])
        if number % 4 == 0:
            user.password = "x"
            user.password_last_used = self.days_ago(self.dice.uniform(0, 300)) if number % 8 == 0 else None
        if number % 6 == 0:
            serial = f"arn:aws:iam::{DEFAULT_ACCOUNT_ID}:mfa/{name[:30]}"
            user.mfa_devices[serial] = MFADevice(serial, "123456", "654321")
        # One in ten has some other number of keys, or none.
        for _ in range(keys if number % 10 else self.dice.choice([0, 1, keys])):
            self.users_key(name)

    def users_key(self, user: str) -> None:
        age = self.dice.choice(AGES) + self.dice.random() * 0.5
        key = self.key(user, age)
        if self.dice.random() < 0.2:
            key.status = "Inactive"
            self.counts["inactive"] += 1
        if self.dice.random() < 0.7:
            used = self.days_ago(self.dice.uniform(0, age))
            key.last_used = AccessKeyLastUsed(used, self.dice.choice(SERVICES), self.dice.choice(REGIONS))


def serve(host: str, port: int, certificate: tuple[str, str] | None) -> BaseWSGIServer:
    """A server that already listens: a client that connects now waits, and is not refused."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = DomainDispatcherApplication(create_backend_app)
    app.debug = True  # type: ignore[attr-defined]
    return make_server(
        host, port, app, threaded=True, request_handler=MotoRequestHandler, ssl_context=certificate
    )


def run(command: Sequence[str], endpoint: str, admin: AccessKey) -> int:
    """Runs the command with what it needs to sign in, and gives back its exit code."""
    signed_in = {
        "KEYFOB_MOTO_ENDPOINT": endpoint,
        "KEYFOB_MOTO_KEY": admin.access_key_id,
        "KEYFOB_MOTO_SECRET": admin.secret_access_key,
    }
    child = subprocess.Popen(command, env=os.environ | signed_in)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    try:
        return child.wait()
    except KeyboardInterrupt:
        return child.wait()


def arguments() -> tuple[argparse.Namespace, list[str]]:
    given = sys.argv[1:]
    split = given.index("--") if "--" in given else len(given)
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, usage=argparse.SUPPRESS
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    parser.add_argument("--users", type=int, default=40, help="besides the one who signs in")
    parser.add_argument("--keys", type=int, default=2, choices=range(3), help="for each user")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--now", type=datetime.fromisoformat, default=datetime.now(UTC))
    parser.add_argument("--tls-cert", help="PEM; with --tls-key the endpoint is https")
    parser.add_argument("--tls-key")
    return parser.parse_args(given[:split]), given[split + 1 :]


def main() -> int:
    options, command = arguments()
    # moto keeps naive times that mean UTC.
    now = options.now.astimezone(UTC).replace(tzinfo=None)
    seeder = Seeder(iam_backends[DEFAULT_ACCOUNT_ID]["aws"], now, random.Random(options.seed))
    admin = seeder.admin()
    for number in range(options.users):
        seeder.user(number, options.keys)

    certificate = (options.tls_cert, options.tls_key) if options.tls_cert else None
    server = serve(options.host, options.port, certificate)
    os.environ["MOTO_PORT"] = str(server.port)
    endpoint = f"{'https' if certificate else 'http'}://{options.host}:{server.port}"
    if not command:
        # Blocked before the server's threads exist, so that only the wait below sees them.
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDED_BY)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    if command:
        return run(command, endpoint, admin)
    ready = {"ready": True, "endpoint": endpoint, "account": DEFAULT_ACCOUNT_ID, "now": now.isoformat() + "Z"}
    keys = {"key": admin.access_key_id, "secret": admin.secret_access_key}
    print(json.dumps(ready | keys | seeder.counts), flush=True)
    signal.sigwait(ENDED_BY)
    return 0


if __name__ == "__main__":
    sys.exit(main())
