"""Where local bodies belong: provinces by every name, and the districts and communes below them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from chidao.extract.errors import ChidaoError
from chidao.extract.frozen import quick
from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import UPPER, early_tones, late_tones, slug
from chidao.extract.language.patterns import CAPITALIZED, COMMITTEE, PROVINCE_UNIT, UNIT_BELOW
from chidao.extract.language.tables import words
from chidao.ontology.authority import District, Jurisdiction, Unit, districts, jurisdictions, units


@quick
@dataclass(frozen=True, slots=True)
class Place:
    """Where a local body belongs. `key` is "ha-noi" or "ha-noi/huyen-me-linh"; `level` province, district or commune;
    `unit` "thành phố", `name` "Hà Nội"; `party` "Thành ủy"."""

    key: str
    level: str
    unit: str
    name: str
    party: str

    def fill(self, pattern: str) -> str:
        """Return a pattern of names ("Sở Nội vụ {unit} {name}") as it reads here."""
        if "{" not in pattern:
            return pattern
        return " ".join(pattern.format(unit=self.unit, party=self.party, name=self.name).split())


@cache
def _units_below() -> dict[str, Unit]:
    """The kinds of unit below the province, by name."""
    return {unit.name: unit for unit in units() if unit.level != "province"}


@cache
def _unit_words() -> dict[str, str]:
    """The name of a kind of unit by every word for it, in lower case: "tp." is a "thành phố", "thị ủy" that of a "thị xã"."""
    words = ((word, unit.name) for unit in units() for word in (unit.name, unit.party, *unit.abbreviations))
    return {word.lower(): name for word, name in words}


@lru_cache(maxsize=1024)
def unit_called(word: str) -> str:
    """Return the name of the kind of unit that a word or the name of a Party committee stands for.

    >>> unit_called("TP."), unit_called("Thị uỷ"), unit_called("đặc  khu")
    ('thành phố', 'thị xã', 'đặc khu')
    """
    known = _unit_words()
    return known.get(low := word.lower()) or known[early_tones(" ".join(low.split()))]


@cache
def province(jurisdiction: Jurisdiction) -> Place:
    """Return the place of a province of the table."""
    return Place(jurisdiction.slug, "province", jurisdiction.unit, jurisdiction.name, jurisdiction.party)


_NO_MORE = frozenset(early_tones(word.lower()) for word in words("behind a commune"))
"""What may stand capitalized behind a commune's name and is none of it: "xã Chiềng Mai Khóa XXII"."""


def _folded(name: str) -> str:
    """A name in small letters with its tone where the new spelling has it: "Định Hoá" is "định hóa"."""
    return early_tones(" ".join(name.lower().split()))


@cache
def _districts() -> dict[str, list[District]]:
    found: dict[str, list[District]] = {}
    for district in districts():
        found.setdefault(_folded(district.name), []).append(district)
    return found


def district_words(words: list[str]) -> int:
    """Return how many of the words the name of a district in the table takes that they begin with, 0 where they begin with none."""
    tried = range(min(4, len(words)), 0, -1)
    return next((n for n in tried if _folded(" ".join(words[:n])) in _districts()), 0)


def named_below(home: Place | None, unit: str, words: list[str], *, ends_line: bool = False) -> tuple[Place, int]:
    """Return the district or commune whose name capitalized `words` begin with, and how many of them it takes.

    A name of the table of districts counts as far as it goes ("quận Nam Từ Liêm"); where the home province has no such district and
    one other province alone has it, it is that one's ("huyện Mộ Đức" in a paper of Lào Cai). Any other name takes two words ("xã
    Chiềng Mai"), or three where just three stand together ("xã Bắc Tân Uyên"); in capitals, which may run on into other words, only
    where the name ends its line."""
    if _units_below()[unit].level == "district":
        for n in range(min(4, len(words)), 0, -1):
            if known := _districts().get(_folded(" ".join(words[:n]))):
                return below(_home_of(known, unit, home), unit, known[0].name), n
    n = min(len(words), 2)
    if len(words) == 3 and early_tones(words[2].lower()) not in _NO_MORE and (ends_line or not words[1].isupper()):
        n = 3
    return below(home, unit, " ".join(words[:n])), n


def _home_of(known: list[District], unit: str, home: Place | None) -> Place | None:
    """The province that a district of this name is in: the home province's own first, else the only one that fits."""
    if home and any(d.province == home.key.split("/")[0] for d in known):
        return home
    # a "huyện" of former days may be a town, city or quarter by now, a "thị xã" a city or quarter
    fitting = [d for d in known if d.unit == unit or unit == "huyện" or (unit == "thị xã" and d.unit != "huyện")]
    if len(fitting) != 1:
        return home
    return province(_by_key()[fitting[0].province])


def below(home: Place | None, unit: str, name: str) -> Place:
    """Return a district or commune called `name` below the home province (or below the home district's province)."""
    kind = _units_below()[unit]
    top = home.key.split("/")[0] if home else "unknown"
    if name.isupper():
        name = name.title()  # a heading prints names in capitals
    return Place(f"{top}/{slug(unit)}-{slug(name)}", kind.level, unit, name, kind.party)


_NAMED_UNIT = re.compile(rf"(?P<unit>{COMMITTEE}|{UNIT_BELOW})\s+(?P<name>[{UPPER}].*)$", re.IGNORECASE)


def place_named(body: str, scope: str) -> Place | None:
    """Return the district or commune of key `scope` that the full name of its body ends with.

    >>> place_named("Huyện ủy Mê Linh", "ha-noi/huyen-me-linh").party
    'Huyện ủy'
    """
    match = _NAMED_UNIT.search(body)
    if match is None:
        return None
    unit, name = _units_below().get(unit_called(match["unit"])), match["name"]
    if unit is None or not scope.endswith(f"/{slug(unit.name)}-{slug(name)}"):
        return None
    return Place(scope, unit.level, unit.name, name, unit.party)


OF_OLD = re.compile(one_of(words("name of old"), whole=True), re.IGNORECASE)
"""Names of provinces and ministries that are no more and stand in no table, of which the name of another one is the beginning: "Hà Nam
Ninh" is not Hà Nam."""


@cache
def provinces() -> dict[str, Jurisdiction]:
    """Jurisdictions by every lower-case name, with the tone mark in either place ("hòa bình", "hoà bình")."""
    found: dict[str, Jurisdiction] = {}
    for j in jurisdictions():
        for name in (j.name, *j.labels):
            found.setdefault(name.lower(), j)
            found.setdefault(late_tones(name).lower(), j)
    return found


_ITS_UNIT = re.compile(rf"^(?:{PROVINCE_UNIT}|tp\.?)\s+")


def find_province(name: str) -> Jurisdiction | None:
    """Return the province or city called `name` ("Hà Nội", "thành phố Hà Nội", "tỉnh Lào Cai", "ha-noi"), or None."""
    cleaned = _ITS_UNIT.sub("", " ".join(name.lower().split()))
    if OF_OLD.match(cleaned):
        return None
    return provinces().get(cleaned) or _by_key().get(slug(cleaned))


def province_of(key: str | None) -> Place | None:
    """Return the province with this key; None for the centre and for what lies below provinces.

    >>> province_of("ha-noi").name, province_of("vn")
    ('Hà Nội', None)
    """
    jurisdiction = _by_key().get(key or "")
    return province(jurisdiction) if jurisdiction else None


def home_place(home: str | None) -> Place | None:
    """Return the place of a declared home: "Hà Nội", "tỉnh Lào Cai".

    Raises ChidaoError for a name that is no province.
    """
    if home is None:
        return None
    jurisdiction = find_province(home)
    if jurisdiction is None:
        raise ChidaoError(f"no province or city is called {home!r}")
    return province(jurisdiction)


@cache
def _by_key() -> dict[str, Jurisdiction]:
    return {j.slug: j for j in reversed(jurisdictions())}


_IN_PROVINCE = re.compile(rf"(?i:{PROVINCE_UNIT})\s+(?P<name>{CAPITALIZED}(?:\s+{CAPITALIZED}){{0,3}})")


def named_provinces(text: str) -> Iterator[Jurisdiction]:
    """Yield the provinces that the text names as such.

    >>> [j.name for j in named_provinces("của tỉnh Lào Cai và Thành phố Hà Nội")]
    ['Lào Cai', 'Hà Nội']
    """
    for match in _IN_PROVINCE.finditer(text):
        if OF_OLD.match(text, match.start("name")):
            continue
        words = match["name"].split()
        known = (j for n in range(len(words), 0, -1) if (j := find_province(" ".join(words[:n]))))
        if found := next(known, None):
            yield found
