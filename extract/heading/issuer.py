"""Who issued a document: the lines above its number, or those of what it is an annex to.

"UBND THÀNH PHỐ HÀ NỘI" / "SỞ NỘI VỤ" is the department; "THÀNH ỦY HÀ NỘI" / "BAN TỔ CHỨC" is Ban Tổ chức Thành ủy Hà Nội;
"ỦY BAN NHÂN DÂN" / "TỈNH LÀO CAI" is one name on two lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from chidao.extract.frozen import quick
from chidao.extract.heading.issuing_organ import ITS_OFFICE, part_of
from chidao.extract.heading.jurisdiction import province_above
from chidao.extract.heading.lines import Line, Words, cells, find_place_date, has_title, is_ornament, line_at, parted
from chidao.extract.heading.misread import as_meant
from chidao.extract.heading.sub_bodies import in_its_school, of_university, own_lines, sub_body
from chidao.extract.language.composing import one_of, spaced
from chidao.extract.language.jurisdictions import Place, find_province, place_named, province
from chidao.extract.language.letters import UPPER
from chidao.extract.language.offices import HOLDER, office_called
from chidao.extract.language.organs import organs
from chidao.extract.language.patterns import ADDRESS, ALONG, ANNEX, SIGNS_FOR, UNIT
from chidao.extract.language.symbols import issuer_of
from chidao.extract.language.tables import words
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.body_heads import head_at
from chidao.extract.mentions.organs import with_organ
from chidao.extract.model import BodyMention, Span
from chidao.ontology.authority import units


@quick
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
    told = number_line is not None or type_line is not None
    if not told:
        stop = next((n for n, line in enumerate(lines[:stop]) if _IS_BELOW.match(line)), stop)
    shouting = _cells(
        [line for line in lines[:stop] if (line.isupper() or parted(line)) and not _NUMBERS.match(line)], told=told
    )
    kept = _names(shouting)
    return (
        _below_the_union(kept, lines[: type_line or 12]) if kept else _in_small_letters(_cells(lines[:stop], told=told))
    )


def _cells(lines: Iterable[Line], *, told: bool) -> Iterator[Line]:
    """The cells of the lines. Where neither number nor type is told, three on a line are a table, and no letterhead: "| 1 | CT/TW | Chỉ
    thị Trung ương |"."""
    for line in lines:
        row = cells(line)
        if told or len(row) < 3:
            yield from row


def _in_small_letters(found: Iterable[Line]) -> list[Line]:
    """The lines, in capitals, of a letterhead that has none: "Ủy ban nhân dân" / "tỉnh Đồng Nai", "UBND tỉnh Đồng Nai" / "Sở Nội vụ";
    all that stands there are names of bodies."""
    names: list[Line] = []
    for cell in found:
        if is_ornament(cell) or _is_none(cell):
            continue
        if len(names) == _FEW or len(cell) > _LONGEST:
            return []
        names.append(cell)
    if not names:
        return []
    if _is_body(" ".join(names)) or all(_is_body(cell) or (n and _is_head(cell)) for n, cell in enumerate(names)):
        return [line_at(cell.upper(), cell.start) for cell in names]
    return []


_FEW = 3
"""Lines of a letterhead in small letters, at the most."""
_LONGEST = 120
"""Characters of a line that names a body."""


def _is_body(name: str) -> bool:
    body = BodyFinder(None).read(name, 0)
    return body is not None and body.end == len(name)


def _is_head(name: str) -> bool:
    """Is it the name of a body that others say whose it is?"""
    head = head_at(name, 0)
    return head is not None and len(head.text) == len(name)


def _below_the_union(kept: Sequence[Line], head: Sequence[Line]) -> list[Line]:
    """The issuer's lines with the Youth Union's own name, wherever the head prints it, above them."""
    unions = [cell for line in head if "MINH" in line for cell in cells(line) if _YOUTH_UNION.fullmatch(cell)]
    return [*unions[:1], *(cell for cell in kept if not _YOUTH_UNION.fullmatch(cell))]


_YOUTH_UNION = re.compile(r"ĐOÀN\s+(?:TNCS|THANH\s+NIÊN\s+CỘNG\s+SẢN)\s+HỒ\s+CHÍ\s+MINH")
"""What the Youth Union prints where others have the State's or the Party's name: beside the issuer, and not below it."""
_IS_ANNEX = re.compile(rf"[\s*_#|]*{ANNEX}(?!\w)")
_IS_BELOW = re.compile(rf"[\s*_#|>-]*(?:(?i:{ADDRESS})|{SIGNS_FOR}\s?\.)")
"""A line that no letterhead has: whom a letter is to, and for whom it is signed."""
_NUMBERS = re.compile(r"[\s*_#|]*S[^\w\s]?\s*:")
"""What OCR leaves of "Số:" at the beginning of a line: "S :       QĐ BCT"."""
_OLD_NATION = re.compile(rf"(?:NƯỚC\s+)?VIỆT\s+NAM\s+DÂN\s+CHỦ\s+CỘNG\s+{spaced('HÒA')}")
"""The State's title from 1945 to 1976, where it stands alone."""


def _is_none(cell: str) -> bool:
    """Is it the State's title, a number, a day or what a letter is about?"""
    return bool(
        has_title(cell)
        or _OLD_NATION.fullmatch(cell)
        or cell.lower().lstrip(" .…").startswith(("số", "/", "v/v", "(", "văn bản hợp nhất"))
        or find_place_date(cell)
    )


_SYMBOL = re.compile(r"[-–/\s]*[^\W\d_]{1,8}(?:[/-][^\W\d_]{1,10}){1,3}")
"""A row of the abbreviations or a table has one by itself: "NQ/TW | Nghị quyết Trung ương", and a number line that waits for its number:
"Sổ       - CV/ĐU"."""


def _is_issuer(cell: str) -> bool:
    return (
        cell.isupper()
        and not _SYMBOL.fullmatch(cell)
        and (3 <= len(cell) < _LONGEST or cell.capitalize() in words("alone on a line"))
        and not _is_none(cell)
    )


def _names(shouting: Iterable[Line]) -> list[Line]:
    """The cells that may name the issuer, as they are meant."""
    kept: list[Line] = []
    for cell in shouting:
        if not is_ornament(cell) and (_is_issuer(cell) or (kept and _ends_name(kept[-1], cell))):
            kept.append(as_meant(cell))
    return kept


def _ends_name(above: str, cell: str) -> bool:
    """Is a short line the rest of a place's name: "ỦY BAN NHÂN DÂN XÃ BA" / "VÌ"?"""
    return _HALF_NAMED.search(above) is not None and _SHORT.fullmatch(cell.strip()) is not None


_HALF_NAMED = re.compile(rf"(?<!\w)(?i:{UNIT})\s+[{UPPER}]+$")
_SHORT = re.compile(rf"[{UPPER}](?![BCDĐFGHJKLMNPQRSTVWXZ])[{UPPER}]")
"""A syllable of two letters, and no short form: "VP"."""


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


def read_issuer(left: Sequence[Line], where: Place | None, text: str) -> tuple[Issuer, Place | None]:
    """Return the issuing body of the issuer lines: the lowest line names it, the ones above say whose it is.

    "UBND THÀNH PHỐ HÀ NỘI" / "SỞ NỘI VỤ" is the department; "THÀNH ỦY HÀ NỘI" / "BAN TỔ CHỨC" is Ban Tổ chức Thành ủy
    Hà Nội; "ỦY BAN NHÂN DÂN" / "TỈNH LÀO CAI" is one name on two lines.
    """
    found = _named_issuer(left, BodyFinder(where), where, text) if left else Issuer()
    body = found.body
    own = place_named(body.name, body.scope) if body and body.scope else None
    return found, own or where


def of_symbol(issuer: Issuer, left: Sequence[Line], symbol: str | None) -> Issuer:
    """Return the issuer; the body of the whole nation whose symbol the document has where the letterhead says but its kind, "VIỆN KIỂM SÁT
    NHÂN DÂN" above "12/CT-VKSTC", which the place would make that town's own."""
    meant = issuer_of(symbol) if symbol and left else None
    central = meant.entry if meant else None
    if central is None or issuer.key == central.key:
        return issuer
    kind = " ".join(left[-1].upper().split())
    if len(kind.split()) < _KIND or not central.name.upper().startswith(f"{kind} "):
        return issuer
    if any(above.scope != "vn" for above in BodyFinder(None).find(" ".join(left[:-1]))):
        return issuer  # "UBND TỈNH MẪU" / "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG"
    body = BodyFinder(None).read(central.name, 0)
    return Issuer(body, issuer.span or left[-1].span(left[-1])) if body else issuer


_KIND = 3
"""Words that say of what kind a body is: "TÒA ÁN NHÂN DÂN"."""


def _named_issuer(left: Sequence[Line], finder: BodyFinder, where: Place | None, text: str) -> Issuer:
    # the Youth Union's own name, which comes first, may stand behind
    span = min(left[0].start, left[-1].start), left[-1].start + len(left[-1])
    if congress := _congress(left, finder):
        return Issuer(congress, span)
    left = _below_a_committee(_front_of(left))
    if committee := _party_committee(left, finder):
        return Issuer(committee, span)
    if best := part_of(left, finder):
        return Issuer(best, span)
    if len(left) > 1 and (two := _over_two_lines(left[-2:], finder)):
        return Issuer(two, (left[-2].start, span[1]))
    holder = _holder(left[-1], finder)
    if body := _whole_name(left[-1:], finder):
        # "THỦ TƯỚNG CHÍNH PHỦ" is a body of the table, "BỘ TRƯỞNG BỘ Y TẾ" another name of the ministry, which its holder heads
        body = holder if holder and not HOLDER.match(body.name.upper()) else body
        return Issuer(body, left[-1].span(left[-1][: body.end]))
    if office := _office_behind(left[-1], finder):
        return Issuer(office, left[-1].span(left[-1]))
    if lower := _lower_of_two(left[-1], finder):
        return Issuer(lower, left[-1].span(left[-1][lower.start :]))
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


_COMMITTEES = {unit.name.upper(): unit.party.upper() for unit in units()}
_PARTY_OF = re.compile(
    rf"(?:(?:BAN\s+CHẤP\s+HÀNH|BCH)\s+)?ĐẢNG\s+BỘ\s+(?P<whose>(?:(?P<unit>{one_of(_COMMITTEES)})\s+)?(?P<name>\S.*))"
)


_CONGRESS = re.compile(
    r"ĐẠI\s+HỘI(?:\s+(?:ĐẠI\s+BIỂU|ĐẢNG\s+VIÊN))?(?P<which>\s+LẦN\s+THỨ\s+[IVXL0-9]+)?(?:\s*,?\s+NHIỆM\s+KỲ\s+[0-9][0-9\s–-]+)?"
)


def _congress(left: Sequence[str], finder: BodyFinder) -> BodyMention | None:
    """ "ĐẢNG BỘ TỈNH MẪU" / "ĐẠI HỘI ĐẠI BIỂU" / "LẦN THỨ XVIII": the congress of that Party organization, told by its number."""
    above, opens, below = "\n".join(left).partition("\nĐẠI HỘI")
    congress = _CONGRESS.fullmatch(f"{opens.strip()}{below}") if opens else None
    whose = _PARTY_OF.fullmatch(above.rpartition("\n")[2]) if congress else None
    body = _whole_name([f"ĐẠI HỘI ĐẢNG BỘ {whose['whose']}"], finder) if whose else None
    if body is None or congress is None or congress["which"] is None:
        return body
    return replace(body, name=f"{body.name} lần thứ {congress['which'].split()[-1]}")


def _below_a_committee(left: Sequence[Line]) -> Sequence[Line]:
    """ "BAN CHẤP HÀNH ĐẢNG BỘ TỈNH MẪU" / "BAN TỔ CHỨC": an office below a Party organization is one of its committee's, "TỈNH ỦY MẪU"."""
    above = _PARTY_OF.fullmatch(left[-2]) if len(left) > 1 and ITS_OFFICE.match(left[-1]) else None
    if above is None or _ITS_COMMITTEE.search(left[-1]):
        return left
    committee = _COMMITTEES.get(" ".join((above["unit"] or "").split()))
    named = f"{committee} {above['name']}" if committee else f"ĐẢNG ỦY {above['whose']}"
    return [*left[:-2], line_at(named, left[-2].start), left[-1]]


def _front_of(left: Sequence[Line]) -> Sequence[Line]:
    """ "MẶT TRẬN TỔ QUỐC VIỆT NAM" / "ỦY BAN TỈNH MẪU", with an organ's line between or below: the Front's committee of that place."""
    front = next((n for n, line in enumerate(left[:-1]) if _FRONT.fullmatch(line)), None)
    if front is None:
        return left
    for n in range(front + 1, len(left)):
        if placed := _COMMITTEE_OF.fullmatch(left[n]):
            nation = f"{placed['nation'] or ''} {left[front]} {placed['place'] or ''}"
            whole = line_at(" ".join(f"ỦY BAN {nation}".split()), left[front].start)
            return [*left[:front], whole, *left[front + 1 : n], *left[n + 1 :]]
    return left


_FRONT = re.compile(r"(?:MẶT\s+TRẬN\s+TỔ\s+QUỐC|MTTQ)\s+VIỆT\s+NAM")
_COMMITTEE_OF = re.compile(rf"(?:ỦY|UỶ)\s+BAN\s+(?:(?P<nation>TRUNG\s+ƯƠNG)|(?P<place>(?i:{UNIT})\s+\S.*))")
_PARTY_WORD = r"(?:ĐẢNG|TỈNH|THÀNH|HUYỆN|QUẬN|THỊ)\s+(?:ỦY|UỶ)"
_ITS_COMMITTEE = re.compile(rf"{_PARTY_WORD}(?!\w)")
_COMMITTEE_ALONE = re.compile(rf"(?P<organ>[^,;]{{3,60}}\s)?(?P<party>{_PARTY_WORD})")


def _party_committee(left: Sequence[str], finder: BodyFinder) -> BodyMention | None:
    """ "ĐẢNG BỘ CÁC CƠ QUAN ĐẢNG TRUNG ƯƠNG" / "ĐẢNG ỦY": the committee of that Party organization (Hướng dẫn 36-HD/VPTW), or an organ of
    its: "ĐẢNG BỘ XÃ MẪU" / "ỦY BAN KIỂM TRA ĐẢNG ỦY", "ĐẢNG BỘ THÀNH PHỐ MẪU" / "BAN THƯỜNG VỤ THÀNH ỦY"."""
    above = _PARTY_OF.fullmatch(left[-2]) if len(left) > 1 else None
    own = _COMMITTEE_ALONE.fullmatch(left[-1]) if above else None
    if above is None or own is None:
        return None
    party = " ".join(own["party"].split()).replace("UỶ", "ỦY")
    if party == _COMMITTEES.get(" ".join((above["unit"] or "").split())):
        whose = above["name"]
    elif party == "ĐẢNG ỦY":
        whose = above["whose"]
    else:
        return None
    return _whole_name([f"{own['organ'] or ''}{party} {whose}"], finder)


def _whole_name(lines: Sequence[str], finder: BodyFinder) -> BodyMention | None:
    """The body whose name is all that the lines say: "ỦY BAN TRUNG ƯƠNG" / "MẶT TRẬN TỔ QUỐC VIỆT NAM"."""
    printed = " ".join(lines)
    return next((b for b in finder.find(printed) if b.start == 0 and _whole(printed, b.end)), None)


def _over_two_lines(lines: Sequence[str], finder: BodyFinder) -> BodyMention | None:
    """ "ỦY BAN NHÂN DÂN" / "TỈNH MẪU", "CHỦ TỊCH ỦY BAN NHÂN DÂN" / "TỈNH MẪU": a body, or who heads it, named on two lines."""
    if not HOLDER.match(f"{lines[0]} "):
        return _whole_name(lines, finder)
    printed = " ".join(lines)
    heads = _holder(printed, finder)
    return heads if heads and _whole(printed, heads.end) else None


def _lower_of_two(line: str, finder: BodyFinder) -> BodyMention | None:
    """ "UBND TỈNH X SỞ TÀI CHÍNH": of two bodies that a converter ran into one line, the one below."""
    bodies = finder.find(line) if line.isupper() else []
    two = len(bodies) == 2 and bodies[0].start == 0 and not line[bodies[0].end : bodies[1].start].strip(" *_")
    return bodies[1] if two and _whole(line, bodies[1].end) else None


def _office_behind(line: str, finder: BodyFinder) -> BodyMention | None:
    """ "BAN CHẤP HÀNH TRUNG ƯƠNG BAN TỔ CHỨC": an office that a converter ran into the line of the committee whose it is."""
    above = next((b for b in finder.find(line) if b.start == 0), None) if line.isupper() else None
    office = line[above.end :].strip() if above else ""
    return part_of([line[: above.end], office], finder) if above and ITS_OFFICE.match(office) else None


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
    printed = " ".join(left[:first])
    whole = _PARTY_OF.match(printed)  # "ĐẢNG BỘ XÃ MẪU" / "CHI BỘ THÔN MỘT", whose cell it is
    above = finder.find(f"ĐẢNG ỦY {whole['whose']}" if whole else printed)
    organ = organs().get(" ".join(left[-1].lower().split())) if len(left) > first + 1 else None
    own = Words(words.parts[:-1]) if organ else words
    body = sub_body(own.text, above[-1] if above else None, where, text)
    if body and not above:
        body = in_its_school(of_university(body, left[:first], where, text), left[:first], where, text)
    elif body and above[-1].name not in body.name:
        # "BỘ Y TẾ" / "ĐẠI HỌC MẪU" / "TRƯỜNG Y", "ĐẠI HỌC QUỐC GIA HÀ NỘI" / "TRƯỜNG LUẬT"
        body = of_university(body, left[:first], where, text)
    if body and organ:
        # "CÔNG ĐOÀN CÔNG THƯƠNG VIỆT NAM" / "BAN THƯỜNG VỤ"
        return Issuer(with_organ(organ.name, body), words.place(0, len(words.text)))
    if body and (known := finder.find(body.name)) and known[0].start == 0 and _whole(body.name, known[0].end):
        body = known[0]
    return Issuer(body, words.place(0, len(words.text))) if body else None
