"""Read files in processes of their own, with bounded memory and time.

Formats are read by large libraries; a file made to harm, or only an odd one, may make these eat memory, never end, or kill their process.
So they run in a child, which is killed at its limits, and what it says comes back over a pipe as data. `convert` starts a child for one
file; `Readers` keeps some, each of which reads one file after another: starting one costs as much as reading a page.

A child and whatever it starts (LibreOffice, tesseract) ends with its parent, however that ends: see `worker`. It has no network where the
system lets it give that up.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from io import FileIO
from typing import Any, BinaryIO, NamedTuple, cast

from chidao.extract.errors import ChidaoError, NotADocumentError, SourceError
from chidao.extract.formats import Converted
from chidao.extract.formats.kinds import Kind
from chidao.extract.formats.limits import Limits, limits_of, no_room

__all__ = ["READERS", "Call", "Convert", "Guarded", "Readers", "convert", "read_frame", "write_frame"]

READERS = {
    Kind.DOCX: "docx:read_docx",
    Kind.HTML: "html:read_html",
    Kind.DOC: "office:read_doc",
    Kind.ODT: "office:read_odt",
    Kind.RTF: "office:read_rtf",
    Kind.PDF: "pdf:read_pdf",
    Kind.IMAGE: "ocr:read_image",
    Kind.XLSX: "sheets:read_workbook",
}
"""For each kind the function, in a module of this package, that turns bytes into `Converted`."""

Convert = Callable[[Kind, bytes], Converted]
"""How a format is read: `convert`, or in a process that is guarded already the reader itself."""

_LENGTHS = struct.Struct(">IQ")
_ERRORS = {error.__name__: error for error in (SourceError, NotADocumentError, ChidaoError)}


_CHILD = """
from chidao.extract.language.kept_patterns import kept_patterns
with kept_patterns("reader"):
    from chidao.extract.formats.worker import main
main()
"""


class Call(NamedTuple):
    """What a child is asked: a function by its module and name, arguments that JSON can hold, and bytes. The function gets `bound`, with
    which it sets limits that fit what it finds, the arguments and the bytes; it returns bytes."""

    function: str
    arguments: Sequence[Any]
    body: bytes = b""
    limits: Limits = limits_of(Kind.TEXT, 0)


def convert(kind: Kind, data: bytes) -> Converted:
    """Return `data` as text, read by the reader of `kind` in a process of its own.

    Raises SourceError (without a path) with the reader's reason, or when the child was killed at a limit."""
    limits = limits_of(kind, len(data))
    with Guarded() as child:
        said = json.loads(child.ask(Call("chidao.extract.formats.worker:read", [kind.value], data, limits)))
    return Converted(said["text"], tuple(said["pages"]), tuple(said["notes"]), tuple(map(tuple, said["doubts"])))


class Guarded:
    """A child process that does one call after another."""

    def __init__(self) -> None:
        """Raises ChidaoError where no temporary files can be written: then nothing can be read."""
        try:
            self._folder = tempfile.mkdtemp(prefix="chidao-")
        except OSError as error:
            raise ChidaoError(no_room(error).message) from None
        developing = ("-X", "dev") if sys.flags.dev_mode else ()
        command = [sys.executable, "-P", *developing, "-c", _CHILD, self._folder]
        life: list[int] = []
        if os.name == "posix":
            watched, held = os.pipe()
            self._life: FileIO | None = FileIO(held, "wb")
            life = [watched]
        else:
            self._life = None
        self._process = subprocess.Popen(
            [*command, *map(str, life)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=None if developing else subprocess.DEVNULL, start_new_session=True, pass_fds=life,
        )  # fmt: skip
        for number in life:
            os.close(number)
        self._questions = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)
        self._timer: threading.Timer | None = None
        self._overdue = 0
        self.fresh = True
        """Whether it can be asked again: it has not died, nor grown."""

    def __enter__(self) -> Guarded:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def ask(self, call: Call) -> bytes:
        """Return the answer. Raises what the function raised (SourceError, ChidaoError), and SourceError (without a path) when the
        child reached a limit or died of the call."""
        began = time.monotonic()
        self._bound(call.limits.seconds, began)
        try:
            head, body = self._answer(call, began)
        finally:
            self._unbound()
        self.fresh = not (self._overdue or head.get("grown"))
        if "error" in head:
            raise _ERRORS[head["class"]](head["error"], path=head["path"], offset=head["offset"])
        return body

    def close(self) -> None:
        """End the child and whatever it started, and wait until nothing is left of them."""
        self.kill()
        for pipe in (self._questions, self._answers):
            with contextlib.suppress(OSError, ValueError):
                pipe.close()
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def kill(self) -> None:
        """End the child; also while another thread waits for its answer, which then gets none."""
        self.fresh = False
        if self._life is not None:
            self._life.close()
        else:
            self._process.kill()

    def _answer(self, call: Call, began: float) -> tuple[dict[str, Any], bytes]:
        asked = {"function": call.function, "arguments": call.arguments, "limits": call.limits}
        with contextlib.suppress(OSError, ValueError):
            write_frame(self._questions, asked, call.body)
            seconds = call.limits.seconds
            while frame := read_frame(self._answers):
                if "seconds" not in frame[0]:
                    return frame
                if frame[0]["seconds"] != seconds:  # else the bell is set already
                    seconds = frame[0]["seconds"]
                    self._bound(seconds, began)
        self.fresh = False
        self._unbound()
        if self._overdue:
            raise SourceError(f"reading it took more than {self._overdue} s")
        raise SourceError("damaged, or too large: reading it killed the reader")

    def _bound(self, seconds: int, began: float) -> None:
        """Let the call that `began` end by itself within so many seconds; a later word replaces an earlier one."""
        self._unbound()
        self._timer = threading.Timer(max(0.0, began + seconds - time.monotonic()), self._ring, (seconds,))
        self._timer.daemon = True
        self._timer.start()

    def _unbound(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
            self._timer = None

    def _ring(self, seconds: int) -> None:
        self._overdue = seconds
        self.kill()


class Readers:
    """A few children that do calls side by side; each is started when there is work for it."""

    def __init__(self, size: int | None = None) -> None:
        """`size`: how many (default: one for each processor)."""
        self._threads = ThreadPoolExecutor(size or os.cpu_count() or 1, "chidao-reader")
        self._idle: list[Guarded] = []
        self._all: set[Guarded] = set()
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def ask(self, call: Call) -> bytes:
        """Return the answer to one call. Raises as `Guarded.ask`, and RuntimeError when this is closed."""
        child = self._hire()
        try:
            return child.ask(call)
        finally:
            self._rest(child)

    def each(self, calls: Iterable[Call]) -> Iterator[bytes | SourceError]:
        """Yield for each call its answer or why there is none, in their order."""
        waiting: deque[Future[bytes]] = deque(self._threads.submit(self.ask, call) for call in calls)
        while waiting:
            try:
                yield waiting.popleft().result()
            except SourceError as error:
                yield error

    def close(self) -> None:
        """End all children at once, whatever they are at; what still waits is not done."""
        with self._lock:
            self._closed = True
            running = list(self._all)
        for child in running:
            child.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for child in self._idle:
            child.close()

    def _hire(self) -> Guarded:
        with self._lock:
            if self._closed:
                raise RuntimeError("the readers are closed")
            child = self._idle.pop() if self._idle else Guarded()
            self._all.add(child)
        return child

    def _rest(self, child: Guarded) -> None:
        with self._lock:
            if child.fresh and not self._closed:
                self._idle.append(child)
                return
            self._all.discard(child)
        child.close()


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Return the next frame: a head and a body behind their lengths (big-endian, 4 and 8 bytes); None at the end."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head, body = _LENGTHS.unpack(lengths)
    said, rest = stream.read(head), stream.read(body)
    return (json.loads(said), rest) if len(said) == head and len(rest) == body else None


def write_frame(stream: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    """Write a frame. Raises OSError where nobody reads it."""
    said = json.dumps(head).encode()
    stream.write(_LENGTHS.pack(len(said), len(body)) + said)
    stream.write(body)
    stream.flush()
