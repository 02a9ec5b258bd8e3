"""A signal ends the command at any moment: its status, silence, and no file that is half there."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from conv_anim import Standard, animate
from tests.support.launch import MODULE, after

TIMEOUT_S = 60

# Python runs this before the command. It sends a signal to the process at a moment that is
# chosen by name: when a module begins to be loaded, or at the very end.
SENDER = """
import atexit, os, sys

def send():
    os.kill(os.getpid(), int(os.environ["NUMBER"]))

class Sender:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["MOMENT"] and "conv_anim.core.signals" in sys.modules:
            sys.meta_path.remove(self)
            send()

sys.meta_path.insert(0, Sender())
if os.environ["MOMENT"] == "the end":
    atexit.register(send)
"""

MOMENTS = [
    "conv_anim.drawing.own_settings",
    "click",
    "conv_anim.cli.shell",
    "conv_anim.cli.commands",
    "conv_anim.animation",
    "matplotlib",
    "numpy",
    "pyparsing",
    "matplotlib.ft2font",
    "matplotlib.backends._backend_agg",
    "conv_anim.render.sprites",
    "imageio.v3",
    "PIL.Image",
    "the end",
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run every command in an empty folder."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    return tmp_path


def signalled(folder: Path, moment: str, number: int, ignored: bool = False) -> tuple[int, str]:
    """Return the exit status, and all that is printed, of a command that is sent a signal."""
    (folder / "sitecustomize.py").write_text(SENDER)
    preparation = f"trap '' {int(number)}" if ignored else "true"
    done = subprocess.run(
        after(preparation, *MODULE, "standard", "-q"),
        env={
            **os.environ,
            "PYTHONPATH": str(folder),
            "MOMENT": moment,
            "NUMBER": str(int(number)),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("moment", MOMENTS)
def test_an_interrupt_is_met_at_any_moment(folder: Path, moment: str) -> None:
    assert signalled(folder, moment, signal.SIGINT) == (130, "")
    assert os.listdir() == (["standard_i5_k3_p0_s1.gif"] if moment == "the end" else [])


@pytest.mark.parametrize("moment", ["click", "matplotlib.ft2font", "the end"])
@pytest.mark.parametrize(
    ("number", "status"),
    [
        pytest.param(signal.SIGTERM, 143, id="SIGTERM"),
        pytest.param(signal.SIGHUP, 129, id="SIGHUP"),
    ],
)
def test_so_are_other_signals(folder: Path, moment: str, number: int, status: int) -> None:
    assert signalled(folder, moment, number) == (status, "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP], ids=["SIGINT", "SIGHUP"])
def test_what_is_to_be_ignored_is(folder: Path, number: int) -> None:
    assert signalled(folder, "click", number, ignored=True) == (0, "")
    (made,) = Path().iterdir()
    assert made.read_bytes() == animate(Standard()).to_bytes()


# Programs of ours: what they print is what counts.


def run(program: str) -> tuple[int, list[str], str]:
    """Return the exit status, the lines printed, and the errors, of a program."""
    Path("program.py").write_text(textwrap.dedent(program))
    done = subprocess.run(
        [sys.executable, "program.py"],
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    return done.returncode, done.stdout.splitlines(), done.stderr


WITH_A_STOPPED_WORKER = """
    import multiprocessing, os, signal
    from conv_anim.core import signals
    from conv_anim.gallery import executors, work

    def end():
        {end}

    if __name__ == "__main__":
        signals.meet()
        preload = work.preload if {copies} and executors.alone() else None
        with executors.processes(1, preload) as pool:
            pool.submit(signal.raise_signal, signal.SIGSTOP)
            (worker,) = multiprocessing.active_children()
            os.waitid(os.P_PID, worker.pid, os.WSTOPPED | os.WNOWAIT)
            end()
"""


@pytest.mark.parametrize(
    ("end", "status", "error"),
    [
        pytest.param("signal.raise_signal(signal.SIGINT)", 130, "", id="interrupt"),
        pytest.param("signal.raise_signal(signal.SIGTERM)", 143, "", id="SIGTERM"),
        pytest.param("raise OSError('the disk is full')", 1, "the disk is full", id="failure"),
    ],
)
@pytest.mark.parametrize("copies", [True, False], ids=["copies", "new processes"])
def test_a_stopped_worker_keeps_nobody_waiting(
    end: str, status: int, error: str, copies: bool
) -> None:
    returncode, _, errors = run(WITH_A_STOPPED_WORKER.format(end=end, copies=copies))
    assert returncode == status
    assert (error in errors) if error else (errors == "")


def test_the_last_duty_is_done_first_and_one_that_fails_keeps_no_other() -> None:
    status, printed, errors = run("""
        import atexit, os, signal
        from conv_anim.core import signals

        signals.meet()
        atexit.register(lambda: os.write(1, b"at the end\\n"))
        with signals.Duty(lambda: os.write(1, b"first\\n")):
            with signals.Duty(lambda: os.write(1, b"over\\n")):
                pass
            with signals.Duty(lambda: 1 / 0), signals.Duty(lambda: os.write(1, b"second\\n")):
                signal.raise_signal(signal.SIGTERM)
    """)
    assert (status, printed, errors) == (143, ["second", "first", "at the end"], "")


def test_a_duty_that_takes_too_long_is_left() -> None:
    status, _, errors = run("""
        import signal, threading
        from conv_anim.core import signals

        signals.GRACE_S = 0.1
        signals.meet()
        with signals.Duty(threading.Event().wait):
            signal.raise_signal(signal.SIGINT)
    """)
    assert (status, errors) == (130, "")


def test_a_copy_of_the_process_leaves_its_duties_alone() -> None:
    status, printed, errors = run("""
        import os, signal
        from conv_anim.core import signals

        signals.meet()
        with signals.Duty(lambda: os.write(1, b"done\\n")):
            copy = os.fork()
            if not copy:
                signal.raise_signal(signal.SIGTERM)
            _, status = os.waitpid(copy, 0)
            print(os.waitstatus_to_exitcode(status), flush=True)
    """)
    assert (status, printed, errors) == (0, ["143"], "")


def test_a_worker_is_not_met_by_a_signal_before_it_begins() -> None:
    status, printed, errors = run("""
        import os, signal
        from conv_anim.core import signals

        signals.meet()
        with signals.Held():
            copy = os.fork()
            if not copy:
                signal.raise_signal(signal.SIGINT)
                os.write(1, b"still there\\n")
                signals.unmeet()
        _, status = os.waitpid(copy, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
    """)
    assert (status, printed, errors) == (0, ["still there", str(-signal.SIGINT)], "")


BEGUN_BAR = """
import os, signal
from conv_anim import __main__
from conv_anim.cli import shell

class Progress(shell.Progress):
    def advance(self):
        super().advance()
        if self._done == 9:
            os.kill(os.getpid(), signal.SIGTERM)

shell.PATIENCE_S = 0
shell.Progress = Progress
__main__.main()
"""
"""The command, which shows its progress from the first frame on and is ended at the ninth."""


def test_a_terminal_gets_its_cursor_back() -> None:
    reader, writer = os.openpty()
    program = [sys.executable, "-c", BEGUN_BAR, "standard", "--i", "8", "--bare"]
    env = {**os.environ, "TERM": "xterm"}
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=writer, env=env) as process:
        os.close(writer)
        seen = b""
        while True:
            try:
                seen += os.read(reader, 4096)
            except OSError:  # the other end is closed
                break
        os.close(reader)
    assert process.returncode == 143
    assert b"#" in seen
    assert seen.endswith(b"\x1b[?25h\r\n")
    assert not os.listdir()
