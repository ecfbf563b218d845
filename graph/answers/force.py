"""What the files say of a document's force: it takes effect, ends whole or in part, is suspended, extended, goes on being applied; and
which of its provisions were changed, by what, from which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chidao.extract.language.provision_paths import path_words, within
from chidao.graph.evidence import Evidence
from chidao.graph.select import Store, rows_of_each


def _by(day: str | None, on: str, issued: bool) -> bool:
    """Has what is of this day happened by another one? What has no day has by today, if it was issued at all, and it is not known when."""
    return day <= on if day else issued and on >= date.today().isoformat()


@dataclass(frozen=True, slots=True)
class ForceEvent:
    """What a document (`by`) says of another's force, or of its own. `kind` is "in-force", "expires", "partly-expires", "continues",
    "suspended" or "extended"; `date` the day on which it takes place, None where it is not stated; `scope` the paths of the provisions
    that alone it is about, `apart` of those it leaves out, `apart_words` what else it leaves out; `until` the last day, or
    `until_words`."""

    kind: str
    date: str | None
    scope: tuple[str, ...]
    apart: tuple[str, ...]
    apart_words: tuple[str, ...]
    until: str | None
    until_words: str | None
    by: str | None
    label: str | None
    by_date: str | None
    evidence: Evidence = field(compare=False)
    issued: bool = True
    """Has the document that says so a number? A draft has none."""

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        known = ("kind", "date", "scope", "apart", "apart_words", "until", "until_words", "by", "label", "by_date")
        values = {name: getattr(self, name) for name in known}
        columns = ("sentence", "quote", "source", "page", "row", "line", "provision")
        return {k: list(x) if isinstance(x, tuple) else x for k, x in values.items()} | self.evidence.texts(*columns)

    def happened(self, on: str) -> bool:
        """Has it taken place by this day? Without a day of its own, from the day of the document that says so."""
        return _by(self.date or self.by_date, on, self.issued)

    def about(self, path: str) -> bool:
        """Is it about the whole of the provision at `path`, "" for the document?"""
        if self.scope:
            inside = any(within(path, outer) for outer in self.scope if outer)
            return inside and not any(within(path, left) or within(left, path) for left in self.apart)
        if self.kind == "partly-expires" and not (path and self.apart):
            return False
        return not any(within(path, outer) or (not path) for outer in self.apart) and not (
            self.apart_words and not path
        )

    def touches(self, path: str) -> bool:
        """Is it about that provision, or about a part of it?"""
        if any(within(path, outer) for outer in self.apart if path):
            return False
        return not self.scope or any(within(path, inner) or within(inner, path) for inner in self.scope)

    def spares(self, path: str) -> bool:
        """Does it end the document but for that provision?"""
        return self.kind == "partly-expires" and bool(path) and any(within(path, outer) for outer in self.apart)


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change of a provision of a document, or with `path` "" of no certain one. `since` is the day from which it holds, None where no
    file says; `old` and `new` are the words that it changes, if these are all."""

    operation: str
    path: str
    old: str | None
    new: str | None
    by: str
    label: str
    by_date: str | None
    since: str | None
    evidence: Evidence = field(compare=False)
    issued: bool = True

    @property
    def words(self) -> str:
        """The provision in words."""
        return path_words(self.path) if self.path else ""

    def happened(self, on: str) -> bool:
        """Does it hold on this day? Where no file says since when, from the day of the document that makes it."""
        return _by(self.since or self.by_date, on, self.issued)

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        known = ("operation", "path", "old", "new", "by", "label", "by_date", "since")
        columns = ("sentence", "quote", "source", "page", "row", "line", "provision")
        return {name: getattr(self, name) for name in known} | self.evidence.texts(*columns)


def force_events(store: Store, documents: Iterable[str]) -> dict[str, list[ForceEvent]]:
    """Return what the files say of the force of the documents with these IRIs, by document, the first day first."""
    events: dict[str, dict[str, list[Mapping[str, Any]]]] = {}
    for row in rows_of_each(store, "internal/document-force", "document", documents):
        events.setdefault(row["document"], {}).setdefault(row["event"], []).append(row)
    found = {document: [_event(said) for said in of.values()] for document, of in events.items()}
    return {document: sorted(of, key=in_order) for document, of in found.items()}


def _event(said: Sequence[Mapping[str, Any]]) -> ForceEvent:
    """From the rows of one event, which repeat it for each provision."""
    first = said[0]

    def every(column: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row[column] for row in said if row[column]))

    scope, apart = (tuple(path_below(first["document"], iri) for iri in every(c)) for c in ("inScope", "notInScope"))
    return ForceEvent(
        first["kind"], first["date"], scope, apart, every("notInScopeText"), first["until"],
        first["untilText"], first["by"], first["label"], first["byDate"], Evidence.of(first),
        first["byNumber"] is not None,
    )  # fmt: skip


def amendments(store: Store, documents: Iterable[str]) -> dict[str, list[Amendment]]:
    """Return every change of provisions of the documents with these IRIs, by document, the first day first."""
    said = list(rows_of_each(store, "internal/document-amendments", "document", documents))
    begins = force_events(store, {row["by"] for row in said})
    found: dict[str, list[Amendment]] = {}
    for row in said:
        since = row["since"] or _first_day(begins.get(row["by"], ()), path_below(row["by"], row["clause"]))
        found.setdefault(row["document"], []).append(
            Amendment(
                row["operation"], path_below(row["document"], row["changed"]), row["old"], row["new"], row["by"], row["label"],
                row["byDate"], since, Evidence.of(row), row["byNumber"] is not None,
            )
        )  # fmt: skip
    for changes in found.values():
        changes.sort(key=lambda a: a.since or a.by_date or "9999")
    return found


def _first_day(events: Iterable[ForceEvent], clause: str) -> str | None:
    """The day from which a clause of an act is in force: what is said of it alone before what is said of all."""
    begins = [e for e in events if e.kind == "in-force" and e.date]
    alone = next((e.date for e in begins if clause and e.scope and e.about(clause)), None)
    return alone or next((e.date for e in begins if not e.scope), None)


def first_days(store: Store, documents: Iterable[str]) -> dict[str, str]:
    """Return the day from which each of the documents with these IRIs is in force, where a file says so."""
    found = rows_of_each(store, "internal/first-in-force", "document", documents)
    return {row["document"]: row["since"] for row in found}


def path_below(document: str, provision: str | None) -> str:
    """Return the path of the provision with this IRI in its document, "" for none."""
    return provision.removeprefix(f"{document}/") if provision else ""


def in_order(event: ForceEvent) -> tuple[Any, ...]:
    """By day; what is said of one day in an order of its own, so that it does not matter which file was read first."""
    return (
        event.date or event.by_date or "",
        event.kind,
        event.scope,
        event.apart,
        event.until or "",
        event.by_date or "",
        event.by or "",
    )
