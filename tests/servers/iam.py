"""An IAM and STS with one user, whose new keys have the secret that the test chose, and which stops where the test wants it."""

from __future__ import annotations

import threading
from datetime import datetime, timezone
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

ADMIN_KEY = "AKIAADMIN00000000000"
NEW_KEY = "AKIANEWKEY0000000000"
_DATE = "2026-11-24T00:00:00Z"
# Long, because the machine may be busy; it is only ever used up by a test that fails.
_PATIENCE = 60


class Step(Enum):
    """Where a request can be stopped."""

    LIST_ASKED = auto()
    CREATE_ASKED = auto()
    KEY_MADE = auto()
    HALF_ANSWERED = auto()
    STATUS_ASKED = auto()


class Iam:
    """Serves on a free loopback port until the `with` block is left."""

    def __init__(self) -> None:
        self.secret = "s" * 40
        # What CreateAccessKey answers: `whole`, `bad text` or `cut`.
        self.answer = "whole"
        # Id and date of each.
        self.keys: dict[str, str] = {}
        self.inactive: set[str] = set()
        # How many answers to CreateAccessKey were sent.
        self.answered = 0
        self._stop: Step | None = None
        self._stopped, self._released = threading.Event(), threading.Event()
        self._cut_off = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Iam:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._cut_off = True
        self._released.set()
        self._server.shutdown()
        self._server.server_close()

    # Stopping.

    def stop_at(self, step: Step) -> None:
        """The next request that comes to this step waits there; what waits now goes on."""
        self._stop = step
        self._stopped = threading.Event()
        self._released.set()
        self._released = threading.Event()

    def await_stop(self) -> None:
        if not self._stopped.wait(_PATIENCE):
            raise AssertionError(f"waited {_PATIENCE} s for {self._stop}")

    def go_on(self) -> None:
        """What waits is carried out, whether somebody is still there for its answer or not."""
        self._released.set()

    def cut_off(self) -> None:
        """What waits is never carried out."""
        self._cut_off = True
        self._released.set()

    def stops_at(self, step: Step) -> bool:
        return self._stop is step

    def come_to(self, step: Step) -> None:
        if not self.stops_at(step):
            return
        self._stop = None
        released = self._released
        self._stopped.set()
        released.wait()
        if self._cut_off:
            raise ConnectionAbortedError

    # Answering.

    def result(self, form: dict[str, list[str]]) -> str:
        """The inner part of an answer."""
        match form["Action"][0]:
            case "GetCallerIdentity":
                arn = "arn:aws:iam::123456789012:user/admin"
                return f"<Arn>{arn}</Arn><UserId>AIDA</UserId><Account>123456789012</Account>"
            case "ListUsers":
                arn = "arn:aws:iam::123456789012:user/carol"
                user = f"<UserName>carol</UserName><Arn>{arn}</Arn><UserId>AIDACAROL</UserId><Path>/</Path>"
                return f"<Users><member>{user}<CreateDate>{_DATE}</CreateDate></member></Users><IsTruncated>false</IsTruncated>"
            case "ListAccessKeys":
                self.come_to(Step.LIST_ASKED)
                keys = "".join(f"<member>{self._key(key, date)}</member>" for key, date in self.keys.items())
                return f"<AccessKeyMetadata>{keys}</AccessKeyMetadata><IsTruncated>false</IsTruncated>"
            case "CreateAccessKey":
                self.come_to(Step.CREATE_ASKED)
                date = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
                self.keys[NEW_KEY] = date
                self.come_to(Step.KEY_MADE)
                key = self._key(NEW_KEY, date)
                if self.answer == "bad text":
                    key = key.replace("carol", "&nonsense;")
                return f"<AccessKey><SecretAccessKey>{self.secret}</SecretAccessKey>{key}</AccessKey>"
            case "DeleteAccessKey":
                self.keys = {}
                return ""
            case "UpdateAccessKey":
                self.come_to(Step.STATUS_ASKED)
                self.inactive = {NEW_KEY} if form["Status"] == ["Inactive"] else set()
                return ""
            case "ListUserTags":
                return "<Tags/><IsTruncated>false</IsTruncated>"
            case "GetAccessKeyLastUsed":
                used = "<ServiceName>N/A</ServiceName><Region>N/A</Region>"
                return f"<UserName>carol</UserName><AccessKeyLastUsed>{used}</AccessKeyLastUsed>"
            case _:
                return ""

    def _key(self, key: str, date: str) -> str:
        status = "Inactive" if key in self.inactive else "Active"
        parts = f"<UserName>carol</UserName><AccessKeyId>{key}</AccessKeyId><Status>{status}</Status>"
        return f"{parts}<CreateDate>{date}</CreateDate>"

def _handler(iam: Iam) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        # Connections are kept, as AWS keeps them: that is where an answer may stay.
        protocol_version = "HTTP/1.1"
        # Head and body in one piece, as they come from AWS.
        wbufsize = 1 << 16

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:
                """The test cut it off, or ended the program."""

        def finish(self) -> None:
            try:
                super().finish()
            except ConnectionError:
                """The same."""

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
            action = form["Action"][0]
            body = f"<{action}Response><{action}Result>{iam.result(form)}</{action}Result></{action}Response>"
            cut = action == "CreateAccessKey" and iam.answer == "cut"
            self.send_response(200)
            self.send_header("content-type", "text/xml")
            self.send_header("content-length", str(len(body) + 100 * cut))
            self.end_headers()
            if action == "CreateAccessKey" and iam.stops_at(Step.HALF_ANSWERED):
                half = len(body) // 2
                self.wfile.write(body[:half].encode())
                self.wfile.flush()
                iam.come_to(Step.HALF_ANSWERED)
                body = body[half:]
            self.wfile.write(body.encode())
            self.wfile.flush()
            iam.answered += action == "CreateAccessKey"
            self.close_connection = cut

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    return Handler
