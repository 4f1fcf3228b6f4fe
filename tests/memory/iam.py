"""An IAM and STS with one user, whose new keys have the secret that the test chose."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

ADMIN_KEY = "AKIAADMIN00000000000"
NEW_KEY = "AKIANEWKEY0000000000"
_DATE = "2026-11-24T00:00:00Z"


class Iam:
    """Serves on a free loopback port until the `with` block is left."""

    def __init__(self) -> None:
        self.secret = ""
        # What CreateAccessKey answers: `whole`, `bad date` or `cut`.
        self.answer = "whole"
        self.keys: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Iam:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def result(self, action: str) -> str:
        """The inner part of an answer."""
        match action:
            case "GetCallerIdentity":
                arn = "arn:aws:iam::123456789012:user/admin"
                return f"<Arn>{arn}</Arn><UserId>AIDA</UserId><Account>123456789012</Account>"
            case "ListUsers":
                arn = "arn:aws:iam::123456789012:user/carol"
                user = f"<UserName>carol</UserName><Arn>{arn}</Arn><UserId>AIDACAROL</UserId><Path>/</Path>"
                return f"<Users><member>{user}<CreateDate>{_DATE}</CreateDate></member></Users><IsTruncated>false</IsTruncated>"
            case "ListAccessKeys":
                keys = "".join(f"<member>{self._key(key)}</member>" for key in self.keys)
                return f"<AccessKeyMetadata>{keys}</AccessKeyMetadata><IsTruncated>false</IsTruncated>"
            case "CreateAccessKey":
                self.keys = [NEW_KEY]
                date = "yesterday" if self.answer == "bad date" else _DATE
                secret = f"<SecretAccessKey>{self.secret}</SecretAccessKey>"
                return f"<AccessKey>{secret}{self._key(NEW_KEY, date)}</AccessKey>"
            case "DeleteAccessKey":
                self.keys = []
                return ""
            case "ListUserTags":
                return "<Tags/><IsTruncated>false</IsTruncated>"
            case "GetAccessKeyLastUsed":
                used = "<ServiceName>N/A</ServiceName><Region>N/A</Region>"
                return f"<UserName>carol</UserName><AccessKeyLastUsed>{used}</AccessKeyLastUsed>"
            case _:
                return ""

    def _key(self, key: str, date: str = _DATE) -> str:
        parts = f"<UserName>carol</UserName><AccessKeyId>{key}</AccessKeyId><Status>Active</Status>"
        return f"{parts}<CreateDate>{date}</CreateDate>"


def _handler(iam: Iam) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        # Connections are kept, as AWS keeps them: that is where an answer may stay.
        protocol_version = "HTTP/1.1"
        # Head and body in one piece, as they come from AWS.
        wbufsize = 1 << 16

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
            action = form["Action"][0]
            body = f"<{action}Response><{action}Result>{iam.result(action)}</{action}Result></{action}Response>"
            cut = action == "CreateAccessKey" and iam.answer == "cut"
            self.send_response(200)
            self.send_header("content-type", "text/xml")
            self.send_header("content-length", str(len(body) + 100 * cut))
            self.end_headers()
            self.wfile.write(body.encode())
            self.close_connection = cut

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    return Handler
