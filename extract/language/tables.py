"""Trigger tables: how text says that one document acts on another, or a body on a document.

The phrases stand in `tables/*.csv`, each with an example that a test reads both ways; what a rule does with them it asks of
`chidao.extract.language.verbs`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product

from chidao.extract.language.letters import early_tones

CHANGES = frozenset(["amends", "replaces", "repeals", "corrects"])
"""Predicates of a document that changes another."""
CARRIES = frozenset(["implements", "continues"])
"""Predicates of a document that carries another out."""

FORMS = {
    "active": "“A thay thế B”: between two documents, and in the title of the first",
    "passive": "“B được thay thế bởi A”",
    "title": "“Về việc thay thế B”: at the head of the document's own title",
    "within": "“Điều chỉnh mục đích sử dụng đất tại B”: in a title, what is done to something in a document is done to it",
    "clause": "“Điều 2. Thay thế B”, “Quyết định này thay thế B”, “Thay thế các văn bản sau: B; C”",
    "state": "“B hết hiệu lực”: said of the document that stands before it",
    "provision": "“Thay thế khoản 2 Điều 5”: what an instruction does to provisions and words of a document",
    "preamble": "“Thực hiện B, Ủy ban nhân dân ban hành …”",
    "governing": "“tiếp tục thực hiện B”: before a verb of carrying out, whose predicate it takes over",
}
"""Where a trigger can stand."""
_OPERATIONS = {"amends": "replace", "replaces": "replace", "corrects": "replace", "repeals": "repeal"}
"""What a verb of a predicate does to a provision, if its row does not say it."""


@dataclass(frozen=True, slots=True)
class RelationTrigger:
    """`direction` "forward": the document before the trigger is the subject; "backward": the one behind it. `forms`: see FORMS.
    `operation`: what it does to a provision (insert, replace, repeal, renumber); `event`: what it tells of a document's force."""

    trigger: str
    predicate: str
    direction: str
    certainty: str
    example: str
    forms: frozenset[str]
    operation: str
    event: str


@dataclass(frozen=True, slots=True)
class ForceVerb:
    """A verb that tells of a document's force: `about` one that stands before it, or also "behind" it ("tạm dừng thi hành A"), or none of
    both where something goes on "under" the one behind it; that rules are "used" says less than that they are in force."""

    verb: str
    event: str
    about: str


@dataclass(frozen=True, slots=True)
class ActionTrigger:
    """`unless` are the phrases of which one behind the trigger makes it mean something else ("theo dõi")."""

    trigger: str
    action: str
    example: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GenericSymbol:
    """What a symbol calls the issuer's organ where it does not say whose: every Party committee of a body signs with "ĐU"."""

    symbol: str
    organ: str
    example: str


@dataclass(frozen=True, slots=True)
class TaskPhrase:
    """`use` "work": what a body named before it is to do; "duty": what says that it has to; "before": what may stand between the
    two; "give" and "call": what gives work to a body named behind it, or asks it for some; "heading": what only stands before a
    body in a heading above items; "name": what is no work but part of a name."""

    phrase: str
    use: str
    example: str


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table in `tables/`; a cell that a row leaves out is empty."""
    text = files("chidao.extract").joinpath("tables", name).read_text("utf-8")
    return csv.DictReader(text.splitlines(), restval="")


def words(kind: str, table: str = "words.csv") -> tuple[str, ...]:
    """Return the words of one kind in a table of kind, word and example, in its order.

    Raises ValueError for a kind that the table does not have.
    """
    if kind not in _kinds(table):
        raise ValueError(f"{table} has no {kind!r}")
    return _kinds(table)[kind]


@cache
def _kinds(table: str) -> dict[str, tuple[str, ...]]:
    """The words of each kind; the table is read once."""
    found: dict[str, list[str]] = {}
    for row in rows(table):
        found.setdefault(row["kind"], []).append(row["word"])
    return {kind: tuple(of_kind) for kind, of_kind in found.items()}


def _usual_forms(predicate: str, direction: str, event: str) -> frozenset[str]:
    """Return where a verb with this predicate can stand if its row does not say it; one of force changes no provision."""
    if direction == "backward":
        return frozenset(["active"])
    usual = ["active", "passive", "title"]
    usual += ["clause", "within"] if predicate in CHANGES else ["preamble"] if predicate in CARRIES else []
    usual += ["provision"] if predicate in CHANGES and not event else []
    return frozenset(usual)


@cache
def kinds(table: str) -> dict[str, str]:
    """Return for each phrase of a table (its first column) of what kind it is (its second)."""
    return {phrase: kind for phrase, kind, *_ in (row.values() for row in rows(table))}


@cache
def abbreviations() -> dict[str, str]:
    """Return for each abbreviation of a part of a body's name what it stands for."""
    return {row["short"]: row["full"] for row in rows("abbreviations.csv")}


@cache
def relation_triggers() -> dict[str, RelationTrigger]:
    """Return the triggers of relations by their keys."""
    table = {}
    for row in rows("relations.csv"):
        forms = frozenset(row.pop("forms").split()) or _usual_forms(row["predicate"], row["direction"], row["event"])
        operation = row.pop("operation") or _OPERATIONS.get(row["predicate"], "")
        event = row.pop("event") or ("expires" if "state" in forms else "")
        trigger = RelationTrigger(**row, forms=forms, operation=operation if "provision" in forms else "", event=event)
        table[key(trigger.trigger)] = trigger
    for both in _at_once(list(table.values())):
        table.setdefault(key(both.trigger), both)
    return table


def _at_once(table: Iterable[RelationTrigger]) -> Iterator[RelationTrigger]:
    """What is repealed and replaced at once is replaced ("bãi bỏ, thay thế"), with whichever verbs of the table."""
    usual = [row for row in table if {"active", "passive"} <= row.forms and row.direction == "forward"]
    for repeals, replaces in product(*([r for r in usual if r.predicate == p] for p in ("repeals", "replaces"))):
        both = f"{repeals.trigger}, {replaces.trigger}"
        yield replace(replaces, trigger=both, example=replaces.example.replace(replaces.trigger, both, 1))


@cache
def force_verbs() -> dict[str, ForceVerb]:
    """Return verbs that tell of a document's force: those that also say what one document does to another, and the rest."""
    told = [row for row in relation_triggers().values() if row.event]
    done = {row.trigger.removesuffix(" của") for row in relation_triggers().values() if "clause" in row.forms}
    verbs = [ForceVerb(row.trigger, row.event, "behind" if row.trigger in done else "") for row in told]
    verbs += [ForceVerb(row["trigger"], row["event"], row["about"]) for row in rows("force.csv")]
    return {verb.verb: verb for verb in verbs}


@cache
def action_triggers() -> dict[str, ActionTrigger]:
    """Return the triggers of actions by their keys."""
    table = {}
    for row in rows("actions.csv"):
        unless = tuple(filter(None, row.pop("unless").split("|")))
        table[key(row["trigger"])] = ActionTrigger(**row, unless=unless)
    return table


@cache
def task_phrases(*uses: str) -> dict[str, TaskPhrase]:
    """Return those of the named uses, by the phrase in lower case."""
    return {row["phrase"]: TaskPhrase(**row) for row in rows("tasks.csv") if row["use"] in uses}


@cache
def generic_symbols() -> dict[str, GenericSymbol]:
    """Return the symbols of organs that many bodies have, by the symbol in lower case."""
    return {row["symbol"].lower(): GenericSymbol(**row) for row in rows("generic_symbols.csv")}


def read_relation(printed: str) -> RelationTrigger:
    """Return the row of a trigger as printed: in the passive, with a complement, or before the verb that it governs.

    Raises KeyError for what no row begins.

    >>> read_relation("được sửa đổi và bổ sung một số điều bởi").trigger
    'sửa đổi, bổ sung'
    >>> read_relation("sửa đổi, bổ sung bởi").direction
    'backward'
    """
    table, words = relation_triggers(), key(printed).split()
    if whole := table.get(" ".join(words)):
        return whole
    marked = words[:1] in (["được"], ["bị"])
    passive = marked or words[-1:] in (["bởi"], ["bằng"], ["tại"])
    if marked:
        del words[0]
    while words:
        if row := table.get(" ".join(words)):
            return replace(row, direction="backward") if passive else row
        words.pop()
    raise KeyError(printed)


_JOINT = re.compile(r"\s*,\s*(?:và\s+)?|(?<=\w)\s+và\s+")


@lru_cache(maxsize=1000)
def key(printed: str) -> str:
    """Return what the ways of printing a phrase have in common: no capitals, tones where the new spelling has them, and no comma
    or "và" between its verbs.

    >>> key("Sửa  đổi, bổ sung"), key("cụ thể hoá")
    ('sửa đổi bổ sung', 'cụ thể hóa')
    """
    return early_tones(" ".join(_JOINT.sub(" ", printed.lower()).split()))
