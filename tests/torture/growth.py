"""Repetitive texts, as a converter, a table or malice makes them: what they cost grows as they do.

For each kind the processor time of a large text is put beside that of a small one, sixteen times as little: the exponent, 1 where the cost
grows as the text does and 2 where it grows as its square, is at most `MOST`.
"""

from __future__ import annotations

import gc
import math
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from chidao.extract.corpus.resolve import resolve
from chidao.extract.errors import SourceError
from chidao.extract.formats.source import RawFile
from chidao.extract.formats.worker import unguarded
from chidao.extract.paths import extract_file
from chidao.tests.torture.repetitions import repetitions

MOST = 1.15
_HOPELESS = 1.5
"""Grown by more than this to the middle size, the large one need not be waited for."""
_ENOUGH = 0.02
"""Seconds; what takes less is repeated until it is that much."""
_LONG = 0.3
"""Seconds after which once is enough."""
_MOST_BAD = 3
"""Kinds that fail before the rest are left out."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The bytes of a kind's texts, and the processor seconds that the reading of one may take."""

    small: int
    middle: int
    large: int
    limit: int


WHOLE = Sizes(40_000, 160_000, 640_000, 120)
SHORT = Sizes(10_000, 40_000, 160_000, 15)
"""Where only some kinds are measured: what hangs is known in seconds."""


class _Endless(BaseException):
    """A reading has taken all of its time. Nothing that is there for damaged files may take it for one."""


def exponent(make: Callable[[int], RawFile], sizes: Sizes) -> tuple[float, float]:
    """Return with which power of its size a kind's cost grows, and the processor seconds of the largest that was read; both are infinite
    where a reading does not end in time."""
    first = make(sizes.small)
    _cost(first, sizes.limit)  # what is compiled and loaded once belongs to no size
    small, power, taken = _cost(first, sizes.limit), math.inf, math.inf
    for size in (sizes.middle, sizes.large) if small < math.inf else ():
        file = make(size)
        taken = _cost(file, sizes.limit)
        power = math.log(taken / small) / math.log(len(file.data) / len(first.data))
        if power > _HOPELESS:
            break
    return power, taken


def attack(seed: int, times: int) -> str:
    """Measure kinds, all or every so manyth. Raises AssertionError with those that grow faster than `MOST`."""
    every = list(repetitions())
    step = max(1, len(every) // times)
    sizes = WHOLE if step == 1 else SHORT
    found: dict[str, float] = {}
    bad: list[str] = []
    for name, kind in every[seed % step :: step]:
        found[name], seconds = exponent(kind.file, sizes)
        if MOST < found[name] < math.inf:  # a busy machine may have been in between
            found[name] = min(found[name], exponent(kind.file, sizes)[0])
        if found[name] > MOST:
            bad.append(f"{name} grows by {found[name]:.2f} ({seconds:.1f} s)")
        if len(bad) == _MOST_BAD:
            break
    assert not bad, "; ".join(bad)
    name, power = max(found.items(), key=lambda item: item[1])
    return (
        f"{len(found)} kinds of repetition from {sizes.small // 1000} to {sizes.large // 1000} kB: "
        f"exponents to {power:.2f} ({name})"
    )


def _cost(file: RawFile, limit: int) -> float:
    """Return the least processor time of three readings, or of one that takes long; infinite where one takes longer than the limit."""
    taken: list[float] = []
    gc.collect()
    with suppress(_Endless), _ended_after(limit):
        while not taken or (len(taken) < 3 and max(taken) < _LONG):
            start, times = time.thread_time(), 0
            while time.thread_time() - start < _ENOUGH:
                times += 1
                with suppress(SourceError):
                    resolve(extract_file(file, None, None, unguarded(lambda limits: None)))
            taken.append((time.thread_time() - start) / times)
    return min(taken, default=math.inf)


@contextmanager
def _ended_after(seconds: int) -> Iterator[None]:
    """End what runs within by `_Endless` after so many seconds of processor time; matching a pattern is ended too. Nothing is looked for
    that refers to itself."""

    def end(number: int, frame: object) -> None:
        raise _Endless

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    gc.disable()  # what a look for cycles costs goes by all that the process holds, and not by the text
    try:
        yield
    finally:
        gc.enable()
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
