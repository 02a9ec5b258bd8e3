"""The command line, run within the tests' own process, and where its script is."""

import sysconfig
from pathlib import Path

from click.testing import CliRunner, Result

from conv_anim.cli.group import cli

SCRIPT = Path(sysconfig.get_path("scripts")) / "conv-anim"


def run(command: str) -> Result:
    return CliRunner().invoke(cli, command.split(), prog_name="conv-anim")
