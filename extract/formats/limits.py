"""What reading one file may take: time, memory and text, by its kind and size.

A damaged or hostile file is small as a rule, and so is what is granted to it; a large document is granted more, up to a bound. Memory is
what a process may add to what it has (on Linux all that it can write to; elsewhere its address space, as far as the system keeps to that).
"""

from __future__ import annotations

import contextlib
import errno
import signal
import sys
from collections.abc import Iterator
from types import FrameType
from typing import NamedTuple

from chidao.extract.errors import ChidaoError, SourceError, fault_of
from chidao.extract.formats.kinds import Kind

__all__ = [
    "MAX_TEXT",
    "Limits",
    "bound_memory",
    "bounded",
    "damaged",
    "failure",
    "limits_of",
    "no_room",
    "office_seconds",
    "too_long",
]

MB = 1024 * 1024
MAX_TEXT = 20_000_000
"""Characters of one document: some six thousand pages."""
_LEAST, _MOST, _FACTOR = 1200 * MB, 4096 * MB, 40
_LONGEST = 600
_SECONDS = {  # at least; and more for each MB
    Kind.PDF: (60, 60),
    Kind.IMAGE: (60, 60),
    Kind.DOCX: (50, 20),
    Kind.XLSX: (50, 20),
}
_OFFICE = (Kind.DOC, Kind.ODT, Kind.RTF)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)


class Limits(NamedTuple):
    """Bytes of memory and seconds of wall time that reading one file may take."""

    memory: int
    seconds: int


def limits_of(kind: Kind, size: int) -> Limits:
    """Return the limits for so many bytes of a kind."""
    least, more = _SECONDS.get(kind, (50, 5))
    seconds = 15 + office_seconds(size) if kind in _OFFICE else min(_LONGEST, least + more * size // MB)
    return Limits(min(_MOST, _LEAST + _FACTOR * size), seconds)


def office_seconds(size: int) -> int:
    """Return how long LibreOffice may take for so many bytes."""
    return min(150, 40 + 10 * size // MB)


def bound_memory(more: int) -> tuple[int, tuple[int, int]] | None:
    """Let this process, and what it starts, take so many bytes more than it has now, where the system can see to that. Return which
    limit that is and what it was."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        which, now = resource.RLIMIT_AS, 0
        if sys.platform == "linux":
            which = resource.RLIMIT_DATA
            with open("/proc/self/statm", encoding="ascii") as state:
                now = int(state.read().split()[5]) * resource.getpagesize()
        former = resource.getrlimit(which)
        wanted, hard = now + more, former[1]
        resource.setrlimit(which, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
        return which, former
    return None


def _unbound(former: tuple[int, tuple[int, int]] | None) -> None:
    """Give back what `bound_memory` took: the process goes on, and what it starts later is no reader."""
    if former:
        import resource

        resource.setrlimit(*former)


class _Overdue(BaseException):
    """The time is over; nothing on the way may take it for a fault of the file."""


@contextlib.contextmanager
def bounded(limits: Limits) -> Iterator[None]:
    """Hold what a command does in its own process, in its main thread, to limits of time and memory. Whatever is raised is what a clerk
    is told: raises ChidaoError (without a path) only."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise _Overdue

    alarm = hasattr(signal, "setitimer")
    before = signal.signal(signal.SIGALRM, ring) if alarm else None
    if alarm:
        signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    former = bound_memory(limits.memory)
    try:
        yield
    except _Overdue:
        raise SourceError(f"reading it took more than {limits.seconds} s") from None
    except Exception as error:
        raise failure(error, limits.memory) from error
    finally:
        _unbound(former)
        if alarm:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


def failure(error: BaseException, memory: int) -> ChidaoError:
    """Return whatever was raised while a file was read as what a clerk is told."""
    if isinstance(error, ChidaoError):
        return error
    if isinstance(error, MemoryError):
        return _too_much_memory(memory)
    if isinstance(error, RecursionError):
        return SourceError("nested too deeply to be read")
    if isinstance(error, OSError) and error.errno in _FULL:
        return no_room(error)
    return SourceError(f"cannot be read, by a fault of chidao itself: please report it ({fault_of(error)})")


def damaged(kind: Kind, error: Exception) -> SourceError:
    """Return what is told of bytes at which the library that reads their format fails."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return no_room(error)
    return SourceError(f"damaged: it begins as {kind.value.upper()}, but what it holds cannot be read")


def no_room(error: OSError) -> SourceError:
    """Return what is told where the disk takes no temporary files, which is no fault of what is read."""
    return SourceError(
        f"temporary files cannot be written ({error.strerror or error}): make room, or name another folder in TMPDIR"
    )


def too_long(path: str | None = None) -> SourceError:
    """Return what is told of a document of more than `MAX_TEXT` characters."""
    return SourceError(f"holds more than {MAX_TEXT:,} characters: split it", path=path)


def _too_much_memory(memory: int) -> SourceError:
    return SourceError(f"reading it took more than {memory // MB:,} MB of memory")
