"""Find the organizations that a text names, and say which ones they are.

A name is a head ("Ban Tổ chức", "UBND", "Sở Nội vụ", "Bộ Chính trị") and, for a local body, the place it belongs to
("Thành ủy Hà Nội", "huyện Mê Linh", "Thành phố"). The heads come from the authority tables; a place left out or shortened
("Thành phố", "tỉnh", "Thành ủy") is the reading document's own jurisdiction. Without one it stays open, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from chidao.extract.language.jurisdictions import COMMUNE_UNITS, Place, named_below, province, provinces
from chidao.extract.language.letters import LETTER, UPPER, is_word, lower, slug
from chidao.extract.model import BodyMention
from chidao.ontology.authority import BodyTemplate, Jurisdiction, bodies, body_templates, jurisdictions

_NAME = rf"[{UPPER}][{LETTER}’'-]*(?:\s+[{UPPER}][{LETTER}’'-]*){{0,3}}"
_UNITS = r"thành\s+phố|tp\.?|tỉnh|huyện|quận|thị\s+xã|xã|phường|thị\s+trấn|đặc\s+khu"
_PARTY_TAIL = re.compile(
    r"(?P<party>(?:tỉnh|thành|huyện|quận|thị)\s*(?:ủy|uỷ)|đảng\s+(?:ủy|uỷ)\s+(?:xã|phường|thị\s+trấn|"
    r"đặc\s+khu))(?![A-Za-zÀ-ỹ])",
    re.IGNORECASE,
)
_UNIT_TAIL = re.compile(rf"(?:(?P<many>các)\s+)?(?P<unit>{_UNITS})(?![{LETTER}])", re.IGNORECASE)
_GENERIC = re.compile(
    rf"\s*(?:,\s*(?:{_UNITS})(?![{LETTER}])|\s(?:các\s+cấp|các|cấp|cùng\s+cấp|từng\s+cấp)(?![{LETTER}]))"
)
_PROPER = re.compile(_NAME)
# "Hội đồng nhân dân xã Khóa XXII", "Huyện ủy Bí thư": what stands where a name would.
_NO_NAME = re.compile(
    r"(?:khóa|khoá)\s+[IVX]+\b|bí\s+thư\b|nhiệm\s+kỳ\b|ban\s+(?:hành|nhân|chấp|thường)\b|chủ\s+tịch\b|số\b",
    re.IGNORECASE,
)
_PROPER_OR_NUMBER = re.compile(rf"[0-9]{{1,2}}(?![0-9{LETTER}]|[/.,-][0-9{LETTER}])|{_NAME}")
"""Of "UBND Quận 1", "Phường 12"."""
_OF_PROVINCE = re.compile(r"\s*,?\s*(?P<unit>tỉnh|thành\s+phố|TP\.?)\s+", re.IGNORECASE)
_NEXT = rf"(?={_NAME}|[0-9]{{1,2}}(?![0-9{LETTER}/]))"
_AND = re.compile(rf"\s*,\s*(?:và\s+)?{_NEXT}|\s+và\s+{_NEXT}")
_SPACE = re.compile(r"\s+")
_HYPHEN = re.compile(r"\s*[-–]\s*")


@cache
def _joined_names() -> re.Pattern[str]:
    """Names of two places: "Bà Rịa - Vũng Tàu", "Bà Rịa-Vũng Tàu"."""
    names = sorted((name for name in provinces() if " - " in name), key=len, reverse=True)
    parts = (_HYPHEN.pattern.join(r"\s+".join(map(re.escape, p.split())) for p in n.split(" - ")) for n in names)
    return re.compile(rf"(?:{'|'.join(parts)})(?![{LETTER}])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Head:
    """What a head string may stand for: a central body, or templates with the kind of tail each expects."""

    text: str
    exact: bool
    central: tuple[str, str] | None
    templates: tuple[tuple[BodyTemplate, str], ...]


@cache
def _heads() -> tuple[list[_Head], AhoCorasick]:
    """Every head of the authority tables by lower-case text, with an automaton over them.

    A template's pattern is cut at its first placeholder: "Ban Tổ chức {party} {name}" is the head "Ban Tổ chức" with a tail
    of kind "party"; "Sở Nội vụ" alone has the tail kind "".
    """
    table: dict[str, tuple[bool, tuple[str, str] | None, list[tuple[BodyTemplate, str]]]] = {}

    def entry(text: str) -> tuple[bool, tuple[str, str] | None, list[tuple[BodyTemplate, str]]]:
        return table.setdefault(text.lower(), (text.isupper() and " " not in text, None, []))

    for body in bodies():
        for label in (body.name, *body.labels, *body.abbreviations):
            exact, _, templates = entry(label)
            table[label.lower()] = (exact, (body.name, body.key), templates)
    for template in body_templates():
        for pattern in dict.fromkeys((template.name, *template.labels, *template.abbreviations)):
            cut = pattern.find("{")
            head = (pattern if cut < 0 else pattern[:cut]).strip()
            tail = "" if cut < 0 else pattern[cut + 1 : pattern.index("}", cut)]
            if not head:
                continue
            pairs = entry(head)[2]
            if all(t is not template or k != tail for t, k in pairs):
                pairs.append((template, tail))
    # Party committees stand for themselves and as tails: "Thành ủy", "Thành ủy Hà Nội".
    for word in (
        "Tỉnh ủy",
        "Thành ủy",
        "Huyện ủy",
        "Quận ủy",
        "Thị ủy",
        "Tỉnh uỷ",
        "Thành uỷ",
        "Huyện uỷ",
        "Quận uỷ",
        "Thị uỷ",
        *(f"Đảng {committee} {unit}" for unit in COMMUNE_UNITS for committee in ("ủy", "uỷ")),
    ):
        entry(word)
    for text in list(table):
        if "ủy" in text:
            table.setdefault(text.replace("ủy", "uỷ"), table[text])
    heads = [
        _Head(text, exact, central, tuple(templates)) for text, (exact, central, templates) in sorted(table.items())
    ]
    return heads, AhoCorasick([h.text for h in heads], matchkind=MatchKind.LeftmostLongest)


def body_heads() -> list[tuple[str, bool]]:
    """Every name that the tables give to a body, up to the place in it, in lower case, and whether it is an abbreviation."""
    return [(head.text, head.exact) for head in _heads()[0]]


_PREFIXES = (9, 3)
LONGEST_HEAD = 120
"""Characters; no name in the tables is longer."""


@cache
def _head_lengths() -> dict[str, tuple[int, ...]]:
    """For the first letters of heads, how long the heads are that begin so, the longest first. Reading one body at a place
    is then a few look-ups, where a search of the whole table would cost more than all the rest of a reference."""
    found: dict[str, set[int]] = {}
    for text in _head_index():
        shared = next((n for n in _PREFIXES if len(text) >= n), len(text))
        found.setdefault(text[:shared], set()).add(len(text))
    return {prefix: tuple(sorted(lengths, reverse=True)) for prefix, lengths in found.items()}


@cache
def _head_index() -> dict[str, _Head]:
    return {h.text: h for h in _heads()[0]}


@cache
def _party_template() -> dict[str, BodyTemplate]:
    """The Party committee's own template of each level (the pattern that begins with its party word)."""
    found: dict[str, BodyTemplate] = {}
    for template in body_templates():
        if template.name.startswith("{party}"):
            found.setdefault(template.level, template)
    return found


class BodyFinder:
    """Reads bodies with the eyes of one document: `home` is the place whose "Thành phố" and "Thành ủy" it means."""

    def __init__(self, home: Place | None) -> None:
        self.home = home
        top = None
        if home is not None:
            jurisdiction = next((j for j in jurisdictions() if j.slug == home.key.split("/")[0]), None)
            top = province(jurisdiction) if jurisdiction else None
        self.top = home if home is not None and home.level == "province" else top

    def read(self, text: str, start: int) -> BodyMention | None:
        """Return the body that is named right at `start`; of an enumeration, the first."""
        window = lower(text[start : start + LONGEST_HEAD + 1])
        index, lengths = _head_index(), _head_lengths()
        for length in (n for prefix in _PREFIXES for n in lengths.get(window[:prefix], ())):
            head = index.get(window[:length])
            if head and len(head.text) == length and is_word(window, 0, length):
                found = self._at(text, start, start + length, head)
                return found[0] if found else None
        return None

    def find(self, text: str, codes: Sequence[tuple[int, int]] = ()) -> list[BodyMention]:
        """Every named body of the text, in order, not overlapping. `codes` are the spans of references, in order: the
        symbols in them ("TW", "UBND") and the names ("Nghị quyết Đại hội …") name no body of their own."""
        heads, automaton = _heads()
        found = list(self._open(text))
        spans = [(b.start, b.end) for b in found]
        taken = code = open_ = 0
        for index, start, end in automaton.find_matches_as_indexes(lower(text)):
            if start < taken or not is_word(text, start, end):
                continue
            while code < len(codes) and codes[code][1] <= start:
                code += 1
            while open_ < len(spans) and spans[open_][1] <= start:
                open_ += 1
            if (code < len(codes) and codes[code][0] < end) or (open_ < len(spans) and spans[open_][0] < end):
                continue
            got = self._at(text, start, end, heads[index])
            if got:
                found += got
                taken = got[-1].end
        found.sort(key=lambda b: b.start)
        return found

    def _at(self, text: str, start: int, end: int, head: _Head) -> list[BodyMention]:
        """The body or bodies (of an enumeration) named at a head."""
        printed = text[start:end]
        if head.exact and not printed.isupper() and printed != printed.upper():
            return []
        if not head.exact and printed[0].islower():
            return []
        if head.central and not head.templates:
            return self._central(text, start, end, head)
        if not head.templates and not head.central:
            return self._committee(text, start, end)
        local = self._local(text, start, end, head)
        if local:
            return local
        return self._central(text, start, end, head) if head.central else []

    def _central(self, text: str, start: int, end: int, head: _Head) -> list[BodyMention]:
        assert head.central
        name, key = head.central
        if head.text == "trung ương" and not _stands_for_authority(text, start, end):
            return []
        return [BodyMention(start, end, "", name, key, "body-table", scope="vn", level="central")]

    def _committee(self, text: str, start: int, end: int) -> list[BodyMention]:
        """ "Thành ủy", "Tỉnh ủy Lào Cai", "Huyện ủy Phú Xuyên"."""
        place, stop = self._party_place(text, start, start)
        template = _party_template().get(place.level) if place else None
        if not place or not template:
            return []
        return [self._make(start, stop, template, place, "party-committee")]

    def _party_place(self, text: str, at: int, start: int) -> tuple[Place | None, int]:
        """The place of a party tail at `at`: "Thành ủy [Hà Nội]", "Huyện ủy Phú Xuyên"."""
        match = _PARTY_TAIL.match(text, at)
        if not match:
            return None, at
        word = _SPACE.sub(" ", match["party"].lower().replace("uỷ", "ủy"))
        unit = {
            "tỉnh ủy": "tỉnh",
            "thành ủy": "thành phố",
            "huyện ủy": "huyện",
            "quận ủy": "quận",
            "thị ủy": "thị xã",
        }.get(word)
        if unit is None:
            unit = word.removeprefix("đảng ủy ")
        if match["party"][0].islower() and not (self.home and text[start : match.end()].isupper()):
            # "các quận, huyện, thị ủy" names none of them.
            if text[start:at].strip() == "" or unit not in ("tỉnh", "thành phố"):
                return None, at
        return self._place(text, unit, match.end())

    def _unit_place(self, text: str, at: int) -> list[tuple[Place, int]]:
        """The place or places of a unit tail at `at`: "Thành phố", "tỉnh Lào Cai", "các huyện Mê Linh, Chương Mỹ"."""
        match = _UNIT_TAIL.match(text, at)
        if not match:
            return []
        unit = _SPACE.sub(" ", match["unit"].lower())
        unit = "thành phố" if unit.startswith("tp") else unit
        place, end = self._place(text, unit, match.end(), named=bool(match["many"]))
        if place is None:
            return []
        found = [(place, end)]
        while match["many"] and (joint := _AND.match(text, end)):
            place, stop = self._place(text, unit, joint.end(), named=True, glued=True)
            if place is None:
                break
            end = stop
            found.append((place, end))
        return found

    def _place(
        self, text: str, unit: str, at: int, *, named: bool = False, glued: bool = False
    ) -> tuple[Place | None, int]:
        """The place of `unit` whose name may follow at `at`; without a name, the home place of that unit."""
        gap = _SPACE.match(text, at)
        begin = at if glued else (gap.end() if gap else at)
        proper = (
            (_PROPER if unit not in ("quận", "phường") else _PROPER_OR_NUMBER).match(text, begin)
            if gap or glued
            else None
        )
        if proper and not _NO_NAME.match(text, begin):
            known = self._known(text, begin, proper.group(), unit)
            if known:
                jurisdiction, length = known
                return province(jurisdiction), begin + length
            if unit not in ("tỉnh",):
                words = proper.group().split()
                below, taken = named_below(self.home, unit, words)
                name = " ".join(words[:taken])
                end = begin + _length(proper.group(), taken)
                if whole := self._province_behind(text, end):
                    below, _ = named_below(whole, unit, words[:taken])
                if (
                    unit == "thành phố"
                    and self.top
                    and self.top.unit == "thành phố"
                    and name.isupper()
                    and len(name) < 4
                ):
                    return self.top, at
                return below, end
            return None, at
        if named:
            return None, at
        if _GENERIC.match(text, at):
            return None, at
        for place in (self.home, self.top):
            if place and place.unit == unit:
                return place, at
        return None, at

    def _province_behind(self, text: str, at: int) -> Place | None:
        """The province of "huyện Châu Thành, tỉnh Tây Ninh"."""
        match = _OF_PROVINCE.match(text, at)
        proper = _PROPER.match(text, match.end()) if match else None
        if not match or not proper:
            return None
        unit = "tỉnh" if match["unit"].lower() == "tỉnh" else "thành phố"
        known = self._known(text, match.end(), proper.group(), unit)
        return province(known[0]) if known else None

    def _known(self, text: str, at: int, printed: str, unit: str | None) -> tuple[Jurisdiction, int] | None:
        """The province whose name begins `printed`, which stands at `at`, and how much of it the name takes."""
        joined = _joined_names().match(text, at)
        if joined:
            whole = provinces()[_HYPHEN.sub(" - ", " ".join(joined.group().lower().split()))]
            if unit is None or whole.unit == unit:
                return whole, len(joined.group())
        words = printed.split()
        for n in range(min(4, len(words)), 0, -1):
            jurisdiction = provinces().get(" ".join(words[:n]).lower())
            if jurisdiction and (unit is None or jurisdiction.unit == unit):
                return jurisdiction, _length(printed, n)
        return None

    def _local(self, text: str, start: int, end: int, head: _Head) -> list[BodyMention]:
        gap = _SPACE.match(text, end)
        at = gap.end() if gap else end
        tails = {kind for _, kind in head.templates}
        if "party" in tails and gap:
            place, stop = self._party_place(text, at, start)
            if place and (template := self._pick(head, "party", place)):
                return [self._make(start, stop, template, place, "body-of-committee")]
        if tails & {"unit", "name", ""} and gap:
            places = self._unit_place(text, at)
            made: list[BodyMention] = []
            for place, stop in places:
                template = (
                    self._pick(head, "unit", place) or self._pick(head, "", place) or self._pick(head, "name", place)
                )
                if not template:
                    break
                begin = start if not made else stop - len(place.name)
                made.append(self._make(begin, stop, template, place, "body-of-place"))
            if made:
                return made
            proper = _PROPER.match(text, at)
            known = self._known(text, at, proper.group(), None) if proper else None
            if known:
                place = province(known[0])
                template = (
                    self._pick(head, "", place) or self._pick(head, "unit", place) or self._pick(head, "name", place)
                )
                if template:
                    return [self._make(start, at + known[1], template, place, "body-of-place")]
        bare = [t for t, kind in head.templates if kind == ""]
        if bare and self.home is not None and not _GENERIC.match(text, end):
            for place in (self.home, self.top):
                template = next((t for t in bare if place and t.level == place.level), None)
                if template and place:
                    return [self._make(start, end, template, place, "body-of-home")]
        return []

    def _pick(self, head: _Head, kind: str, place: Place) -> BodyTemplate | None:
        return next((t for t, k in head.templates if k == kind and t.level == place.level), None)

    def _make(self, start: int, end: int, template: BodyTemplate, place: Place, rule: str) -> BodyMention:
        name, key = place.fill(template.name), f"{place.key}/{template.slug}"
        return BodyMention(start, end, "", name, key, rule, scope=place.key, level=place.level)

    def _open(self, text: str) -> list[BodyMention]:
        """Bodies that no table can list: steering committees, called by their subject and by whose they are."""
        found: list[BodyMention] = []
        for head in _STEERING.finditer(text):
            if found and head.start() < found[-1].end:
                continue
            listed = self._listed(text, head.start())
            for rule, pattern in _OPEN_RULES:
                match = pattern.match(text, head.start())
                if match and match.end() <= listed:
                    break
                if match:
                    found.append(self._named_open(match.start(), match.end(), match.group(), rule))
                    break
        return found

    def _listed(self, text: str, start: int) -> int:
        """The end of the steering committee of the table that is named at `start`, or -1."""
        for index, begin, end in _heads()[1].find_matches_as_indexes(lower(text[start : start + 160])):
            return start + end if begin == 0 and _heads()[0][index].central else -1
        return -1

    def _named_open(self, start: int, end: int, printed: str, rule: str) -> BodyMention:
        name = (
            " ".join(printed.split()).replace("Ban chỉ đạo", "Ban Chỉ đạo").replace("PCTN", "phòng, chống tham nhũng")
        )
        scope: str | None = "vn" if "Trung ương" in name else None
        if scope is None and self.top:
            top = self.top
            scope = top.key
            full = f"{top.unit} {top.name}"
            name = re.sub(rf"\b(?i:{top.unit})(?!\s+[{UPPER}ủu])", full, name)
            name = re.sub(rf"\b{top.party}(?!\s+{top.name})", f"{top.party} {top.name}", name)
            if top.name not in name:
                # Working programmes (Chương trình công tác) are the Party committee's, so is who steers them.
                name += f" của {top.party} {top.name}" if rule == "steering-committee-of-programmes" else f" {full}"
        level = "central" if scope == "vn" else "province" if scope else None
        key = f"{scope or 'unknown'}/{slug(name)}"
        return BodyMention(start, end, "", name, key, rule, scope=scope, level=level)


_WHOSE = rf"(?:Thành\s+phố|Thành\s+ủy|Tỉnh\s+ủy|Trung\s+ương|tỉnh|thành\s+phố|Tỉnh)(?:\s+{_NAME})?"
_STEERING = re.compile(r"Ban\s+[Cc]hỉ\s+đạo(?=\s)")
_CODES = r"(?:[A-ZĐ]\S+\s+\S+\s+)?(?:số\s+)?[0-9]{1,4}-[A-ZĐ]{2,3}/[A-Z]{2}"
_OPEN_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    # "Ban Chỉ đạo thực hiện Nghị quyết 15-NQ/TU, Chỉ thị 15-CT/TU của Thành ủy"
    (
        "steering-committee-of-documents",
        re.compile(
            rf"Ban\s+[Cc]hỉ\s+đạo\s+(?:thực\s+hiện\s+)?{_CODES}(?:(?:,|"
            rf"\s+và)\s+{_CODES})*(?:\s+(?:của\s+)?{_WHOSE})?(?![{LETTER}])"
        ),
    ),
    # "Ban Chỉ đạo 10 Chương trình công tác"
    (
        "steering-committee-of-programmes",
        re.compile(r"Ban\s+[Cc]hỉ\s+đạo\s+[0-9]{1,3}\s+Chương\s+trình\s+công\s+tác(?:\s+của\s+(?:Thành|Tỉnh)\s+ủy)?"),
    ),
    # "Ban Chỉ đạo 35 Thành phố", "Ban Chỉ đạo quản lý tổ chức bộ máy, biên chế Thành phố", "Ban Chỉ đạo Trung ương về phòng,
    # chống tham nhũng, tiêu cực": the subject may be long, whose committee it is ends the name.
    (
        "steering-committee",
        re.compile(
            r"Ban\s+[Cc]hỉ\s+đạo(?:\s+(?!các\s|đã\s|tiếp\s+tục|tổ\s+chức\s|"
            rf"về\s)[^;.()\n“”:,]{{1,60}}?(?:,\s+[^;.()\n“”:,A-ZĐ]{{2,40}}?)?)?\s(?:{_WHOSE})(?![{LETTER}])"
            rf"(?:\s+về\s+(?:PCTN|phòng,?\s+chống\s+tham\s+nhũng)(?:,\s+lãng\s+phí)?(?:,\s+tiêu\s+cực)?)?"
        ),
    ),
    # "Ban Chỉ đạo 35": the number is its name.
    (
        "steering-committee-numbered",
        re.compile(r"Ban\s+[Cc]hỉ\s+đạo\s+[0-9]{2,4}(?![0-9/-])(?!\s+(?:chương|vụ|dự|cuộc|huyện|quận))", re.IGNORECASE),
    ),
)


def _length(printed: str, words: int) -> int:
    """How many characters the first `words` words of `printed` take."""
    match = re.match(rf"(?:\S+\s+){{{words - 1}}}\S+", printed)
    return match.end() if match else len(printed)


_AUTHORITY_BEFORE = re.compile(r"(?:của|do|trước\s+khi|theo)\s+$", re.IGNORECASE)
_AUTHORITY_BEHIND = re.compile(
    rf"\s+(?:(?:khóa|khoá)\s+[IVX]+\s+)?(?:ban\s+hành|yêu\s+cầu|giao|chỉ\s+đạo|quy\s+định|đã)(?![{LETTER}])|\s+Đảng"
)


def _stands_for_authority(text: str, start: int, end: int) -> bool:
    """Is "Trung ương" whoever issues or orders ("quy định của Trung ương"), and not a place ("từ Trung ương đến cơ sở")?"""
    before = _AUTHORITY_BEFORE.search(text[max(0, start - 12) : start]) is not None
    return before or _AUTHORITY_BEHIND.match(text, end) is not None
