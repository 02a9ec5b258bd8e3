"""The command in a process of its own that may not take much memory, nor long."""

import os
import subprocess
from pathlib import Path

from tests.support.launch import MODULE, after

MEMORY_BYTES = 250_000_000
TIMEOUT_S = 60


def run_limited(
    arguments: list[str], folder: Path, memory_bytes: int = MEMORY_BYTES
) -> subprocess.CompletedProcess[str]:
    """Run ``conv-anim`` with these *arguments* in *folder*, its address space limited."""
    return subprocess.run(
        after(f"ulimit -v {memory_bytes // 1024}", *MODULE, *arguments),
        cwd=folder,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )


def check_refused_in_limits(arguments: list[str], sentence: str, folder: Path) -> None:
    """Check that there is one sentence, exit status 2, and no new file."""
    before = sorted(folder.iterdir())
    result = run_limited(arguments, folder)
    assert sentence in result.stderr
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert (result.returncode, result.stdout) == (2, "")
    assert sorted(folder.iterdir()) == before
