"""A document's provisions: their own text, who cites them, what changed them and when, and whether they are in force on a day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyoxigraph

from chidao.extract.errors import ChidaoError
from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import lower, slug
from chidao.extract.language.patterns import ATTACHED_RULES
from chidao.extract.language.provision_paths import path_words, within
from chidao.extract.mentions.provision_chains import find_chains, provisions_of
from chidao.graph.answers.force import amendments, force_events, path_below
from chidao.graph.answers.standing import Standing, contents, standing
from chidao.graph.evidence import Evidence
from chidao.graph.select import Store, Term, node, rows

_COLUMNS = ("sentence", "quote", "source", "page", "row", "line", "provision")
_OF = re.compile(r"^[\s,]*(?:(?:của|tại|thuộc|ban hành kèm theo|kèm theo)\s+)?|[\s,]+$")


# As one types without marks: "khoan 2 dieu 5 nghi dinh 30/2020/nd-cp".
_BARE = re.compile(
    r"\s*(?:diem\s+(?P<diem>[a-zđ][0-9]?)\s+)?(?:khoan\s+(?P<khoan>[0-9]{1,3}[a-zđ]?)\s+)?dieu\s+(?P<dieu>[0-9]{1,4}[a-zđ]?)[\s,]+(?:cua\s+)?(?=\S)",
    re.IGNORECASE,
)
_POINT = re.compile(r"(?:Điểm|điểm|ĐIỂM)\s+[A-ZĐ](?![\w.])")
"""A point that is written with a capital."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A place where a file means a provision: `path` is what it means, `by` the document that does, where the file has one."""

    path: str
    by: str | None
    by_label: str | None
    evidence: Evidence

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        return {"path": self.path, "by": self.by, "label": self.by_label, **self.evidence.texts(*_COLUMNS)}


@dataclass(frozen=True, slots=True)
class Detailing:
    """An order to detail a provision (`delegate` is to make the rules) or, where `by` is set, a document that says that it does."""

    path: str
    delegate: str | None
    by: str | None
    by_label: str | None
    evidence: Evidence

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        names = ("path", "delegate", "by", "by_label")
        return {name: getattr(self, name) for name in names} | self.evidence.texts(*_COLUMNS)


@dataclass(frozen=True, slots=True)
class ProvisionDetails:
    """A provision of a document. `text` are its own words, None where the document's text is not in the graph; `depth` counts the larger
    provisions around it; `cited`, `orders` and `detailed` are about it alone, not about its parts."""

    iri: str
    path: str
    label: str
    heading: str | None
    text: str | None
    depth: int
    force: Standing
    cited: tuple[Citation, ...] = ()
    orders: tuple[Detailing, ...] = ()
    detailed: tuple[Detailing, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        names = ("iri", "path", "label", "heading", "text")
        return {name: getattr(self, name) for name in names} | {
            "force": self.force.plain(),
            "cited": [citation.plain() for citation in self.cited],
            "orders": [order.plain() for order in self.orders],
            "detailed": [detailing.plain() for detailing in self.detailed],
        }


@dataclass(frozen=True, slots=True)
class Provisions:
    """The provisions of a document, or those in its provision at `path`: its own in their order, then others that files name. `has_text`
    says whether the document's own text is in the graph."""

    document: str
    label: str
    path: str
    has_text: bool
    entries: tuple[ProvisionDetails, ...]

    @property
    def iri(self) -> str:
        """The provision's, or the document's where all are shown."""
        return f"{self.document}/{self.path}" if self.path else self.document

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        names = ("document", "label", "path", "has_text")
        return {"kind": "provision", **{name: getattr(self, name) for name in names}} | {
            "words": path_words(self.path) if self.path else "", "provisions": [entry.plain() for entry in self.entries],
        }  # fmt: skip


def provision_in(text: str) -> tuple[str, str] | None:
    """Return the path of the one provision that a person's words name, and the words that name its document; None where they name none.
    Case and diacritics do not matter. Raises ChidaoError for several, as one alone can be shown.

    >>> provision_in("khoản 2 Điều 5 Nghị định 30/2020/NĐ-CP"), provision_in("30/2020/NĐ-CP, Điều 5")
    (('dieu-5/khoan-2', 'Nghị định 30/2020/NĐ-CP'), ('dieu-5', '30/2020/NĐ-CP'))
    >>> provision_in("Điều 5 Quy chế làm việc ban hành kèm theo Quyết định 12/QĐ-UBND")
    ('quy-che/dieu-5', 'Quyết định 12/QĐ-UBND')
    >>> provision_in("dieu 5 nghi dinh 30/2020/nd-cp"), provision_in("Nghị định 30/2020/NĐ-CP"), provision_in("Điều 5")
    (('dieu-5', 'nghi dinh 30/2020/nd-cp'), None, None)
    """
    if bare := _BARE.match(text):
        steps = (("dieu", bare["dieu"]), ("khoan", bare["khoan"]), ("diem", bare["diem"]))
        return "/".join(f"{unit}-{lower(number)}" for unit, number in steps if number), text[bare.end() :]
    read = _POINT.sub(lambda point: point[0].lower(), text)
    found = [(chain, list(provisions_of(chain, ()))) for chain in find_chains(read, 0, len(read))]
    if not found:
        return None
    start = found[0][1][0][0] if found[0][1] else 0
    before, behind = _OF.sub("", text[:start]), _OF.sub("", text[found[-1][0].end :])
    if not (before or behind) or (before and behind):
        return None
    if len(found) != 1 or len(found[0][1]) != 1 or ".." in found[0][1][0][2]:
        raise ChidaoError(f"one provision at a time can be shown: {text}")
    return _in_rules(found[0][1][0][2], before or behind)


_RULES = re.compile(
    rf"(?P<what>{one_of(ATTACHED_RULES)})\s.{{0,300}}?(?:ban\s+hành\s+)?kèm\s+theo\s+(?=\S)", re.IGNORECASE | re.DOTALL
)


def _in_rules(path: str, document: str) -> tuple[str, str]:
    """Return the path and the document where what is named is what the document carries along ("Quy chế … kèm theo Quyết định A")."""
    rules = _RULES.match(document)
    return (f"{slug(rules['what'])}/{path}", document[rules.end() :]) if rules else (path, document)


def known_provision(store: Store, iri: str) -> tuple[str, str] | None:
    """Return the IRI of the document and the path of the provision with this IRI; None where the graph holds no such provision."""
    row = next(rows(store, "internal/provision", provision=node(iri)), None)
    return (row["document"], row["path"]) if row else None


def provisions(store: Store, document: str, path: str = "", on: date | None = None) -> Provisions:
    """Return the provisions of the document with this IRI, or those in the one at `path`, with their state on a day (today by default).

    A provision that nobody names and whose text is not there is no entry: `entries` is empty where nothing is known."""
    term, day = node(document), (on or date.today()).isoformat()
    facts = next(rows(store, "internal/document", document=term))
    asked: dict[str, list[Term]] = {}
    if path:
        here = rows(store, "internal/document-paths", document=term, outer=pyoxigraph.Literal(path))
        asked = {"provision": [node(f"{document}/{row['path']}") for row in here]}
        if not asked["provision"]:
            return Provisions(document, facts["label"], path, False, ())
    own = list(rows(store, "internal/document-provisions", document=term, **asked))
    events, changes = force_events(store, [document]).get(document, []), amendments(store, [document]).get(document, [])
    said = _Said(store, document, asked)
    texts = {row["path"]: row for row in own}
    has_text = next(rows(store, "internal/has-text", document=term), None) is not None
    held, known = contents(store, [document]).get(document, {}), frozenset(texts)
    others = said.paths | {p for e in events for p in (*e.scope, *e.apart)} | {a.path for a in changes}
    named = [*texts, *sorted(others - texts.keys() - {""}, key=_in_order)]
    entries = []
    for each in named:
        if within(each, path):
            row = texts.get(each, {})
            entries.append(
                ProvisionDetails(
                    f"{document}/{each}", each, path_words(each), row.get("title"), row.get("text"), each.count("/"),
                    standing(events, changes, day, each, held, known), *said.about(each),
                )
            )  # fmt: skip
    return Provisions(document, facts["label"], path, has_text, tuple(entries))


class _Said:
    """What files say of a document's provisions beside force and changes, by path."""

    def __init__(self, store: Store, document: str, asked: Mapping[str, Sequence[Term]]) -> None:
        term = node(document)
        self.cited: dict[str, list[Citation]] = defaultdict(list)
        self.orders: dict[str, list[Detailing]] = defaultdict(list)
        self.detailed: dict[str, list[Detailing]] = defaultdict(list)
        # Of a document without provisions, as most are, the engine would look through all that the files mean.
        named = bool(asked) or any(True for _ in rows(store, "internal/document-paths", document=term))
        for row in rows(store, "internal/document-provision-mentions", document=term, **asked) if named else ():
            if row["by"] != document:
                said = Evidence.of(row | {"provision": row["clause"]})
                self.cited[row["path"]].append(Citation(row["path"], row["by"], row["byLabel"], said))
        for row in rows(store, "internal/document-delegations", document=term):
            path = path_below(document, row["about"])
            self.orders[path].append(Detailing(path, row["delegate"], None, None, Evidence.of(row)))
        for row in rows(store, "internal/document-fulfilments", document=term):
            path = path_below(document, row["about"])
            self.detailed[path].append(Detailing(path, None, row["by"], row["label"], Evidence.of(row)))
        self.paths = self.cited.keys() | self.orders.keys() | self.detailed.keys()

    def about(self, path: str) -> tuple[tuple[Citation, ...], tuple[Detailing, ...], tuple[Detailing, ...]]:
        """What is about this provision alone."""
        return tuple(self.cited.get(path, ())), tuple(self.orders.get(path, ())), tuple(self.detailed.get(path, ()))


def _in_order(path: str) -> tuple[tuple[str, int, str], ...]:
    """Provisions as a document would have them: by unit, number, and what follows the number."""
    steps = []
    for step in path.split("/"):
        unit, _, number = step.rpartition("-")
        digits = re.match(r"[0-9]*", number)
        steps.append((unit or number, int(digits[0]) if digits and digits[0] else 0, number))
    return tuple(steps)
