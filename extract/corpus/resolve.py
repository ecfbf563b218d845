"""Decide which documents and bodies the references of all files mean. The only step that sees the corpus.

Identity is scope, type, number, symbol and year; everything here is a keyed join. A reference without a date means a dated
document only where one fits: first in the same file, then in the corpus; title and issuer may decide between several, and
nothing is dated after the document that cites it. Otherwise it stays a document of its own that keeps its candidates.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from chidao.extract.corpus.bodies import known_bodies, level_of
from chidao.extract.corpus.law_versions import cited_name, place_laws
from chidao.extract.corpus.within_file import Mention, complete
from chidao.extract.language.jurisdictions import province
from chidao.extract.language.letters import slug
from chidao.extract.language.order import Time, in_order
from chidao.extract.language.symbols import Issuer, code_key, issuer_of, likeness, type_key
from chidao.extract.model import SELF, Corpus, Document, Facts, File, Heading, Reference
from chidao.ontology.authority import jurisdictions, types_of


@dataclass(slots=True)
class _Cluster:
    """Mentions that mean one document."""

    key: str
    mentions: list[Mention] = field(default_factory=list)
    candidates: tuple[str, ...] = ()
    why: str | None = None

    def titles(self) -> list[str]:
        return list(dict.fromkeys(m.title for m in self.mentions if m.title))

    def earliest(self) -> str | None:
        return min((m.date for m in self.mentions if m.date), default=None)

    @property
    def own(self) -> Mention | None:
        """What the document's own file says of it."""
        return next((m for m in self.mentions if m.own), None)

    def leave_open(self, candidates: Iterable[str], why: str | None) -> None:
        """Keep what the document may be, and why that stays open."""
        self.candidates = tuple(sorted({*self.candidates, *candidates}))
        self.why = why or self.why

    def chosen(self, said: Callable[[Mention], str | None], *, longest: bool = False) -> str | None:
        """Return what the document's own file says, else what most mentions do, the first of these or the longest."""
        if self.own and (value := said(self.own)):
            return value
        counts = Counter(value for m in self.mentions if (value := said(m)))
        return max(counts, key=lambda value: (counts[value], len(value) if longest else 0), default=None)


class _Clusters(dict[str, _Cluster]):
    def put(self, key: str, m: Mention) -> _Cluster:
        """Add a mention to the document that it means."""
        m.key = key
        cluster = self.setdefault(key, _Cluster(key))
        cluster.mentions.append(m)
        return cluster


class _Read(NamedTuple):
    """A file with what it mentions; `own` is its own document."""

    facts: Facts
    mentions: list[Mention]
    own: Mention | None

    def of_kind(self, kind: str) -> list[Mention]:
        """Return the mentions of a kind, the file's own document last."""
        return [m for m in (*self.mentions, self.own) if m and m.kind == kind]

    def file(self, documents: Mapping[str, Document]) -> File:
        """Return the file's facts and what they mean, without relations to what all files together tell to be younger."""
        meant = tuple(m.key for m in self.mentions)
        own = _time(documents[self.own.key]) if self.own else (None, None)
        facts = in_order(self.facts, [_time(documents[key]) for key in meant], own)
        return File(facts, self.own.key if self.own else None, meant)


def _time(document: Document) -> Time:
    """When a document was signed; its day is not known where the files state several."""
    return (document.date if len(document.dates) < 2 else None), document.year


def resolve(facts: Iterable[Facts]) -> Corpus:
    """Return what all the files together mean."""
    files = [_read(n, file) for n, file in enumerate(facts)]
    clusters = _by_code(m for file in files for m in file.of_kind("numbered"))
    numbered = [(key, m) for key, cluster in clusters.items() for m in cluster.mentions]
    for placed in place_laws([file.mentions for file in files], numbered):
        clusters.put(placed.key, placed.mention).leave_open(placed.candidates, placed.why)
    for m in (m for file in files for m in file.of_kind("named")):
        if not cited_name(m):
            clusters.put(f"{m.scope or 'unknown'}/{m.name}", m)
    for file in files:
        _lean(file)
    documents = {key: _document(cluster) for key, cluster in clusters.items()}
    return Corpus(
        tuple(file.file(documents) for file in files),
        documents,
        known_bodies([file.facts for file in files], documents),
    )


def _read(n: int, facts: Facts) -> _Read:
    mentions = [_mention(n, i, ref, facts.heading) for i, ref in enumerate(facts.references)]
    own = _own(n, facts)
    complete(mentions, own, facts.heading)
    return _Read(facts, mentions, own)


def _lean(file: _Read) -> None:
    """A back reference means what its antecedent means."""
    for m, reference in zip(file.mentions, file.facts.references, strict=True):
        if reference.antecedent is not None:
            meant = file.own if reference.antecedent == SELF else file.mentions[reference.antecedent]
            assert meant is not None  # only a file with a heading makes references to itself
            m.key = meant.key


def _mention(file: int, index: int, ref: Reference, heading: Heading) -> Mention:
    issuer = issuer_of(ref.symbol) if ref.symbol else None
    scope = ref.scope
    if issuer and issuer.entry:
        scope = "vn"
    elif issuer and issuer.template and scope == "vn" and not _central_kind(ref.issuer_key, issuer):
        scope = None
    elif ref.kind == "numbered" and not ref.symbol and ref.type in types_of("sole-issuer"):
        scope = "vn"
    return Mention(
        file, index, scope, ref.type, ref.number, ref.symbol, ref.year, ref.date, ref.issuer, ref.issuer_key, ref.title,
        heading.date, ref.kind, ref.name, " ".join(ref.text.split()),
    )  # fmt: skip


def _central_kind(key: str | None, issuer: Issuer) -> bool:
    """Is the stated central issuer of the kind that the symbol names? "1440/CV-BCĐ của Ban Chỉ đạo quốc gia …" is central,
    though every province has a BCĐ."""
    return bool(key and issuer.template and key.removeprefix("vn/").startswith(issuer.template.slug))


def _own(file: int, facts: Facts) -> Mention | None:
    """The file's own document as a mention of itself; None when the heading states no type at all, or a register's row
    neither type nor symbol (a Party "QĐ" leaves open which type it is)."""
    heading = facts.heading
    issuer = issuer_of(heading.symbol) if heading.symbol else None
    # "57-NQ/TW" is the Centre's, also over a copy that leaves the issuer out, in whatever folder
    scope = "vn" if heading.issuer is None and issuer and issuer.entry else heading.scope
    if not heading.type and not (facts.row is not None and heading.number and heading.symbol):
        return None
    numbered = heading.number is not None
    name = None
    if not numbered:
        text = heading.title or "khong-trich-yeu"
        name = f"{slug(heading.type or 'van-ban')}/{slug(text)[:100]}"
    return Mention(
        file, -1, scope, heading.type, heading.number, heading.symbol, heading.year, heading.date, heading.issuer,
        heading.issuer_key, heading.title, None, "numbered" if numbered else "named", name, own=True,
    )  # fmt: skip


def _by_code(mentions: Iterable[Mention]) -> _Clusters:
    """Join numbered mentions that mean one document: by type and code, then by scope and year."""
    groups: dict[tuple[str, str], dict[str | None, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for m in mentions:
        groups[type_key(m.symbol, m.type), code_key(m.number, m.symbol, m.year)][m.scope].append(m)
    clusters = _Clusters()
    for (kind, code), by_scope in groups.items():
        for scope, group in by_scope.items():
            _place_code(f"{scope or 'unknown'}/{kind}/{code}", group, clusters)
    return clusters


def _place_code(base: str, mentions: list[Mention], clusters: _Clusters) -> None:
    """Place all mentions of one code in one scope, from all files; those without a date last."""
    if any(m.year for m in mentions):  # the number itself carries the year
        for m in mentions:
            clusters.put(base, m)
        return
    years = _Clusters()
    for m in mentions:
        if m.date:
            years.put(f"{base}/{m.date[:4]}", m)
    dated = _split(base, years)
    clusters.update(dated)
    _place_undated(base, [m for m in mentions if not m.date], dated, clusters)


def _split(base: str, years: _Clusters) -> _Clusters:
    """One number twice in a year: a new term, or a province merged on 1 July, begins again at 1. Days that bear titles which
    share nothing are two documents, the later one known by its day; with like titles, or none, they are one document whose
    files disagree on the day."""
    parts = _Clusters()
    for key, year in years.items():
        first, *others = _by_titles(year.mentions)
        if not others:
            parts[key] = year
            continue
        for part in (first, *others):
            for m in part.mentions:
                parts.put(key if part is first else f"{base}/{part.key}", m)
    return parts


def _by_titles(mentions: Iterable[Mention]) -> list[_Cluster]:
    """Join dated mentions whose days bear like titles, or none; each cluster is known by its first day."""
    days: dict[str, list[Mention]] = defaultdict(list)
    for m in sorted(mentions, key=lambda m: m.date or ""):
        days[m.date or ""].append(m)
    found: list[_Cluster] = []
    for day, same_day in days.items():
        titles = [m.title for m in same_day if m.title]
        one = next((c for c in found if not titles or not c.titles() or _alike(titles, c.titles())), None)
        if one is None:
            found.append(one := _Cluster(day))
        one.mentions += same_day
    return found


def _alike(titles: Sequence[str], others: Sequence[str]) -> bool:
    return any(likeness(a, b) >= 0.35 for a in titles for b in others)


def _place_undated(base: str, undated: Iterable[Mention], dated: _Clusters, clusters: _Clusters) -> None:
    # Files speak consistently: what one titled mention decides holds for the bare ones of its file.
    by_file: dict[int, list[Mention]] = defaultdict(list)
    for m in undated:
        by_file[m.file].append(m)
    for file, mentions in by_file.items():
        for m in sorted(mentions, key=lambda m: not m.title):
            choice = _choose(m, {k: c for k, c in dated.items() if any(x.file == file for x in c.mentions)})
            if not choice.key and not choice.candidates:
                choice = _choose(m, dated)
            if choice.key:
                dated.put(choice.key, m)
            else:
                clusters.put(f"{base}/undated" if dated else base, m).leave_open(choice.candidates, choice.why)


class _Choice(NamedTuple):
    """The dated document that an undated mention means; else the candidates and why it stays open."""

    key: str | None = None
    candidates: Sequence[str] = ()
    why: str | None = None


def _choose(m: Mention, dated: Mapping[str, _Cluster]) -> _Choice:
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


def _of_title(title: str, fits: Mapping[str, _Cluster]) -> dict[str, _Cluster]:
    """Return the one document that surely has the title, else those that may have it."""
    scores = {k: max((likeness(title, t) for t in c.titles()), default=None) for k, c in fits.items()}
    sure = [k for k, score in scores.items() if score is not None and score >= 0.6]
    open_ = sure if len(sure) == 1 else [k for k, score in scores.items() if score is None or score >= 0.35]
    return {k: fits[k] for k in open_}


def _document(cluster: _Cluster) -> Document:
    own = cluster.own
    first = own or cluster.mentions[0]
    symbol = next((m.symbol for m in cluster.mentions if m.symbol), None)
    implied = issuer_of(symbol) if symbol else None
    issuer, issuer_key, issuers = _issuer(cluster)
    if issuer is None and implied:
        issuer, issuer_key = _implied(implied, first.scope)
    nobodys = "no file says whose document it is" if first.scope is None and first.kind == "numbered" else None
    return Document(
        key=cluster.key,
        kind=first.kind,
        type=cluster.chosen(lambda m: m.type),
        number=first.number,
        symbol=symbol,
        year=next((m.year for m in cluster.mentions if m.year), None),
        date=cluster.chosen(lambda m: m.date),
        issuer=issuer,
        issuer_key=issuer_key,
        title=cluster.chosen(lambda m: m.title, longest=True),
        scope=first.scope,
        level=level_of(first.scope) or (implied.level if implied else None),
        dates=tuple(sorted({m.date for m in cluster.mentions if m.date})),
        issuers=issuers,
        candidates=cluster.candidates,
        why=cluster.why or nobodys,
        name=_printed_name(cluster) if first.kind == "named" and own is None else None,
    )


def _printed_name(cluster: _Cluster) -> str | None:
    """How the files call a document without a number: the longest form, since short ones lean on it ("Nghị quyết Đại
    hội" on "Nghị quyết Đại hội Đảng bộ Thành phố lần thứ XVII")."""
    mentions = cluster.mentions
    plenum = re.search(r"/trung-uong-(\d+)(?:-khoa-([ivx]+))?$", mentions[0].name or "")
    if plenum:
        return f"{mentions[0].type} Trung ương {plenum[1]}" + (f" khóa {plenum[2].upper()}" if plenum[2] else "")
    name = max((m.text for m in mentions if m.text), key=lambda t: (len(t), t), default=None)
    if name and cited_name(mentions[0]) and (year := re.search(r"/([0-9]{4})$", cluster.key)):
        name += f" năm {year[1]}"
    return name


def _issuer(cluster: _Cluster) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Return the issuer that the mentions state, its key, and all that they state. "Thành ủy" said of what its standing committee
    issued is the looser name of the same issuer, so the closer one wins and the two do not conflict."""
    counts = Counter((m.issuer, m.issuer_key) for m in cluster.mentions if m.issuer)
    names = {name for name, _ in counts if name}
    loose = {a for a in names for b in names if a != b and a in b}
    stated = tuple(sorted(names - loose))
    if cluster.own and cluster.own.issuer:
        return cluster.own.issuer, cluster.own.issuer_key, stated
    closer = [issuer for issuer in counts if issuer[0] in stated]
    name, key = max(closer, key=lambda issuer: (counts[issuer], issuer[0] or ""), default=(None, None))
    return name, key, stated


def _implied(issuer: Issuer, scope: str | None) -> tuple[str | None, str | None]:
    if issuer.entry:
        return issuer.entry.name, issuer.entry.key
    if issuer.template and scope and "/" not in scope:
        jurisdiction = next((j for j in jurisdictions() if j.slug == scope), None)
        if jurisdiction and issuer.template.level == "province":
            place = province(jurisdiction)
            return place.fill(issuer.template.name), f"{place.key}/{issuer.template.slug}"
    return None, None
