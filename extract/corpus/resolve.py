"""Decide which documents and bodies the references of all files mean. The only step that sees the corpus.

Identity is scope, type, number, symbol and year; everything here is a keyed join. A reference without a date means a dated
document only where one fits: first in the same file, then in the corpus; title and issuer may decide between several, and
nothing is dated after the document that cites it. Otherwise it stays a document of its own that keeps its candidates.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chidao.extract.corpus.bodies import known_bodies, level_of
from chidao.extract.corpus.law_versions import is_law, place_laws
from chidao.extract.corpus.within_file import Mention, complete
from chidao.extract.language.jurisdictions import province
from chidao.extract.language.letters import slug
from chidao.extract.language.symbols import Issuer, code_key, issuer_of, likeness, type_key
from chidao.extract.model import SELF, Corpus, Document, Facts, File, Heading, Reference
from chidao.ontology.authority import jurisdictions


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


def resolve(facts: Iterable[Facts]) -> Corpus:
    """What all the files together mean."""
    files = tuple(facts)
    groups: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    named: list[Mention] = []
    per_file: list[list[Mention]] = []
    owns: list[Mention | None] = []
    for n, file in enumerate(files):
        mentions = [_mention(n, i, ref, file.heading) for i, ref in enumerate(file.references)]
        own = _own(n, file)
        complete(mentions, own, file.heading)
        per_file.append(mentions)
        owns.append(own)
        for m in [*mentions, *([own] if own else [])]:
            if m.kind == "back":
                continue
            if m.kind == "named":
                named.append(m)
            else:
                groups[type_key(m.symbol, m.type), code_key(m.number, m.symbol, m.year)].append(m)
    clusters: dict[str, _Cluster] = {}
    for (kind, code), group in groups.items():
        _resolve_code(kind, code, group, clusters)
    numbered = [(key, m) for key, cluster in clusters.items() for m in cluster.mentions]
    for placed in place_laws(per_file, numbered):
        placed.mention.key = placed.key
        cluster = clusters.setdefault(placed.key, _Cluster(placed.key))
        cluster.mentions.append(placed.mention)
        cluster.candidates = tuple(sorted({*cluster.candidates, *placed.candidates}))
        cluster.why = placed.why or cluster.why
    for m in named:
        if is_law(m):
            continue
        key = f"{m.scope or 'unknown'}/{m.name}"
        m.key = key
        clusters.setdefault(key, _Cluster(key)).mentions.append(m)
    _lean(files, per_file, owns)
    documents = {key: _document(cluster) for key, cluster in clusters.items()}
    resolved = tuple(
        File(file, own.key if own else None, tuple(m.key for m in mentions))
        for file, own, mentions in zip(files, owns, per_file, strict=True)
    )
    return Corpus(resolved, documents, known_bodies(files, documents))


def _lean(files: Sequence[Facts], per_file: Sequence[Sequence[Mention]], owns: Sequence[Mention | None]) -> None:
    """A back reference means what its antecedent means."""
    for file, mentions, own in zip(files, per_file, owns, strict=True):
        for m, reference in zip(mentions, file.references, strict=True):
            if reference.antecedent is not None:
                meant = own if reference.antecedent == SELF else mentions[reference.antecedent]
                assert meant is not None  # only a file with a heading makes references to itself
                m.key = meant.key


def _mention(file: int, index: int, ref: Reference, heading: Heading) -> Mention:
    issuer = issuer_of(ref.symbol) if ref.symbol else None
    scope = ref.scope
    if issuer and issuer.entry:
        scope = "vn"
    elif issuer and issuer.template and scope == "vn" and not _central_kind(ref.issuer_key, issuer):
        scope = None
    elif ref.kind == "numbered" and not ref.symbol and ref.type in ("Nghị định", "Luật"):
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


def _resolve_code(kind: str, code: str, group: list[Mention], clusters: dict[str, _Cluster]) -> None:
    """All mentions of one type and code, from all files: split by scope and year, then place the undated ones."""
    by_scope: dict[str | None, list[Mention]] = defaultdict(list)
    for m in group:
        by_scope[m.scope].append(m)
    for scope, mentions in by_scope.items():
        base = f"{scope or 'unknown'}/{kind}/{code}"
        fixed = any(m.year for m in mentions)  # the number itself carries the year
        dated: dict[str, _Cluster] = {}
        undated: list[Mention] = []
        for m in mentions:
            if fixed:
                m.key = base
                clusters.setdefault(base, _Cluster(base)).mentions.append(m)
            elif m.date:
                key = f"{base}/{m.date[:4]}"
                dated.setdefault(key, _Cluster(key)).mentions.append(m)
                m.key = key
            else:
                undated.append(m)
        dated = _split(base, dated)
        clusters.update(dated)
        if undated:
            _place_undated(base, undated, dated, clusters)


def _split(base: str, dated: dict[str, _Cluster]) -> dict[str, _Cluster]:
    """One number twice in a year: a new term, or a province merged on 1 July, begins again at 1. Days that bear titles which
    share nothing are two documents, the later one known by its day; with like titles, or none, they are one document whose
    files disagree on the day."""
    parts: dict[str, _Cluster] = {}
    for key, cluster in dated.items():
        days: dict[str, list[Mention]] = defaultdict(list)
        for m in sorted(cluster.mentions, key=lambda m: m.date or ""):
            days[m.date or ""].append(m)
        kept: list[_Cluster] = []
        for day, mentions in days.items():
            titles = [m.title for m in mentions if m.title]
            home = next((c for c in kept if not titles or not c.titles() or _alike(titles, c.titles())), None)
            if home is None:
                home = _Cluster(f"{base}/{day}" if kept else key)
                kept.append(home)
            home.mentions += mentions
        if len(kept) == 1:
            parts[key] = cluster
            continue
        for part in kept:
            for m in part.mentions:
                m.key = part.key
            parts[part.key] = part
    return parts


def _alike(titles: Sequence[str], others: Sequence[str]) -> bool:
    return any(likeness(a, b) >= 0.35 for a in titles for b in others)


def _place_undated(
    base: str, undated: list[Mention], dated: dict[str, _Cluster], clusters: dict[str, _Cluster]
) -> None:
    # Files speak consistently: what one titled mention decides holds for the bare ones of its file.
    by_file: dict[int, list[Mention]] = defaultdict(list)
    for m in undated:
        by_file[m.file].append(m)
    for file, mentions in by_file.items():
        titled = [m for m in mentions if m.title]
        for m in [*titled, *(m for m in mentions if not m.title)]:
            here = {k: c for k, c in dated.items() if any(x.file == file for x in c.mentions)}
            choice, candidates, why = _choose(m, here)
            if choice is None and not candidates:
                choice, candidates, why = _choose(m, dated)
            if choice:
                m.key = choice
                dated[choice].mentions.append(m)
                continue
            key = base if not dated else f"{base}/undated"
            m.key = key
            cluster = clusters.setdefault(key, _Cluster(key))
            cluster.mentions.append(m)
            cluster.candidates = tuple(sorted({*cluster.candidates, *candidates}))
            cluster.why = why or cluster.why


def _choose(m: Mention, dated: dict[str, _Cluster]) -> tuple[str | None, list[str], str | None]:
    """The one dated document that an undated mention can mean; else the candidates and why it stays open."""
    fits = {k: c for k, c in dated.items() if not (m.limit and (c.earliest() or "") > m.limit)}
    late = len(fits) < len(dated)
    if not fits:
        return None, [], "every dated document with this number is later than the citing one" if late else None
    if m.title:
        scores = {k: max((likeness(m.title, t) for t in c.titles()), default=None) for k, c in fits.items()}
        good = [k for k, s in scores.items() if s is not None and s >= 0.6]
        if len(good) == 1:
            return good[0], [], None
        open_ = {k: c for k, c in fits.items() if scores[k] is None or (scores[k] or 0) >= 0.35}
        if not open_:
            return None, [], "its title differs from every dated document with this number"
        fits = open_
    if len(fits) > 1 and m.issuer:
        same = [k for k, c in fits.items() if any(x.issuer == m.issuer for x in c.mentions)]
        if len(same) == 1:
            return same[0], [], None
    if len(fits) == 1:
        return next(iter(fits)), [], None
    return None, sorted(fits), "several dated documents have this number"


def _document(cluster: _Cluster) -> Document:
    mentions = cluster.mentions
    first = next((m for m in mentions if m.own), mentions[0])
    dates = Counter(m.date for m in mentions if m.date)
    own = next((m for m in mentions if m.own), None)
    date = own.date if own and own.date else (dates.most_common(1)[0][0] if dates else None)
    issuers: Counter[tuple[str | None, str | None]] = Counter((m.issuer, m.issuer_key) for m in mentions if m.issuer)
    issuer, issuer_key, stated = _issuer(issuers, own)
    symbol = next((m.symbol for m in mentions if m.symbol), None)
    scope = first.scope
    implied = issuer_of(symbol) if symbol else None
    if issuer is None and implied:
        issuer, issuer_key = _implied(implied, scope)
    titles = Counter(m.title for m in mentions if m.title)
    title = own.title if own and own.title else max(titles, key=lambda t: (titles[t], len(t)), default=None)
    level = level_of(scope) or (implied.level if implied else None)
    types = Counter(m.type for m in mentions if m.type)
    return Document(
        key=cluster.key,
        kind=first.kind,
        type=(own.type if own and own.type else (types.most_common(1)[0][0] if types else None)),
        number=first.number,
        symbol=symbol,
        year=next((m.year for m in mentions if m.year), None),
        date=date,
        issuer=issuer,
        issuer_key=issuer_key,
        title=title,
        scope=scope,
        level=level,
        dates=tuple(sorted(dates)),
        issuers=stated,
        candidates=cluster.candidates,
        why=cluster.why
        or ("no file says whose document it is" if scope is None and first.kind == "numbered" else None),
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
    if name and is_law(mentions[0]) and (year := re.search(r"/([0-9]{4})$", cluster.key)):
        name += f" năm {year[1]}"
    return name


def _issuer(
    issuers: Counter[tuple[str | None, str | None]], own: Mention | None
) -> tuple[str | None, str | None, tuple[str, ...]]:
    """The issuer that the mentions state. "Thành ủy" said of what its standing committee issued is the looser name of the
    same issuer, so the closer one wins and the two do not conflict."""
    names = [n for n, _ in issuers if n]
    loose = {a for a in names for b in names if a != b and a in b}
    stated = {(n, k): c for (n, k), c in issuers.items() if n not in loose}
    kept = tuple(sorted({n for n, _ in stated if n}))
    if own and own.issuer:
        return own.issuer, own.issuer_key, kept
    if not stated:
        return None, None, ()
    (name, key), _ = max(stated.items(), key=lambda item: (item[1], item[0][0] or ""))
    return name, key, kept


def _implied(issuer: Issuer, scope: str | None) -> tuple[str | None, str | None]:
    if issuer.entry:
        return issuer.entry.name, issuer.entry.key
    if issuer.template and scope and "/" not in scope:
        jurisdiction = next((j for j in jurisdictions() if j.slug == scope), None)
        if jurisdiction and issuer.template.level == "province":
            place = province(jurisdiction)
            return place.fill(issuer.template.name), f"{place.key}/{issuer.template.slug}"
    return None, None
