"""Signals that end the command: at any moment, in silence, and nothing half done stays behind.

No exception is raised where a signal happens to come, which may be in the middle of somebody's
import or clean-up: what has to be done first is known beforehand, and then the process ends.
"""

# The module beneath ``signal``, whose names come as enumerations: to load those takes as long as
# all else before a signal is met.
import _signal
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

STATUS = 128
"""What shells add to the number of the signal that ended a command."""
GRACE_S = 2.0
"""How long may be spent on what is done first."""

# Windows has no SIGHUP. What a process is set to ignore when it is begun, as nohup does, it does.
NUMBERS = [getattr(_signal, name, 0) for name in ("SIGINT", "SIGTERM", "SIGHUP")]

_duties: "list[Callable[[], object]]" = []
_owners: list[int] = []


class Duty:
    """What is to be done first when a signal ends the process within the block."""

    def __init__(self, do: "Callable[[], object]") -> None:
        self._do = do

    def __enter__(self) -> None:
        _duties.append(self._do)

    def __exit__(self, *exception: object) -> None:
        _duties.remove(self._do)


def meet() -> None:
    """Let signals end this process as they should from now on."""
    _owners[:] = [os.getpid()]
    for number in _met():
        _signal.signal(number, _end)


def unmeet() -> None:
    """Let signals end this process, a worker's, without more ado."""
    for number in _met():
        _signal.signal(number, _signal.SIG_DFL)
    _mask("SIG_UNBLOCK")


class Held:
    """Signals wait until the block ends; in processes begun in it, until ``unmeet`` is called."""

    def __enter__(self) -> None:
        _mask("SIG_BLOCK")

    def __exit__(self, *exception: object) -> None:
        _mask("SIG_UNBLOCK")


def leave(status: int) -> None:
    """End the process at once; what was registered to be done at its end is done."""
    import atexit

    try:
        atexit._run_exitfuncs()
    finally:
        os._exit(status)


def write(text: str) -> None:
    """Write to standard error, which may be being written to just now; a duty may fail."""
    os.write(2, text.encode())


def _met() -> list[int]:
    return [n for n in NUMBERS if n and _signal.getsignal(n) != _signal.SIG_IGN]


def _mask(how: str) -> None:
    if hasattr(_signal, "pthread_sigmask"):  # Windows has none
        _signal.pthread_sigmask(getattr(_signal, how), [n for n in NUMBERS if n])


def _end(number: int, frame: "FrameType | None") -> None:
    """Do what has to be done, and end."""
    status = STATUS + number
    if _owners != [os.getpid()]:  # a copy of the process that ours are the duties of
        os._exit(status)
    for other in _met():
        _signal.signal(other, _signal.SIG_IGN)
    if hasattr(_signal, "setitimer"):
        _signal.signal(_signal.SIGALRM, lambda *_: os._exit(status))
        _signal.setitimer(_signal.ITIMER_REAL, GRACE_S)
    for do in reversed(_duties):
        try:
            do()
        except Exception:  # such as that nobody reads; the others are done all the same
            continue
    leave(status)
