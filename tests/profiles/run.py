#!/usr/bin/env python3
"""Holds Keyfob's reading of profiles against botocore's, the library of the AWS CLI.

    run.py make FOLDER NUMBER [SEED]      makes cases: pairs of files and environments
    run.py compare FOLDER                 after the test `write_resolutions` of tests/profiles has added what Keyfob makes of them
    run.py show FOLDER CASE               one case and both answers

The same, or one of the decisions below, which are also in assets/help/signing-in.md. Writes the figure
`profiles_unlike_botocore`.
"""

from __future__ import annotations

import collections
import functools
import json
import os
import sys
import unicodedata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "figure"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import figure
import grammar

ARN = "arn:aws:iam::111122223333:role/Another"
COMMAND = "tests/run profiles"
PARTITIONS = [("cn-", "aws-cn"), ("us-gov-", "aws-us-gov"), ("eusc-", "aws-eusc"), ("us-isob-", "aws-iso-b"), ("us-iso-", "aws-iso")]
OF_AWS = ("amazonaws.com", "amazonaws.com.cn", "amazonaws.eu", "api.aws")


def make(folder: Path, number: int, seed: int) -> None:
    maker = grammar.Maker(seed)
    with (folder / "cases.jsonl").open("w", encoding="utf-8") as cases:
        for case in range(number):
            found = maker.case(case)
            for version in ("", ".clean"):
                home = folder / f"{case}{version}" / ".aws"
                home.mkdir(parents=True)
                for name in ("config", "credentials"):
                    if (text := found["texts"][name + version]) is not None:
                        # Neither line endings nor anything else is changed.
                        (home / name).write_bytes(text.encode())
            cases.write(json.dumps(found) + "\n")


def partition(region: str | None) -> str:
    return next((name for start, name in PARTITIONS if (region or "").startswith(start)), "aws")


# Each is given the case, the answer of botocore and that of Keyfob, and says whether this difference was decided on. All of these
# are refusals: Keyfob sends nothing, and its list says why.

def nothing_in_the_profile(case, theirs, ours):
    """botocore goes on to the container, the instance and ~/.boto, which are of no profile."""
    return theirs.get("refused", "").startswith("no credentials") and "refused" in ours


def empty_or_odd_value(case, theirs, ours):
    """botocore would send a key, role, account … that is empty or has white space in it, and be refused."""
    kinds = {"EmptySetting": None, "OddKey": None, "PartialKeys": None, "NoSetting": None}
    if ours.get("refused") not in kinds or "refused" in theirs:
        return False
    values = [value for part in [theirs["base"], *theirs["roles"]] for value in part.values() if isinstance(value, str)]
    return any(not value or any(char.isspace() or unicodedata.category(char) == "Cc" for char in value) for value in values)


def no_region_of_aws(case, theirs, ours):
    """botocore would ask a host that does not exist, such as sts.None.amazonaws.com."""
    if ours.get("refused") != "BadRegion" or "refused" in theirs:
        return False
    return not grammar_region(theirs["region"]) or any(not grammar_region(value) for value in regions(case))


def regions(case):
    """Everything that is called a region in the case; the file's own is looked for by its text."""
    lines = [line for name in ("config", "credentials") for line in (case["texts"][name] or "").replace("\r", "\n").split("\n")]
    found = [line.split("=" if "=" in line else ":", 1)[1].strip() for line in lines if line.strip().lower().startswith(("region", "sso_region")) and ("=" in line or ":" in line)]
    return [*found, *(case["env"].get(name, "us-east-1") for name in ("AWS_REGION",))]


def grammar_region(region):
    return region is None or (region in grammar.REGIONS + ["aws-global", "eu-west-3", "eu-central-1", "cn-northwest-1"])


def fips_with_an_endpoint_of_ones_own(case, theirs, ours):
    """botocore sends to the endpoint and passes over FIPS and dual-stack."""
    return ours.get("refused") == "EndpointConflict" and "refused" not in theirs


def endpoint_without_scheme(case, theirs, ours):
    return ours.get("refused") == "BadEndpoint"


def line_of_another_section(case, theirs, ours):
    """What the profile needs is in a section that has a faulty line; botocore refuses the whole file."""
    return bool(case["damaged"]) and ours.get("refused") == "BrokenConfig"


def services_that_nobody_needs(case, theirs, ours):
    """`services` that does not exist, where variables say where IAM and STS are: botocore asks no more."""
    return ours.get("refused") == "NoServices" and {"AWS_ENDPOINT_URL_IAM", "AWS_ENDPOINT_URL_STS"} <= case["env"].keys()


REFUSALS = [
    nothing_in_the_profile, empty_or_odd_value, no_region_of_aws, fips_with_an_endpoint_of_ones_own, endpoint_without_scheme,
    line_of_another_section, services_that_nobody_needs,
]


def region_of_the_partition(case, theirs, ours):
    """A region of the environment that is of another partition than the profile does not count; without any, us-east-1.

    Then everything else must be what botocore makes of it in that region.
    """
    by_environment = case["env"].get("AWS_REGION") or case["env"].get("AWS_DEFAULT_REGION")
    if theirs["region"] in (None, ""):
        return True
    return theirs["region"] == by_environment and partition(ours["region"]) != partition(theirs["region"])


def sts_beside_iam(case, theirs, ours):
    """A server that stands in for IAM alone is asked who is calling: AWS does not know its keys. A banner names it."""
    iam = ours["endpoints"]["iam"]
    return iam == theirs["endpoints"]["iam"] and not iam.split("/")[2].split(":")[0].endswith(OF_AWS) and ours["endpoints"]["sts"] == iam


def empty_variable(case, theirs, ours, in_region):
    """An empty AWS_DEFAULT_REGION makes botocore ask `sts..amazonaws.com`. To Keyfob it is not set."""
    if case["env"].get("AWS_DEFAULT_REGION") != "" or "Invalid endpoint" not in theirs["refused"]:
        return False
    del os.environ["AWS_DEFAULT_REGION"]
    env = {name: value for name, value in case["env"].items() if name != "AWS_DEFAULT_REGION"}
    same = compare_one(case | {"env": env}, in_region(None), ours, in_region) != ""
    os.environ["AWS_DEFAULT_REGION"] = ""
    return same


def compare_one(case, theirs, ours, in_region):
    """None if they are the same, else the name of the decision, or an empty string. `in_region`: botocore's answer in another region."""
    if "refused" in theirs and "refused" in ours:
        return None
    if "refused" in ours:
        return next((decision.__name__ for decision in REFUSALS if decision(case, theirs, ours)), "")
    if "refused" in theirs:
        return "empty_variable" if empty_variable(case, theirs, ours, in_region) else ""
    ours, theirs = normal(ours), normal(theirs)
    decided = None
    if ours["region"] != theirs["region"] and region_of_the_partition(case, theirs, ours):
        same_endpoints = ours["endpoints"] == theirs["endpoints"]
        if not same_endpoints:
            decided = "region_of_the_partition"
            theirs = normal(in_region(ours["region"]))
        else:
            theirs["region"] = ours["region"]
    if "refused" not in theirs and ours["endpoints"]["sts"] != theirs["endpoints"]["sts"] and sts_beside_iam(case, theirs, ours):
        theirs["endpoints"]["sts"] = ours["endpoints"]["sts"]
        decided = "sts_beside_iam"
    return decided if ours == theirs else ""


def normal(answer):
    """Written in one way what may be written in two."""
    answer = json.loads(json.dumps(answer))
    if "refused" in answer:
        return answer
    for role in answer["roles"]:
        # More than STS could give.
        role["duration"] = role["duration"] and min(role["duration"], 2**31 - 1)
    answer["ca_bundle"] = answer["ca_bundle"] or None
    answer["endpoints"] = {service: url and url.rstrip("/") for service, url in answer["endpoints"].items()}
    return answer


def lines(file: Path) -> list[str]:
    """Not `splitlines`: there are other line endings in the values."""
    return file.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def compare(folder: Path) -> int:
    # Here: its home folder is looked up when it is imported.
    import botocore_says

    botocore = botocore_says.Botocore()
    counted, unlike, refused_files, opened = collections.Counter(), [], 0, 0
    cases, answers = lines(folder / "cases.jsonl"), lines(folder / "resolutions.jsonl")
    assert len(cases) == len(answers) > 0, "not every case was answered"
    for case, answer in zip(map(json.loads, cases), map(json.loads, answers), strict=True):
        for theirs, ours, name in answers_of(botocore, folder, case, answer):
            counted["profiles"] += 1
            opened += "refused" not in ours
            if theirs is None:
                refused_files += not case["noise"]
                continue
            in_region = functools.partial(botocore.resolve, name)
            decision = compare_one(case, theirs, ours, in_region)
            if decision == "":
                unlike.append((case["case"], name, theirs, ours))
            elif decision:
                counted[decision] += 1
            elif "refused" not in ours:
                counted["the same"] += 1
                can_fail(case, theirs, ours, in_region)
    for number, name, theirs, ours in unlike[:10]:
        print(f"case {number}, profile {name!r}\n  botocore {json.dumps(theirs)}\n  Keyfob   {json.dumps(ours)}")
    print(dict(counted))
    print(f"botocore {botocore_says.botocore.__version__}: {len(cases)} cases, {counted['profiles']} profiles, {opened} of them can be opened")
    assert opened * 4 > counted["profiles"], "hardly any profile can be opened: this proves nothing"
    assert refused_files * 20 < counted["profiles"], f"{refused_files} profiles are in files that botocore refuses"
    holds = figure.at_most("profiles_unlike_botocore", len(unlike), "profiles", 0, COMMAND)
    print(f"{counted['profiles'] - len(unlike)} passed, {len(unlike)} failed")
    return 0 if holds else 1


def can_fail(case, theirs, ours, in_region):
    """Holds the comparison against answers that are wrong in one place."""
    for wrong in [
        {"refused": "NoCredentials"}, {"refused": "BrokenConfig"}, {"refused": "NoSuchProfile"},
        ours | {"base": {"from": "environment"} if ours["base"]["from"] != "environment" else {"from": "instance"}},
        ours | {"base": ours["base"] | {"id": "AKIAANOTHER"}},
        ours | {"roles": [*ours["roles"], {"role_arn": ARN, "external_id": None, "session_name": None, "duration": None, "serial": None}]},
        ours | {"endpoints": ours["endpoints"] | {"iam": "https://iam.example"}},
        ours | {"endpoints": ours["endpoints"] | {"sts": "https://sts.example"}},
    ]:
        if wrong == {"refused": "BrokenConfig"} and case["damaged"]:
            continue
        assert compare_one(case, theirs, wrong, in_region) == "", f"this check finds nothing: {wrong}"


def answers_of(botocore, folder, case, answer):
    """Both answers for each profile that either of them knows; botocore's is None where it refuses the file for no known reason."""
    enter(folder / f"{case['case']}", case["env"])
    ours, names = answer["profiles"], botocore.profiles()
    damaged = {name for kind, name in case["damaged"] if kind == "profile"}
    if names is None:
        assert answer["flaws"] > 0, f"case {case['case']}: botocore refuses a file, and Keyfob's list says nothing"
        if case["damaged"]:
            enter(folder / f"{case['case']}.clean", case["env"])
            names = botocore.profiles()
    for name in sorted({*(names or []), *ours}):
        own = ours.get(name, {"refused": "NoSuchProfile"})
        if name in damaged:
            assert "refused" in own, f"case {case['case']}: {name!r} has a faulty line and can be opened"
        elif names is None:
            yield None, own, name
        else:
            yield (botocore.resolve(name) if name in names else {"refused": "no such profile"}), own, name


def enter(home: Path, env: dict[str, str]) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update({"HOME": str(home), "AWS_EC2_METADATA_DISABLED": "true"} | env)


def show(folder: Path, number: int) -> None:
    import botocore_says

    case, answer = (json.loads(lines(folder / name)[number]) for name in ("cases.jsonl", "resolutions.jsonl"))
    for name in ("config", "credentials"):
        print(f"--- {name}\n{case['texts'][name]}")
    print(case["env"], case["damaged"])
    for theirs, ours, name in answers_of(botocore_says.Botocore(), folder, case, answer):
        print(f"{name!r}\n  botocore {json.dumps(theirs)}\n  Keyfob   {json.dumps(ours)}")


if __name__ == "__main__":
    action, folder, *numbers = sys.argv[1:]
    if action == "make":
        make(Path(folder), *(int(number) for number in numbers))
    elif action == "show":
        show(Path(folder), int(numbers[0]))
    else:
        sys.exit(compare(Path(folder)))
