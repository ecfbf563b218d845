"""The one error base of chidao: a message for a person, with the file and place it is about."""

from __future__ import annotations

import re

_COMMANDS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class ChidaoError(Exception):
    """Something the user can act on. Shown as one line; a traceback is a bug.

    `path` names the file (or store, or query) concerned and `offset` the code point in it, where known.
    """

    exit_code = 1

    def __init__(self, message: str, *, path: str | None = None, offset: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.offset = offset

    def __str__(self) -> str:
        place = in_a_line(self.path or "")
        if self.offset is not None:
            place += f", offset {self.offset}"
        return f"{place}: {self.message}" if place else self.message


class SourceError(ChidaoError):
    """A file that cannot be read as text: missing, empty, damaged, too large, not permitted."""


class NotADocumentError(SourceError):
    """A file of a kind that holds no document's text: a program, a database, a picture without letters."""


def fault_of(error: BaseException) -> str:
    """Return in a few words what was raised where: what a report of a fault needs."""
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f", {place.tb_frame.f_globals.get('__name__', '?')} line {place.tb_lineno}" if place else ""
    return f"{type(error).__name__}{where}"


def in_a_line(said: str) -> str:
    """Return what is said with the control characters written out that a file's name may hold: it breaks no line, and commands no terminal.

    >>> in_a_line("a\\nb.docx")
    'a\\\\nb.docx'
    """
    return _COMMANDS.sub(lambda found: repr(found[0])[1:-1], said)
