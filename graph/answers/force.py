"""Whether a document, or one of its provisions, is in force on a day, as far as the files tell.

What the files say are events: it takes effect, ends whole or in part, is suspended, extended, goes on being applied. The state on a
day follows from those that have happened by then. Nothing is in force because nothing says the contrary: where no file says when a
document takes effect, its state is "unknown", with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from chidao.extract.language.provision_paths import path_words, within
from chidao.graph.evidence import Evidence
from chidao.graph.select import Store, rows_of_each


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

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        known = ("kind", "date", "scope", "apart", "apart_words", "until", "until_words", "by", "label", "by_date")
        values = {name: getattr(self, name) for name in known}
        columns = ("sentence", "quote", "source", "page", "row", "line", "provision")
        return {k: list(x) if isinstance(x, tuple) else x for k, x in values.items()} | self.evidence.texts(*columns)

    def happened(self, on: str) -> bool:
        """Has it taken place by this day? Without a day of its own, from the day of the document that says so."""
        return (self.date or self.by_date or "") <= on

    def about(self, path: str) -> bool:
        """Is it about the whole of the provision at `path`, "" for the document?"""
        if self.scope:
            return any(within(path, outer) for outer in self.scope if outer)
        if self.kind == "partly-expires" and not (path and self.apart):
            return False
        return not any(within(path, outer) or (not path) for outer in self.apart) and not (
            self.apart_words and not path
        )

    def touches(self, path: str) -> bool:
        """Is it about that provision, or about a part of it?"""
        if self.scope:
            return any(within(path, inner) or within(inner, path) for inner in self.scope)
        return not any(within(path, outer) for outer in self.apart if path)

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

    @property
    def words(self) -> str:
        """The provision in words."""
        return path_words(self.path) if self.path else ""

    def happened(self, on: str) -> bool:
        return (self.since or self.by_date or "") <= on

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        known = ("operation", "path", "old", "new", "by", "label", "by_date", "since")
        columns = ("sentence", "quote", "source", "page", "row", "line", "provision")
        return {name: getattr(self, name) for name in known} | self.evidence.texts(*columns)


@dataclass(frozen=True, slots=True)
class Standing:
    """The state on the day `on`: "in-force", "not-yet", "expired", "partly" (some provisions have ended), "suspended" or "unknown".

    `since` is the day from which it is so, where stated; `until` the day on which what is in force ends or what is suspended comes back;
    `ended` the paths that have ended, of what stands "partly", and `left` those that alone are left. `why` says of what is unknown why:
    "not-said" (no file says when it takes effect), "no-day" (a file says that it does, but not when) or "not-named" (some provisions
    have ended, and no file says which). `events` and `amendments` are all that the files say, with the sentences."""

    state: str
    on: str
    since: str | None = None
    until: str | None = None
    ended: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    by: str | None = None
    label: str | None = None
    why: str | None = None
    events: tuple[ForceEvent, ...] = ()
    amendments: tuple[Amendment, ...] = ()

    @property
    def over(self) -> bool:
        """Has it ended as a whole?"""
        return self.state == "expired"

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        known = ("state", "on", "since", "until", "by", "label", "why")
        return {name: getattr(self, name) for name in known} | {
            "ended": list(self.ended),
            "left": list(self.left),
            "events": [event.plain() for event in self.events],
            "amendments": [amendment.plain() for amendment in self.amendments],
        }


def force_events(store: Store, documents: Iterable[str]) -> dict[str, list[ForceEvent]]:
    """Return what the files say of the force of the documents with these IRIs, by document, the first day first."""
    events: dict[str, dict[str, list[Mapping[str, Any]]]] = {}
    for row in rows_of_each(store, "internal/document-force", "document", documents):
        events.setdefault(row["document"], {}).setdefault(row["event"], []).append(row)
    found = {document: [_event(said) for said in of.values()] for document, of in events.items()}
    return {document: sorted(of, key=_in_order) for document, of in found.items()}


def _event(said: Sequence[Mapping[str, Any]]) -> ForceEvent:
    """From the rows of one event, which repeat it for each provision."""
    first = said[0]

    def every(column: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row[column] for row in said if row[column]))

    scope, apart = (tuple(path_below(first["document"], iri) for iri in every(c)) for c in ("inScope", "notInScope"))
    return ForceEvent(
        first["kind"], first["date"], scope, apart, every("notInScopeText"), first["until"],
        first["untilText"], first["by"], first["label"], first["byDate"], Evidence.of(first),
    )  # fmt: skip


def amendments(store: Store, documents: Iterable[str]) -> dict[str, list[Amendment]]:
    """Return every change of provisions of the documents with these IRIs, by document, the first day first."""
    said = list(rows_of_each(store, "internal/document-amendments", "document", documents))
    begins = first_days(store, {row["by"] for row in said})
    found: dict[str, list[Amendment]] = {}
    for row in said:
        path, since = path_below(row["document"], row["changed"]), row["since"] or begins.get(row["by"])
        found.setdefault(row["document"], []).append(
            Amendment(
                row["operation"], path, row["old"], row["new"], row["by"], row["label"], row["byDate"], since, Evidence.of(row)
            )
        )  # fmt: skip
    for changes in found.values():
        changes.sort(key=lambda a: a.since or a.by_date or "9999")
    return found


def first_days(store: Store, documents: Iterable[str]) -> dict[str, str]:
    """Return the day from which each of the documents with these IRIs is in force, where a file says so."""
    found = rows_of_each(store, "internal/first-in-force", "document", documents)
    return {row["document"]: row["since"] for row in found}


def path_below(document: str, provision: str | None) -> str:
    """Return the path of the provision with this IRI in its document, "" for none."""
    return provision.removeprefix(f"{document}/") if provision else ""


def standings(store: Store, documents: Iterable[str], on: date | None = None, path: str = "") -> dict[str, Standing]:
    """Return the state on a day (today by default) of each of the documents with these IRIs, or of its provision at `path`."""
    wanted, day = list(dict.fromkeys(documents)), (on or date.today()).isoformat()
    events, changes = force_events(store, wanted), amendments(store, wanted)
    return {iri: standing(events.get(iri, ()), changes.get(iri, ()), day, path) for iri in wanted}


def standing(events: Iterable[ForceEvent], changes: Iterable[Amendment], on: str, path: str = "") -> Standing:
    """Return the state on the ISO day `on` that follows from these events and changes of one document, for its provision at `path`."""
    told = tuple(sorted((e for e in events if e.touches(path) or e.spares(path)), key=_in_order))
    amended = tuple(a for a in changes if not path or within(a.path, path) or (a.path and within(path, a.path)))
    case = _Case(told, amended, on, path)
    # The state that outweighs the others first.
    rules = (case.ended, case.repealed, case.not_yet, case.suspended, case.partly, case.in_force, case.presumed)
    return next((found for rule in rules if (found := rule())), None) or case.unknown()


def _in_order(event: ForceEvent) -> tuple[Any, ...]:
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


def _day_after(day: str | None) -> str | None:
    """The first day on which what held until `day` is over."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat() if day else None


@dataclass(frozen=True)
class _Case:
    """What is said of one document or provision, and the states that follow from it on a day. Each rule gives its state or None."""

    events: tuple[ForceEvent, ...]
    changes: tuple[Amendment, ...]
    on: str
    path: str

    def _state(
        self,
        state: str,
        said: ForceEvent | Amendment,
        since: str | None = None,
        until: str | None = None,
        ended: tuple[str, ...] = (),
        left: tuple[str, ...] = (),
    ) -> Standing:
        by, label = said.by, said.label
        return Standing(state, self.on, since, until, ended, left, by, label, None, self.events, self.changes)

    @cached_property
    def _ends(self) -> list[ForceEvent]:
        """What says that it ends, whole or in part."""
        return [e for e in self.events if e.kind in ("expires", "partly-expires") and not e.spares(self.path)]

    @cached_property
    def _run_out(self) -> list[ForceEvent]:
        """What took effect until a day that has passed."""
        return [e for e in self._begins if e.until and e.until < self.on and e.date]

    @cached_property
    def _longer(self) -> list[ForceEvent]:
        """The extensions that hold on the day."""
        on = self.on
        return [e for e in self.events if e.kind == "extended" and e.until and e.until >= on and e.about(self.path)]

    @cached_property
    def _past(self) -> list[ForceEvent]:
        """The ends that have come, and were not put off later than they were ordered."""
        latest = max((e.by_date or "" for e in self._longer), default=None)
        return [e for e in self._ends if e.happened(self.on) and (latest is None or latest < (e.by_date or ""))]

    @cached_property
    def _repeals(self) -> list[Amendment]:
        return [a for a in self.changes if a.operation == "repeal" and a.path and a.happened(self.on)]

    @cached_property
    def _resting(self) -> list[ForceEvent]:
        on = self.on
        return [e for e in self.events if e.kind == "suspended" and e.date and e.date <= on <= (e.until or on)]

    @cached_property
    def _begins(self) -> list[ForceEvent]:
        return [e for e in self.events if e.kind == "in-force" and (e.about(self.path) or not (self.path or e.scope))]

    @cached_property
    def _begin(self) -> ForceEvent | None:
        """What says when it takes effect; what is said of the provision itself before what is said of all."""
        dated = [e for e in self._begins if e.date]
        return next((e for e in dated if e.scope), dated[0] if dated else None)

    def ended(self) -> Standing | None:
        """ "Nghị định số … hết hiệu lực kể từ ngày …"."""
        over = next((e for e in self._past if e.about(self.path)), None)
        if over is None and self._run_out and not self._longer:
            run_out = self._run_out[-1]
            return self._state("expired", run_out, _day_after(run_out.until))
        return self._state("expired", over, over.date) if over else None

    def repealed(self) -> Standing | None:
        """ "Bãi bỏ Điều 7", of Điều 7 and what is in it."""
        taken = next((a for a in self._repeals if self.path and within(self.path, a.path)), None)
        return self._state("expired", taken, taken.since) if taken else None

    def not_yet(self) -> Standing | None:
        """ "Nghị định này có hiệu lực từ ngày …", before that day."""
        begin = self._begin
        return self._state("not-yet", begin, begin.date) if begin and begin.date and begin.date > self.on else None

    def suspended(self) -> Standing | None:
        """ "Ngưng hiệu lực … đến hết ngày …"."""
        rests = next((e for e in self._resting if e.about(self.path)), None)
        return self._state("suspended", rests, rests.date, rests.until) if rests else None

    def partly(self) -> Standing | None:
        """ "… hết hiệu lực, trừ Điều 40", "bãi bỏ khoản 2 Điều 5", of the document, or of Điều 5."""
        parts = [*self._past, *self._resting]
        telling: list[ForceEvent | Amendment] = [*parts, *self._repeals]
        if not telling:
            return None
        said = telling[0]
        if self.path and isinstance(said, ForceEvent) and not (said.scope or said.apart):
            return replace(self.unknown(), why="not-named")
        ended = (*(path for e in parts for path in e.scope), *(a.path for a in self._repeals))
        left = (words for e in self._past if not e.scope for words in (*map(path_words, e.apart), *e.apart_words))
        since = said.date if isinstance(said, ForceEvent) else said.since
        return self._state("partly", said, since, None, tuple(dict.fromkeys(ended)), tuple(dict.fromkeys(left)))

    @cached_property
    def _until(self) -> str | None:
        """The last day on which it is in force, as far as that is said: of an extension, or the first end that is to come."""
        if self._longer:
            return self._longer[0].until
        coming = [e.date for e in self._ends if e.date and e.date > self.on and e.about(self.path)]
        return min([*coming, *([self._begin.until] if self._begin and self._begin.until else [])], default=None)

    def in_force(self) -> Standing | None:
        """From the day that is stated, up to an end that is to come."""
        if self._begin and self._begin.date:
            return self._state("in-force", self._begin, self._begin.date, self._until)
        return None

    def presumed(self) -> Standing | None:
        """ "Nghị định số … hết hiệu lực từ ngày 01/9/2025, trừ Điều 40" says too, from the day of the document that says so, that it is in
        force up to then, and Điều 40 afterwards; so does what extends it."""
        coming = (e for e in self._ends if e.date and (e.by_date or e.date) <= self.on < e.date and e.about(self.path))
        spared = (e for e in self.events if e.spares(self.path) and e.happened(self.on))
        said = next(iter((*self._longer, *coming, *spared)), None)
        return self._state("in-force", said, None, self._until) if said else None

    def unknown(self) -> Standing:
        why = "no-day" if self._begins else "not-said"
        return Standing("unknown", self.on, why=why, events=self.events, amendments=self.changes)
