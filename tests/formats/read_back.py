"""Gives key pairs in every format to the programs that the formats are for, and compares what these find.

    read_back.py FOLDER

FOLDER is written by `../formats.rs`. A format may refuse a pair, but not one of the shape that AWS documents. Before it
counts, each reader must find that a file in which the secret was changed is another one.

bash, dash, zsh, fish, AWS CLI 2, botocore, python-dotenv and HashiCorp's HCL parser read for themselves. PowerShell and the
Command Prompt are not to be had for Debian: their files are read here, by the rules of their documentation.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "figure"))

import pygohcl
from botocore.configloader import raw_config_parse
from dotenv import dotenv_values
from figure import write

# The Python that has the Debian package awscli.
PYTHON_OF_AWS_CLI = "/usr/bin/python3"

VARIABLES = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
FIELDS = ("aws_access_key_id", "aws_secret_access_key")
CONTROL = "control"

# One process reads all files. What the last one sets must also reach a program that the shell starts.
SHELL = r"""
cd "$1" || exit 1
%s
for file in *; do
    unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
    . "./$file"
    printf '%%s\0%%s\0%%s\0' "${file%%.*}" "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY"
done
printf '%%s\0' started
exec env -0
"""

FISH = r"""
cd $argv[1]; or exit 1
for file in *
    set -e AWS_ACCESS_KEY_ID
    set -e AWS_SECRET_ACCESS_KEY
    source ./$file
    printf '%s\0%s\0%s\0' (string split -f 1 . $file) "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY"
end
printf '%s\0' started
exec env -0
"""


def shell(folder, *command):
    """What a shell finds in each file, by the file's number."""
    clean = {name: value for name, value in os.environ.items() if name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR")}
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [*command, folder], env=clean | {"HOME": home, "LC_ALL": "C.UTF-8"}, stdout=subprocess.PIPE, check=True
        )
    read, _, started = done.stdout.decode().partition("\0started\0")
    words = read.split("\0")
    found = {words[at]: (words[at + 1], words[at + 2]) for at in range(0, len(words), 3)}
    # `_` and the like are not of the file.
    environment = dict(line.partition("=")[::2] for line in started.split("\0"))
    last = words[-3]
    if tuple(map(environment.get, VARIABLES)) != found[last]:
        found[last] = "not exported"
    return found


def shell_of(name, *options, before=""):
    return lambda folder: shell(folder, name, *options, "-c", SHELL % before, name)


def fish(folder):
    return shell(folder, "fish", "--no-config", "-c", FISH)


def each(read):
    """A reader of a whole folder from a reader of one file."""

    def folder(folder):
        return {file.stem: attempt(read, file) for file in folder.iterdir()}

    return folder


def attempt(read, file):
    try:
        return read(file)
    except Exception as error:  # Whatever it is, the file could not be read.
        return type(error).__name__


def credentials(file):
    ((name, profile),) = raw_config_parse(str(file)).items()
    return (name, *map(profile.get, FIELDS))


def lines_of_credentials(file):
    """Pasted under the name of a profile."""
    with tempfile.NamedTemporaryFile() as pasted:
        pasted.write(b"[pasted]\n" + file.read_bytes())
        pasted.flush()
        return credentials(pasted.name)[1:]


def aws_cli(folder):
    command = [PYTHON_OF_AWS_CLI, Path(__file__).with_name("import_csv.py"), folder]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    printed = subprocess.run(command, env=clean, stdout=subprocess.PIPE, text=True, check=True).stdout
    lines = map(json.loads, printed.splitlines())
    return {number: tuple(found[0]) if len(found) == 1 else found for number, found in lines}


def dot_env(file):
    return tuple(map(dotenv_values(file).get, VARIABLES))


def json_file(file):
    key = json.loads(file.read_text(encoding="utf-8"))["AccessKey"]
    return key["UserName"], key["AccessKeyId"], key["SecretAccessKey"]


def terraform(file):
    values = pygohcl.loads(file.read_text(encoding="utf-8"))
    return tuple(map(values.get, FIELDS))


def power_shell(file):
    """about_Quoting_Rules: in single quotes nothing is expanded, and two of them stand for one. Typographic ones count too."""
    text = file.read_text(encoding="utf-8")
    lines = re.findall(r"\$Env:(\w+) = '((?:[^'‘’‚‛]|'')*)'\n", text)
    if "".join(f"$Env:{name} = '{value}'\n" for name, value in lines) != text:
        return "more than two assignments"
    return tuple(map({name: value.replace("''", "'") for name, value in lines}.get, VARIABLES))


def command_prompt(file):
    """`set /?`, `cmd /?`: what is in quotes is taken as it is, but for `%`, and `!` with delayed expansion."""
    text = file.read_bytes().decode("ascii")
    lines = re.findall(r'@set "(\w+)=([^"%!\r\n]*)"\r\n', text)
    if "".join(f'@set "{name}={value}"\r\n' for name, value in lines) != text:
        return "more than two assignments"
    return tuple(map(dict(lines).get, VARIABLES))


AWS_CLI = "AWS CLI 2 (aws configure import)"
# Name, format, reader.
READERS = [
    (AWS_CLI, "csv", aws_cli),
    ("botocore, lines", "both", each(lines_of_credentials)),
    ("botocore, section", "credentials_section", each(credentials)),
    ("bash", "env_posix", shell_of("bash", "--norc")),
    ("dash", "env_posix", shell_of("dash")),
    ("zsh", "env_posix", shell_of("zsh", "-f")),
    ("fish", "env_fish", fish),
    ("PowerShell, by its rules", "env_power_shell", each(power_shell)),
    ("Command Prompt, by its rules", "env_cmd", each(command_prompt)),
    ("python-dotenv", "dot_env", each(dot_env)),
    ("bash, set -a", "dot_env", shell_of("bash", "--norc", before="set -a")),
    ("dash, set -a", "dot_env", shell_of("dash", before="set -a")),
    ("zsh, set -a", "dot_env", shell_of("zsh", "-f", before="set -a")),
    ("json", "json", each(json_file)),
    ("HCL", "terraform", each(terraform)),
]
# The programs that most people have; each reads every pair of the shape that AWS documents.
OF_THE_FIGURE = {AWS_CLI: "aws configure import", "botocore, lines": "botocore"}
NAMED = {"csv", "credentials_section", "json"}


def expected(format, case):
    pair = (case["id"], case["secret"])
    return (case["user"], *pair) if format in NAMED else pair


def unjust(format, case):
    """Whether a format refuses a pair that it has to take. The SDKs drop profiles with `=` in their name."""
    excused = format == "credentials_section" and "=" in case["user"]
    return case["kind"] == "plausible" and format in case["refused"] and not excused


def put_control(folder, cases):
    """A file of this format with a changed secret. Returns the pair that must not be found in it."""
    case = next(case for case in cases if case["kind"] == "plausible" and folder.name not in case["refused"])
    (file,) = folder.glob(f"{case['case']}.*")
    secret = case["secret"]
    changed = secret[:20] + ("B" if secret[20] == "A" else "A") + secret[21:]
    text = file.read_bytes().replace(secret.encode(), changed.encode())
    file.with_stem(CONTROL).write_bytes(text)
    return expected(folder.name, case)


def readers():
    """All but those that are not here, which are named."""
    asked = subprocess.run([PYTHON_OF_AWS_CLI, "-c", "import awscli; assert awscli.__version__ > '2.'"], capture_output=True, check=False)
    if asked.returncode == 0:
        return READERS
    print(f"SKIPPED: {AWS_CLI}: {PYTHON_OF_AWS_CLI} has no awscli 2 (Debian's package)", file=sys.stderr)
    return [reader for reader in READERS if reader[0] != AWS_CLI]


def main(folder):
    cases = [json.loads(line) for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    passed, failed, problems = 0, 0, defaultdict(list)
    # Pairs of the shape that AWS documents, by number: what the figure is of.
    plausible = {case["case"] for case in cases if case["kind"] == "plausible"}
    exact_to_all = set(plausible)
    here = readers()
    for reader, format, read in here:
        start = time.monotonic()
        changed = put_control(folder / format, cases)
        found = read(folder / format)
        if found[CONTROL] == changed or isinstance(found[CONTROL], str):
            sys.exit(f"{reader} does not tell a changed secret")
        taken = [case for case in cases if format not in case["refused"]]
        wrong = [case["case"] for case in taken if found.get(str(case["case"])) != expected(format, case)]
        wrong += [case["case"] for case in cases if unjust(format, case)]
        passed, failed = passed + len(taken) - len(wrong), failed + len(wrong)
        if reader in OF_THE_FIGURE:
            exact_to_all &= {case["case"] for case in taken} - set(wrong)
        if wrong:
            problems[reader] = wrong
        exact = f"{len(taken) - len(wrong)} exact, {len(wrong)} wrong, {len(cases) - len(taken)} refused"
        print(f"{reader:34} {exact:46} {time.monotonic() - start:5.1f} s")
    for reader, wrong in problems.items():
        print(f"{reader}: pairs {', '.join(map(str, wrong[:20]))}", file=sys.stderr)
    by = " and by ".join(OF_THE_FIGURE[reader] for reader, _, _ in here if reader in OF_THE_FIGURE)
    beside = f"by {by}; {passed} of {passed + failed} over all {len(here)} readers"
    figure(len(exact_to_all), len(plausible), beside, not failed)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def figure(exact, pairs, beside, all_exact):
    unit = f"of {pairs} pairs, {beside}"
    target = "all, 10000 in the full run"
    write("exports_read_back", exact, unit, target, all_exact and exact == pairs > 0, "tests/run formats")


if __name__ == "__main__":
    missing = [program for program in ("bash", "dash", "zsh", "fish") if not shutil.which(program)]
    if missing:
        sys.exit(f"missing: {', '.join(missing)}")
    sys.exit(main(Path(sys.argv[1])))
