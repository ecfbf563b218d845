"""Frozen dataclasses that are made as fast as others, and what is kept of objects and texts.

`dataclass(frozen=True)` fills its fields through `object.__setattr__`, one call each, which takes longer than to read what stands in
them. A class of the same slots that is not frozen takes plain assignments; so an object is one of these while it is filled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from functools import wraps
from typing import Any, Generic, TypeVar

T = TypeVar("T")


def quick(cls: type[T]) -> type[T]:
    """Return a frozen dataclass with slots, whose fields have no factories, with an `__init__` that takes a third of the time."""
    names = [f.name for f in fields(cls)]  # type: ignore[arg-type]
    given = [f.name if f.default is MISSING else f"{f.name}=_defaults[{f.name!r}]" for f in fields(cls)]  # type: ignore[arg-type]
    known: dict[str, Any] = {
        "_defaults": {f.name: f.default for f in fields(cls)},  # type: ignore[arg-type]
        "_turn": object.__dict__["__class__"].__set__,
        "_open": type(cls.__name__, (), {"__slots__": tuple(names)}),
        "_frozen": cls,
    }
    filled = "\n".join(f"    self.{name} = {name}" for name in names)
    exec(
        f"def __init__(self, {', '.join(given)}):\n    _turn(self, _open)\n{filled}\n    self.__class__ = _frozen",
        known,
    )
    known["__init__"].__annotations__ = dict(cls.__init__.__annotations__)
    cls.__init__ = known["__init__"]  # type: ignore[method-assign]
    return cls


class kept_property(Generic[T]):
    """What an object works out when it is first asked for it, and keeps: `functools.cached_property` without its lock."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self.make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, keeper: Any, owner: type | None = None) -> T:
        value = keeper.__dict__[self.name] = self.make(keeper)
        return value


def of_last(make: Callable[[str], T]) -> Callable[[str], T]:
    """Return a function that keeps what it made of the last two texts that it was asked about. It knows them by identity: a cache of
    `functools` would compare two equal texts from end to end each time, as often as a text has verbs."""
    last: tuple[tuple[str, T], ...] = ()

    @wraps(make)
    def asked(text: str) -> T:
        nonlocal last
        for known, value in last:
            if known is text:
                return value
        value = make(text)
        last = ((text, value), *last[:1])
        return value

    return asked
