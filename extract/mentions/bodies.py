"""Find the organizations that a text names, and say which ones they are.

A name is a head ("Ban Tổ chức", "UBND", "Sở Nội vụ", "Bộ Chính trị") and, for a local body, the place it belongs to
("Thành ủy Hà Nội", "huyện Mê Linh", "Thành phố"). A place left out or shortened ("Thành phố", "tỉnh", "Thành ủy") is the
reading document's own jurisdiction. Without one it stays open, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from chidao.extract.language.compounds import ends_compound
from chidao.extract.language.jurisdictions import OF_OLD, Place, province
from chidao.extract.language.letters import LETTER, UPPER, behind_blanks, early_tones, is_word, lower
from chidao.extract.language.patterns import DIRECTS, ISSUES, PROVINCE_UNIT, ROMAN, SPEAKS, TERM, UNIT_BELOW
from chidao.extract.mentions.body_heads import CENTRE, Head, head_at, head_search, heads
from chidao.extract.mentions.body_places import (
    COMMUNE_BEHIND,
    PARTY_INITIALS,
    PROPER,
    UNIT_INITIALS,
    PlaceReader,
    is_generic,
    known_province,
)
from chidao.extract.mentions.elsewhere import tells_elsewhere, told_of
from chidao.extract.mentions.organs import organ_called, with_organ
from chidao.extract.mentions.steering import find_steering_committees
from chidao.extract.model import BodyMention
from chidao.ontology.authority import BodyTemplate, body_templates


class BodyFinder:
    """Reads bodies with the eyes of one document: `home` is the place whose "Thành phố" and "Thành ủy" it means, `day` (ISO) tells which
    bodies there were."""

    def __init__(self, home: Place | None, day: str | None = None, level: str = "") -> None:
        self.places = PlaceReader(home)
        self._day = day
        self._level = level
        self.doubtful = False
        """May what has no place be of another one than `home`?"""

    def on(self, day: str | None) -> BodyFinder:
        """Return one that reads as on that day, as what was issued then is cited."""
        return BodyFinder(self.places.home, day) if self._day and day else self

    def below(self, level: str) -> BodyFinder:
        """Return one that reads where a paper speaks of all units of a level ("2. Đối với các xã, phường"): a name without a place that
        bodies of that level have too is theirs, and not the one of the paper's own place."""
        return BodyFinder(self.places.home, self._day, level)

    def there(self, text: str, at: int, *, ordered: bool = False) -> BodyFinder:
        """Return one that reads where the paragraph tells of a place that it begins with: "Tại tỉnh Sơn La, UBND tỉnh đã ban hành …".

        `ordered`: it reads whom the paper gives something to do."""
        named = told_of(text, at)
        place = self.places.called(text, *named) if named else None
        if named is None or place is None or place == self.places.home:
            return self
        bare = known_province(text, named[0], text[slice(*named)]) is not None
        return _There(place, self._day, self, bare=bare, ordered=ordered)

    def read(self, text: str, start: int) -> BodyMention | None:
        """Return the body that is named right at `start`; of an enumeration, the first."""
        head = head_at(text, start)
        return self.read_behind(head, text, start) if head else None

    def read_behind(self, head: Head, text: str, start: int) -> BodyMention | None:
        """Return the body with the head that stands right at `start`, with a capital, or a short form in capitals; of an enumeration, the
        first."""
        end = start + len(head.text)
        printed = text[start:end].isupper() if head.exact else not text[start].islower()
        found = self._at(text, start, end, head) if printed else []
        return found[0] if found else None

    def find(self, text: str, codes: Sequence[tuple[int, int]] = (), low: str | None = None) -> list[BodyMention]:
        """Return every named body of the text, in order, not overlapping. `codes` are the spans of references, in order: the
        symbols in them ("TW", "UBND") and the names ("Nghị quyết Đại hội …") name no body of their own; `low` is the text in lower
        case, where it is at hand."""
        found = list(find_steering_committees(text, self.places.top))
        taken = [*sorted([*codes, *((b.start, b.end) for b in found)]), (len(text), len(text) + 1)]
        low = lower(text) if low is None else low
        end_before = at = 0
        known, elsewhere = heads(), tells_elsewhere(text)
        for index, start, end in head_search().find_matches_as_indexes(low):
            if start < end_before or text[start] == low[start]:
                continue
            head = known[index]
            if (head.exact and not text[start:end].isupper()) or not is_word(text, start, end):
                continue
            if (head.half or head.office) and _ends_another(text, start, head):
                continue
            while taken[at][1] <= start:
                at += 1
            if taken[at][0] < end:
                continue
            if got := (self.there(text, start) if elsewhere else self)._at(text, start, end, head):
                found += got
                end_before = got[-1].end
        return sorted(found, key=lambda b: b.start)

    def _at(self, text: str, start: int, end: int, head: Head) -> list[BodyMention]:
        """The body or bodies (of an enumeration) named at a head."""
        if not head.templates and not head.central:
            return self._committee(text, start)
        local = self._local(text, start, end, head) if head.templates else []
        return local or _central(text, start, end, head)

    def _committee(self, text: str, start: int) -> list[BodyMention]:
        """ "Thành ủy", "Tỉnh ủy Lào Cai", "Huyện ủy Phú Xuyên"."""
        if found := self.places.of_committee(text, start, start):
            place, stop = found
            if template := _party_templates().get(place.level):
                return [_body(start, stop, template, place, "party-committee")]
        return []

    def _local(self, text: str, start: int, end: int, head: Head) -> list[BodyMention]:
        """The bodies of a head with templates, by whatever says whose they are."""
        at = behind_blanks(text, end)
        found: list[BodyMention] = []
        if at > end:
            opens = text[at : at + 1]  # a look at one letter costs less than the patterns
            if opens in PARTY_INITIALS:
                found = self._of_committee(text, start, at, head)
            if opens in UNIT_INITIALS:
                found = found or self._of_units(text, start, at, head)
            if opens.isupper():
                found = found or _of_province(text, start, at, head)
        return found or self._of_home(text, start, end, head)

    def _of_committee(self, text: str, start: int, at: int, head: Head) -> list[BodyMention]:
        """ "Ban Tổ chức Thành ủy", "Ban Dân vận Huyện ủy Mê Linh"."""
        found = self.places.of_committee(text, at, start)
        template = head.template(found[0], "party") if found else None
        return [_body(start, found[1], template, found[0], "body-of-committee")] if found and template else []

    def _of_units(self, text: str, start: int, at: int, head: Head) -> list[BodyMention]:
        """ "UBND tỉnh Lào Cai", "Sở Nội vụ Thành phố", "UBND các huyện Mê Linh, Chương Mỹ"."""
        found: list[BodyMention] = []
        for place, stop in self.places.of_units(text, at):
            template = head.template(place, "unit", "", "name")
            if not template:
                break
            begin = stop - len(place.name) if found else start
            found.append(_body(begin, stop, template, place, "body-of-place"))
        return found

    def _of_home(self, text: str, start: int, end: int, head: Head) -> list[BodyMention]:
        """ "Sở Nội vụ": the document's own, where its name may stand without a place."""
        generic = is_generic(text, end) and not (_is_provincial(head) and COMMUNE_BEHIND.match(text, end))
        if self.places.home is None or generic or _OF_A_UNIT.match(text, end):
            return []
        if self._level and ("", self._level) in head.templates:
            return []
        if self.places.home.level != "province" and _OF_THE_PROVINCE.match(text, end):
            return []
        for place in filter(None, (self.places.home, self.places.top)):
            if template := head.template(place, ""):
                return [] if self._is_over(template, head) else [_body(start, end, template, place, "body-of-home")]
        return []

    def _is_over(self, template: BodyTemplate, head: Head) -> bool:
        """Has the body ended, and one of the nation its name? Since March 2025 "Cục Thuế" is no longer the province's."""
        if self._day is None or head.central is None:
            return False
        return (template.valid_to or self._day) < self._day and (head.central.valid_from or "") <= self._day


class _There(BodyFinder):
    """Reads with the eyes of `outer` what is told of another place: "UBND tỉnh" is the one there, and where a province's paper tells of
    another one, nobody knows whose "Sở Công Thương" is, nor behind a `bare` name ("Tại Điện Biên, …") whose "UBND tỉnh". What is `ordered`
    is for the writer's own, since a province directs nobody of another one: "Tại Hà Nội, giao Sở Công Thương tổ chức …"."""

    def __init__(self, place: Place, day: str | None, outer: BodyFinder, *, bare: bool, ordered: bool) -> None:
        super().__init__(place, day)
        self._outer = outer
        home = outer.places.home
        self.doubtful = bare and home is not None
        self._ordered = ordered and home is not None and not place.key.startswith(f"{home.key}/")

    def _at(self, text: str, start: int, end: int, head: Head) -> list[BodyMention]:
        own = self._outer._at(text, start, end, head)
        found = super()._at(text, start, end, head)
        if not found or found == own or (self._ordered and own):
            return own
        if found[0].rule == "body-of-home" and self.places.top != self._outer.places.top:
            return [] if self._outer.places.top else own or found
        return [] if own and self.doubtful else found


def _ends_another(text: str, start: int, head: Head) -> bool:
    """Is it the end of another name: "ĐOÀN" of "CÔNG ĐOÀN XÃ", the office in "Phó Thủ tướng"?"""
    if head.half and ends_compound(text, start, start + len(head.text.partition(" ")[0])):
        return True
    return head.office and text[max(0, start - 8) : start].lower().split()[-1:] == ["phó"]


def _is_provincial(head: Head) -> bool:
    """Is a body so called only a province's ("Sở Xây dựng"), and not one of each level ("Công an")?"""
    return all(level == "province" for _, level in head.templates)


_CONSONANT, _VOWEL = "[BCDĐFGHJKLMNPQRSTVWXZ]", rf"(?:(?![BCDĐFGHJKLMNPQRSTVWXZ])[{UPPER}])"
_CAPITALS = rf"(?<![{LETTER}])(?=[{UPPER}]{{2}}){_CONSONANT}*{_VOWEL}[{UPPER}]*(?![{LETTER}])"
"""A word in capitals, and no short form, which seldom has a vowel ("BCH", "TW")."""
_OF_A_UNIT = re.compile(
    rf"\s+(?:(?!xã\s+hội){UNIT_BELOW}(?![{LETTER}])|(?:vùng|khu\s+vực|liên\s+{UNIT_BELOW})\s+(?:số\s+)?(?:[0-9{UPPER}]))"
)
"""Behind a name whose unit is not named, and is none of those whose paper it is: "Trung tâm Phục vụ hành chính công xã" of a province's,
"Chi cục Kiểm lâm vùng I"."""
_OF_THE_PROVINCE = re.compile(rf"\s+{PROVINCE_UNIT}(?![{LETTER}])")
"""Behind a name that is no district's or commune's own: "Ban Chỉ huy Quân sự tỉnh" in a paper that does not say which province that is."""


def _of_province(text: str, start: int, at: int, head: Head) -> list[BodyMention]:
    """ "Sở Nội vụ Hà Nội"."""
    proper = PROPER.match(text, at)
    known = known_province(text, at, proper.group()) if proper else None
    if known is None:
        return []
    place = province(known[0])
    template = head.template(place, "", "unit", "name")
    return [_body(start, at + known[1], template, place, "body-of-place")] if template else []


def _body(start: int, end: int, template: BodyTemplate, place: Place, rule: str) -> BodyMention:
    name, key = place.fill(template.name), f"{place.key}/{template.slug}"
    return BodyMention(start, end, "", name, key, rule, scope=place.key, level=place.level)


@cache
def _party_templates() -> dict[str, BodyTemplate]:
    """The Party committee's own template of each level (the pattern that begins with its party word)."""
    own = [template for template in body_templates() if template.name.startswith("{party}")]
    return {template.level: template for template in reversed(own)}


def _central(text: str, start: int, end: int, head: Head) -> list[BodyMention]:
    body = head.central
    if (
        body is None
        or (head.old and OF_OLD.match(text, start))
        or (head.text == CENTRE and not _stands_for_authority(text, start, end))
    ):
        return []
    if head.exact and _among_capitals(text, start, end):
        return []
    if head.centre and (other := _of_other(text, start, end, head)):
        return [other]
    if head.centre and _OF_UNION.match(text, end):
        return []
    return [BodyMention(start, end, "", body.name, body.key, "body-table", scope="vn", level="central")]


def _of_other(text: str, start: int, end: int, head: Head) -> BodyMention | None:
    """ "Văn phòng Trung ương Đoàn", "Ban Tuyên giáo Trung ương Hội Nông dân Việt Nam": no body of the Party's centre, though its name
    begins like one."""
    at = end - len(CENTRE)
    if at <= start or not head.text.endswith(f" {CENTRE}"):
        return None
    longer = head_at(text, at)
    if longer is None or longer.central is None or len(longer.text) == len(CENTRE):
        return None
    end = at + len(longer.text)
    body = BodyMention(start, end, "", longer.central.name, longer.central.key, "", scope="vn", level="central")
    named = with_organ(text[start:at], body)
    printed = early_tones(" ".join(text[start:end].split()))
    if printed.isupper():
        printed = f"{organ_called(text[start:at])} Trung ương {longer.central.name}"
    return replace(named, name=printed)


_SYLLABLE = re.compile(rf"{_CONSONANT}{{0,3}}{_VOWEL}{{1,3}}{_CONSONANT}{{0,2}}")
_CAPITALS_BEFORE = re.compile(rf"{_CAPITALS}[^\S\n]+$")
_CAPITALS_BEHIND = re.compile(rf"[^\S\n]+{_CAPITALS}")


def _among_capitals(text: str, start: int, end: int) -> bool:
    """Is a short form a syllable in a line of capitals, and none: "THÔNG TƯ", "ĐẦU TƯ", "TƯ PHÁP", "PHẦN THỨ TƯ"?"""
    if _SYLLABLE.fullmatch(text, start, end) is None:
        return False
    return bool(_CAPITALS_BEFORE.search(text[max(0, start - 12) : start]) or _CAPITALS_BEHIND.match(text, end))


_OF_UNION = re.compile(rf"\s+(?:Hội|HỘI|Đoàn|ĐOÀN)(?!\s+(?i:nghị|đồng))(?![{LETTER}])")
"""Behind "TW", "Văn phòng Trung ương": the centre of a mass organization, which "TW Hội" leaves open, and no body of the Party's."""
_AUTHORITY_BEFORE = re.compile(r"(?:của|do|trước\s+khi|theo|(?P<under>(?-i:thuộc)))\s+$", re.IGNORECASE)
_AUTHORITY_BEHIND = re.compile(
    rf"\s+(?:{TERM}\s+{ROMAN}\s+)?(?:{ISSUES}|{SPEAKS}|{DIRECTS}|quy\s+định|đã)(?![{LETTER}])|\s+Đảng"
)


def _stands_for_authority(text: str, start: int, end: int) -> bool:
    """Is "Trung ương" whoever issues or orders ("quy định của Trung ương"), and not a place ("từ Trung ương đến cơ sở")?"""
    before = _AUTHORITY_BEFORE.search(text[max(0, start - 12) : start])
    if before and before["under"]:
        return False  # "đảng ủy trực thuộc Trung ương quyết định"
    return before is not None or _AUTHORITY_BEHIND.match(text, end) is not None
