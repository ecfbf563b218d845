"""The authority tables as plain data: document types, bodies, body templates, jurisdictions, units, districts.

The Turtle files beside this module are the only place where these things stand; this module reads them once a process.
Every tuple has a fixed order (document types and bodies by slug or key), so that whatever is built from it repeats.

Measured on one core (CPython 3.11, pyoxigraph 0.5): the first call of `document_types`, `bodies`, `body_templates`, `jurisdictions` and
`units` together takes 0.04 s, `districts` another 0.01 s, paid only by its callers. No cache on disk is worth having for that.

Spelling: names carry the tone mark as Nghị định 30/2020/NĐ-CP prints it ("ủy", "hòa"). A reader of texts must accept
"uỷ", "hoà" and any case; such variants are not listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from chidao.ontology.vocabulary import (
    BODY,
    CHIDAO,
    DCTERMS,
    ORG,
    PLACE,
    RDF,
    SKOS,
    TEMPLATE,
    TYPE,
    UNIT,
    Namespace,
    Table,
    table,
)

LEVELS = ("central", "province", "district", "commune")


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A kind of official document, e.g. slug "nghi-quyet", name "Nghị quyết", symbols ("NQ",).

    `labels` are further ways the type word is written. The first of `symbols` stands for this type by itself, the rest
    are met beside the type word ("Chương trình hành động" has ("CTHĐ", "CTr", …): a bare CTr is a "Chương trình").
    `broader` is the slug of the type that this one is a kind of.
    `branches` says who issues it: "party", "state", "front", "mass", "assembly" …; `normative` is True for the forms of
    legal normative documents (Luật 64/2025/QH15, Điều 4). `natures` say what its documents do and how they are cited:
    "statute", "assigning", … (chidao:natures in chidao.ttl), those of the broader type among them."""

    slug: str
    name: str
    symbols: tuple[str, ...]
    labels: tuple[str, ...]
    branches: tuple[str, ...]
    levels: tuple[str, ...]
    normative: bool
    broader: str | None = None
    natures: frozenset[str] = frozenset()

    @property
    def legal(self) -> bool:
        """Does the type word alone say that the document is legal and normative, or repeats one that is? What the Party
        issues too (Nghị quyết, Quyết định) does not."""
        return (self.normative and "party" not in self.branches) or "consolidated" in self.natures


@dataclass(frozen=True, slots=True)
class BodyEntry:
    """A central body. `key` is "vn/bo-chinh-tri"; `labels` every other full or short name, `abbreviations` as printed
    in running text (BCT, UBKTTW), `symbols` as they stand in document numbers (TW, CP, TTg, BTCTW, BNV).
    Dates are ISO; `successors` are keys (the reorganization of 2025).
    A few are local bodies with a name of their own: their key starts with a province ("ha-noi/bao-ha-noi-moi")."""

    key: str
    name: str
    labels: tuple[str, ...]
    abbreviations: tuple[str, ...]
    symbols: tuple[str, ...]
    parent: str | None
    branch: str
    valid_from: str | None
    valid_to: str | None
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BodyTemplate:
    """A local body as it exists in every jurisdiction of `level` ("province", "district", "commune").

    Patterns hold {unit} ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", …), {party} ("Tỉnh ủy",
    "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy", "Đảng ủy xã" …) and {name} ("Hà Nội").
    `name` is the canonical full name: "Sở Nội vụ {unit} {name}", "Ban Tổ chức {party} {name}".
    `labels` are the other patterns ("Sở Nội vụ", "UBND {unit}", "UBND {unit} {name}"): with or without the place.
    `symbols` as they stand in document numbers (BTCTU, UBND, SNV). `parent` is another template's slug.
    `units` are the only kinds of unit that have this body (slugs of `Unit`); empty means all of the level."""

    slug: str
    name: str
    labels: tuple[str, ...]
    abbreviations: tuple[str, ...]
    symbols: tuple[str, ...]
    level: str
    branch: str
    parent: str | None
    valid_from: str | None = None
    valid_to: str | None = None
    successors: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A province or centrally run city. `slug` "ha-noi", `name` "Hà Nội", `unit` "thành phố" or "tỉnh".

    `valid_to` and `successor` are set for the provinces merged on 2025-07-01; `valid_from` for their successors
    when these are new."""

    slug: str
    name: str
    unit: str
    labels: tuple[str, ...]
    valid_from: str | None
    valid_to: str | None
    successor: str | None

    @property
    def full_name(self) -> str:
        return f"{self.unit} {self.name}"

    @property
    def party(self) -> str:
        """The name of its Party committee without the place: "Thành ủy" or "Tỉnh ủy"."""
        return next(unit.party for unit in units() if unit.level == "province" and unit.name == self.unit)

    def existed(self, date: str) -> bool:
        """Did it exist on this day (ISO)?"""
        return (self.valid_from or "") <= date and (self.valid_to is None or date <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Unit:
    """A kind of administrative unit: slug "thanh-pho", name "thành phố", level "province", abbreviations ("TP", "TP.").

    `party` is what its Party committee is called ("Thành ủy"), `code` that committee's symbol in numbers ("TU")."""

    slug: str
    name: str
    abbreviations: tuple[str, ...]
    level: str
    party: str
    code: str


@dataclass(frozen=True, slots=True)
class District:
    """A unit below the province until 30 June 2025. `key` "ha-noi/huyen-me-linh", `name` "Mê Linh", `unit` "huyện",
    `province` a slug, `party` "Huyện ủy"."""

    key: str
    name: str
    unit: str
    province: str
    party: str


def _tail(iri: str | None, base: Namespace | str) -> str:
    """What an IRI adds to its namespace; a table that names something else is broken, so that raises."""
    begin = str(base)
    if iri is None or not iri.startswith(begin):
        raise ValueError(f"{iri} is not in {begin}")
    return iri[len(begin) :]


def _tails(said: Table, subject: str, predicate: str, base: Namespace | str) -> tuple[str, ...]:
    return tuple(_tail(iri, base) for iri in said.values(subject, predicate))


def _optional_tail(iri: str | None, base: Namespace | str) -> str | None:
    return None if iri is None else _tail(iri, base)


def _texts(said: Table, subject: str, predicate: str) -> tuple[str, ...]:
    return tuple(said.values(subject, predicate))


def _name(said: Table, subject: str) -> str:
    """The Vietnamese preferred label."""
    for label in said.values(subject, SKOS.prefLabel, "vi"):
        return label
    raise ValueError(f"{subject} has no Vietnamese label")


def _one(said: Table, subject: str, predicate: str) -> str | None:
    return next(iter(said.values(subject, predicate)), None)


def _concepts(said: Table, subject: str, predicate: str, prefix: str) -> tuple[str, ...]:
    return _tails(said, subject, predicate, CHIDAO[prefix])


def _symbols(said: Table, subject: str) -> tuple[str, ...]:
    standard = _texts(said, subject, SKOS.notation)
    return standard + tuple(s for s in _texts(said, subject, CHIDAO.otherSymbol) if s not in standard)


def _levels(said: Table, subject: str) -> tuple[str, ...]:
    return tuple(sorted(_concepts(said, subject, CHIDAO.level, "level-"), key=LEVELS.index))


@cache
def document_types() -> tuple[DocumentType, ...]:
    """Return every type of document, by slug."""
    said = table("doctypes")
    natures = {s: _concepts(said, s, CHIDAO.nature, "nature-") for s in said.subjects(RDF.type, CHIDAO.DocumentType)}
    return tuple(
        DocumentType(
            slug=_tail(subject, TYPE),
            name=_name(said, subject),
            symbols=_symbols(said, subject),
            labels=_texts(said, subject, SKOS.altLabel),
            branches=_concepts(said, subject, CHIDAO.branch, "branch-"),
            levels=_levels(said, subject),
            normative=_one(said, subject, CHIDAO.normative) == "true",
            broader=_optional_tail(_one(said, subject, SKOS.broader), TYPE),
            natures=frozenset(n for kind in (subject, *said.values(subject, SKOS.broader)) for n in natures[kind]),
        )
        for subject in natures
    )


@cache
def types_of(nature: str) -> frozenset[str]:
    """Return the names of the types of this nature ("statute", "assigning", …), or of all that are "legal" by their name alone.

    Raises ValueError for a nature that no type has.

    >>> "Nghị định" in types_of("legal"), "Nghị quyết" in types_of("legal")
    (True, False)
    """
    found = frozenset(
        kind.name for kind in document_types() if (kind.legal if nature == "legal" else nature in kind.natures)
    )
    if not found:
        raise ValueError(f"no type of document is of the nature {nature!r}")
    return found


def _changes(said: Table, base: Namespace | str) -> dict[str, tuple[str, ...]]:
    """From each thing that a change event ended to what came out of it."""
    after: dict[str, set[str]] = {}
    for event in said.subjects(RDF.type, ORG.ChangeEvent):
        results = set(_tails(said, event, ORG.resultingOrganization, base))
        for key in _tails(said, event, ORG.originalOrganization, base):
            if key not in results:
                after.setdefault(key, set()).update(results)
    return {key: tuple(sorted(results)) for key, results in after.items()}


@cache
def bodies() -> tuple[BodyEntry, ...]:
    """Return every body with an entry of its own, by key."""
    said = table("bodies")
    changes = _changes(said, BODY)
    entries = []
    for subject in said.subjects(RDF.type, CHIDAO.Body):
        key = _tail(subject, BODY)
        (branch,) = _concepts(said, subject, CHIDAO.branch, "branch-")
        entries.append(
            BodyEntry(
                key=key,
                name=_name(said, subject),
                labels=_texts(said, subject, SKOS.altLabel),
                abbreviations=_texts(said, subject, CHIDAO.abbreviation),
                symbols=_symbols(said, subject),
                parent=_optional_tail(_one(said, subject, ORG.subOrganizationOf), BODY),
                branch=branch,
                valid_from=_one(said, subject, CHIDAO.validFrom),
                valid_to=_one(said, subject, CHIDAO.validTo),
                successors=changes.get(key, ()),
            )
        )
    return tuple(entries)


def _shortened(pattern: str, bare: bool) -> tuple[str, ...]:
    """The pattern and its shorter forms: "Sở Y tế {unit} {name}" is also "Sở Y tế {unit}", "Sở Y tế {name}" and, where
    the place may be left out, "Sở Y tế"; "Văn phòng {party} {name}" is also "Văn phòng {party}"."""
    for ending, cuts in ((" {unit} {name}", (" {unit}", " {name}")), ("{party} {name}", ("{party}",)), (" {name}", ())):
        if pattern.endswith(ending):
            stem = pattern[: -len(ending)]
            forms = [pattern, *(stem + cut for cut in cuts)]
            return (*forms, stem) if bare and stem else tuple(forms)
    return (pattern,)


@cache
def body_templates() -> tuple[BodyTemplate, ...]:
    """Return every template, by slug; one that holds at several levels comes once for each."""
    said = table("bodies")
    codes = {level: tuple(dict.fromkeys(u.code for u in units() if u.level == level)) for level in LEVELS}
    entries = []
    for subject in said.subjects(RDF.type, CHIDAO.BodyTemplate):
        name = _name(said, subject)
        bare = _one(said, subject, CHIDAO.placeOptional) == "true"
        patterns = [form for p in (name, *_texts(said, subject, SKOS.altLabel)) for form in _shortened(p, bare)]
        labels = tuple(p for p in dict.fromkeys(patterns) if p != name)
        abbreviations = _texts(said, subject, CHIDAO.abbreviation)
        symbols = _symbols(said, subject)
        (branch,) = _concepts(said, subject, CHIDAO.branch, "branch-")
        for level in _levels(said, subject):
            own = [s.replace("{code}", c) for s in symbols for c in (codes[level] if "{code}" in s else ("",))]
            entries.append(
                BodyTemplate(
                    slug=_tail(subject, TEMPLATE),
                    name=name,
                    labels=labels,
                    abbreviations=abbreviations,
                    symbols=tuple(dict.fromkeys(own)),
                    level=level,
                    branch=branch,
                    parent=_optional_tail(_one(said, subject, CHIDAO.parentTemplate), TEMPLATE),
                    valid_from=_one(said, subject, CHIDAO.validFrom),
                    valid_to=_one(said, subject, CHIDAO.validTo),
                    successors=_tails(said, subject, DCTERMS.isReplacedBy, TEMPLATE),
                    units=_tails(said, subject, CHIDAO.onlyUnit, UNIT),
                )
            )
    return tuple(entries)


@cache
def units() -> tuple[Unit, ...]:
    """Return every kind of administrative unit, from the largest level down, then by slug."""
    said = table("jurisdictions")
    found = [
        Unit(
            slug=_tail(subject, UNIT),
            name=_name(said, subject),
            abbreviations=_texts(said, subject, CHIDAO.abbreviation),
            level=_levels(said, subject)[0],
            party=_one(said, subject, CHIDAO.partyName) or "",
            code=_one(said, subject, CHIDAO.partyCode) or "",
        )
        for subject in said.subjects(RDF.type, CHIDAO.Unit)
    ]
    return tuple(sorted(found, key=lambda unit: (LEVELS.index(unit.level), unit.slug)))


def _units_by_slug() -> dict[str, Unit]:
    return {unit.slug: unit for unit in units()}


@cache
def jurisdictions() -> tuple[Jurisdiction, ...]:
    """Return every province and centrally run city of today and of before, by slug: `existed` tells them apart."""
    said = table("jurisdictions")
    changes = _changes(said, PLACE)
    kinds = _units_by_slug()
    entries = []
    for subject in said.subjects(CHIDAO.level, CHIDAO["level-province"]):
        if str(CHIDAO.Jurisdiction) not in said.values(subject, RDF.type):
            continue
        slug = _tail(subject, PLACE)
        successors = changes.get(slug, ())
        entries.append(
            Jurisdiction(
                slug=slug,
                name=_name(said, subject),
                unit=kinds[_tail(_one(said, subject, CHIDAO.unit), UNIT)].name,
                labels=_texts(said, subject, SKOS.altLabel),
                valid_from=_one(said, subject, CHIDAO.validFrom),
                valid_to=_one(said, subject, CHIDAO.validTo),
                successor=successors[0] if successors else None,
            )
        )
    return tuple(entries)


@cache
def districts() -> tuple[District, ...]:
    """Return every district as of early 2025, by key. A table of its own, read only when asked for."""
    said = table("districts")
    kinds = _units_by_slug()
    entries = []
    for subject in said.subjects(RDF.type, CHIDAO.Jurisdiction):
        kind = kinds[_tail(_one(said, subject, CHIDAO.unit), UNIT)]
        entries.append(
            District(
                key=_tail(subject, PLACE),
                name=_name(said, subject),
                unit=kind.name,
                province=_tail(_one(said, subject, ORG.subOrganizationOf), PLACE),
                party=kind.party,
            )
        )
    return tuple(entries)
