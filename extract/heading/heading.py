"""The document's own identity, from its heading and signature block.

The places are those of Nghị định 30/2020/NĐ-CP, Phụ lục I (state documents) and Hướng dẫn 36-HD/VPTW (Party documents):
issuer above the number on the left, national or Party title and the place with the date on the right, then type and
title (trích yếu), at the end recipients (Nơi nhận) on the left and the signature block on the right. Flattened to text the
two columns may stand under each other, side by side with blanks between, or joined by "|".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from chidao.extract.heading.lines import HEAD_LINES, columns, unfold
from chidao.extract.heading.signature import RECIPIENTS, read_recipients, read_signature, role_name
from chidao.extract.language.codes import CODE, read_code
from chidao.extract.language.dates import DATE, iso_date
from chidao.extract.language.jurisdictions import Place, find_province, province, provinces
from chidao.extract.language.letters import LETTER, LOWER, UPPER, slug
from chidao.extract.language.lexicon import Lexicon, lexicon
from chidao.extract.language.patterns import NUMBER_SIGN, PEN_DAY
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import BodyMention, Heading
from chidao.ontology.authority import DocumentType

_HEAD_LINES = HEAD_LINES
_ORNAMENT = re.compile(r"^[\s\-–—_*=.~⸻─]*$")
_MOTTO = re.compile(
    r"CỘNG\s*H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM|Độc\s+lập\s*[-–]\s*Tự\s+do\s*[-–]\s*Hạnh\s+phúc|"
    r"ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM",
    re.I,
)
_NUMBER = re.compile(
    rf"(?:^|[\s|*]){NUMBER_SIGN}[*_]*\s*(?P<blank>[.…\s]*)(?=[0-9/\-–])(?P<code>[^\s|][^|\n]*)", re.IGNORECASE
)
_BLANK = re.compile(r"[/\-–]\s*(?P<symbol>[A-ZĐ][A-Za-zĐđƯ&]*(?:\s?[-/–]\s?[A-ZĐ][A-Za-zĐđ&0-9]*)*)")
_PLACE_DATE = re.compile(
    rf"(?P<place>[{UPPER}][{LETTER}]*(?:(?:[ \u00a0]|\.\s?|\s?-\s?)[{UPPER}][{LETTER}]*){{0,4}}|"
    rf"TP\.?\s*[{UPPER}][{LETTER} ]+?)"
    rf"\s*,\s*{PEN_DAY}",
    re.IGNORECASE,
)
_GROUNDS = re.compile(r"^[\s*_>-]*(?:Căn\s+cứ|Kính\s+gửi|Điều\s+1)(?!\w)", re.IGNORECASE)
_ABOUT = re.compile(r"^[\s*_(]*V/v\b\s*:?\s*(?P<title>.+)", re.IGNORECASE)
_BODY_STARTS = re.compile(
    r"^[\s*_>#-]*(?:Căn\s+cứ|Thực\s+hiện\s.{200}|Kính\s+gửi|Điều\s+[0-9]|PHẦN\s|CHƯƠNG\s+[IVX0-9]|Xét\s|"
    r"Theo\s+đề\s+nghị|[IVX]+\s?[-./]|[0-9]+\.\s|[A-Z]\.\s|Nơi\s+nhận)",
    re.IGNORECASE,
)
# How a document's text begins, where no ground stands before it: what is no more of a title that has begun.
_PROSE = re.compile(
    r"^[\s*_>-]*(?:Trong\s+(?:thời\s+gian|những\s+năm|năm|các\s+ngày)|Thời\s+gian\s+qua|Những\s+năm|Thực\s+hiện|Triển\s+khai|Để|"
    r"Nhằm|Ngày\s+[0-9]|Sau\s+khi|Được\s+sự|Qua\s|Hiện\s+nay|Vừa\s+qua|Tiếp\s+theo|Trên\s+cơ\s+sở)\s"
)
_PARAGRAPH = 220
"""Characters; a longer line is a paragraph, and no line of a title."""
_OF = re.compile(rf"(?P<of>CỦA)\s+[{UPPER}][{UPPER}\s,-]*[{UPPER}](?=\s+[{LOWER}]|\s*$)")

# "HỘI NGHỊ LẦN THỨ BA BAN CHẤP HÀNH TRUNG ƯƠNG ĐẢNG KHÓA XIV về …": which meeting decided stands between type and title.
_MEETING = re.compile(
    rf"HỘI\s+NGHỊ\s(?:[{UPPER}0-9(),-]+\s+)*?(?P<of>(?:BAN\s+CH[{UPPER}]P\s+HÀNH|BCH)\s(?:[{UPPER}0-9(),-]+\s+)*?)"
    rf"(?=[vV]ề\s|VỀ\s|[{LOWER}])"
)


@dataclass(frozen=True, slots=True)
class _Cell:
    line: int
    column: int
    text: str


def read_heading(text: str, home: Place | None = None) -> tuple[Heading, Place | None]:
    """The heading of the composed `text`, and the place whose "Thành phố" and "Tỉnh ủy" the document means.

    `home` is the declared jurisdiction; what the heading itself says comes first.
    """
    words = lexicon()
    lines = unfold(text.split("\n"), words)
    cells = _cells(lines)
    signature = read_signature(lines)
    number, symbol, year, number_line = _number(lines, words)
    place, date = _place_date(lines)
    kind, title, type_line = _type_and_title(lines, words)
    if merged := _consolidated(lines, words):
        number, symbol, year, place, date = merged
        title = (
            " ".join(part for part in (lines[type_line].strip() if type_line is not None else "", title) if part)
            or None
        )
        kind = "Văn bản hợp nhất"
    stop = min(x for x in (number_line, type_line, 12) if x is not None)
    left = [
        c.text
        for c in cells
        if c.line < stop + (number_line is not None and number_line == stop) and _is_issuer(c.text, number_line)
    ]
    about = _about(lines, number_line)
    if kind is None and symbol and title is None and not about:
        # A type line that cannot be read (OCR: "KÉT LUẬN"): the symbol names the type where it names just one.
        printed = lines[number_line].lower().partition("số")[0] if number_line is not None else ""
        named = words.types.get(" ".join(printed.strip(" *_#|").split()))
        if named is None and (place or left):  # a number alone is no heading
            named = words.type_of(re.split(r"[-/]", symbol.lower())[0])
        kind = named.name if named else None
    if kind is None and (about or any("Kính gửi" in line for line in lines[:_HEAD_LINES])):
        kind, title = "Công văn", about
    elif title is None:
        title = about
    where = _jurisdiction(left, place, title, home)
    issuer, where = _issuer(left, where)
    of = _OF.match(title) if title else None
    if of and title:
        # "NGHỊ QUYẾT" / "CỦA BỘ CHÍNH TRỊ" / "về …": the organ within the committee whose name stands above.
        bodies = BodyFinder(where).find(title[of.end("of") : of.end()].strip())
        if bodies:
            issuer, title = bodies[0], title[of.end() :].strip() or None
    meeting = _MEETING.match(title) if title else None
    if meeting and title:
        bodies = BodyFinder(where).find(meeting["of"])
        issuer = issuer or (bodies[0] if bodies else None)
        title = title[meeting.end() :]
    if title and left and title.isupper():
        # A decision's authority stands again below its title: "… HUYỆN A / ỦY BAN NHÂN DÂN TỈNH B".
        title = title.removesuffix(" ".join(left)).strip() or title
    if issuer is None and signature.behalf and where:
        issuer = _on_behalf(signature.behalf, where)
    return (
        Heading(
            type=kind,
            number=number,
            symbol=symbol,
            year=year,
            date=date,
            place=place,
            issuer=issuer.name if issuer else None,
            issuer_key=issuer.key if issuer else None,
            title=title,
            signer=signature.signer,
            signer_role=role_name(signature.role),
            recipients=read_recipients(lines, signature.line),
            scope=issuer.scope if issuer else (where.key if where else None),
            start=0,
            end=0,
        ),
        where,
    )


def _consolidated(
    lines: list[str], words: Lexicon
) -> tuple[str | None, str | None, int | None, str | None, str | None] | None:
    """Number, symbol, year, place and date of a consolidated text (Pháp lệnh 01/2012/UBTVQH13, Điều 4): they stand below
    "XÁC THỰC VĂN BẢN HỢP NHẤT" at its end, its head has the type and title of what it consolidates."""
    if not any(line.strip(" *_#").startswith("VĂN BẢN HỢP NHẤT") for line in lines[:15]):
        return None
    at = next((n for n in range(len(lines) - 1, -1, -1) if "XÁC THỰC VĂN BẢN HỢP NHẤT" in lines[n]), None)
    if at is None:
        return None
    near = unfold(lines[max(0, at - 6) : at + 12], words)
    number, symbol, year, _ = _number(near, words)
    place, date = _place_date(near)
    return (number, symbol, year, place, date) if symbol else None


def _cells(lines: list[str]) -> list[_Cell]:
    found: list[_Cell] = []
    for n, line in enumerate(lines[:_HEAD_LINES]):
        bare = line.strip().lstrip("#").strip()
        for column, part in enumerate(columns(bare)):
            part = part.strip().strip("*_").strip()
            if part and not _ORNAMENT.match(part):
                found.append(_Cell(n, column, part))
    return found


def _is_issuer(cell: str, number_line: int | None) -> bool:
    if _MOTTO.search(cell) or cell.lower().startswith(("số", "v/v", "(", "văn bản hợp nhất")) or _find_place_date(cell):
        return False
    return cell.isupper() and 3 <= len(cell) < 120


def _number(lines: list[str], words: Lexicon) -> tuple[str | None, str | None, int | None, int | None]:
    """Number, symbol and year of "Số: 12/NQ-CP", "Số 16-CTr/TU", "Số:       /KH-UBND" (a draft's blank number)."""
    for n, line in enumerate(lines[:_HEAD_LINES]):
        if _GROUNDS.match(line):
            break  # a law's number that opens a line there is no heading's
        match = _NUMBER.search(line)
        if not match:
            continue
        begins = _begins_cell(line, match.start())
        # The National Assembly's heading: "Luật số: 31/2024/QH15", with nothing behind it in its column.
        typed = " ".join(line[: match.start()].rpartition("|")[2].strip(" *_#").lower().split()) in words.types
        if not begins and not typed:
            continue
        raw = match["code"].strip()
        code_match = CODE.match(raw)
        code = read_code(raw, code_match, typed=True) if code_match else None
        if not begins and (not code or columns(raw[code.end :])[0].strip(" *_")):
            continue
        if code:
            return code.number, code.symbol, code.year, n
        blank = _BLANK.match(raw)
        if blank:
            padded = CODE.match("0" + raw)
            code = read_code("0" + raw, padded, typed=True) if padded else None
            return None, code.symbol if code else blank["symbol"], None, n
    return None, None, None, None


def _begins_cell(line: str, at: int) -> bool:
    """Does the number stand at the head of its line or column, as in a heading, and not in running text?"""
    before = line[:at].rstrip(" *_")
    return not before or before.endswith("|") or line[:at].endswith(("   ", "\t")) or _MOTTO.search(before) is not None


def _find_place_date(line: str) -> re.Match[str] | None:
    """Place and date in a line. Only what surrounds "ngày" is searched, so that a line of any length is read at once."""
    for day in re.finditer("ngày", line, re.IGNORECASE):
        if match := _PLACE_DATE.search(line, max(0, day.start() - 80), day.end() + 80):
            return match
    return None


def _place_date(lines: list[str]) -> tuple[str | None, str | None]:
    for line in lines[:_HEAD_LINES]:
        match = _find_place_date(line)
        if not match:
            continue
        words = match["place"].split()
        # The number may stand before it on the line: "Số: 3745/QĐ-UBND Tây Ninh, ngày …".
        while len(words) > 1 and words[0].isupper() and not words[-1].isupper() and words[0] not in ("TP", "TP."):
            words = words[1:]
        place = " ".join(words)
        if place.lower() in ("hôm nay", "nay"):
            continue  # minutes and contracts begin so: "Hôm nay, ngày 05 tháng 3 năm 2026, tại …"
        if match["d"] and match["m"] and match["y"]:
            day = DATE.match(f"{match['d']} tháng {match['m']} năm {match['y']}")
            return place, iso_date(day) if day else None
        return place, None
    return None, None


def _type_and_title(lines: list[str], words: Lexicon) -> tuple[str | None, str | None, int | None]:
    """Type word on a line of its own, in capitals, and the title below it."""
    for n, line in enumerate(lines[:_HEAD_LINES]):
        bare = line.strip().strip("#*_ ").strip()
        if not bare.isupper() or bare.endswith(("-", "–")):
            continue  # "VĂN BẢN HỢP NHẤT -" goes on with the ministry's name
        # OCR loses marks and tones ("QUYÉT ĐỊNH"), seldom letters.
        kind = words.types.get(" ".join(bare.lower().split())) or _types_by_slug().get(slug(bare))
        if kind is None:
            continue
        title: list[str] = []
        for row in lines[n + 1 : n + 16]:
            clean = row.strip().strip("#*_ ").strip()
            if not clean:
                if title:
                    break
                continue
            if _ORNAMENT.match(row) or _BODY_STARTS.match(clean) or RECIPIENTS.match(row):
                break
            if title and (_PROSE.match(clean) or (len(clean) > _PARAGRAPH and not clean.isupper())):
                break
            if title and clean.isupper() != title[-1].isupper() and clean.isupper():
                break
            title.append(clean)
        return kind.name, " ".join(title) or None, n
    return None, None, None


@cache
def _types_by_slug() -> dict[str, DocumentType]:
    """Types by their letters without marks, where these name one type only."""
    found: dict[str, set[DocumentType]] = {}
    for word, kind in lexicon().types.items():
        found.setdefault(slug(word), set()).add(kind)
    return {plain: next(iter(kinds)) for plain, kinds in found.items() if len(kinds) == 1}


def _about(lines: list[str], number_line: int | None) -> str | None:
    """The V/v line under a letter's number, over as many lines as it takes."""
    for n, line in enumerate(lines[:_HEAD_LINES]):
        match = _ABOUT.match(columns(line.strip())[0])
        if not match:
            continue
        parts = [match["title"].strip()]
        for row in lines[n + 1 : n + 6]:
            cell = columns(row.strip())[0].strip()
            if (
                not cell
                or _ORNAMENT.match(cell)
                or _find_place_date(cell)
                or _MOTTO.search(cell)
                or cell.startswith("Kính gửi")
                or _BODY_STARTS.match(cell)
            ):
                break
            parts.append(cell)
        return " ".join(parts).strip("*_) ").strip()
    return None


def _jurisdiction(left: list[str], place: str | None, title: str | None, home: Place | None) -> Place | None:
    """Whose document this is: what the issuer's lines name, then the declared home, then the title, then the place."""
    for text in left:
        found = _named_province(text)
        if found:
            return found
    if home is not None:
        return home
    if title:
        match = re.search(
            r"(?:Đảng\s+bộ\s+)?(?:thành\s+phố|"
            rf"tỉnh)\s+(?P<name>[{UPPER}][{LETTER}]+(?:\s+[{UPPER}][{LETTER}]+){{0,3}})",
            title,
            re.IGNORECASE,
        )
        found = _named_province(match["name"]) if match else None
        if found:
            return found
    if place and left and not any(_central(text) for text in left):
        jurisdiction = find_province(place)
        return province(jurisdiction) if jurisdiction else None
    return None


def _central(text: str) -> bool:
    found = BodyFinder(None).read(text, 0)
    return found is not None and found.scope == "vn"


def _named_province(text: str) -> Place | None:
    words = text.replace("-", " - ").split()
    for i in range(len(words)):
        for n in (4, 3, 2):
            name = " ".join(words[i : i + n]).lower().replace(" - ", " - ")
            if len(words[i : i + n]) == n and name in provinces():
                return province(provinces()[name])
    return None


def _issuer(left: list[str], where: Place | None) -> tuple[BodyMention | None, Place | None]:
    """The issuing body of the issuer lines: the lowest line names it, the ones above say whose it is.

    "UBND THÀNH PHỐ HÀ NỘI" / "SỞ NỘI VỤ" is the department; "THÀNH ỦY HÀ NỘI" / "BAN TỔ CHỨC" is Ban Tổ chức Thành ủy
    Hà Nội; "ỦY BAN NHÂN DÂN" / "TỈNH LÀO CAI" is one name on two lines.
    """
    if not left:
        return None, where
    finder = BodyFinder(where)
    best = _part_of(left, finder)
    for tried in () if best else (left[-1], " ".join(left), " ".join([left[-1], *left[:-1]])):
        bodies = [b for b in finder.find(tried) if b.start == 0 or tried != left[-1]]
        if bodies:
            best = bodies[0] if tried != " ".join(left) else bodies[-1]
            break
    if best and best.scope and best.scope != "vn" and "/" in best.scope:
        unit, _, name = _unit_of(best)
        if unit:
            return best, Place(best.scope, best.level or "district", unit, name, _party_of(best.level, unit))
    return best, where


# A committee's own offices and departments, which stand below its name.
_OFFICE = re.compile(r"(?:VĂN\s+PHÒNG|BAN|(?:ỦY|UỶ)\s+BAN\s+KIỂM\s+TRA|ĐẢNG\s+ĐOÀN|HỘI\s+ĐỒNG|TRUNG\s+TÂM)(?!\w)")


def _part_of(left: list[str], finder: BodyFinder) -> BodyMention | None:
    """ "BAN CHẤP HÀNH TRUNG ƯƠNG" / "VĂN PHÒNG" is Văn phòng Trung ương Đảng: the lower line is a part of the upper one."""
    if len(left) < 2 or not _OFFICE.match(left[-1]):
        return None
    above = re.sub(r"^BAN\s+CHẤP\s+HÀNH\s+(?=TRUNG\s+ƯƠNG)", "", left[-2])
    found = finder.find(f"{left[-1]} {above}")
    return found[0] if found and found[0].start == 0 and found[0].end > len(left[-1]) else None


def _unit_of(body: BodyMention) -> tuple[str, str, str]:
    match = re.search(
        r"(?P<unit>Huyện|Quận|Thị|Thành)\s+ủy\s+(?P<name>.+)$|(?P<unit2>huyện|quận|thị\s+xã|thành\s+phố|xã|"
        rf"phường|thị\s+trấn|đặc\s+khu)\s+(?P<name2>[{UPPER}].+)$",
        body.name,
    )
    if not match:
        return "", "", ""
    unit = {"Huyện": "huyện", "Quận": "quận", "Thị": "thị xã", "Thành": "thành phố"}.get(
        match["unit"] or "", match["unit2"] or ""
    )
    return unit, "", match["name"] or match["name2"]


def _party_of(level: str | None, unit: str) -> str:
    if level == "commune":
        return f"Đảng ủy {unit}"
    return {"huyện": "Huyện ủy", "quận": "Quận ủy", "thị xã": "Thị ủy", "thành phố": "Thành ủy"}[unit]


def _on_behalf(behalf: str, where: Place) -> BodyMention | None:
    """ "T/M BAN THƯỜNG VỤ" of a document without issuer lines: the standing committee of the place's Party committee."""
    finder = BodyFinder(where)
    for tried in (f"{behalf} {where.party} {where.name}", behalf):
        found = finder.find(tried)
        if found and found[0].start == 0:
            return found[0]
    return None
