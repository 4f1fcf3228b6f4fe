#!/usr/bin/env python3
"""Reads edited credentials files with the parser of the AWS CLI (botocore) and compares.

    KEYFOB_CASES=10000 KEYFOB_READ_BACK=FOLDER cargo test --test credentials_edit -- --ignored write_files
    python tests/credentials/read_back.py FOLDER

Where botocore could read the file before, it must read it afterwards: the pair in its profile, and everything else as it was.
Fails with the first file that it reads otherwise.
"""

import configparser
import pathlib
import sys

import botocore.configloader
import botocore.credentials
import botocore.exceptions

TOKENS = botocore.credentials.SharedCredentialProvider.TOKENS


def parsed(path):
    """What botocore reads, or None where it refuses the file."""
    try:
        return botocore.configloader.raw_config_parse(str(path))
    except botocore.exceptions.ConfigParseError:
        return None


def for_all(path):
    """The keys of [DEFAULT], which configparser gives to every section."""
    parser = configparser.RawConfigParser()
    parser.read([str(path)])
    return {key: nested(value) for key, value in parser.defaults().items()}


def nested(value):
    """A value that begins in the next line is a table of its own to botocore."""
    return botocore.configloader._parse_nested(value) if value.startswith("\n") else value


def check(folder, number, profile, key_id, secret):
    """True if the file was readable before the edit."""
    before = parsed(folder / f"{number}.before")
    if before is None:
        return False
    path = folder / f"{number}.after"
    try:
        defaults = for_all(folder / f"{number}.before")
    except ValueError:
        # Read only because no section had these values yet: botocore refuses the file with any section in it.
        return False
    section = {key: value for key, value in before.get(profile, {}).items() if key not in TOKENS}
    section |= {key: defaults[key] for key in TOKENS if key in defaults}
    section = {**{key: value for key, value in defaults.items() if key not in section}, **section}
    section |= {"aws_access_key_id": key_id, "aws_secret_access_key": secret}
    before[profile] = section
    assert parsed(path) == before, f"{path}: something else changed"
    found = botocore.credentials.SharedCredentialProvider(str(path), profile).load()
    assert found is not None, f"{path}: no credentials"
    assert (found.access_key, found.secret_key) == (key_id, secret), f"{path}: another pair"
    if not any(key in defaults for key in TOKENS):
        assert found.token is None, f"{path}: a session token is left"
    return True


def can_fail(folder, number, profile, key_id, secret):
    """Holds this check against pairs that are not in the file."""
    for wrong in [(key_id + "X", secret), (key_id, secret[:-1]), (secret, key_id)]:
        try:
            check(folder, number, profile, *wrong)
        except AssertionError:
            continue
        sys.exit("this check finds nothing")


def main():
    folder = pathlib.Path(sys.argv[1])
    lines = (folder / "cases.tsv").read_text(encoding="utf-8").splitlines()
    assert lines, "no cases"
    can_fail(folder, *next(line.split("\t") for line in lines if check(folder, *line.split("\t"))))
    read = sum(check(folder, *line.split("\t")) for line in lines)
    assert read * 3 > len(lines), f"botocore could read only {read} of {len(lines)} files before the edit"
    print(f"botocore {botocore.__version__}: {read} pairs read back, {len(lines) - read} files it could not read before")


if __name__ == "__main__":
    main()
