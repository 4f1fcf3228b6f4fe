"""Imports CSV files with `aws configure import`, the command of AWS CLI 2 itself.

    import_csv.py FOLDER

For the Python that AWS CLI 2 is installed for: the Debian package `awscli` is version 2, that of PyPI is version 1 and has
no importer. Prints a line of JSON for each file: its number, and the profile, id and secret that botocore then finds in the
credentials file. Starting the program anew for each file would take hours.
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
from botocore.configloader import raw_config_parse


def main(folder):
    with tempfile.TemporaryDirectory() as home:
        credentials = Path(home) / "credentials"
        os.environ.update(HOME=home, AWS_SHARED_CREDENTIALS_FILE=str(credentials), AWS_CONFIG_FILE=f"{home}/config")
        for number, file in enumerate(sorted(Path(folder).iterdir())):
            # Each run of a driver adds one more reader of `file://` to it, and all of them read.
            if number % 25 == 0:
                aws = create_clidriver()
            credentials.unlink(missing_ok=True)
            try:
                with contextlib.redirect_stdout(io.StringIO()):
                    status = aws.main(["configure", "import", "--csv", f"file://{file}"])
                if status != 0:
                    raise RuntimeError("aws configure import failed")
                found = [[name, *map(profile.get, ("aws_access_key_id", "aws_secret_access_key"))]
                         for name, profile in raw_config_parse(str(credentials)).items()]
            except Exception as error:
                found = type(error).__name__
            print(json.dumps([file.stem, found]))


main(sys.argv[1])
