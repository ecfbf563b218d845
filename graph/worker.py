"""What a process does that answers one question after another over pipes: frames, limits, and an end with whoever asks.

A frame is two lengths (head, body; big-endian, 4 and 8 bytes), a head in JSON, and the body. The process ends when its input does. This
imports nothing of the project, so that a process starts fast: it is started anew whenever a question had to be killed.
"""

from __future__ import annotations

import json
import os
import select
import signal
import struct
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

LENGTHS = struct.Struct(">IQ")
Frame = tuple[dict[str, Any], bytes | bytearray]
LONG = 0.2
"""Seconds of processor; what took more may have held much."""


Answers = Callable[[dict[str, Any], bytes], Frame]
Pipes = tuple[BinaryIO, BinaryIO]


def pipes() -> Pipes:
    """Return standard input and output for `serve`; what else is printed goes nowhere, so that nothing gets between the frames."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return sys.stdin.buffer, answers


def serve(
    pipes: Pipes,
    answer: Answers,
    prepare: Callable[[dict[str, Any]], None] | None = None,
    meanwhile: Iterator[object] | None = None,
) -> None:
    """Answer each frame until there are no more. A head says under "seconds" how long its answer may take, without what `prepare` does for
    it; a head with the "why" "memory" is the last. A step of what is to be done `meanwhile` is taken as long as no frame is there."""
    questions, answers = pipes
    while (frame := _next_frame(questions, meanwhile)) is not None:
        asked, body = frame
        if prepare:
            prepare(asked)
        began = time.process_time()
        alarm(asked["seconds"])
        head, said = answer(asked, bytes(body))
        alarm(0)
        write_frame(answers, head, said)
        if head.get("why") == "memory":
            return
        del asked, body, frame, head, said
        if time.process_time() - began > LONG:
            give_back()


def _next_frame(questions: BinaryIO, meanwhile: Iterator[object] | None) -> Frame | None:
    """The next frame. (Windows does not tell whether there is one: nothing is done meanwhile.)"""
    while meanwhile and hasattr(select, "poll") and not select.select([questions], [], [], 0)[0]:
        if next(meanwhile, questions) is questions:
            break
    return read_frame(questions)


def give_back() -> None:
    """Let the system have what was freed, where the C library keeps it and can be told (glibc): 28 MB behind 30,000 documents."""
    try:
        import ctypes

        ctypes.CDLL(None).malloc_trim(0)
    except (ImportError, AttributeError, OSError, TypeError):
        return


def alarm(seconds: float) -> None:
    """End this process then; 0: not any more. The system does it, whatever this process is at."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
    elif seconds:
        import faulthandler

        faulthandler.dump_traceback_later(seconds, exit=True)
    else:
        import faulthandler

        faulthandler.cancel_dump_traceback_later()


def limit_memory(more: int) -> None:
    """Let this process take so many bytes more than it has now, where the system can see to that (Linux)."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as state:
            now = int(state.read().split()[5]) * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        wanted = now + more
        resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard < 0 else min(wanted, hard), hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # running out of it aborts the process; nobody wants its core
    except (ImportError, OSError, ValueError):
        return


def read_frame(stream: BinaryIO) -> Frame | None:
    """Return the next frame, None at the end."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head, body = LENGTHS.unpack(lengths)
    said = stream.read(head)
    rest = stream.read(body) if body else b""
    return (json.loads(said), rest) if len(said) == head and len(rest) == body else None


def write_frame(stream: BinaryIO, head: dict[str, Any], body: bytes | bytearray = b"") -> None:
    """Raises OSError where nobody reads it."""
    said = json.dumps(head).encode()
    lengths = LENGTHS.pack(len(said), len(body))
    if len(body) < 1 << 16:
        stream.write(b"".join((lengths, said, body)))
    else:
        stream.write(lengths + said)
        stream.write(body)
    stream.flush()
