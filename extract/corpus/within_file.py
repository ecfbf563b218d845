"""What only a file itself can complete: whose "15-NQ/TU" it means, which congress, which plenum's term, and
what a bare "Chỉ thị 11" stands for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from chidao.extract.language.jurisdictions import province
from chidao.extract.language.letters import slug
from chidao.extract.language.symbols import code_key, issuer_of, issuer_part, levels_of, number_key
from chidao.extract.model import Heading
from chidao.ontology.authority import jurisdictions


@dataclass(slots=True)
class Mention:
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


def complete(mentions: list[Mention], own: Mention | None, heading: Heading) -> None:
    """Complete the mentions of one file, in text order, from each other and from the file's own document."""
    _scope_within(mentions, own, heading)
    _names_within(mentions, heading)
    _bare_within(mentions)


def _scope_within(mentions: list[Mention], own: Mention | None, heading: Heading) -> None:
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
        levels = levels_of(issuer_part(m.symbol))
        if "/" not in home:
            if "province" in levels:
                m.scope = home
        elif levels == {"province"}:
            m.scope = home.split("/")[0]
        elif "province" not in levels:
            m.scope = home


def _names_within(mentions: list[Mention], heading: Heading) -> None:
    """Names that only their file can complete: which congress, which plenum's term."""
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


def _bare_within(mentions: list[Mention]) -> None:
    """ "Chỉ thị 11" behind "Chỉ thị số 11-CT/TU": a bare number means the coded document of that type and number named
    before it, where there is one; not a later one, which the reader could not know yet."""
    coded: dict[tuple[str, str], list[Mention]] = defaultdict(list)
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
