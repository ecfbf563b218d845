"""Mentions that mean one document, and which of the documents of one number an undated mention means."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from chidao.extract.corpus.within_file import Mention
from chidao.extract.language.symbols import likeness


@dataclass(slots=True)
class Cluster:
    """Mentions that mean one document."""

    key: str
    mentions: list[Mention] = field(default_factory=list)
    candidates: tuple[str, ...] = ()
    why: str | None = None

    def titles(self) -> list[str]:
        """Return the titles that its mentions give it, each once."""
        return list(dict.fromkeys(m.title for m in self.mentions if m.title))

    def earliest(self) -> str | None:
        """Return the first of the days that its mentions give it."""
        return min((m.date for m in self.mentions if m.date), default=None)

    @property
    def own(self) -> Mention | None:
        """What the document's own file says of it."""
        return next((m for m in self.mentions if m.own), None)

    def leave_open(self, candidates: Iterable[str], why: str | None) -> None:
        """Keep what the document may be, and why that stays open."""
        self.candidates = tuple(sorted({*self.candidates, *candidates}))
        self.why = why or self.why

    def chosen(self, field: str, *, longest: bool = False) -> str | None:
        """Return what the document's own file says, else what somebody says of its mentions by hand, else what most of these do, the first
        or the longest."""
        if self.own and (value := getattr(self.own, field)):
            return str(value)
        by_hand = [m for m in self.mentions if field in m.by_hand]
        counts: Counter[str] = Counter(value for m in by_hand or self.mentions if (value := getattr(m, field)))
        return max(counts, key=lambda value: (counts[value], len(value) if longest else 0), default=None)


class Clusters(dict[str, Cluster]):
    """Documents by their keys, each with its mentions."""

    def put(self, key: str, m: Mention) -> Cluster:
        """Add a mention to the document that it means."""
        m.key = key
        cluster = self.setdefault(key, Cluster(key))
        cluster.mentions.append(m)
        return cluster


def place_code(base: str, mentions: list[Mention], clusters: Clusters) -> None:
    """Place all mentions of one code in one scope, from all files; those without a date last."""
    if any(m.year for m in mentions):  # the number itself carries the year
        for m in mentions:
            clusters.put(base, m)
        return
    years = Clusters()
    for m in mentions:
        if m.date:
            years.put(f"{base}/{m.date[:4]}", m)
    dated = _split(base, years)
    clusters.update(dated)
    _place_undated(base, [m for m in mentions if not m.date], dated, clusters)


def _split(base: str, years: Clusters) -> Clusters:
    """One number twice in a year: a new term, or a province merged on 1 July, begins again at 1. Days that bear titles which
    share nothing are two documents, the later one known by its day; with like titles, or none, they are one document whose
    files disagree on the day."""
    parts = Clusters()
    for key, year in years.items():
        first, *others = _by_titles(year.mentions)
        if not others:
            parts[key] = year
            continue
        for part in (first, *others):
            for m in part.mentions:
                parts.put(key if part is first else f"{base}/{part.key}", m)
    return parts


def _by_titles(mentions: Iterable[Mention]) -> list[Cluster]:
    """Join dated mentions whose days bear like titles, or none; each cluster is known by its first day."""
    days: dict[str, list[Mention]] = defaultdict(list)
    for m in sorted(mentions, key=lambda m: m.date or ""):
        days[m.date or ""].append(m)
    found: list[Cluster] = []
    for day, same_day in days.items():
        titles = [m.title for m in same_day if m.title]
        one = next((c for c in found if not titles or not c.titles() or alike(titles, c.titles())), None)
        if one is None:
            found.append(one := Cluster(day))
        one.mentions += same_day
    return found


def alike(titles: Sequence[str], others: Sequence[str]) -> bool:
    """Is one of the titles like one of the others?"""
    return any(likeness(a, b) >= 0.35 for a in titles for b in others)


def _place_undated(base: str, undated: Iterable[Mention], dated: Clusters, clusters: Clusters) -> None:
    # Files speak consistently: what one titled mention decides holds for the bare ones of its file.
    by_file: dict[int, list[Mention]] = defaultdict(list)
    for m in undated:
        by_file[m.file].append(m)
    named: dict[int, Clusters] = defaultdict(Clusters)  # the dated documents that each file names
    for key, cluster in dated.items():
        for file in {m.file for m in cluster.mentions} & by_file.keys():
            named[file][key] = cluster
    for file, mentions in by_file.items():
        for m in sorted(mentions, key=lambda m: not m.title):
            choice = _choose(m, named[file])
            if not choice.key and not choice.candidates:
                choice = _choose(m, dated)
            if choice.key:
                dated.put(choice.key, m)
                named[file][choice.key] = dated[choice.key]
            else:
                clusters.put(f"{base}/undated" if dated else base, m).leave_open(choice.candidates, choice.why)


class _Choice(NamedTuple):
    """The dated document that an undated mention means; else the candidates and why it stays open."""

    key: str | None = None
    candidates: Sequence[str] = ()
    why: str | None = None


def _choose(m: Mention, dated: Mapping[str, Cluster]) -> _Choice:
    """Choose the one dated document that an undated mention can mean: not later than the citing one, and by title and issuer."""
    fits = {k: c for k, c in dated.items() if not (m.limit and (c.earliest() or "") > m.limit)}
    if not fits:
        return _Choice(why="every dated document with this number is later than the citing one" if dated else None)
    if m.title:
        fits = _of_title(m.title, fits)
        if not fits:
            return _Choice(why="its title differs from every dated document with this number")
    if m.issuer and len(fits) > 1:
        same = [k for k, c in fits.items() if any(x.issuer == m.issuer for x in c.mentions)]
        if len(same) == 1:
            return _Choice(same[0])
    if len(fits) == 1:
        return _Choice(next(iter(fits)))
    return _Choice(None, sorted(fits), "several dated documents have this number")


def _of_title(title: str, fits: Mapping[str, Cluster]) -> dict[str, Cluster]:
    """Return the one document that surely has the title, else those that may have it."""
    scores = {k: max((likeness(title, t) for t in c.titles()), default=None) for k, c in fits.items()}
    sure = [k for k, score in scores.items() if score is not None and score >= 0.6]
    open_ = sure if len(sure) == 1 else [k for k, score in scores.items() if score is None or score >= 0.35]
    return {k: fits[k] for k in open_}
