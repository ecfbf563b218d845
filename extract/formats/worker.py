"""The child of `sandbox`: calls on standard input, answers on standard output, until its parent is gone.

A frame asks {"function": "module:name", "arguments": […], "limits": [memory, seconds]} with a body. The answer is {} with a body, or
{"error", "class", "path", "offset"}; before it may come {"seconds": N}, the time that what was found may take. "grown" says that the
child keeps much memory of this call and wants to be replaced.

The process that was started is only a warden: it forks the reader and waits for the end of a pipe that the parent holds. When the parent
closes it, or is gone, however it went, the warden kills the reader's process group (the reader, LibreOffice, tesseract) and removes what
these left. On Windows, which does not fork, the end of standard input ends the reader.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any, BinaryIO

from chidao.extract.errors import ChidaoError, SourceError
from chidao.extract.formats import Converted
from chidao.extract.formats.archive import expand
from chidao.extract.formats.kinds import Kind
from chidao.extract.formats.limits import MAX_TEXT, Limits, bound_memory, damaged, failure, limits_of, too_long
from chidao.extract.formats.network import leave_network
from chidao.extract.formats.sandbox import READERS, Convert, read_frame, write_frame
from chidao.extract.language.kept_patterns import kept_patterns

__all__ = ["Bound", "main", "names", "read", "unguarded"]

Bound = Callable[[Limits], None]
"""Sets other limits for the call that runs."""

_GROWN = 400 * 1024 * 1024


def read(bound: Bound, arguments: list[Any], body: bytes) -> bytes:
    """Return what the reader of a kind, the one argument, makes of a file's bytes: `Converted` as JSON."""
    made = _read(Kind(arguments[0]), body)
    return json.dumps({"text": made.text, "pages": made.pages, "notes": made.notes, "doubts": made.doubts}).encode()


def names(bound: Bound, arguments: list[Any], body: bytes) -> bytes:
    """Return the names of what is in the archive at a path, the one argument, or of the file itself: a list in JSON."""
    return json.dumps(expand(arguments[0])).encode()


def unguarded(bound: Bound) -> Convert:
    """Return a way to read formats in this process, under limits that fit each file."""

    def convert(kind: Kind, data: bytes) -> Converted:
        bound(limits_of(kind, len(data)))
        return _read(kind, data)

    return convert


def _read(kind: Kind, data: bytes) -> Converted:
    module, _, name = READERS[kind].partition(":")
    reader = getattr(import_module(f"chidao.extract.formats.{module}"), name)
    try:
        made: Converted = reader(data)
    except (SourceError, MemoryError, RecursionError):
        raise
    except Exception as error:  # whatever libraries raise at bytes that nobody foresaw
        if sys.flags.dev_mode:
            traceback.print_exc()
        raise damaged(kind, error) from None
    if len(made.text) > MAX_TEXT and not kind.is_table:
        raise too_long()
    # A lone surrogate is no character; some files hold one.
    return replace(made, text=made.text.encode("utf-8", "replace").decode("utf-8"))


def main() -> None:
    """Answer calls until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends its children
    folder = tempfile.tempdir = sys.argv[1]
    if len(sys.argv) > 2:
        _leave_to_a_reader(int(sys.argv[2]), folder)
    leave_network()
    _own_limits()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing else may write between the frames
    for asked, body in _calls(sys.stdin.buffer, folder):
        head, said = _answer(asked, body, answers)
        with contextlib.suppress(OSError):
            write_frame(answers, head, said)


def _answer(asked: dict[str, Any], body: bytes, answers: BinaryIO) -> tuple[dict[str, Any], bytes]:
    limits = Limits(*asked["limits"])
    bound_memory(limits.memory)

    def bound(wider: Limits) -> None:
        nonlocal limits
        limits = wider
        bound_memory(limits.memory)
        write_frame(answers, {"seconds": limits.seconds})

    head: dict[str, Any] = {}
    said = b""
    try:
        said = _function(asked["function"])(bound, asked["arguments"], body)
    except Exception as error:
        if sys.flags.dev_mode and not isinstance(error, ChidaoError):
            traceback.print_exc()
        told = failure(error, limits.memory)
        head = {"error": told.message, "class": type(told).__name__, "path": told.path, "offset": told.offset}
        head["grown"] = isinstance(error, MemoryError)
    if _held() > _GROWN:
        head["grown"] = True
    return head, said


def _function(called: str) -> Callable[[Bound, list[Any], bytes], bytes]:
    """The function of a module, by both names."""
    module, _, name = called.partition(":")
    with kept_patterns(module) if module not in sys.modules else contextlib.nullcontext():
        function: Callable[[Bound, list[Any], bytes], bytes] = getattr(import_module(module), name)
    return function


def _calls(stream: BinaryIO, folder: str) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield calls; when there will be no more, end this process, also in the middle of one."""
    waiting: queue.SimpleQueue[tuple[dict[str, Any], bytes]] = queue.SimpleQueue()

    def receive() -> None:
        while (frame := read_frame(stream)) is not None:
            waiting.put(frame)
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)

    threading.Thread(target=receive, daemon=True).start()
    while True:
        yield waiting.get()


def _leave_to_a_reader(life: int, folder: str) -> None:
    """Fork the reader, which returns; what stays is the warden. It imports nothing any more and ends with the process."""
    reader = os.fork()
    with contextlib.suppress(OSError):  # both do it, for neither knows which is first
        os.setpgid(reader, reader)
    if not reader:
        os.close(life)
        return
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):  # else the parent would not see that the reader has died
        os.dup2(null, number)
    with contextlib.suppress(OSError):
        os.read(life, 1)
    with contextlib.suppress(OSError):
        os.killpg(reader, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.waitpid(reader, 0)
    for _ in range(20):  # LibreOffice may still be writing as it dies
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.exists(folder):
            break
        time.sleep(0.05)
    os._exit(0)


def _own_limits() -> None:
    """Leave limits of address space that the parent has for itself: memory is limited here (`bound_memory`). No core is written."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _held() -> int:
    """Return the bytes of memory that this process holds; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as state:
            return int(state.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
