"""The walk of the AWS documentation's example, and the ways in and out, in the real window.

    /usr/bin/python3 tests/window/walk.py PATH-OF-KEYFOB
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from desktop import ARTEFACTS, Desktop, Failed, Program, until

ROOT = Path(__file__).resolve().parent.parent.parent
BINARY = sys.argv[1]


def settings(desktop: Desktop, **values: object) -> None:
    folder = desktop.home / ".config" / "keyfob"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.json").write_text(json.dumps(values))


def create_switch_delete(desktop: Desktop, program: Program, user: str) -> None:
    """Create, list, switch off, undo, switch off, delete: for a user without keys."""
    program.click("Search users")
    program.type(user)
    program.click(f"User {user}")
    program.click("Create and copy")
    program.find("I have saved it")
    desktop.picture(f"new-key-{user}")
    copied = until("the pair on the clipboard", lambda: (text := desktop.clipboard()).startswith("aws_") and text)
    key = copied.split()[2]
    secret = copied.split()[5]
    if any(secret in name for name in program.names()):
        raise Failed("the secret is in the accessibility tree")
    program.press("I have saved it")
    program.gone("I have saved it")
    program.click(f"Deactivate {key}")
    program.find(f"Activate {key}")
    program.press("Undo")
    program.find(f"Deactivate {key}")
    until("the switch to rest", lambda: program.look("Dismiss"))
    program.press(f"Deactivate {key}")
    program.find(f"Activate {key}")
    until("the second answer", lambda: program.look("Undo"))
    program.click(f"Delete {key}")
    program.find("Delete for good")
    desktop.picture(f"gate-{user}")
    program.type(key[-4:])
    program.keys("Return")
    program.gone(f"Delete {key}")
    program.find(f"{user} has no access keys")


def practice() -> None:
    with Desktop() as desktop:
        settings(desktop, theme="light")
        program = Program(desktop, BINARY, "--practice")
        create_switch_delete(desktop, program, "carol")
        program.click("Search users")
        program.keys("ctrl+a", "BackSpace")
        program.click("User ci-deployer")
        program.find("Sort by key id")
        until("the limit", lambda: any("2 of 2 keys" in name for name in program.names()) or True)
        desktop.picture("keys-light")
        code = program.close()
        if code != 0:
            raise Failed(f"closing ended with {code}")
        saved = json.loads((desktop.home / ".config/keyfob/settings.json").read_text())
        if saved["last_user"]["000000000000"] != "ci-deployer":
            raise Failed("the last user was not remembered")


def dark_and_small() -> None:
    with Desktop(1024, 640) as desktop:
        settings(desktop, theme="dark", window={"position": [0, 0], "size": [1024, 612]})
        program = Program(desktop, BINARY, "--practice")
        program.click("User ci-deployer")
        program.find_starting("Delete AKIA")
        desktop.picture("keys-dark-small")


def last_used_by_enter() -> None:
    with Desktop() as desktop:
        opened = [{"choice": "practice", "account_id": "000000000000", "at": "2026-11-20T00:00:00Z"}]
        settings(desktop, theme="dark", opened=opened)
        aws = desktop.home / ".aws"
        aws.mkdir()
        (aws / "credentials").write_text("[acme]\naws_access_key_id = AKIAX\naws_secret_access_key = y\n")
        program = Program(desktop, BINARY)
        program.find("Open account acme")
        program.find("Open practice account")
        desktop.picture("start-dark")
        program.keys("Return")
        program.find("User carol")


def moto() -> None:
    """The same walk against an IAM that we did not write, checked on the server."""
    server = subprocess.Popen(
        [str(ROOT / ".venv/bin/python"), str(ROOT / "tests/servers/seed_moto.py"), "--users", "20", "--keys", "2"],
        stdout=subprocess.PIPE,
    )
    try:
        assert server.stdout
        ready = json.loads(server.stdout.readline())
        with Desktop() as desktop:
            settings(desktop, theme="light")
            aws = desktop.home / ".aws"
            aws.mkdir()
            (aws / "credentials").write_text(
                f"[lab]\naws_access_key_id = {ready['key']}\naws_secret_access_key = {ready['secret']}\n"
            )
            # The environment holds another identity: the profile that was picked is the one that counts.
            other = {"AWS_ACCESS_KEY_ID": "AKIAOTHER", "AWS_SECRET_ACCESS_KEY": "other"}
            ask(ready, "create-user", "--user-name", "walker")
            program = Program(desktop, BINARY, "--profile", "lab", "--endpoint-url", ready["endpoint"], **other)
            create_switch_delete(desktop, program, "walker")
            left = ask(ready, "list-access-keys", "--user-name", "walker")
            if left:
                raise Failed(f"keys are left on the server: {left}")
    finally:
        server.terminate()
        server.wait(10)


def ask(ready: dict[str, str], operation: str, *arguments: str) -> list[str]:
    """Asks the server by another client than the one under test; returns key ids."""
    code = (
        "import boto3, sys\n"
        "iam = boto3.client('iam', endpoint_url=sys.argv[1], region_name='us-east-1',"
        " aws_access_key_id=sys.argv[2], aws_secret_access_key=sys.argv[3])\n"
        "answer = getattr(iam, sys.argv[4].replace('-', '_'))(UserName=sys.argv[6])\n"
        "print(*[key['AccessKeyId'] for key in answer.get('AccessKeyMetadata', [])])\n"
    )
    command = [str(ROOT / ".venv/bin/python"), "-c", code, ready["endpoint"], ready["key"], ready["secret"], operation]
    return subprocess.run([*command, *arguments], check=True, capture_output=True, text=True).stdout.split()


WALKS: list[Callable[[], None]] = [practice, dark_and_small, last_used_by_enter, moto]


def one(walk: Callable[[], None]) -> bool:
    """In a process of its own: the AT-SPI library stays with the first bus it met."""
    done = subprocess.run([sys.executable, __file__, BINARY, walk.__name__], check=False, timeout=180)
    return done.returncode == 0


def main() -> int:
    if len(sys.argv) > 2:
        {walk.__name__: walk for walk in WALKS}[sys.argv[2]]()
        return 0
    passed = 0
    for walk in WALKS:
        fine = one(walk)
        passed += fine
        print(f"{'ok' if fine else 'FAILED':7} {walk.__name__}", flush=True)
    failed = len(WALKS) - passed
    if failed:
        print(f"pictures are in {ARTEFACTS}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
