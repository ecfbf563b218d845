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
from functools import cache

from chidao.extract.bodies import province
from chidao.extract.lexicon import lexicon
from chidao.extract.model import Body, Corpus, Document, Facts, File, Heading, Reference
from chidao.extract.named import slug
from chidao.ontology.authority import BodyEntry, BodyTemplate, bodies, body_templates, jurisdictions


@dataclass(frozen=True, slots=True)
class Issuer:
    """What a symbol says of the issuer: a central body, or a template to be filled with a scope."""

    entry: BodyEntry | None
    template: BodyTemplate | None
    level: str


@cache
def _issuers() -> tuple[dict[str, BodyEntry], dict[str, BodyTemplate]]:
    central: dict[str, BodyEntry] = {}
    local: dict[str, BodyTemplate] = {}
    for entry in bodies():
        for symbol in entry.symbols:
            central.setdefault(symbol.lower(), entry)
    for template in sorted(body_templates(), key=lambda t: ("province", "district", "commune").index(t.level)):
        for symbol in template.symbols:
            local.setdefault(symbol.lower(), template)
    return central, local


@cache
def issuer_of(symbol: str) -> Issuer | None:
    """The issuer that a document symbol names: "NQ/TW" -> Trung ương Đảng, "KH-UBND" -> UBND, "QH15" -> Quốc hội."""
    central, local = _issuers()
    parts = [p for p in re.split(r"[-/]", symbol.lower()) if p]
    words = lexicon()
    if len(parts) > 1 and parts[0] in words.type_tokens:
        parts = parts[1:]
    for part in (parts[0], parts[0].rstrip("0123456789")) if parts else ():
        if part in central:
            return Issuer(central[part], None, "central")
        if part in local:
            return Issuer(None, local[part], local[part].level)
    return None


@cache
def type_key(symbol: str | None, type_word: str | None) -> str:
    """The part of the identity that the type plays: from the symbol where that names one type, else the type word.

    "Chương trình hành động số 16-CTr/TU" and "Chương trình 16-CTr/TU" are one document; QĐ stands for two types.
    """
    words = lexicon()
    head = re.split(r"[-/]", symbol.lower())[0] if symbol else ""
    kinds = words.by_symbol.get(head, ())
    if len(kinds) == 1:
        return slug(kinds[0].name)
    if kinds and type_word:
        # Several types share the symbol: the type word decides, and a longer form of one type ("Chương trình hành động")
        # counts as that type.
        for kind in kinds:
            if type_word.lower() == kind.name.lower():
                shorter = next((k for k in kinds if k is not kind and kind.name.startswith(k.name + " ")), None)
                return slug((shorter or kind).name)
    if kinds and len({k.name.split()[0] + k.name.split()[-1] for k in kinds}) > 1 and not type_word:
        return head
    return slug(type_word or (kinds[0].name if kinds else head) or "van-ban")


def number_key(number: str | None) -> str:
    return (number or "").lstrip("0").lower() or (number or "")


def code_key(number: str | None, symbol: str | None, year: int | None) -> str:
    return slug("-".join(p for p in (number_key(number), str(year) if year else "", symbol or "") if p))


@dataclass(slots=True)
class _Mention:
    """A reference in a file (index -1: the file's own document)."""

    file: int
    index: int
    scope: str | None
    type: str | None
    number: str | None
    symbol: str | None
    year: int | None
    date: str | None
    issuer: str | None
    issuer_key: str | None
    title: str | None
    limit: str | None
    kind: str
    name: str | None = None
    text: str | None = None
    key: str = ""
    own: bool = False


@dataclass(slots=True)
class _Cluster:
    """Mentions that mean one document."""

    key: str
    mentions: list[_Mention] = field(default_factory=list)
    candidates: tuple[str, ...] = ()
    why: str | None = None

    def titles(self) -> list[str]:
        return [m.title for m in self.mentions if m.title]

    def earliest(self) -> str | None:
        return min((m.date for m in self.mentions if m.date), default=None)


def resolve(facts: Iterable[Facts]) -> Corpus:
    """What all the files together mean."""
    files = tuple(facts)
    groups: dict[tuple[str, str], list[_Mention]] = defaultdict(list)
    named: list[_Mention] = []
    per_file: list[list[_Mention]] = []
    owns: list[_Mention | None] = []
    for n, file in enumerate(files):
        mentions = [_mention(n, i, ref, file.heading) for i, ref in enumerate(file.references)]
        own = _own(n, file.heading)
        _scope_within(mentions, own, file.heading)
        _names_within(mentions, file.heading, own)
        _bare_within(mentions)
        per_file.append(mentions)
        owns.append(own)
        for m in [*mentions, *([own] if own else [])]:
            if m.kind == "named":
                named.append(m)
            else:
                groups[type_key(m.symbol, m.type), code_key(m.number, m.symbol, m.year)].append(m)
    clusters: dict[str, _Cluster] = {}
    for (kind, code), group in groups.items():
        _resolve_code(kind, code, group, clusters)
    for m in named:
        key = f"{m.scope or '?'}/{m.name}"
        m.key = key
        clusters.setdefault(key, _Cluster(key)).mentions.append(m)
    documents = {key: _document(cluster) for key, cluster in clusters.items()}
    resolved = tuple(
        File(file, own.key if own else None, tuple(m.key for m in mentions))
        for file, own, mentions in zip(files, owns, per_file, strict=True)
    )
    return Corpus(resolved, documents, _bodies(files, documents))


def _mention(file: int, index: int, ref: Reference, heading: Heading) -> _Mention:
    issuer = issuer_of(ref.symbol) if ref.symbol else None
    scope = ref.scope
    if issuer and issuer.entry:
        scope = "vn"
    elif issuer and issuer.template and scope == "vn":
        scope = None
    elif ref.kind == "numbered" and not ref.symbol and ref.type in ("Nghị định", "Luật"):
        scope = "vn"
    return _Mention(
        file, index, scope, ref.type, ref.number, ref.symbol, ref.year, ref.date, ref.issuer, ref.issuer_key, ref.title,
        heading.date, ref.kind, ref.name, " ".join(ref.text.split()),
    )  # fmt: skip


def _own(file: int, heading: Heading) -> _Mention | None:
    """The file's own document as a mention of itself; None when the heading states no type at all."""
    if not heading.type:
        return None
    numbered = heading.number is not None
    name = None
    if not numbered:
        text = heading.title or "khong-trich-yeu"
        name = f"{slug(heading.type)}/{slug(text)[:100]}"
    return _Mention(
        file, -1, heading.scope, heading.type, heading.number, heading.symbol, heading.year, heading.date, heading.issuer,
        heading.issuer_key, heading.title, None, "numbered" if numbered else "named", name, own=True,
    )  # fmt: skip


def _scope_within(mentions: list[_Mention], own: _Mention | None, heading: Heading) -> None:
    """Give local documents without a printed issuer their scope: from other mentions of the same code in the file, then
    from the file's own jurisdiction, at the level that the symbol belongs to."""
    stated: dict[str, set[str]] = defaultdict(set)
    for m in mentions:
        if m.kind == "numbered" and m.scope:
            stated[code_key(m.number, m.symbol, m.year)].add(m.scope)
    home = own.scope if own else heading.scope
    for m in mentions:
        if m.scope is not None or m.kind != "numbered":
            continue
        scopes = stated.get(code_key(m.number, m.symbol, m.year), set())
        if len(scopes) == 1:
            m.scope = next(iter(scopes))
            continue
        issuer = issuer_of(m.symbol) if m.symbol else None
        if home is None or home == "vn" or issuer is None or issuer.template is None:
            continue
        # TU is a province's committee, whoever speaks; UBND and HĐND exist at every level, so a district's paper that
        # names none may mean its own or the province's: that stays open.
        levels = _levels_of(_issuer_part(m.symbol))
        if "/" not in home:
            if "province" in levels:
                m.scope = home
        elif levels == {"province"}:
            m.scope = home.split("/")[0]
        elif "province" not in levels:
            m.scope = home


@cache
def _issuer_part(symbol: str | None) -> str:
    parts = [p for p in re.split(r"[-/]", (symbol or "").lower()) if p]
    if len(parts) > 1 and parts[0] in lexicon().type_tokens:
        parts = parts[1:]
    return parts[0] if parts else ""


@cache
def _levels_of(symbol: str) -> frozenset[str]:
    return frozenset(t.level for t in body_templates() if any(s.lower() == symbol for s in t.symbols))


_TERM_YEARS = re.compile(r"nghi-quyet/dai-hoi-(?:20[0-9]{2})-20[0-9]{2}$")


def _names_within(mentions: list[_Mention], heading: Heading, own: _Mention | None) -> None:
    """Names that only their file can complete: which congress, which plenum's term, which numbered law."""
    home = heading.scope if heading.scope != "vn" else None
    top = home.split("/")[0] if home else None
    known: dict[str, str] = {}  # roman numeral -> "local" or "national"
    for m in mentions:
        if m.kind != "named" or not m.name:
            continue
        local = re.fullmatch(r"nghi-quyet/dai-hoi-dang-bo-([ivx]+)", m.name)
        national = re.fullmatch(r"nghi-quyet/dai-hoi-([ivx]+)", m.name) if m.scope == "vn" else None
        if local:
            known[local[1]] = "local"
        elif national:
            known.setdefault(national[1], "national")
    title = (heading.title or "").lower()
    last_local = last_national = None
    laws: dict[str, set[tuple[str | None, str | None, int | None]]] = defaultdict(set)
    for m in mentions:
        if m.kind == "numbered" and m.title and (m.type or "").lower() in ("luật", "bộ luật", "pháp lệnh"):
            laws[f"{slug(m.type or '')}/{slug(m.title).removeprefix(slug(m.type or '') + '-')}"].add(
                (m.number, m.symbol, m.year)
            )
    following_term: str | None = None
    for m in reversed(mentions):
        if m.kind == "named" and m.name and "/trung-uong-" in m.name:
            term = re.search(r"-khoa-([ivx]+)$", m.name)
            if term:
                following_term = term[1]
            elif following_term:
                m.name += f"-khoa-{following_term}"
                m.scope = "vn"
    for m in mentions:
        if m.kind != "named" or not m.name:
            continue
        if m.scope == "home":
            m.scope = top
            last_local = m.name
            if m.issuer and top:
                m.issuer = _fill_congress(m.issuer, top)
            continue
        if m.scope == "vn" and m.name.startswith("nghi-quyet/dai-hoi"):
            last_national = m.name
            continue
        if m.scope is None and m.name.startswith("nghi-quyet/dai-hoi"):
            roman = re.fullmatch(r"nghi-quyet/dai-hoi-([ivx]+)", m.name)
            if roman:
                side = known.get(roman[1])
                if side == "local" or (side is None and top and f"lần thứ {roman[1]}" in title):
                    m.name, m.scope = f"nghi-quyet/dai-hoi-dang-bo-{roman[1]}", top
                    last_local = m.name
                elif side == "national":
                    m.scope = "vn"
                continue
            # "Nghị quyết Đại hội" in a local paper is its own Party organization's, the one last named; a central paper's
            # is the national one.
            if last_local:
                m.name, m.scope = last_local, top
            elif last_national and not top:
                m.name, m.scope = last_national, "vn"
            elif top and (numeral := re.search(r"đảng bộ .*lần thứ ([ivx]+)", title)):
                m.name, m.scope = f"nghi-quyet/dai-hoi-dang-bo-{numeral[1]}", top
        elif m.name in laws and len(laws[m.name]) == 1:
            # "Luật Đất đai số 31/2024/QH15" in the preamble tells which law the bare name means below.
            m.number, m.symbol, m.year = next(iter(laws[m.name]))
            m.kind = "numbered"


def _bare_within(mentions: list[_Mention]) -> None:
    """ "Chỉ thị 11" behind "Chỉ thị số 11-CT/TU": a bare number means the coded document of that type and number named
    before it, where there is one; not a later one, which the reader could not know yet."""
    coded: dict[tuple[str, str], list[_Mention]] = defaultdict(list)
    for m in mentions:
        if m.kind != "numbered":
            continue
        place = slug(m.type or ""), number_key(m.number)
        if m.symbol:
            coded[place].append(m)
        elif len({(x.symbol, x.year, x.scope) for x in coded[place]}) == 1:
            meant = coded[place][-1]
            m.symbol, m.year, m.scope = meant.symbol, meant.year, meant.scope


def _fill_congress(issuer: str, top: str) -> str:
    jurisdiction = next((j for j in jurisdictions() if j.slug == top), None)
    if not jurisdiction:
        return issuer
    full = province(jurisdiction)
    return re.sub(
        rf"Đảng bộ (?:(?i:{full.unit})(?!\s+{full.name})|(?i:{full.unit}\s+{full.name}))",
        f"Đảng bộ {full.unit} {full.name}",
        issuer,
    )


def _resolve_code(kind: str, code: str, group: list[_Mention], clusters: dict[str, _Cluster]) -> None:
    """All mentions of one type and code, from all files: split by scope and year, then place the undated ones."""
    by_scope: dict[str | None, list[_Mention]] = defaultdict(list)
    for m in group:
        by_scope[m.scope].append(m)
    for scope, mentions in by_scope.items():
        base = f"{scope or '?'}/{kind}/{code}"
        fixed = any(m.year for m in mentions)  # the number itself carries the year
        dated: dict[str, _Cluster] = {}
        undated: list[_Mention] = []
        for m in mentions:
            if fixed:
                m.key = base
                clusters.setdefault(base, _Cluster(base)).mentions.append(m)
            elif m.date:
                key = f"{base}/{m.date[:4]}"
                dated.setdefault(key, _Cluster(key)).mentions.append(m)
                m.key = key
            elif m.own and scope:
                undated.append(m)
            else:
                undated.append(m)
        clusters.update(dated)
        if undated:
            _place_undated(base, undated, dated, clusters)


def _place_undated(
    base: str, undated: list[_Mention], dated: dict[str, _Cluster], clusters: dict[str, _Cluster]
) -> None:
    # Files speak consistently: what one titled mention decides holds for the bare ones of its file.
    by_file: dict[int, list[_Mention]] = defaultdict(list)
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


def _choose(m: _Mention, dated: dict[str, _Cluster]) -> tuple[str | None, list[str], str | None]:
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


_TOKEN = re.compile(r"\w+")


def likeness(a: str, b: str) -> float:
    """Share of the shorter title's words that the longer one has too, 0..1.

    >>> likeness("về chuyển đổi số", "Về chuyển đổi số đến năm 2030")
    1.0
    """
    x, y = set(_TOKEN.findall(a.lower())), set(_TOKEN.findall(b.lower()))
    return len(x & y) / max(1, min(len(x), len(y)))


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
    level: str | None = None
    if scope == "vn":
        level = "central"
    elif scope:
        level = ("province", "district", "commune")[
            0 if "/" not in scope else (2 if re.search(r"/(xa|phuong|thi-tran|dac-khu)-", scope) else 1)
        ]
    elif implied:
        level = implied.level
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
        why=cluster.why,
        name=_printed_name(mentions) if first.kind == "named" and own is None else None,
    )


def _printed_name(mentions: list[_Mention]) -> str | None:
    """How the files call a document without a number: the longest form, since short ones lean on it ("Nghị quyết Đại
    hội" on "Nghị quyết Đại hội Đảng bộ Thành phố lần thứ XVII")."""
    plenum = re.search(r"/trung-uong-(\d+)(?:-khoa-([ivx]+))?$", mentions[0].name or "")
    if plenum:
        return f"{mentions[0].type} Trung ương {plenum[1]}" + (f" khóa {plenum[2].upper()}" if plenum[2] else "")
    return max((m.text for m in mentions if m.text), key=lambda t: (len(t), t), default=None)


def _issuer(
    issuers: Counter[tuple[str | None, str | None]], own: _Mention | None
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


def _bodies(files: Sequence[Facts], documents: dict[str, Document]) -> dict[str, Body]:
    """Every body that a mention, an issuer or an actor names, with what the tables know of it."""
    table = {entry.key: entry for entry in bodies()}
    templates = {(t.level, t.slug): t for t in body_templates()}
    found: dict[str, Body] = {}

    def add(key: str | None, name: str | None) -> None:
        if not key or not name or key in found:
            return
        if key in table:
            entry = table[key]
            found[key] = Body(key, entry.name, "vn", "central", entry.branch, entry.parent)
            if entry.parent and entry.parent in table:
                add(entry.parent, table[entry.parent].name)
            return
        scope, _, tail = key.rpartition("/")
        level = "central" if scope == "vn" else "province" if scope and "/" not in scope else None
        if "/" in scope:
            level = "commune" if re.search(r"/(xa|phuong|thi-tran|dac-khu)-", scope) else "district"
        template = templates.get((level or "", tail))
        parent = f"{scope}/{template.parent}" if template and template.parent else None
        found[key] = Body(key, name, scope or None, level, template.branch if template else None, parent)

    for file in files:
        add(file.heading.issuer_key, file.heading.issuer)
        for body in file.bodies:
            add(body.key, body.name)
        for reference in file.references:
            add(reference.issuer_key, reference.issuer)
        for action in file.actions:
            add(action.actor_key, action.actor)
    for document in documents.values():
        add(document.issuer_key, document.issuer)
    return found
