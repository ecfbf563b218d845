"""What people say by hand, kept line by line in a file that they can read, compare and send: what was said, by whom, when and why.

One JSON object a line, in the order in which things were said. Nothing is taken out: what is undone stays, and a later line says so.
A line that cannot be read is an error that names it, and the file is left as it is.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
from filelock import FileLock, Timeout

from chidao.extract.errors import ChidaoError
from chidao.extract.resolved import Signed as Signed
from chidao.graph import disk

_PATIENCE = 10.0
"""Seconds to wait for another writer, who is done with a line at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Undone(Signed):
    undoes: str


T = TypeVar("T", bound=Signed)


class Journal(Generic[T]):
    """The journal of one kind of entries in a file, which need not be there yet."""

    def __init__(self, path: Path, kind: type[T]) -> None:
        self.path, self._kind = path, kind

    def read(self) -> list[T]:
        """Return what holds, in the order in which it was said. Raises ChidaoError with the line that cannot be read."""
        entries: dict[str, T] = {}
        for said in self._all():
            if isinstance(said, _Undone):
                entries.pop(said.undoes, None)
            else:
                entries[said.id] = said
        return list(entries.values())

    def history(self) -> list[T | Signed]:
        """Return all that was ever said, what was undone and that it was included. Raises ChidaoError."""
        return list(self._all())

    def add(self, entry: T, *, once: bool = False) -> T:
        """Write an entry behind the others, with a name and the moment where it has none; return it as written. With `once`
        what was said last is not said again: a form that was sent twice is one entry. Raises ChidaoError."""
        given = {"id": entry.id or secrets.token_hex(6), "at": entry.at or _now()}
        signed = self._kind(**{f.name: getattr(entry, f.name) for f in fields(entry)} | given)
        with self._writing() as lines:
            last = _said(lines[-1]) if once and lines else {}
            if last and _content(last) == _content(_said(_line(signed))):
                return msgspec.convert(last, self._kind)
            lines.append(_line(signed))
        return signed

    def undo(self, name: str, *, by: str, why: str = "") -> None:
        """Say that an entry holds no more. Raises ChidaoError where none of that name holds."""
        with self._writing() as lines:
            if not any(entry.id == name for entry in self.read()):
                raise ChidaoError(f"nothing here is called {name!r}, or it was undone before", path=str(self.path))
            lines.append(_line(_Undone(id=secrets.token_hex(6), at=_now(), by=by, why=why, undoes=name)))

    def _all(self) -> Iterator[T | _Undone]:
        for number, line in enumerate(self._lines(), 1):
            if line.strip():
                try:
                    given: Any = json.loads(line)
                    undone = isinstance(given, dict) and "undoes" in given
                    yield msgspec.convert(given, _Undone) if undone else msgspec.convert(given, self._kind)
                except (ValueError, RecursionError, msgspec.ValidationError) as error:
                    raise ChidaoError(f"line {number} cannot be read ({error})", path=str(self.path)) from None

    def _lines(self) -> list[str]:
        try:
            return disk.read(self.path).decode("utf-8-sig").split("\n")
        except FileNotFoundError:
            return []
        except (OSError, UnicodeDecodeError) as error:
            raise ChidaoError(f"cannot be read ({error})", path=str(self.path)) from None

    @contextmanager
    def _writing(self) -> Iterator[list[str]]:
        """The lines, to be changed and written in place of the file's. Raises ChidaoError."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path.with_name(self.path.name + ".lock"), timeout=_PATIENCE):
                lines = [line for line in self._lines() if line]
                yield lines
                disk.write(self.path, "".join(f"{line}\n" for line in lines).encode("utf-8"))
        except Timeout:
            raise ChidaoError("somebody else is writing; try again", path=str(self.path)) from None
        except OSError as error:
            raise ChidaoError(f"cannot be written ({error.strerror or error})", path=str(self.path)) from None


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _said(line: str) -> dict[str, Any]:
    """What a line says; nothing where it cannot be read."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _content(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name not in ("id", "at")}


def _line(entry: Signed) -> str:
    """An entry as its line: what it says first, by whom and when last; what is not said is left out."""
    said = {name: value for name, value in asdict(entry).items() if value not in (None, "", (), [])}
    order = [*(name for name in said if name not in ("by", "at", "why", "id")), "why", "by", "at", "id"]
    return json.dumps({name: said[name] for name in order if name in said}, ensure_ascii=False)
