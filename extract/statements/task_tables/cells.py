"""Whom a cell of a table names: a list of bodies, and in one that holds both, who leads and who helps.

A cell is bounded: what its list cannot be read as is a name that no table knows, and kept as printed to the next comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import whitespace

from chidao.extract.language.letters import LOWER, UPPER
from chidao.extract.language.patterns import AGENCY, HELPS, LEADS
from chidao.extract.language.tables import words
from chidao.extract.model import Addressee
from chidao.extract.statements.addressees.name_ends import ASIDE
from chidao.extract.statements.tasks.task_text import TaskText

_NOTHING = f"{whitespace}.-–—_/:…*"
DITTO = re.compile(r"[-–\s(\"]*(?:nt|n\.t|như\s+trên|như\s+mục\s+[0-9.]+|[″“”\"]{1,2}|//)[-–\s).\"]*", re.IGNORECASE)
"""What says that a cell is the same as the one above it."""
_PARTS = re.compile(rf"\s*(?:[;\n]|(?<![Đđ/])/(?=\s*[{UPPER}]))\s*")
_SEPARATOR = re.compile(r"\s*[,.]\s*|\s+(?:và|[-–+•])\s+|\s+")
_GOES_ON = re.compile(rf"\s*(?:,|\svà)\s+[{LOWER}]")
"""Of a name that is longer than the known body with which it begins: "Ban Quản lý dự án … giao thông và nông nghiệp"."""
_LONGEST_NAME = 100
_LABEL = re.compile(
    rf"(?:^|(?<=[\s;.,(–-]))(?:(?:các\s+)?{AGENCY}\s+)?(?P<what>{LEADS}|{HELPS}|thực\s+hiện|tham\s+mưu|hỗ\s+trợ|tham\s+gia)"
    r"(?:\s+(?:chính|thực\s+hiện|với))?\s*:\s*",
    re.IGNORECASE,
)
_LEADING = frozenset([*words("leads"), "thực hiện", "tham mưu"])
_SAID = re.compile(rf"\s*\(\s*(?P<what>{LEADS}|{HELPS}|CT|PH)[^()]{{0,20}}\)", re.IGNORECASE)
_WITH = re.compile(
    rf"\s*[,;.(]?\s*(?:(?:là\s+)?(?:{AGENCY}\s+)?{LEADS}\s*,?\s*(?:và\s+)?)?{HELPS}(?:\s+(?:với|cùng))*\s+",
    re.IGNORECASE,
)
_LEADS = re.compile(rf"\s+(?:{LEADS}|là\s+{AGENCY}\s+{LEADS})\s*[.,;]?\s*$", re.IGNORECASE)

Names = tuple[Addressee, ...]


def read_names(reading: TaskText, said: str) -> Names:
    """Return whom a cell names."""
    found = (name for part in _parts(reading, said) for name in _names_of(reading, part))
    return tuple(dict.fromkeys(map(reading.in_full, found)))


def is_names(reading: TaskText, said: str) -> bool:
    """Is all that a cell says names that are read without doubt?"""
    parts = list(_parts(reading, said))
    return bool(parts) and all(_is_list(reading, part) for part in parts)


def _parts(reading: TaskText, said: str) -> Iterator[str]:
    """Yield the parts of a cell, each a list by commas."""
    parts = (part.strip(" .;,*_-–") for part in _PARTS.split(reading.spelled_out(said)))
    return (part for part in parts if part)


def _is_list(reading: TaskText, said: str) -> bool:
    """Is a part of a cell a list of names and nothing else?"""
    at = 0
    while at < len(said):
        _, end, clear = _names_at(reading, said, at)
        if not clear:
            return False
        at = _behind(said, end)
    return True


def _names_at(reading: TaskText, said: str, at: int) -> tuple[Names, int, bool]:
    """Return the names that are listed from `at` on, where they end, and whether another name or nothing follows."""
    names, end = reading.addressees_in(said, at)
    if aside := ASIDE.match(said, end) if names else None:
        end = aside.end()
    return names, end, bool(names) and (end >= len(said) or _opens(reading, said, end))


def _names_of(reading: TaskText, said: str) -> list[Addressee]:
    """Return the names of a list by commas. Where one goes on with words that begin no other, it is longer than what was read of it."""
    found: list[Addressee] = []
    at = 0
    while at < len(said):
        names, end, clear = _names_at(reading, said, at)
        if clear:
            found += names
            at = _behind(said, end)
            continue
        stop = _next_name(reading, said, max(end, at + 1))
        if not names:
            found += printed(said[at:stop])
        elif names[-1].key is None or _GOES_ON.match(said, end):
            begin = at if len(names) == 1 else said.rfind(names[-1].name.split()[0], at, end)
            found += [*names[:-1], *(printed(said[begin:stop]) if begin >= 0 else names[-1:])]
        else:
            found += names
        at = _behind(said, stop)
    return found


def _behind(said: str, at: int) -> int:
    separator = _SEPARATOR.match(said, at)
    return separator.end() if separator else at


def _opens(reading: TaskText, said: str, end: int) -> bool:
    """Does another name begin behind `end`?"""
    at = _behind(said, end)
    return (
        at > end
        and (said[at : at + 1].isupper() or said.startswith("các ", at))
        and bool(reading.addressees_in(said, at)[0])
    )


def _next_name(reading: TaskText, said: str, at: int) -> int:
    """Return where the separator before the next name stands, or the end."""
    for separator in re.compile(r"\s*,\s*|\s+và\s+").finditer(said, at):
        if _opens(reading, said, separator.start()):
            return separator.start()
    return len(said)


def printed(said: str) -> list[Addressee]:
    """Return a name as it is printed, where it can be one."""
    name = " ".join(said.split()).strip(" .;,:*_-–")
    return [Addressee(name)] if 1 < len(name) <= _LONGEST_NAME and name[0].isupper() else []


def is_blank(said: str) -> bool:
    """Does a cell hold nothing that says anything?"""
    return not said.strip(_NOTHING) or said.lower() in ("không", "x")


def read_who(reading: TaskText, said: str, *, both: bool = False) -> tuple[Names, Names]:
    """Return who leads and who helps by a cell of the column for who leads; `both` says that its header names the two."""
    if is_blank(said):
        return (), ()
    labels = list(_LABEL.finditer(said))
    if labels:
        return _labelled(reading, said, labels)
    if _SAID.search(said):
        return _marked(reading, said)
    if helpers := _WITH.search(said):
        lead = read_names(reading, said[: helpers.start()])
        return lead, _without(read_names(reading, said[helpers.end() :].rstrip(" )")), lead)
    said = _LEADS.sub("", said)
    names = read_names(reading, said)
    if not both or len(names) < 2:
        return names, ()
    first = next(filter(None, (read_names(reading, part) for part in _PARTS.split(said))))
    lead = first if len(first) < len(names) else names[:1]
    return lead, _without(names, lead)


def _without(names: Names, lead: Names) -> Names:
    return tuple(name for name in names if name not in lead)


def _labelled(reading: TaskText, said: str, labels: list[re.Match[str]]) -> tuple[Names, Names]:
    """ "Chủ trì: A; Phối hợp: B": what stands before the first label leads."""
    sides: dict[bool, list[Addressee]] = {True: [*read_names(reading, said[: labels[0].start()])], False: []}
    for label, end in zip(labels, [*(m.start() for m in labels[1:]), len(said)], strict=True):
        sides[" ".join(label["what"].lower().split()) in _LEADING] += read_names(reading, said[label.end() : end])
    lead = tuple(dict.fromkeys(sides[True]))
    return lead, _without(tuple(dict.fromkeys(sides[False])), lead)


def _marked(reading: TaskText, said: str) -> tuple[Names, Names]:
    """ "A (chủ trì), B (phối hợp)": each name is what the brackets behind it say."""
    sides: dict[bool, list[Addressee]] = {True: [], False: []}
    at, leads = 0, False
    for mark in _SAID.finditer(said):
        leads = mark["what"].lower() == "ct" or mark["what"].lower().startswith("chủ")
        sides[leads] += read_names(reading, said[at : mark.start()])
        at = mark.end()
    sides[False] += read_names(reading, said[at:])
    lead = tuple(dict.fromkeys(sides[True]))
    return lead, _without(tuple(dict.fromkeys(sides[False])), lead)
