"""Imports CSV files as `aws configure import` does, with the classes of AWS CLI 2 themselves.

    import_csv.py FOLDER

For the Python that AWS CLI 2 is installed for: the Debian package `awscli` is version 2, that of PyPI is version 1 and has
no importer. Prints a line of JSON for each file: its number, and the profile, id and secret that botocore then finds in the
credentials file. Some files go through the whole command, the others through its parser and its importer.
"""

import contextlib
import io
import json
import os
import sys
import tempfile
from pathlib import Path

import awscli

if not awscli.__version__.startswith("2."):
    sys.exit(f"AWS CLI {awscli.__version__} has no importer")

from awscli.clidriver import create_clidriver
from awscli.customizations.configure.importer import CredentialImporter, CSVCredentialParser
from awscli.customizations.configure.writer import ConfigFileWriter
from botocore.configloader import raw_config_parse

WHOLE_COMMAND = 50


def main(folder):
    files = sorted(Path(folder).iterdir())
    step = max(1, len(files) // WHOLE_COMMAND)
    with tempfile.TemporaryDirectory() as home:
        credentials = Path(home) / "credentials"
        os.environ.update(HOME=home, AWS_SHARED_CREDENTIALS_FILE=str(credentials), AWS_CONFIG_FILE=f"{home}/config")
        for number, file in enumerate(files):
            credentials.unlink(missing_ok=True)
            try:
                (command if number % step == 0 else classes)(file, credentials)
                found = [[name, *map(profile.get, ("aws_access_key_id", "aws_secret_access_key"))]
                         for name, profile in raw_config_parse(str(credentials)).items()]
            except Exception as error:
                found = type(error).__name__
            print(json.dumps([file.stem, found]))


def command(file, _credentials):
    with contextlib.redirect_stdout(io.StringIO()):
        status = create_clidriver().main(["configure", "import", "--csv", f"file://{file}"])
    if status != 0:
        raise RuntimeError("aws configure import failed")


def classes(file, credentials):
    for found in CSVCredentialParser().parse_credentials(file.read_text(encoding="utf-8")):
        CredentialImporter(ConfigFileWriter()).import_credential(found, str(credentials))


main(sys.argv[1])
