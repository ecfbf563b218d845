"""Where local bodies belong: provinces by every name, and the districts and communes below them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from chidao.extract.language.letters import slug
from chidao.ontology.authority import District, Jurisdiction, districts, jurisdictions


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
        filled = pattern.replace("{unit}", self.unit).replace("{party}", self.party).replace("{name}", self.name)
        return " ".join(filled.split())


_DISTRICT_PARTY = {"huyện": "Huyện ủy", "quận": "Quận ủy", "thị xã": "Thị ủy", "thành phố": "Thành ủy"}
COMMUNE_UNITS = ("xã", "phường", "thị trấn", "đặc khu")


def province(jurisdiction: Jurisdiction) -> Place:
    return Place(jurisdiction.slug, "province", jurisdiction.unit, jurisdiction.name, jurisdiction.party)


_TONED = re.compile(r"[ou]([àáảãạèéẻẽẹỳýỷỹỵ])(?!\w)")
_MOVED = {
    old: new + vowel
    for vowel, toned, front in (("a", "àáảãạ", "òóỏõọ"), ("e", "èéẻẽẹ", "òóỏõọ"), ("y", "ỳýỷỹỵ", "ùúủũụ"))
    for old, new in zip(toned, front, strict=True)
}
_NO_MORE = re.compile(
    r"khóa|khoá|nhiệm|ban|bí|về|số|năm|quyết|kế|công|thông|báo|tờ|hội|ủy|uỷ|phó|chủ|trưởng|và|tại|ngày|đảng",
    re.IGNORECASE,
)
"""What may stand capitalized behind a commune's name and is none of it: "xã Chiềng Mai Khóa XXII"."""


def _folded(name: str) -> str:
    """A name in small letters with its tone where the new spelling has it: "Định Hoá" is "định hóa"."""
    return _TONED.sub(lambda m: _MOVED[m[1]], " ".join(name.lower().split()))


@cache
def _districts() -> dict[str, list[District]]:
    found: dict[str, list[District]] = {}
    for district in districts():
        found.setdefault(_folded(district.name), []).append(district)
    return found


def named_below(home: Place | None, unit: str, words: list[str]) -> tuple[Place, int]:
    """The district or commune whose name capitalized `words` begin with, and how many of them it takes.

    A name of the table of districts counts as far as it goes ("quận Nam Từ Liêm"); where the home province has no such district and
    one other province alone has it, it is that one's ("huyện Mộ Đức" in a paper of Lào Cai). Any other name takes two words ("xã
    Chiềng Mai"), or three where just three stand together ("xã Bắc Tân Uyên")."""
    if unit not in COMMUNE_UNITS:
        for n in range(min(4, len(words)), 0, -1):
            if known := _districts().get(_folded(" ".join(words[:n]))):
                return below(_home_of(known, unit, home), unit, known[0].name), n
    n = min(len(words), 2)
    if len(words) == 3 and not _NO_MORE.fullmatch(words[2]) and not words[1].isupper():
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
    return next(province(j) for j in jurisdictions() if j.slug == fitting[0].province)


def below(home: Place | None, unit: str, name: str) -> Place:
    """A district or commune called `name` below the home province (or below the home district's province)."""
    level = "commune" if unit in COMMUNE_UNITS else "district"
    top = home.key.split("/")[0] if home else "unknown"
    if name.isupper():
        name = name.title()  # a heading prints names in capitals
    party = f"Đảng ủy {unit}" if level == "commune" else _DISTRICT_PARTY[unit]
    return Place(f"{top}/{slug(unit)}-{slug(name)}", level, unit, name, party)


@cache
def provinces() -> dict[str, Jurisdiction]:
    """Jurisdictions by every lower-case name."""
    found: dict[str, Jurisdiction] = {}
    for j in jurisdictions():
        for name in (j.name, *j.labels):
            found.setdefault(name.lower(), j)
    return found


def find_province(name: str) -> Jurisdiction | None:
    """The province or city called `name` ("Hà Nội", "thành phố Hà Nội", "tỉnh Lào Cai", "ha-noi"), or None."""
    cleaned = re.sub(r"^(?:thành phố|tỉnh|tp\.?)\s+", "", " ".join(name.lower().split()))
    return provinces().get(cleaned) or next((j for j in jurisdictions() if j.slug == slug(cleaned)), None)
