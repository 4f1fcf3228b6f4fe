"""Looking for a secret in bytes: whole, in other encodings, and in pieces."""

from __future__ import annotations

import base64
import math
import random
import re
import string
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

_PAGE = 4096
# Shorter pieces are found by chance in any few hundred megabytes.
CHANCE = 4


def new_secret() -> str:
    """In the form of AWS's secrets, with the letters that encodings change."""
    letters = random.SystemRandom().choices(string.ascii_letters + string.digits, k=38)
    return "".join(letters[:13]) + "/" + "".join(letters[13:27]) + "+" + "".join(letters[27:])


class Haystack:
    """Bytes in which a secret is looked for.

    Only runs of letters that a secret may be written with are kept: a hundredth of a core, so that a hundred pieces can be
    looked for. UTF-16 and UTF-32 are such runs among every second and every fourth byte.
    """

    def __init__(self, data: bytes) -> None:
        self._side_by_side = _runs(data)
        self._spread = b"\n".join(_runs(data[first::step]) for step in (2, 4) for first in range(step))

    def copies(self, secret: str) -> int:
        """How often the whole secret is in there, in any encoding."""
        found = sum(self._side_by_side.count(form) for form, _ in _forms(secret))
        return found + self._spread.count(secret.encode())

    def longest(self, secret: str, before: Haystack | None = None) -> int:
        """How many characters of the secret stand side by side in there; `CHANCE` for that many or fewer.

        A piece that is found `before` the secret was made as well is there by chance, and does not count.
        """
        known = before or Haystack(b"")
        found = [_longest(form, each, self._side_by_side, known._side_by_side) for form, each in _forms(secret)]
        return max(*found, _longest(secret.encode(), 1, self._spread, known._spread))


def core_of(process: int) -> bytes:
    """A core dump of the running program, without the pages that hold nothing."""
    with tempfile.TemporaryDirectory(prefix="keyfob-core-") as folder:
        command = ["gcore", "-o", f"{folder}/core", str(process)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
        path = Path(folder, f"core.{process}")
        if not path.exists():
            raise RuntimeError(f"gcore wrote no core: {done.stderr.strip()}")
        return b"".join(_filled_pages(path))


def files_below(folder: Path, *more: Path) -> Haystack:
    """All that was written there, and in the other files."""
    files = [*more, *sorted(path for path in folder.rglob("*") if path.is_file())]
    return Haystack(b"\n".join(path.read_bytes() for path in files))


def _filled_pages(path: Path) -> list[bytes]:
    nothing = bytes(_PAGE)
    with path.open("rb") as file:
        return [page for page in iter(lambda: file.read(_PAGE), b"") if page != nothing]


def _runs(data: bytes) -> bytes:
    return b"\n".join(re.findall(rb"[A-Za-z0-9+/=%%]{%d,}" % (CHANCE + 1), data))


def _longest(form: bytes, each: float, data: bytes, before: bytes) -> int:
    found = length = CHANCE
    # A longer piece begins where a shorter one does.
    starts = list(range(0, len(form), int(each)))
    while starts:
        length += 1
        size = math.ceil(length * each)
        starts = [at for at in starts if at + size <= len(form) and form[at : at + size] in data]
        if any(form[at : at + size] not in before for at in starts):
            found = length
    return found


def _forms(secret: str) -> list[tuple[bytes, float]]:
    """The secret as it may be written, and how many letters each character takes there."""
    plain = secret.encode()
    coded = [base64.b64encode(bytes(before) + plain) for before in range(3)]
    return [
        (plain, 1),
        (plain[::-1], 1),
        (plain.hex().encode(), 2),
        (plain.hex().upper().encode(), 2),
        # Here three letters may be one character: a piece counts for more than it is, never for less.
        (quote(secret, safe="").encode(), 1),
        # Four letters hold three bytes, so that it depends on where the secret begins. Its ends belong to its neighbours.
        (coded[0][:-4], 4 / 3),
        (coded[1][4:-4], 4 / 3),
        (coded[2][4:-4], 4 / 3),
    ]
