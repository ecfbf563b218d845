"""Patterns of the verbs in the trigger tables, by where they stand: every rule that knows a verb has it from here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from chidao.extract.frozen import quick
from chidao.extract.language.composing import one_of, spaced_pieces
from chidao.extract.language.letters import LETTER
from chidao.extract.language.patterns import AGENT, PASSIVE, SHARE, SOME, TYPE
from chidao.extract.language.tables import (
    CARRIES,
    CHANGES,
    RelationTrigger,
    action_triggers,
    key,
    read_relation,
    relation_triggers,
)

_COMPLEMENT = rf"(?:\s+(?:{SOME}\s+của|{SHARE}|cho))?"
COMPLEMENT = rf"(?:\s+(?:{SOME}|{SHARE}|nội\s+dung))?"
"""What may stand between a verb of change in the passive and the document that acts: how much is changed."""


def spelled(phrase: str) -> str:
    r"""Return a pattern of a phrase of the tables over any white space, in both spellings, with or without comma and "và".

    >>> bool(re.fullmatch(spelled("sửa đổi, bổ sung"), "sửa đổi và bổ sung"))
    True
    """
    return "".join(_pieces(phrase))


_JOINT = re.compile(r",\s*|(?<=\w)\s+và\s+")
"""What may stand otherwise between the verbs of a phrase."""


def first_verbs(*forms: str) -> frozenset[str]:
    """Return the verbs with which the triggers begin that can stand in one of the forms: without them none of these stands."""
    return frozenset(_JOINT.split(row.trigger)[0] for form in forms for row in _rows(form))


def _pieces(phrase: str) -> Iterator[str]:
    for n, part in enumerate(_JOINT.split(phrase)):
        if n:
            yield r"(?:,\s*|\s+)(?:và\s+)?"
        yield from spaced_pieces(part)


def verbs(form: str, predicates: Iterable[str] | None = None) -> str:
    """Return a group of the triggers that can stand in a form of `tables.FORMS`, of these predicates or of any."""
    return one_of((r.trigger for r in _rows(form, predicates) if "governing" not in r.forms), _pieces)


def orders(*operations: str, whole: bool = False) -> str:
    """Return a group of the verbs of instructions that do this to provisions, or any of it; `whole` as in `one_of`."""
    rows = _rows("provision")
    return one_of((r.trigger for r in rows if not operations or r.operation in operations), _pieces, whole=whole)


def governing(form: str, predicates: Iterable[str] | None = None) -> str:
    """Return a group of the triggers that there take a verb of carrying out for their object ("tiếp tục", "sơ kết")."""
    return one_of((r.trigger for r in _rows(form, predicates) if "governing" in r.forms), _pieces)


def acts(*actions: str, whole: bool = False) -> str:
    """Return a group of the triggers of these acts of bodies, or of all; `whole` as in `one_of`."""
    triggers = (row.trigger for row in action_triggers().values() if not actions or row.action in actions)
    return one_of(triggers, _pieces, whole=whole)


def _rows(form: str, predicates: Iterable[str] | None = None) -> list[RelationTrigger]:
    wanted = None if predicates is None else frozenset(predicates)
    return [r for r in relation_triggers().values() if form in r.forms and (wanted is None or r.predicate in wanted)]


CARRIES_OUT = verbs("preamble", CARRIES)
"""How a document carries another out, at the head of a sentence."""
GOES_ON = governing("preamble", ["continues"])
"""What says that something is done further on."""
AMENDS = verbs("clause", ["amends"])
"""How a document changes another, which stays."""


@cache
def saying(form: str) -> str:
    """Return a group of what says in the active or in a title what a document does: a verb, by itself or under another one."""
    governed = rf"{governing(form)}\s+(?:việc\s+)?{verbs('title', ['implements'])}"
    rows = [r for r in _rows(form) if "governing" not in r.forms]
    rows.sort(key=lambda r: (-len(r.trigger), r.trigger))
    plain = (spelled(r.trigger) + (_COMPLEMENT if r.predicate in CHANGES else "") for r in rows)
    return rf"(?:{governed}|{'|'.join(plain)})"


@cache
def undergoing() -> str:
    """Return a group of what says in the passive what a document does to the one before.

    What is carried out "theo" another document is carried out in its way, and not by it."""
    others = {r.predicate for r in _rows("passive")} - CARRIES
    changed = rf"{verbs('passive', others)}{COMPLEMENT}\s+{AGENT}"
    # In brackets the mark of the passive may be left out, and behind "nay": "Thông tư A (sửa đổi, bổ sung bởi Thông tư B)".
    told = rf"(?:(?<=\()|(?<=nay\s)){verbs('passive', CHANGES)}{COMPLEMENT}\s+(?:bởi|bằng|tại)"
    return rf"(?:{told}|{PASSIVE}\s+(?:{changed}|{verbs('passive', CARRIES)}\s+(?:bởi|bằng|tại)))"


@quick
@dataclass(frozen=True, slots=True)
class Said:
    """A verb of a table where the text prints it; `means` is its predicate or its act. A `noun` ("công tác kiểm tra") is no
    act of the sentence's subject."""

    start: int
    end: int
    means: str
    trigger: str
    noun: bool = False


@cache
def _title_verb() -> re.Pattern[str]:
    return re.compile(rf"(?<![{LETTER}]){saying('title')}(?![{LETTER}])", re.IGNORECASE)


@cache
def _act_verb() -> re.Pattern[str]:
    return re.compile(acts(whole=True))


@cache
def _unless(phrases: tuple[str, ...]) -> re.Pattern[str]:
    # "theo hướng mở rộng" does nothing about a document, "theo Hướng dẫn số 5-HD/TU" does
    return re.compile(rf"\s*(?:,|và)?\s*(?!(?-i:{TYPE})\s){one_of(phrases, _pieces)}", re.IGNORECASE)


def find_relations(text: str, start: int, end: int) -> Iterator[Said]:
    """Yield the verbs with which a title in text[start:end] says what its document does to others."""
    for match in _title_verb().finditer(text, start, end):
        yield Said(match.start(), match.end(), read_relation(match.group()).predicate, match.group())


def find_acts(text: str, low: str, start: int, end: int) -> Iterator[Said]:
    """Yield the verbs of text[start:end], in lower case `low`, with which a body does something about a document."""
    for match in _act_verb().finditer(low, start, end):
        row = action_triggers()[key(match.group())]
        begin, stop = match.span()
        if not (row.unless and _unless(row.unless).match(text, stop)):
            yield Said(begin, stop, row.action, text[begin:stop])
