"""Where a local body belongs: the place that stands behind a body's head, or that the reading document means without a name.

"Thành ủy Hà Nội", "huyện Mê Linh", "các huyện Mê Linh, Chương Mỹ", "huyện Châu Thành, tỉnh Tây Ninh", "Thành phố".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from chidao.extract.language.composing import one_of, spaced
from chidao.extract.language.compounds import by_itself
from chidao.extract.language.jurisdictions import (
    OF_OLD,
    Place,
    district_words,
    named_below,
    province,
    province_of,
    provinces,
    unit_called,
)
from chidao.extract.language.letters import LETTER, UPPER, behind_blanks, slug
from chidao.extract.language.patterns import (
    ADDRESS,
    COMMITTEE,
    COMMUNE_UNIT,
    CONTENT,
    GROUND,
    OFFICE,
    PROPOSES,
    PROVINCE_UNIT,
    ROMAN,
    SHORT_UNIT,
    TENURE,
    TERM,
    UNIT,
)
from chidao.extract.language.tables import words
from chidao.extract.language.verbs import CARRIES_OUT
from chidao.extract.mentions.body_heads import head_at
from chidao.ontology.authority import Jurisdiction, districts, units

NAME = rf"[{UPPER}][{LETTER}’'-]*(?:\s+[{UPPER}][{LETTER}’'-]*){{0,3}}"
"""A pattern of a place's name: up to four words with capitals."""
_PARTY_TAIL = re.compile(rf"(?P<party>{COMMITTEE})(?![{LETTER}])", re.IGNORECASE)
PARTY_INITIALS, UNIT_INITIALS = (
    frozenset(case for name in names for case in (name[0].lower(), name[0].upper()))
    for names in (
        [unit.party for unit in units()],
        ["các", *(name for unit in units() for name in (unit.name, *unit.abbreviations))],
    )
)
"""With what a Party tail and a unit tail begin."""
_UNIT_TAIL = re.compile(rf"(?:(?P<many>các)\s+)?(?P<unit>{UNIT}|{SHORT_UNIT})(?:(?<=\.)|(?![{LETTER}]))", re.IGNORECASE)
_GENERIC = re.compile(
    rf"\s*(?:,\s*{UNIT}(?![{LETTER}])(?!\s+(?:đã|đang|sẽ|vẫn|còn|phải|cần)\s)|\s(?:các\s+cấp|các|{by_itself('cấp')}|cùng\s+cấp|từng\s+cấp)(?![{LETTER}]))"
)
COMMUNE_BEHIND = re.compile(rf"\s*,\s*{COMMUNE_UNIT}\s+(?={NAME})")
"""Behind a body of a province alone: "Sở Xây dựng, xã Bản Liền" are two."""
_GENERIC_OPENS = frozenset(" ct,\t\n")
"""With what it goes on behind a blank: "các", "cấp", "cùng cấp", "từng cấp", a comma, another blank."""
PROPER = re.compile(NAME)
# "Hội đồng nhân dân xã Khóa XXII", "Huyện ủy Bí thư": what stands where a name would.
_NO_NAME = re.compile(
    rf"{TERM}\s+{ROMAN}\b|{OFFICE}(?!\w)|{TENURE}\b|ban\s+(?:hành|nhân|chấp|thường)\b|đảng\s+bộ\b|số\b|năm\s+[0-9]|{ADDRESS}|"
    r"giao(?=[ \t*_]*(?:[,.;:)|\n]|$))|"  # "NHIỆM VỤ UBND XÃ GIAO"; communes are called Giao An, Giao Minh
    rf"(?:{CARRIES_OUT}|{GROUND}|{CONTENT}|{PROPOSES}|theo|điều\s+[0-9]+)\b",
    re.IGNORECASE,
)
_PROPER_OR_NUMBER = re.compile(rf"[0-9]{{1,2}}(?![0-9{LETTER}]|[/.,-][0-9{LETTER}])|{NAME}")
"""Of "UBND Quận 1", "Phường 12"."""
_OF_PROVINCE = re.compile(rf"\s*,?\s*(?P<unit>{PROVINCE_UNIT}|TP\.?)\s+", re.IGNORECASE)
_NEXT = rf"(?={NAME}|[0-9]{{1,2}}(?![0-9{LETTER}/]))"
_AND = re.compile(rf"\s*,\s*(?:và\s+)?{_NEXT}|\s+và\s+{_NEXT}")
_VOWELS = frozenset("aeiouy")
""" "xã Bản" / "Liền", and not the "TT" with which the table below begins."""
_FIGURE = re.compile(r" (?P<n>[1-9])(?![0-9/.-]*[0-9])")
_NAME_ENDS = re.compile(r"[ \t*_]*(?:(?P<mark>[,.;:)|\n])|$)")
_NOT_A_SECOND = "|".join(
    one_of(words(kind)) for kind in ("kind of body", "part of a body", "body below", "institution", "family name")
)
_HYPHEN = re.compile(r"\s*[-–]\s*")


class PlaceReader:
    """Reads places with the eyes of one document, whose own place is `home`; `top` is the province of that."""

    def __init__(self, home: Place | None) -> None:
        self.home = home
        self.top = home
        if home is not None and home.level != "province":
            self.top = province_of(home.key.split("/")[0])

    @property
    def is_adrift(self) -> bool:
        """Is the document of a district or commune that does not say of which province it is?"""
        return self.home is not None and self.top is None

    def of_committee(self, text: str, at: int, start: int) -> tuple[Place, int] | None:
        """Return the place of the Party tail at `at`, of a name that begins at `start`, and where it ends: "Thành ủy [Hà Nội]",
        "Huyện ủy Phú Xuyên"."""
        match = _PARTY_TAIL.match(text, at) if text[at : at + 1] in PARTY_INITIALS else None
        if not match:
            return None
        unit = unit_called(match["party"])
        if match["party"][0].islower() and not (self.home and text[start : match.end()].isupper()):
            # "các quận, huyện, thị ủy" names none of them.
            if text[start:at].strip() == "" or unit not in ("tỉnh", "thành phố"):
                return None
        return self._of_unit(text, unit, _behind_unit(text, unit, match.end()))

    def of_units(self, text: str, at: int) -> list[tuple[Place, int]]:
        """Return the places of the unit tail at `at`, and where each ends: "Thành phố", "tỉnh Lào Cai", "các huyện Mê Linh, Chương
        Mỹ"."""
        match = _UNIT_TAIL.match(text, at) if text[at : at + 1] in UNIT_INITIALS else None
        if not match:
            return []
        unit = unit_called(match["unit"])
        found: list[tuple[Place, int]] = []
        one = self._of_unit(text, unit, match.end(), named=bool(match["many"]))
        while one:
            found.append(one)
            joint = _AND.match(text, one[1]) if match["many"] else None
            one = self._named(text, unit, joint.end(), joint.end()) if joint else None
        return found

    def called(self, text: str, start: int, end: int) -> Place | None:
        """Return the place that text[start:end] names, with its unit or by a province's name."""
        if opens_unit := text[start].lower() in UNIT_INITIALS and _UNIT_TAIL.match(text, start):
            return next((place for place, stop in self.of_units(text, start)[:1] if stop == end), None)
        known = None if opens_unit else known_province(text, start, text[start:end])
        return province(known[0]) if known and known[1] == end - start else None

    def _of_unit(self, text: str, unit: str, at: int, *, named: bool = False) -> tuple[Place, int] | None:
        """The place of `unit` whose name may follow at `at`; without a name, the home place of that unit."""
        begin = behind_blanks(text, at)
        parted = begin > at or text.endswith(("P.", "p."), 0, at)  # no blank stands in "TP.HCM"
        if parted and _name(text, unit, begin):
            found = self._named(text, unit, begin, at)
            if found is None or found[0].level != "district" or not _is_no_district(text[begin : found[1]]):
                return found
        own = self.home if self.home and self.home.unit == unit else self.top
        if named or own is None or own.unit != unit:
            return None
        listed = own.level == "province" and COMMUNE_BEHIND.match(text, at)
        return (own, at) if listed or not is_generic(text, at) else None

    def _named(self, text: str, unit: str, at: int, unit_end: int) -> tuple[Place, int] | None:
        """The place of `unit` called by the name at `at`, and where the name ends; the unit's word alone, which ends at `unit_end`,
        where the name is none ("thành phố UBND")."""
        proper = _name(text, unit, at)
        if not proper:
            return None
        if known := known_province(text, at, proper.group(), unit) or _half_small(text, at, unit):
            return province(known[0]), at + known[1]
        if unit == "tỉnh":
            return None
        if _hyphened(text, at) and (joined := _joined_districts().match(text, at)):
            words, end = _HYPHEN.sub("-", joined.group().title()).split(), joined.end()
            below, taken = named_below(self.home, unit, words)
        else:
            words = _on_one_line(text, at, proper.group())
            if not words:
                return None
            ends = _NAME_ENDS.match(text, proper.end())
            ends_line = ends is not None and (ends["mark"] or "\n") == "\n"
            below, taken = named_below(self.home, unit, words, ends_line=ends_line)
            end = at + _length(proper.group(), taken)
        number = self._number(text, end, f"{below.name} ") if below.level == "commune" else ""
        end += len(number)
        if whole := _province_behind(text, end):
            below, _ = named_below(whole, unit, words[:taken])
        if number:
            return replace(below, key=f"{below.key}-{number.strip()}", name=f"{below.name}{number}"), end
        elif below.level == "commune" and (whole_name := _of_two_names(text, below, end)):
            return whole_name
        name = " ".join(words[:taken])
        if unit == "thành phố" and self.top and self.top.unit == unit and name.isupper() and len(name) < 4:
            return self.top, unit_end
        return below, end

    def _number(self, text: str, end: int, name: str) -> str:
        """The figure that belongs to a commune's name, with the blank before it: "phường Hà Giang 1", and not "xã Ea Mẫu 3 hộ"."""
        figure = _FIGURE.match(text, end)
        if figure is None:
            return ""
        own = self.home is not None and self.home.name == f"{name}{figure['n']}"
        return figure.group() if own or _NAME_ENDS.match(text, figure.end()) else ""


def _behind_unit(text: str, unit: str, at: int) -> int:
    """Where a committee's tail ends whose unit is printed once more: "Thành ủy thành phố Cần Thơ", "Thành ủy TP. Huế"."""
    begin = behind_blanks(text, at)
    again = _UNIT_TAIL.match(text, begin) if begin > at and text[begin : begin + 1] in UNIT_INITIALS else None
    same = again is not None and not again["many"] and unit_called(again["unit"]) == unit
    return again.end() if again and same else at


def is_generic(text: str, at: int) -> bool:
    """Do all units of a kind stand at `at`, and no place: "các cấp", ", xã"? Two letters tell it of most."""
    first, second = text[at : at + 1], text[at + 1 : at + 2]
    opens = first == "," or (first.isspace() and second in _GENERIC_OPENS)
    return opens and _GENERIC.match(text, at) is not None


def _name(text: str, unit: str, at: int) -> re.Match[str] | None:
    """The capitalized words, or a quarter's number, at `at` that may be the name of a `unit`."""
    if unit in ("quận", "phường"):
        proper = _PROPER_OR_NUMBER.match(text, at)
    else:
        proper = PROPER.match(text, at) if text[at : at + 1].isupper() else None
    return None if proper and _NO_NAME.match(text, at) else proper


def _is_another_body(text: str, at: int, end: int) -> bool:
    """Do the words with capitals in text[at:end] open the name of a body, which goes on in small letters: "UBND quận" / "Phòng Nội vụ"?"""
    if not text[end + 1 : end + 2].islower():
        return False
    head = head_at(text, at)
    return head is not None and len(head.text) > end - at


def _is_no_district(name: str) -> bool:
    """Is it one word with a capital that no district is called, as the next sentence begins with: "Huyện ủy" / "Năm nay …"?"""
    return " " not in name and not district_words([name])


def _on_one_line(text: str, at: int, printed: str) -> list[str]:
    """The words of a name at `at`; only a district that the table knows, or a name's second word, stands behind a line's end. None where
    another body's name begins."""
    words, first = printed.split(), printed.partition("\n")[0].split()
    if _is_another_body(text, at, at + len(printed)):
        return []
    if len(words) == len(first) and "\n" not in text[max(0, at - 2) : at]:
        return words
    if district := district_words(words):
        return words[: max(district, len(first))]
    if "\n" in text[max(0, at - 2) : at]:
        return []
    return words[:2] if len(first) == 1 and not _VOWELS.isdisjoint(slug(words[1])) else first


def _province_behind(text: str, at: int) -> Place | None:
    """The province of "huyện Châu Thành, tỉnh Tây Ninh"."""
    match = _OF_PROVINCE.match(text, at)
    proper = PROPER.match(text, match.end()) if match else None
    if not match or not proper:
        return None
    unit = unit_called(match["unit"])
    known = known_province(text, match.end(), proper.group(), unit)
    return province(known[0]) if known else None


def known_province(text: str, at: int, printed: str, unit: str | None = None) -> tuple[Jurisdiction, int] | None:
    """Return the province whose name begins `printed`, which stands at `at`, and how many characters the name takes."""
    if OF_OLD.match(text, at):
        return None
    joined = _joined_names().match(text, at) if _hyphened(text, at) else None
    if joined:
        whole = provinces()[_HYPHEN.sub(" - ", " ".join(joined.group().lower().split()))]
        if unit is None or whole.unit == unit:
            return whole, len(joined.group())
    words, known = printed.lower().split()[:4], provinces()
    while words:
        name = " ".join(words)
        if name in known and (unit is None or known[name].unit == unit):
            return known[name], _length(printed, len(words))
        words.pop()
    return None


def _half_small(text: str, at: int, unit: str) -> tuple[Jurisdiction, int] | None:
    """The province whose name at `at` has but its first letter in capitals: "thành phố Hải phòng"."""
    printed = _small_names().match(text, at) if unit in ("tỉnh", "thành phố") else None
    known = provinces()[" ".join(printed.group().lower().split())] if printed else None
    return (known, len(printed.group())) if printed and known and known.unit == unit else None


@cache
def _small_names() -> re.Pattern[str]:
    names = (name.capitalize() for name in provinces() if " " in name and "-" not in name)
    return re.compile(rf"(?:{'|'.join(map(spaced, sorted(names, key=len, reverse=True)))})(?!\w)")


def _hyphened(text: str, at: int) -> bool:
    """May the name at `at` be one of two places?"""
    near = text[at : at + _FIRST_NAME]
    return "-" in near or "–" in near


_FIRST_NAME = 40
"""Characters; the first of two places has no longer name, whatever blanks it has."""


@cache
def _joined_names() -> re.Pattern[str]:
    """Names of two places: "Bà Rịa - Vũng Tàu", "Bà Rịa-Vũng Tàu"."""
    names = sorted((name for name in provinces() if " - " in name), key=len, reverse=True)
    return _any_of(name.split(" - ") for name in names)


@cache
def _joined_districts() -> re.Pattern[str]:
    """The same below the province: "Phan Rang - Tháp Chàm"."""
    return _any_of(d.name.split("-") for d in districts() if "-" in d.name)


def _any_of(names: Iterable[Sequence[str]]) -> re.Pattern[str]:
    """Any of the names, each of several parts with a hyphen between them."""
    ways = (_HYPHEN.pattern.join(r"\s+".join(map(re.escape, part.split())) for part in name) for name in names)
    return re.compile(rf"(?:{'|'.join(ways)})(?![{LETTER}])", re.IGNORECASE)


@cache
def _town_behind() -> re.Pattern[str]:
    """The town of old behind its quarter's name: "phường Cam Ly - Đà Lạt"."""
    names = sorted((d.name for d in districts() if d.unit == "thành phố"), key=len, reverse=True)
    towns = "|".join(r"\s+".join(map(re.escape, name.split())) for name in names)
    return re.compile(rf"{_HYPHEN.pattern}(?P<town>{towns})(?![{LETTER}])", re.IGNORECASE)


_SECOND_NAME = re.compile(
    rf"[^\S\n]*[-–][^\S\n]*(?P<name>(?!(?:{_NOT_A_SECOND})(?!\w))[{UPPER}][{LETTER}]+(?:[^\S\n][{UPPER}][{LETTER}]+){{1,2}})"
    rf"(?![^\S\n]*[-–][^\S\n]*[{UPPER}0-9]|[^\S\n][{UPPER}0-9])",
)


def _of_two_names(text: str, commune: Place, at: int) -> tuple[Place, int] | None:
    """The commune with the second of its two names at `at`, and where that ends: "phường Cam Ly | - Đà Lạt"."""
    if not _hyphened(text, at):
        return None
    if joined := _town_behind().match(text, at):
        return _with_town(commune, joined["town"]), joined.end()
    joined = _second_name(text, at)
    return (_with_second(commune, joined["name"]), joined.end()) if joined else None


def _second_name(text: str, at: int) -> re.Match[str] | None:
    """The second of two names that no table has: "phường Văn Miếu | - Quốc Tử Giám". A body, an office or a person may stand there too,
    and the district or province of the commune."""
    second = _SECOND_NAME.match(text, at)
    if (
        second is None
        or _NO_NAME.match(text, second.start("name"))
        or known_province(text, second.start("name"), second["name"])
    ):
        return None
    return None if district_words(second["name"].split()) or head_at(text, second.start("name")) else second


def _with_town(quarter: Place, town: str) -> Place:
    """A quarter that has its town in its name; the town tells the province of one that nobody names."""
    known = [d for d in districts() if d.unit == "thành phố" and d.name.lower() == " ".join(town.lower().split())]
    whole = _with_second(quarter, known[0].name)
    top, _, below = whole.key.rpartition("/")
    return replace(whole, key=f"{known[0].province}/{below}") if top == "unknown" and len(known) == 1 else whole


def _with_second(commune: Place, name: str) -> Place:
    """A commune with the second of its two names, which a heading prints in capitals."""
    name = " ".join(name.split())
    name = name.title() if name.isupper() else name
    return replace(commune, key=f"{commune.key}-{slug(name)}", name=f"{commune.name} - {name}")


def _length(printed: str, words: int) -> int:
    """How many characters the first `words` words of `printed` take."""
    taken = " ".join(printed.split()[:words])
    if printed.startswith(taken):  # as where single blanks part them
        return len(taken)
    match = re.match(rf"(?:\S+\s+){{{words - 1}}}\S+", printed)
    return match.end() if match else len(printed)
