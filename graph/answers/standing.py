"""Whether a document, or one of its provisions, is in force on a day, as far as the files tell.

The state follows from the events and changes that have happened by then. Nothing is in force because nothing says the contrary: where no
file says when a document takes effect, its state is "unknown", with the reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from chidao.extract.language.provision_paths import path_words, split_step, within
from chidao.graph.answers.force import Amendment, ForceEvent, amendments, force_events, in_order
from chidao.graph.select import Store, rows_of_each

Contents = Mapping[str, Sequence[str]]
"""The articles of each part, chapter and section of a document whose text is known."""
_LARGE = frozenset({"phan", "chuong", "muc", "tieu-muc"})
"""Divisions of which an article's path says nothing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The state on the day `on`: "in-force", "not-yet", "expired", "partly" (some provisions have ended), "suspended", "partly-suspended"
    or "unknown".

    `since` is the day from which it is so, where stated, and one; `until` the last day of what is in force or suspended. `ended` are the
    paths that have ended or are suspended, `left` what is taken out of these, or of the whole, `later` the paths that take effect
    later. `why` says of what is unknown why: "not-said" (no file says when it takes effect), "no-day" (a file says that it does, but not
    when), "not-named" (some provisions have ended, and no file says which) or "chapter" (a chapter has ended, and the text that says
    what stands in it is not known). `events` and `amendments` are all that the files say, with the sentences."""

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
    later: tuple[str, ...] = ()

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
            "later": list(self.later),
            "events": [event.plain() for event in self.events],
            "amendments": [amendment.plain() for amendment in self.amendments],
        }


def standings(store: Store, documents: Iterable[str], on: date | None = None, path: str = "") -> dict[str, Standing]:
    """Return the state on a day (today by default) of each of the documents with these IRIs, or of its provision at `path`."""
    wanted, day = list(dict.fromkeys(documents)), (on or date.today()).isoformat()
    events, changes = force_events(store, wanted), amendments(store, wanted)
    held, own = (contents(store, wanted), own_paths(store, wanted)) if path else ({}, {})
    return {
        iri: standing(events.get(iri, ()), changes.get(iri, ()), day, path, held.get(iri, {}), own.get(iri, ()))
        for iri in wanted
    }


def contents(store: Store, documents: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """Return which articles stand in which large division, of the documents whose text is in the graph."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows_of_each(store, "internal/document-chapters", "document", documents):
        steps = row["within"].removeprefix(f"{row['document']}/").split("/")
        for depth in range(1, len(steps) + 1):
            found.setdefault(row["document"], {}).setdefault("/".join(steps[:depth]), []).append(row["path"])
    return found


def own_paths(store: Store, documents: Iterable[str]) -> dict[str, set[str]]:
    """Return the provisions that the documents had when they were issued, of those whose text is in the graph."""
    found: dict[str, set[str]] = {}
    for row in rows_of_each(store, "internal/document-own-paths", "document", documents):
        found.setdefault(row["document"], set()).add(row["path"])
    return found


def standing(
    events: Iterable[ForceEvent],
    changes: Iterable[Amendment],
    on: str,
    path: str = "",
    held: Contents | None = None,
    own: Collection[str] = (),
) -> Standing:
    """Return the state on the ISO day `on` that follows from these events and changes of one document, for its provision at `path`. `held`
    and `own` are its `contents` and `own_paths`, where its text is known."""
    every = [_with_articles(e, held or {}) for e in sorted(events, key=in_order)]
    told = [(e, wide) for e, wide in every if wide.touches(path) or wide.spares(path)]
    amended = [a for a in changes if _concerns(a, path, held or {})]
    case = _Case(
        tuple(e for e, _ in told), tuple(wide for _, wide in told), tuple(amended), on, path, held or {}, frozenset(own)
    )
    # The state that outweighs the others first.
    rules = (
        case.unclear, case.continued, case.ended, case.repealed, case.not_yet, case.suspended, case.partly, case.partly_suspended,
        case.in_force, case.presumed,
    )  # fmt: skip
    return next((found for rule in rules if (found := rule())), None) or case.unknown()


def _with_articles(event: ForceEvent, held: Contents) -> tuple[ForceEvent, ForceEvent]:
    """The event, and the same with the articles of the chapters that it names."""
    wide = [
        (*paths, *(article for path in paths for article in held.get(path, ()))) for paths in (event.scope, event.apart)
    ]
    return event, replace(event, scope=wide[0], apart=wide[1])


def _concerns(change: Amendment, path: str, held: Contents) -> bool:
    """Is the change one of the provision, of a part of it or of what it is part of?"""
    outer = any(within(path, article) for article in held.get(change.path, ()))
    return not path or within(change.path, path) or bool(change.path and within(path, change.path)) or outer


def _day(day: str | None, days: int) -> str | None:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat() if day else None


def _each(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(paths))


@dataclass(frozen=True)
class _Case:
    """What is said of one document or provision, and the states that follow from it on a day. Each rule gives its state or None. `events`
    are those of `told` with the articles of the chapters that they name."""

    told: tuple[ForceEvent, ...]
    events: tuple[ForceEvent, ...]
    changes: tuple[Amendment, ...]
    on: str
    path: str
    held: Contents
    own: frozenset[str]

    def _state(self, state: str, said: ForceEvent | Amendment | None, **known: Any) -> Standing:
        by = {"by": said.by, "label": said.label} if said else {}
        return Standing(state, self.on, **known, **by, events=self.told, amendments=self.changes)  # type: ignore[arg-type]

    @cached_property
    def _ends(self) -> list[ForceEvent]:
        """What says that it ends, whole or in part."""
        return [e for e in self.events if e.kind in ("expires", "partly-expires") and not e.spares(self.path)]

    @cached_property
    def _extended(self) -> list[ForceEvent]:
        return [e for e in self.events if e.kind == "extended" and e.until and e.about(self.path)]

    @cached_property
    def _longer(self) -> list[ForceEvent]:
        """The extensions that hold on the day."""
        return [e for e in self._extended if (e.until or "") >= self.on]

    def _put_off(self, end: ForceEvent) -> str | None:
        """The last day to which an end was put off after it was ordered."""
        return max(
            (e.until for e in self._extended if e.until and (e.by_date or "") >= (end.by_date or "")), default=None
        )

    @cached_property
    def _past(self) -> list[ForceEvent]:
        """The ends that have come, and were not put off to a later day."""
        return [e for e in self._ends if e.happened(self.on) and (self._put_off(e) or "") < self.on]

    @cached_property
    def _last(self) -> Amendment | None:
        """The last change by the day that took the provision out or put it in (again)."""
        made = [a for a in self._in_and_out if a.happened(self.on)]
        return max(made, key=lambda a: a.since or a.by_date or "", default=None)

    @cached_property
    def _in_and_out(self) -> list[Amendment]:
        if not self.path:
            return []
        chapters = {chapter for chapter, articles in self.held.items() if any(within(self.path, a) for a in articles)}
        changed = [a for a in self.changes if a.operation in ("insert", "repeal") and a.path]
        return [a for a in changed if within(self.path, a.path) or a.path in chapters]

    @cached_property
    def _repeals(self) -> list[Amendment]:
        """The repeals of parts that hold: what is put in again is no longer taken out."""
        made = [a for a in self.changes if a.operation in ("insert", "repeal") and a.path and a.happened(self.on)]
        last: dict[str, Amendment] = {}
        for change in sorted(made, key=lambda a: a.since or a.by_date or ""):
            last[change.path] = change
        return [a for a in last.values() if a.operation == "repeal"]

    @cached_property
    def _resting(self) -> list[ForceEvent]:
        on = self.on
        return [e for e in self.events if e.kind == "suspended" and e.happened(on) and on <= (e.until or on)]

    @cached_property
    def _begins(self) -> list[ForceEvent]:
        return [e for e in self.events if e.kind == "in-force" and (e.about(self.path) or not (self.path or e.scope))]

    @cached_property
    def _begin(self) -> ForceEvent | None:
        """What says when it takes effect; what is said of the provision itself before what is said of all."""
        dated = [e for e in self._begins if e.date]
        return next((e for e in dated if e.scope), dated[0] if dated else None)

    def unclear(self) -> Standing | None:
        """ "Bãi bỏ Chương II" of a document whose text is not known: is Điều 5 in it?"""
        if split_step(self.path.split("/")[0])[0] != "dieu" or self.held:
            return None
        named = [p for e in self.events if e.kind != "extended" for p in (*e.scope, *e.apart)]
        large = [p for p in named if split_step(p.split("/")[0])[0] in _LARGE]
        return replace(self.unknown(), why="chapter") if large else None

    def continued(self) -> Standing | None:
        """ "Điều 20 tiếp tục có hiệu lực đến hết ngày …", of the provisions that are named."""
        goes_on = [e for e in self.events if e.kind == "continues" and e.scope and e.until and e.about(self.path)]
        said = next((e for e in goes_on if (e.by_date or "") <= self.on), None)
        if said is None or not self.path:
            return None
        if (said.until or "") >= self.on:
            return self._state("in-force", said, until=said.until)
        return self._state("expired", said, since=_day(said.until, 1))

    def ended(self) -> Standing | None:
        """ "Nghị định số … hết hiệu lực kể từ ngày …", or a term that has run out, put off or not."""
        if over := next((e for e in self._past if e.about(self.path)), None):
            return self._state("expired", over, since=_day(self._put_off(over), 1) or over.date)
        run_out = [e for e in self._begins if e.date and e.until and max(e.until, self._put_off(e) or "") < self.on]
        if run_out:
            last = max(run_out[-1].until or "", self._put_off(run_out[-1]) or "")
            return self._state("expired", run_out[-1], since=_day(last, 1))
        return None

    def repealed(self) -> Standing | None:
        """ "Bãi bỏ Điều 7", of Điều 7 and what is in it, until it is put in again."""
        last = self._last
        return self._state("expired", last, since=last.since) if last and last.operation == "repeal" else None

    def not_yet(self) -> Standing | None:
        """ "Nghị định này có hiệu lực từ ngày …", before that day; "bổ sung Điều 8a", before the day of what puts it in."""
        begin = self._begin
        if begin and begin.date and begin.date > self.on:
            return self._state("not-yet", begin, since=begin.date)
        coming = [a for a in self._in_and_out if a.operation == "insert"] if self._last is None else []
        if coming and self.path not in self.own:
            return self._state("not-yet", coming[0], since=coming[0].since)
        return None

    def suspended(self) -> Standing | None:
        """ "Ngưng hiệu lực … đến hết ngày …"."""
        rests = next((e for e in self._resting if e.about(self.path)), None)
        return self._state("suspended", rests, since=rests.date, until=rests.until) if rests else None

    def partly(self) -> Standing | None:
        """ "… hết hiệu lực, trừ Điều 40", "bãi bỏ khoản 2 Điều 5", of the document, or of Điều 5."""
        telling: list[ForceEvent | Amendment] = [*self._past, *self._repeals]
        if not telling:
            return None
        if self.path and any(not (e.scope or e.apart) for e in self._past):
            return replace(self.unknown(), why="not-named")
        days = {e.date for e in self._past} | {a.since for a in self._repeals}
        ended = _each([*(p for e in self._past for p in self._named(e)), *(a.path for a in self._repeals)])
        left = (words for e in self._past for words in (*map(path_words, e.apart), *e.apart_words))
        one = telling[0] if len({t.by for t in telling}) == 1 else None
        since = days.pop() if len(days) == 1 else None
        return self._state("partly", one, since=since, ended=ended, left=_each(left), later=self._later)

    def _named(self, event: ForceEvent) -> tuple[str, ...]:
        """The provisions as the event names them."""
        return self.told[self.events.index(event)].scope

    @cached_property
    def _later(self) -> tuple[str, ...]:
        """The provisions that take effect later than the rest."""
        return _each(
            p for e in self.events if e.kind == "in-force" and (e.date or "") > self.on for p in self._named(e)
        )

    def partly_suspended(self) -> Standing | None:
        """ "Ngưng hiệu lực Điều 10", of the document."""
        if not self._resting:
            return None
        said = self._resting[0]
        ended = _each(p for e in self._resting for p in self._named(e))
        return self._state("partly-suspended", said, since=said.date, until=said.until, ended=ended)

    @cached_property
    def _until(self) -> str | None:
        """The last day on which it is in force, as far as that is said: of an extension, or before the first end that is to come."""
        if self._longer:
            return max(e.until or "" for e in self._longer)
        coming = [_day(e.date, -1) or "" for e in self._ends if e.date and e.date > self.on and e.about(self.path)]
        return min([*coming, *([self._begin.until] if self._begin and self._begin.until else [])], default=None)

    def in_force(self) -> Standing | None:
        """From the day that is stated, up to an end that is to come."""
        if not (self._begin and self._begin.date):
            return None
        put_in = self._last if self._last and self._last.operation == "insert" else None
        since = max(self._begin.date, put_in.since or "") if put_in else self._begin.date
        return self._state("in-force", put_in or self._begin, since=since, until=self._until, later=self._later)

    def presumed(self) -> Standing | None:
        """ "Nghị định số … hết hiệu lực từ ngày 01/9/2025, trừ Điều 40" says too, from the day of the document that says so, that it is in
        force up to then, and Điều 40 afterwards; so does what extends it."""
        coming = (e for e in self._ends if e.date and (e.by_date or e.date) <= self.on < e.date and e.about(self.path))
        spared = (e for e in self.events if e.spares(self.path) and e.happened(self.on))
        said = next(iter((*self._longer, *coming, *spared)), None)
        return self._state("in-force", said, until=self._until) if said else None

    def unknown(self) -> Standing:
        why = "no-day" if self._begins else "not-said"
        return Standing("unknown", self.on, why=why, events=self.told, amendments=self.changes)
