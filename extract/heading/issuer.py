"""Who issued a document: the lines above its number, a line between type and title, and on whose behalf it is signed.

"UBND THÀNH PHỐ HÀ NỘI" / "SỞ NỘI VỤ" is the department; "THÀNH ỦY HÀ NỘI" / "BAN TỔ CHỨC" is Ban Tổ chức Thành ủy Hà Nội;
"ỦY BAN NHÂN DÂN" / "TỈNH LÀO CAI" is one name on two lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chidao.extract.heading.lines import ORNAMENT, TITLES, Line, Words, cells, find_place_date, line_at
from chidao.extract.heading.misread import as_meant
from chidao.extract.heading.sub_bodies import is_national, own_lines, sub_body
from chidao.extract.language.jurisdictions import (
    Place,
    find_province,
    named_provinces,
    place_named,
    province,
    provinces,
)
from chidao.extract.language.letters import LOWER, UPPER
from chidao.extract.language.offices import HOLDER, office_called
from chidao.extract.language.organs import organs
from chidao.extract.language.patterns import (
    ALONG,
    ANNEX,
    COMMUNE_UNIT,
    GROUND,
    OFFICE_IN_CAPITALS,
    PROVINCE_UNIT,
    UNIT,
    one_of,
    spaced,
    words,
)
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.organs import organ_called, with_organ
from chidao.extract.model import BodyMention, Span

_OF = re.compile(rf"(?P<of>CỦA)\s+[{UPPER}][{UPPER}\s,-]*[{UPPER}](?=\s+[{LOWER}]|\s*$)")

_OF_IN_CAPITALS = re.compile(r"CỦA\s+")
_SUBJECT = re.compile(rf"\s+{one_of(word.upper() for word in words('opens a title'))}\s")
# "HỘI NGHỊ LẦN THỨ BA BAN CHẤP HÀNH TRUNG ƯƠNG ĐẢNG KHÓA XIV về …": which meeting decided stands between type and title.
_MEETING = re.compile(
    rf"HỘI\s+NGHỊ\s(?:[{UPPER}0-9(),-]+\s+)*?(?P<of>(?:BAN\s+CH[{UPPER}]P\s+HÀNH|BCH)\s(?:[{UPPER}0-9(),-]+\s+)*?)"
    rf"(?=[vV]ề\s|VỀ\s|[{LOWER}])"
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issued the document, if that is known, and where the heading says so (None where the signature does)."""

    body: BodyMention | None = None
    span: Span | None = None

    @property
    def name(self) -> str | None:
        return self.body.name if self.body else None

    @property
    def key(self) -> str | None:
        return self.body.key if self.body else None

    def scope(self, where: Place | None) -> str | None:
        """Return the jurisdiction of the body, or that of a document which does not say its issuer."""
        return self.body.scope if self.body else where.key if where else None


def issuer_lines(lines: Sequence[Line], number_line: int | None, type_line: int | None) -> list[Line]:
    """Return the cells above type and number that may name the issuer, beside the number too."""
    if lines and _IS_ANNEX.match(lines[0]):
        return []
    stop = min(x for x in (number_line, type_line, 12) if x is not None)
    if stop == number_line:
        stop += 1
    rows = [cells(line) for line in lines[:stop]]
    if number_line is None and type_line is None:
        rows = [row for row in rows if len(row) < 3]  # a table, and no letterhead: "| 1 | CT/TW | Chỉ thị Trung ương |"
    found = [cell for row in rows for cell in row]
    kept = [as_meant(cell) for cell in found if not ORNAMENT.match(cell) and _is_issuer(cell)]
    return _below_the_union(kept, lines[: type_line or 12]) if kept else kept


def _below_the_union(kept: Sequence[Line], head: Sequence[Line]) -> list[Line]:
    """The issuer's lines with the Youth Union's own name, wherever the head prints it, above them."""
    unions = [cell for line in head for cell in cells(line) if _YOUTH_UNION.fullmatch(cell)]
    return [*unions[:1], *(cell for cell in kept if not _YOUTH_UNION.fullmatch(cell))]


_YOUTH_UNION = re.compile(r"ĐOÀN\s+(?:TNCS|THANH\s+NIÊN\s+CỘNG\s+SẢN)\s+HỒ\s+CHÍ\s+MINH")
"""What the Youth Union prints where others have the State's or the Party's name: beside the issuer, and not below it."""


_IS_ANNEX = re.compile(rf"[\s*_#|]*{ANNEX}(?!\w)")
_OLD_NATION = re.compile(rf"(?:NƯỚC\s+)?VIỆT\s+NAM\s+DÂN\s+CHỦ\s+CỘNG\s+{spaced('HÒA')}")
"""The State's title from 1945 to 1976, where it stands alone."""


def _is_issuer(cell: str) -> bool:
    if (
        TITLES.search(cell)
        or _OLD_NATION.fullmatch(cell)
        or cell.lower().startswith(("số", "/", "v/v", "(", "văn bản hợp nhất"))
        or find_place_date(cell)
    ):
        return False
    return cell.isupper() and (3 <= len(cell) < 120 or cell.capitalize() in words("alone on a line"))


def jurisdiction_of(left: Sequence[str], place: str | None, title: str | None, home: Place | None) -> Place | None:
    """Return whose document this is: what the issuer's lines name, then the declared home, then the title, then the place."""
    if found := next(filter(None, map(_named_province, left)), None):
        return found
    if home is not None:
        return home
    if title and (named := next(named_provinces(title), None)):
        return province(named)
    own = " ".join(match.group() for line in left for match in _COMMUNE.finditer(line))
    if place and left and place.upper() not in own and not any(_central(text) or is_national(text) for text in left):
        jurisdiction = find_province(place)
        return province(jurisdiction) if jurisdiction else None
    return None


def province_above(text: str, day: str | None) -> Place | None:
    """Return the province of a commune whose letterhead leaves it out: the only one of its `day` that the text names as such, where the
    text also speaks of a province's bodies of that kind ("Ủy ban nhân dân tỉnh")."""
    named = {j.slug: j for j in named_provinces(text) if not (j.valid_to and day and j.valid_to < day)}
    if len(named) != 1:
        return None
    above = province(*named.values())
    return above if _bodies_of(above).search(text) else None


_ANNEXED = re.compile(
    rf"\((?:được\s+)?{ALONG}\s[^()]{{5,200}}?\s(?:của|do)\s+(?P<whose>(?-i:[{UPPER}])[^()]{{2,100}})\)",
    re.IGNORECASE,
)


def whole_of(lines: Sequence[str], home: Place | None, text: str) -> tuple[Issuer, Place | None]:
    """Return whose annex stands by itself: "(Kèm theo Kế hoạch số 74/KH-UBND ngày 15/01/2026 của UBND xã Mẫu)"."""
    annexed = _ANNEXED.search(" ".join(lines[:_ANNEX_LINES]))
    if annexed is None:
        return Issuer(), home
    home = home or province_above(text, None)
    body = BodyFinder(home).read(annexed["whose"], 0)
    if body is None or not body.scope or body.scope == "vn":
        return Issuer(body), home
    jurisdiction = find_province(body.scope)
    return Issuer(body), place_named(body.name, body.scope) or (province(jurisdiction) if jurisdiction else home)


_ANNEX_LINES = 12


def _bodies_of(above: Place) -> re.Pattern[str]:
    return re.compile(rf"{one_of(words('at each level'))}\s+{above.unit}(?!\w)|{above.party}(?!\w)", re.IGNORECASE)


def _central(text: str) -> bool:
    found = BodyFinder(None).read(text, 0)
    return found is not None and found.scope == "vn"


_PERSON = re.compile(
    r"(?:TNCS|CỘNG\s+SẢN|TIỀN\s+PHONG|QUỐC\s+GIA|CHỦ\s+TỊCH|BẢO\s+TÀNG|LĂNG)\s+HỒ\s+CHÍ\s+MINH", re.IGNORECASE
)
"""What is called after Hồ Chí Minh, and not in the city: "ĐOÀN TNCS HỒ CHÍ MINH"."""


_COMMUNE = re.compile(rf"(?<!\w){COMMUNE_UNIT}(?:\s+(?!(?:{PROVINCE_UNIT}|TP\.?)(?:\s|$))\S+){{1,6}}", re.IGNORECASE)
"""A commune, which may be called as a province is or was: "PHƯỜNG BẮC GIANG"."""


def _named_province(text: str) -> Place | None:
    text = _COMMUNE.sub("", _PERSON.sub("", text))
    words = text.replace("-", " - ").split()
    for i in range(len(words)):
        for n in (5, 4, 3, 2):
            name = " ".join(words[i : i + n]).lower()
            if len(words[i : i + n]) == n and name in provinces():
                return province(provinces()[name])
    return None


def read_issuer(left: Sequence[Line], where: Place | None, text: str) -> tuple[Issuer, Place | None]:
    """Return the issuing body of the issuer lines: the lowest line names it, the ones above say whose it is.

    "UBND THÀNH PHỐ HÀ NỘI" / "SỞ NỘI VỤ" is the department; "THÀNH ỦY HÀ NỘI" / "BAN TỔ CHỨC" is Ban Tổ chức Thành ủy
    Hà Nội; "ỦY BAN NHÂN DÂN" / "TỈNH LÀO CAI" is one name on two lines.
    """
    found = _named_issuer(left, BodyFinder(where), where, text) if left else Issuer()
    body = found.body
    own = place_named(body.name, body.scope) if body and body.scope else None
    return found, own or where


def _named_issuer(left: Sequence[Line], finder: BodyFinder, where: Place | None, text: str) -> Issuer:
    span = left[0].start, left[-1].start + len(left[-1])
    left = _below_a_committee(left)
    if committee := _party_committee(left, finder):
        return Issuer(committee, span)
    if best := _part_of(left, finder):
        return Issuer(best, span)
    if len(left) > 1 and not HOLDER.match(f"{left[-2]} ") and (two := _whole_name(left[-2:], finder)):
        return Issuer(two, (left[-2].start, span[1]))
    holder = _holder(left[-1], finder)
    if body := _whole_name(left[-1:], finder):
        # "THỦ TƯỚNG CHÍNH PHỦ" is a body of the table, "BỘ TRƯỞNG BỘ Y TẾ" another name of the ministry, which its holder heads
        body = holder if holder and not HOLDER.match(body.name.upper()) else body
        return Issuer(body, left[-1].span(left[-1][: body.end]))
    if lower := _lower_of_two(left[-1], finder):
        return Issuer(lower, left[-1].span(left[-1]))
    if holder:
        return Issuer(holder, left[-1].span(left[-1]))
    if below := _below(left, finder, where, text):
        return below
    if body := next((b for b in finder.find(left[-1]) if b.start == 0), None):
        return Issuer(body, left[-1].span(left[-1][: body.end]))
    words = Words(tuple(left))
    if len(left) > 1 and (bodies := finder.find(words.text)):
        return Issuer(bodies[-1], words.place(bodies[-1].start, bodies[-1].end))
    if len(left) > 1 and (bodies := finder.find(" ".join([left[-1], *left[:-1]]))):
        return Issuer(bodies[0], span)
    return Issuer()


_PARTY_OF = re.compile(
    r"(?:(?:BAN\s+CHẤP\s+HÀNH|BCH)\s+)?ĐẢNG\s+BỘ\s+(?P<whose>(?:(?P<unit>TỈNH|THÀNH\s+PHỐ|HUYỆN|QUẬN|THỊ\s+XÃ)\s+)?(?P<name>\S.*))"
)
_COMMITTEES = {"TỈNH": "TỈNH ỦY", "THÀNH PHỐ": "THÀNH ỦY", "HUYỆN": "HUYỆN ỦY", "QUẬN": "QUẬN ỦY", "THỊ XÃ": "THỊ ỦY"}


def _below_a_committee(left: Sequence[Line]) -> Sequence[Line]:
    """ "BAN CHẤP HÀNH ĐẢNG BỘ TỈNH MẪU" / "BAN TỔ CHỨC": an office below a Party organization is one of its committee's, "TỈNH ỦY MẪU"."""
    above = _PARTY_OF.fullmatch(left[-2]) if len(left) > 1 and _OFFICE.match(left[-1]) else None
    if above is None or _ITS_COMMITTEE.search(left[-1]):
        return left
    committee = _COMMITTEES.get(" ".join((above["unit"] or "").split()))
    named = f"{committee} {above['name']}" if committee else f"ĐẢNG ỦY {above['whose']}"
    return [*left[:-2], line_at(named, left[-2].start), left[-1]]


_ITS_COMMITTEE = re.compile(r"(?:ĐẢNG|TỈNH|THÀNH|HUYỆN|QUẬN|THỊ)\s+(?:ỦY|UỶ)(?!\w)")


def _party_committee(left: Sequence[str], finder: BodyFinder) -> BodyMention | None:
    """ "ĐẢNG BỘ CÁC CƠ QUAN ĐẢNG TRUNG ƯƠNG" / "ĐẢNG ỦY": the committee of that Party organization (Hướng dẫn 36-HD/VPTW), or an organ of
    its: "ĐẢNG BỘ XÃ MẪU" / "ỦY BAN KIỂM TRA ĐẢNG ỦY"."""
    above = re.match(r"(?:(?:BAN\s+CHẤP\s+HÀNH|BCH)\s+)?ĐẢNG\s+BỘ\s+(?=\S)", left[-2]) if len(left) > 1 else None
    own = re.fullmatch(r"(?P<organ>[^,;]{3,60}\s)?ĐẢNG\s+(?:ỦY|UỶ)", left[-1]) if above else None
    if above is None or own is None:
        return None
    printed = f"{own['organ'] or ''}ĐẢNG ỦY {left[-2][above.end() :]}"
    return next((b for b in finder.find(printed) if b.start == 0 and _whole(printed, b.end)), None)


def _whole_name(lines: Sequence[str], finder: BodyFinder) -> BodyMention | None:
    """The body whose name is all that the lines say: "ỦY BAN TRUNG ƯƠNG" / "MẶT TRẬN TỔ QUỐC VIỆT NAM"."""
    printed = " ".join(lines)
    return next((b for b in finder.find(printed) if b.start == 0 and _whole(printed, b.end)), None)


def _lower_of_two(line: str, finder: BodyFinder) -> BodyMention | None:
    """ "UBND TỈNH X SỞ TÀI CHÍNH": of two bodies that a converter ran into one line, the one below."""
    bodies = finder.find(line) if line.isupper() else []
    two = len(bodies) == 2 and bodies[0].start == 0 and not line[bodies[0].end : bodies[1].start].strip(" *_")
    return bodies[1] if two and _whole(line, bodies[1].end) else None


def _holder(line: str, finder: BodyFinder) -> BodyMention | None:
    """ "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH X": an office is above the number, and the body that it heads."""
    held = HOLDER.match(line)
    body = finder.read(line, held.end()) if held else None
    return replace(body, name=f"{office_called(held.group())} {body.name}") if held and body else None


def _whole(line: str, end: int) -> bool:
    """Is a body that ends at `end` all that the line says?"""
    return not line[end:].strip(" .,*")


def _below(left: Sequence[Line], finder: BodyFinder, where: Place | None, text: str) -> Issuer | None:
    """ "SỞ Y TẾ" / "BỆNH VIỆN ĐA KHOA": a body of a known kind whose name no table has, below the one above it."""
    first = own_lines(left)
    if first is None:
        return None
    words = Words(tuple(left[first:]))
    if any(body.start == 0 and _whole(words.text, body.end) for body in finder.find(words.text)):
        return None
    above = finder.find(_PARTY_ABOVE.sub("ĐẢNG ỦY ", " ".join(left[:first])))
    body = sub_body(words.text, above[-1] if above else None, where, text)
    if body and (known := finder.find(body.name)) and known[0].start == 0 and _whole(body.name, known[0].end):
        body = known[0]
    return Issuer(body, words.place(0, len(words.text))) if body else None


_PARTY_ABOVE = re.compile(r"^(?:(?:BAN\s+CHẤP\s+HÀNH|BCH)\s+)?ĐẢNG\s+BỘ\s+(?=\S)")
"""Of "ĐẢNG BỘ XÃ MẪU" / "CHI BỘ THÔN MỘT", whose cell it is."""
# A committee's own offices and organs, which stand below its name.
_OFFICE = re.compile(
    rf"(?:VĂN\s+PHÒNG|BAN|{spaced('ỦY BAN KIỂM TRA')}|ĐẢNG\s+ĐOÀN|HỘI\s+ĐỒNG|TRUNG\s+TÂM|THƯỜNG\s+TRỰC|ĐOÀN\s+CHỦ\s+TỊCH)(?!\w)"
)


_PLACED_ORGAN = re.compile(
    rf"(?P<organ>{one_of(o.name.upper() for o in organs().values() if not o.central)})\s+(?P<place>(?i:{UNIT})\s+.+)"
)


_ORGAN_OF = re.compile(
    rf"(?P<organ>BCH|BTV|{one_of(o.name.upper() for o in organs().values() if not o.central)})\s+(?=\S)"
)
"""Of "BCH ĐOÀN XÃ MẪU", "BAN THƯỜNG VỤ HỘI LHPN TỈNH MẪU"."""


def _part_of(left: Sequence[str], finder: BodyFinder) -> BodyMention | None:
    """ "BAN CHẤP HÀNH TRUNG ƯƠNG" / "VĂN PHÒNG" is Văn phòng Trung ương Đảng, "ỦY BAN MTTQ VIỆT NAM" / "XÃ X" / "BAN THƯỜNG TRỰC"
    the standing board of that committee: the lower line is a part of the upper ones."""
    for printed in (left[-1], " ".join(left[-2:])):
        of = _ORGAN_OF.match(printed)
        body = next(iter(finder.find(printed[of.end() :])), None) if of else None
        if of and body and body.start == 0 and _is_mass(body):
            return _with_organ(organ_called(of["organ"]), body)
    if len(left) < 2 or not _OFFICE.match(left[-1]):
        return None
    organ = organs().get(" ".join(left[-1].lower().split()))
    if joined := _read_upwards(left, finder):
        # "HỘI NÔNG DÂN VIỆT NAM" / "BAN CHẤP HÀNH TRUNG ƯƠNG": the table has it as another name of the union
        union = organ is not None and joined.rule == "body-table" and _is_mass(joined)
        return _with_organ(organ.name, joined) if organ and union else joined
    if (placed := _PLACED_ORGAN.match(left[-1])) and (
        bodies := finder.find(f"{' '.join(left[:-1])} {placed['place']}")
    ):
        # "ĐOÀN TNCS HỒ CHÍ MINH" / "BAN CHẤP HÀNH TỈNH LÀO CAI"
        if _is_mass(bodies[-1]):
            return _with_organ(organ_called(placed["organ"]), bodies[-1])
    if organ and (bodies := finder.find(" ".join(left[:-1]))) and _is_mass(bodies[-1]):
        # "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM" / "BAN CHẤP HÀNH TRUNG ƯƠNG"
        return _with_organ(organ.name, bodies[-1])
    return None


def _read_upwards(left: Sequence[str], finder: BodyFinder) -> BodyMention | None:
    """The body that the lowest line and those above it name together: "VĂN PHÒNG" below "BAN CHẤP HÀNH TRUNG ƯƠNG"."""
    for upper in (" ".join(left[:-1]), left[-2]):
        above = re.sub(r"^BAN\s+CHẤP\s+HÀNH\s+(?=TRUNG\s+ƯƠNG)", "", upper)
        found = finder.find(f"{left[-1]} {above}")
        if found and found[0].start == 0 and found[0].end > len(left[-1]):
            return found[0]
    return None


def _with_organ(printed: str, body: BodyMention) -> BodyMention:
    """The organ of a mass organization; "Ban Chấp hành Trung ương" is that of its centre, which numbers with the whole."""
    organ, centre, _ = printed.partition(" Trung ương")
    named = with_organ(organ, body)
    if body.key == _YOUTH:
        return replace(named, name=f"{organ} Trung ương Đoàn")
    return replace(named, name=f"{printed} {body.name}") if centre else named


_YOUTH = "vn/doan-thanh-nien-cong-san-ho-chi-minh"
"""The Youth Union, whose centre is called "Trung ương Đoàn" for short."""


_MASS = re.compile(
    r"(?:Hội|Đoàn|(?:Tỉnh|Thành|Huyện|Quận|Thị)\s+đoàn|Liên\s+đoàn|Tổng\s+Liên\s+đoàn|Liên\s+minh|Liên\s+hiệp|"
    rf"{spaced('Ủy ban')}\s+(?:Trung\s+ương\s+)?Mặt)\s"
)


def _is_mass(body: BodyMention) -> bool:
    return _MASS.match(body.name) is not None


def signed_for(issuer: Issuer, behalf: str | None, where: Place | None) -> Issuer:
    """Return who issued a committee's document: the organ on whose behalf it is signed ("TỈNH ỦY X", "T/M BAN THƯỜNG VỤ": Hướng dẫn
    36-HD/VPTW); so with mass organizations: "TỈNH ĐOÀN X", "TM. BAN THƯỜNG VỤ TỈNH ĐOÀN"."""
    printed = _SIGNING.match(behalf) if issuer.body and behalf else None
    if not printed or not issuer.body:
        return issuer
    organ = organs()[" ".join(printed.group().lower().split())]
    tail = issuer.body.key.rpartition("/")[2]
    if organ.committee and tail == organ.committee:
        central = issuer.body.scope == "vn" and tail.endswith("trung-uong")
        named = organ.name if central else f"{organ.name} {issuer.body.name}"
        found = BodyFinder(where).find(named)
        return Issuer(found[0], issuer.span) if found and found[0].start == 0 else issuer
    # an organ that the letterhead names is another name of its organization: "Ban Chấp hành Trung ương Đoàn"
    inner = [b for b in BodyFinder(where).find(issuer.body.name)[:1] if not _of_a_part(issuer.body.name[: b.start])]
    whole = next((b for b in (issuer.body, *inner) if _is_mass(b)), None)
    return replace(issuer, body=_with_organ(organ.name, whole)) if whole else issuer


def _of_a_part(before: str) -> bool:
    """Do words before the name of an organization make a part of it ("Công đoàn Khu Kinh tế | Liên đoàn Lao động tỉnh …"), which signs for
    itself?"""
    return bool(before.strip()) and not _SIGNING.fullmatch(before.strip())


_SIGNING = re.compile(rf"{one_of(organ.name for organ in organs().values())}(?!\w)", re.IGNORECASE)


def in_office(issuer: Issuer, below: Sequence[Line], where: Place | None) -> Issuer:
    """Return the holder of an office whom a line below the title names as the one who decides: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"."""
    for n, line in enumerate(below):
        bare = _WIRES.sub("", line.strip(" *_|#")).rstrip()
        if not HOLDER.match(f"{bare} ") or not bare.isupper():
            if _GROUNDS.match(bare):
                return issuer
            continue
        both = f"{bare} {below[n + 1].strip(' *_|#') if n + 1 < len(below) else ''}"
        held = HOLDER.match(both)
        found = BodyFinder(where).find(both[held.end() :]) if held else []
        own = issuer.body is not None and bool(found) and found[0].start == 0 and found[0].key == issuer.body.key
        if held and issuer.body and (own or _is_named(issuer.body, bare[held.end() :])):
            office = office_called(held.group())
            named = issuer.body.name.startswith(f"{office} ")  # in the letterhead already
            return issuer if named else Issuer(replace(issuer.body, name=f"{office} {issuer.body.name}"), issuer.span)
    return issuer


def _is_named(body: BodyMention, printed: str) -> bool:
    """Is it the body that is printed in capitals: "BỆNH VIỆN ĐA KHOA II", which no table has?"""
    said = " ".join(printed.split())
    name = body.name.upper()
    return len(said) > 8 and name.startswith(said) and not name[len(said) : len(said) + 1].isalnum()


_WIRES = re.compile(r"\s(?:điện|yêu\s+cầu)\s*:?$", re.IGNORECASE)
"""Of "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH X điện:", above whom a telegram goes to."""
_GROUNDS = re.compile(rf"(?:-\s*)?(?:{GROUND}|Điều\s+1|Thực\s+hiện)", re.IGNORECASE)


def decided(title: str, words: Words, issuer: Issuer, where: Place | None) -> tuple[Issuer, str | None]:
    """Issuer and title where a line between type and title says who decided or which meeting did."""
    finder = BodyFinder(where)
    if (
        (named := _OF_IN_CAPITALS.match(title))
        and (bodies := _listed(finder.find(title), named.end()))
        and _SUBJECT.match(title, bodies[-1].end)
    ):
        end = bodies[-1].end
        body = replace(bodies[0], name=", ".join(b.name for b in bodies))
        issuer, title = Issuer(body, words.span(title[named.end() : end])), title[end:].strip()
    elif of := _OF.match(title):
        # "NGHỊ QUYẾT" / "CỦA BỘ CHÍNH TRỊ" / "về …": the organ within the committee whose name stands above.
        printed = of.group()[of.end("of") :].strip()
        if bodies := finder.find(printed):
            issuer, title = Issuer(bodies[0], words.span(printed)), title[of.end() :].strip()
    if meeting := _MEETING.match(title):
        if not issuer.body and (bodies := finder.find(meeting["of"])):
            issuer = Issuer(bodies[0], words.span(meeting["of"].strip()))
        title = title[meeting.end() :]
    return issuer, title or None


def _listed(bodies: Sequence[BodyMention], start: int) -> list[BodyMention]:
    """The bodies of the list that begins at `start`: "BỘ CHÍNH TRỊ, BAN BÍ THƯ VỀ …"."""
    found: list[BodyMention] = []
    for body in bodies:
        if body.start == start:
            found.append(body)
            start = body.end + 2
    return found


def without_authority(title: str | None, left: Sequence[str]) -> str | None:
    """Return a decision's title without its authority, which stands again below it: "… HUYỆN A / ỦY BAN NHÂN DÂN TỈNH B"."""
    if not title or not left or not title.isupper():
        return title
    kept = title.removesuffix(" ".join(left)).strip()
    return title if not kept or _NAMES_MORE.search(kept) else kept


_NAMES_MORE = re.compile(rf"(?:,|\s(?:CỦA|VÀ|DO|TẠI)(?:\s+{OFFICE_IN_CAPITALS})?)$")
"""Before these the issuer's name belongs to the title: "… VĂN BẢN CỦA BỘ TRƯỞNG | BỘ QUỐC PHÒNG"."""


def on_behalf(behalf: str, where: Place) -> BodyMention | None:
    """ "T/M BAN THƯỜNG VỤ" of a document without issuer lines: the standing committee of the place's Party committee."""
    finder = BodyFinder(where)
    for tried in (f"{behalf} {where.party} {where.name}", behalf):
        found = finder.find(tried)
        if found and found[0].start == 0:
            return found[0]
    return None
