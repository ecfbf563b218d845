"""What only a file itself can complete: whose "15-NQ/TU" it means, which congress, which plenum's term, and
what a bare "Chỉ thị 11" stands for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from chidao.extract.corpus.series import body_of, names_nobody
from chidao.extract.language.jurisdictions import find_province, province_of
from chidao.extract.language.letters import LETTER, UPPER, slug
from chidao.extract.language.patterns import NTH, TERM, UNIT
from chidao.extract.language.symbols import code_key, issuer_of, issuer_part, levels_of, number_key
from chidao.ontology.authority import units

_LOCAL_CONGRESS = "nghi-quyet/dai-hoi-dang-bo-"
_CONGRESS = "nghi-quyet/dai-hoi-"
_PARTY_OF = re.compile(
    rf"(?i:đảng\s+bộ)\s+(?P<unit>(?i:{UNIT}))\s+"
    rf"(?P<place>[{UPPER}][{LETTER}]*(?:[\s-]+[{UPPER}][{LETTER}]*){{0,4}}?)(?=\s+(?:(?i:lần|nhiệm|{TERM})\s|[IVX]+\b)|\s*[(,.;]|\s*$)"
)
_UNIT_ALONE = re.compile(rf"{_LOCAL_CONGRESS}({'|'.join(slug(u.name) for u in units() if u.level != 'province')})")
WHEN = re.compile(r"-(?:(?P<years>20[0-9]{2}-20[0-9]{2})|[ivx]+)$")
"""With what the name of a congress ends: its numeral, or the years of its term."""
_CONGRESS_IN_TITLE = re.compile(rf"{NTH} ([ivx]+)")


class Head(NamedTuple):
    """What a heading says of the file's own document; see `Heading`."""

    type: str | None
    number: str | None
    symbol: str | None
    year: int | None
    date: str | None
    month: str | None
    issuer: str | None
    issuer_key: str | None
    title: str | None
    scope: str | None


@dataclass(slots=True)
class Mention:
    """A reference in a file (index -1: the file's own document). `mark` tells its file from others, `row` its row in a register,
    `by_hand` which fields somebody has corrected."""

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
    mark: str = ""
    row: int | None = None
    month: str | None = None
    by_hand: frozenset[str] = frozenset()
    term: str | None = None
    """The years of a congress's term that stand behind its numeral: "2020-2025"."""
    called: str | None = None
    """The day of the document in whose title it stands, which is younger."""

    @property
    def year_passed(self) -> int | None:
        """The year in the number, or that of the day."""
        return self.year or (int(self.date[:4]) if self.date else None)


def complete(mentions: list[Mention], own: Mention | None, heading: Head) -> None:
    """Complete the mentions of one file, in text order, from each other and from the file's own document."""
    _scope_within(mentions, own, heading)
    _issuer_within(mentions, own)
    _names_within(mentions, heading)
    _bare_within(mentions)


def _scope_within(mentions: list[Mention], own: Mention | None, heading: Head) -> None:
    """Give local documents without a printed issuer their scope: from other mentions of the same code in the file, then
    from the file's own jurisdiction, at the level that the symbol belongs to."""
    stated: dict[str, set[str]] = defaultdict(set)
    for m in mentions:
        if m.kind == "numbered" and m.scope:
            stated[code_key(m.number, m.symbol, m.year)].add(m.scope)
    home = own.scope if own else heading.scope
    for m in mentions:
        if m.scope is None and m.kind == "numbered":
            # "NQ/BCH" of one union is not that of another, of which the file says whose it is
            another = m.issuer is not None and names_nobody(m.symbol)
            scopes = set() if another else stated.get(code_key(m.number, m.symbol, m.year), set())
            m.scope = next(iter(scopes)) if len(scopes) == 1 else _scope_of_symbol(m.symbol, home)


def _issuer_within(mentions: list[Mention], own: Mention | None) -> None:
    """Give documents whose symbol names nobody ("KH/ĐU") and that stand without issuer the one that the file states for the same
    code, or whose own paper it is, where that bears the same symbol."""
    stated: dict[str, dict[str, Mention]] = defaultdict(dict)
    for m in (*mentions, *([own] if own else [])):
        if m.kind == "numbered" and m.issuer_key and names_nobody(m.symbol):
            stated[code_key(m.number, m.symbol, m.year)].setdefault(body_of(m.issuer_key), m)
    for m in mentions:
        if m.kind != "numbered" or m.issuer or not names_nobody(m.symbol):
            continue
        bodies = list(stated.get(code_key(m.number, m.symbol, m.year), {}).values())
        if not bodies and own and own.issuer_key and issuer_part(own.symbol) == issuer_part(m.symbol):
            bodies = [own]
        if len(bodies) == 1:
            m.issuer_key, m.scope = bodies[0].issuer_key, bodies[0].scope


def _scope_of_symbol(symbol: str | None, home: str | None) -> str | None:
    """Return whose a local document is that a paper of `home` names without its issuer. TU is a province's committee, whoever
    speaks; UBND and HĐND exist at every level, so a district's paper that names none may mean its own or the province's: that
    stays open."""
    issuer = issuer_of(symbol) if symbol else None
    if home is None or home == "vn" or issuer is None or issuer.template is None or names_nobody(symbol):
        return None
    levels = levels_of(issuer_part(symbol))
    of_province = "/" not in home
    if levels == {"province"} or (of_province and "province" in levels):
        return home.split("/")[0]
    return home if not of_province and "province" not in levels else None


def _names_within(mentions: list[Mention], heading: Head) -> None:
    """Complete names that only their file can: which plenum's term, which congress."""
    named = [m for m in mentions if m.kind == "named" and m.name]
    _plenums_within(named)
    _congresses_within(named, heading)


def _plenums_within(named: list[Mention]) -> None:
    """ "Nghị quyết Trung ương 4" is of the same term as the next plenum that is named with one."""
    term: str | None = None
    for m in reversed(named):
        if m.name and "/trung-uong-" in m.name:
            _, of_term, own = m.name.rpartition("-khoa-")
            if of_term:
                term = own
            elif term:
                m.name, m.scope = f"{m.name}-khoa-{term}", "vn"


def _congresses_within(named: list[Mention], heading: Head) -> None:
    """Give congresses named without their side, local or national, the one that their file shows for the numeral; a bare "Nghị
    quyết Đại hội" in a local paper is its own Party organization's, the one last named, in a central paper the national one."""
    top, title = _local_title(heading)
    said = {m.index for m in named if _congress_of_text(m, top) or _congress_of_unit(m, heading.scope)}
    local, national = _numerals(named)
    local |= set(_CONGRESS_IN_TITLE.findall(title)) - national
    own = re.search(rf"đảng bộ .*{NTH} ([ivx]+)", title)
    last_local = (f"{_LOCAL_CONGRESS}{own[1]}", top) if own else None
    last_national = None
    for m in named:
        if m.scope == "home":
            m.scope, last_local = top, (m.name or "", top)
            m.issuer = _fill_congress(m.issuer, top) if m.issuer and top else m.issuer
        elif m.index in said or not m.name or not m.name.startswith("nghi-quyet/dai-hoi"):
            continue
        elif m.scope == "vn":
            last_national = m.name
        elif m.scope is None and (numeral := _numeral(m.name, _CONGRESS)):
            if numeral in local:
                m.name, m.scope = last_local = f"{_LOCAL_CONGRESS}{numeral}", top
            elif numeral in national:
                m.scope = "vn"
        elif m.scope is None:
            _last_named(m, last_local, None if top else last_national)


def _last_named(m: Mention, local: tuple[str, str | None] | None, national: str | None) -> None:
    """Let a congress without side and numeral be the one last named, which is of the same term."""
    if local and m.name and _of_one_term(m.name, local[0]):
        m.name, m.scope = local
    elif national and not local and m.name and not _years(m.name):
        m.name, m.scope = national, "vn"


def _congress_of_text(m: Mention, top: str | None) -> bool:
    """Say whose congress a mention means where its own words do: "Nghị quyết Đại hội Đảng bộ tỉnh Long An nhiệm kỳ 2020-2025" is of
    Long An, "… Đảng bộ xã Tân Phú …" of a commune of the file's province `top`, "… Đại hội Đảng toàn quốc …" national."""
    if not m.name or not m.name.startswith("nghi-quyet/dai-hoi"):
        return False
    said = " ".join((m.text or "").lower().split())
    if "đảng toàn quốc" in said or "đại biểu toàn quốc" in said:
        m.scope = "vn"
        return False
    whose = _PARTY_OF.search(m.text or "")
    if not whose:
        return False
    place, last = slug(whose["place"]), _when(m.name)
    province_ = find_province(whose["place"]) if slug(whose["unit"]) in ("tinh", "thanh-pho") else None
    if province_:
        m.scope, m.name = province_.slug, f"{_LOCAL_CONGRESS.rstrip('-')}{last}"
    else:
        below = f"{slug(whose['unit'])}-{place}"
        m.name, m.scope = f"{_LOCAL_CONGRESS}{below}{last}", f"{top}/{below}" if top else None
    return True


def _congress_of_unit(m: Mention, scope: str | None) -> bool:
    """ "Đại hội Đảng bộ xã lần thứ I" is of the commune whose paper says so; elsewhere nobody knows of which."""
    unit = _UNIT_ALONE.fullmatch(m.name.removesuffix(_when(m.name))) if m.name and m.scope == "home" else None
    if unit is None or m.name is None:
        return False
    below = (scope or "").rpartition("/")[2]
    if below.startswith(f"{unit[1]}-"):
        m.name, m.scope = f"{_LOCAL_CONGRESS}{below}{_when(m.name)}", scope
    else:
        m.scope = None
    return True


def _of_one_term(bare: str, named: str) -> bool:
    """Can "Nghị quyết Đại hội nhiệm kỳ 2025-2030" be of the congress that is named before it, by its numeral or by the same years?"""
    years = _years(named)
    return not years or not _years(bare) or bare.endswith(years)


def _years(name: str) -> str:
    """The years with which the name of a congress ends, behind their hyphen."""
    when = WHEN.search(name)
    return when[0] if when and when["years"] else ""


def _when(name: str) -> str:
    """The numeral or the years with which the name of a congress ends, behind their hyphen."""
    when = WHEN.search(name)
    return when[0] if when else ""


def _local_title(heading: Head) -> tuple[str | None, str]:
    """Return the province whose paper it is, with its title in small letters; None and no title for a central paper."""
    if not heading.scope or heading.scope == "vn":
        return None, ""
    return heading.scope.split("/")[0], (heading.title or "").lower()


def _numerals(named: list[Mention]) -> tuple[set[str], set[str]]:
    """Return the numerals (in small letters) of the congresses that are named as a local Party organization's, and as national."""
    local = {n for m in named if (n := _numeral(m.name, _LOCAL_CONGRESS))}
    national = {n for m in named if m.scope == "vn" and (n := _numeral(m.name, _CONGRESS))}
    return local, national - local


def _numeral(name: str | None, congress: str) -> str:
    """The numeral of a congress that a name has behind the words for `congress` and no more; "" for any other name."""
    _, _, numeral = (name or "").partition(congress)
    return numeral if name == f"{congress}{numeral}" and not numeral.strip("ivx") else ""


def _bare_within(mentions: list[Mention]) -> None:
    """ "Chỉ thị 11" behind "Chỉ thị số 11-CT/TU": a bare number means the coded document of that type and number named
    before it, where there is one; not a later one, which the reader could not know yet."""
    coded: dict[tuple[str, str], set[tuple[str, int | None, str | None]]] = defaultdict(set)
    for m in mentions:
        if m.kind != "numbered":
            continue
        place = slug(m.type or ""), number_key(m.number)
        if m.symbol:
            coded[place].add((m.symbol, m.year, m.scope))
        elif len(coded[place]) == 1:
            ((m.symbol, m.year, m.scope),) = coded[place]


def _fill_congress(issuer: str, top: str) -> str:
    full = province_of(top)
    if not full:
        return issuer
    return re.sub(
        rf"Đảng bộ (?:(?i:{full.unit})(?!\s+{full.name})|(?i:{full.unit}\s+{full.name}))",
        f"Đảng bộ {full.unit} {full.name}",
        issuer,
    )
