"""The language that the command line speaks, and what it says in it.

Messages are English where they are made, also those of errors, which are put together far from any terminal. In another language a
message is looked up as it stands; one that holds a name or a number is found by the msgid that it is made from ("no question is
called {0}"), and what stands in the place of the braces is said in the language too, where the catalogue knows it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from chidao.viz.catalogue import N_, messages

if TYPE_CHECKING:
    from chidao.extract.errors import ChidaoError

SPOKEN = ("vi", "en")
"""The languages of the command line; its messages are written in the last."""
VARIABLE = "CHIDAO_LANG"
"""The variable of the environment that names the language, whatever the locale."""
_HOLE = re.compile(r"\{\d\}")
_PLACE = re.compile(r"(?:/|[A-Za-z]:\\)[^\n]{1,1000}?: ")
"""The file that a message may name before it says what is the matter."""
_LONGEST = 4_000
"""Characters of a message whose msgid is looked for."""
SYSTEM = (
    N_("No such file or directory"), N_("Permission denied"), N_("No space left on device"), N_("Is a directory"),
    N_("Not a directory"), N_("File exists"), N_("Read-only file system"), N_("File name too long"),
    N_("Too many open files"), N_("Input/output error"), N_("Cannot allocate memory"), N_("Address already in use"),
)  # fmt: skip
"""What the system says of files, the last word of many an error."""


@dataclass(frozen=True, slots=True)
class Speech:
    """How the command line speaks in one language."""

    language: str = SPOKEN[-1]

    def __call__(self, message: str, /, **values: object) -> str:
        """Return a message in the language, with the values in their places.

        >>> Speech("vi")("{path}: {count} nodes", path="a.html", count=3)
        'a.html: 3 nút'
        """
        said = messages("chidao.viz", self.language).get(message, message)
        return said.format(**values) if values else said

    def text(self, text: str | None) -> str | None:
        """Return a help text, each of its paragraphs as the language has it."""
        if text is None:
            return None
        return "\n\n".join(self(" ".join(part.split())) for part in text.split("\n\n"))

    def told(self, message: str) -> str:
        """Return a whole message, one that holds values too; each line of it is one of its own. What is not known stays.

        >>> Speech("vi").told("no question is called 'x'; `chidao ask --list` names them")
        "không có câu hỏi nào tên là 'x'; xem danh sách bằng `chidao ask --list`"
        """
        if self.language == SPOKEN[-1]:
            return message
        return "\n".join(self._line(line) for line in message.split("\n"))

    def error(self, error: ChidaoError) -> str:
        """Return an error as one line: the file, the place in it, what is the matter."""
        from chidao.extract.errors import in_a_line  # with its room, which help does without

        place = in_a_line(error.path or "")
        if error.offset is not None:
            place += self(N_(", offset {offset}"), offset=error.offset)
        return f"{place}: {self.told(error.message)}" if place else self.told(error.message)

    def _line(self, line: str) -> str:
        if (said := self(line)) != line or len(line) > _LONGEST:
            return said
        for pieces, msgstr in _templates(self.language):
            if (values := _values(line, pieces)) is not None:
                said_values = (value if value == line else self._line(value) for value in values)
                return msgstr.format(*said_values)
        place = _PLACE.match(line)
        return f"{place[0]}{self._line(line[place.end() :])}" if place else line


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language that an environment asks for: by its own variable, else by its locale, as gettext reads that; on Windows,
    where no locale is set so, by that of the windows.

    >>> language_of({"LANG": "vi_VN.UTF-8"}), language_of({"LC_ALL": "C", "LANG": "vi_VN.UTF-8"}), language_of({"CHIDAO_LANG": "vi"})
    ('vi', 'en', 'vi')
    """
    if (named := environment.get(VARIABLE)) in SPOKEN:
        return str(named)
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))), "")
    if sys.platform == "win32" and not locale:
        import ctypes

        return "vi" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 0x2A else SPOKEN[-1]
    return next((language for language in SPOKEN if re.match(rf"{language}\b|{language}_", locale)), SPOKEN[-1])


def language_first(arguments: Sequence[str]) -> list[str]:
    """Return the arguments of a command line with `--lang` before the command, where it stands behind.

    >>> language_first(["implements", "57-NQ/TW", "--lang", "vi"]), language_first(["ask", "--", "--lang", "vi"])
    (['--lang', 'vi', 'implements', '57-NQ/TW'], ['ask', '--', '--lang', 'vi'])
    """
    given = list(arguments)
    end = given.index("--") if "--" in given else len(given)
    at = next((n for n, argument in enumerate(given[:end]) if argument.partition("=")[0] == "--lang"), None)
    if at is None:
        return given
    size = 1 if "=" in given[at] else 2
    return [*given[at : at + size], *given[:at], *given[at + size :]]


def language_asked(arguments: Iterable[str]) -> str:
    """Return the language of a command line: that of `--lang` before the command, else that of the environment.

    >>> language_asked(["--help", "--lang", "vi"]), language_asked(["--lang=en", "ask", "--lang", "vi"])
    ('vi', 'en')
    """
    given = iter(arguments)
    for argument in given:
        option, equals, value = argument.partition("=")
        if option == "--lang" and (named := value if equals else next(given, "")) in SPOKEN:
            return named
        if not argument.startswith("-"):
            break
    return language_of(os.environ)


@cache
def _templates(language: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The messages with values, each as the pieces between these and what it is in the language; the one that says most comes first."""
    known = messages("chidao.viz", language).items()
    holed = [(tuple(_HOLE.split(msgid)), msgstr) for msgid, msgstr in known if _HOLE.search(msgid)]
    return tuple(sorted(holed, key=lambda row: -sum(map(len, row[0]))))


def _values(line: str, pieces: tuple[str, ...]) -> list[str] | None:
    """Return what stands between the pieces in a line, None where they do not make it up. Each is taken where it first stands, the last
    where it last does: one pass, whatever the line holds."""
    if not (line.startswith(pieces[0]) and line.endswith(pieces[-1])) or len(line) < sum(map(len, pieces)):
        return None
    at, end, values = len(pieces[0]), len(line) - len(pieces[-1]), []
    for piece in pieces[1:-1]:
        found = line.find(piece, at, end)
        if found < 0:
            return None
        values.append(line[at:found])
        at = found + len(piece)
    return [*values, line[at:end]] if at <= end else None
