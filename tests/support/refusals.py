"""What the command line does with a mistake: one sentence, status 2, and no file."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from conv_anim.cli.group import cli


def check_refused(
    arguments: str, sentence: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(cli, arguments.split())
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stderr.startswith("Error: ") or "No such option" in result.stderr
    assert not list(folder.iterdir())
