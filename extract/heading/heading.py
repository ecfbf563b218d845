"""The document's own identity, from its heading and signature block.

The places are those of Nghị định 30/2020/NĐ-CP, Phụ lục I (state documents) and Hướng dẫn 36-HD/VPTW (Party documents):
issuer above the number on the left, national or Party title and the place with the date on the right, then type and
title (trích yếu), at the end recipients (Nơi nhận) on the left and the signature block on the right. Flattened to text the
two columns may stand under each other, side by side with blanks between, or joined by "|".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from chidao.extract.heading.lines import BELOW_HEADING, HEAD_LINES, Line, cells, columns, line_at, split_lines, unfold
from chidao.extract.heading.signature import RECIPIENTS, read_recipients, read_signature, role_name
from chidao.extract.language.codes import CODE, Code, read_code
from chidao.extract.language.dates import DATE, iso_date
from chidao.extract.language.jurisdictions import Place, find_province, place_named, province, provinces
from chidao.extract.language.letters import LETTER, LOWER, UPPER, slug
from chidao.extract.language.lexicon import Lexicon, lexicon
from chidao.extract.language.patterns import MOTTO, NATION, NUMBER_SIGN, PARTY_TITLE, PEN_DAY, spaced
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import BodyMention, Heading, HeadingPlaces, Span
from chidao.ontology.authority import DocumentType

_AROUND = " \t\r\f\v\u00a0#*_"
"""Blanks, and the marks of headings and emphasis in Markdown."""
_ORNAMENT = re.compile(r"^[\s\-–—_*=.~⸻─]*$")
_MOTTO = re.compile(rf"{NATION}|{MOTTO}|{PARTY_TITLE}", re.IGNORECASE)
_NUMBER = re.compile(
    rf"(?:^|[\s|*]){NUMBER_SIGN}[*_]*\s*(?P<blank>[.…\s]*)(?=[0-9/\-–])(?P<code>[^\s|][^|\n]*)", re.IGNORECASE
)
_BLANK = re.compile(r"[/\-–]\s*(?P<symbol>[A-ZĐ][A-Za-zĐđƯ&]*(?:\s?[-/–]\s?[A-ZĐ][A-Za-zĐđ&0-9]*)*)")
_PLACE_DATE = re.compile(
    rf"(?P<place>[{UPPER}][{LETTER}]*(?:(?:[ \u00a0]|\.\s?|\s?-\s?)[{UPPER}][{LETTER}]*){{0,4}}|"
    rf"TP\.?\s*[{UPPER}][{LETTER} ]+?)"
    rf"\s*,\s*(?P<day>{PEN_DAY})",
    re.IGNORECASE,
)
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
class _Code:
    """The document's own number and symbol, `line` where they stand in its head, and their place in the text."""

    number: str | None = None
    symbol: str | None = None
    year: int | None = None
    line: int | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class _Dated:
    """Place and day, where each stands, and the month, which may be known without the day."""

    place: str | None = None
    date: str | None = None
    place_span: Span | None = None
    date_span: Span | None = None
    month: str | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    """Words on one or more lines, each line's part with its place."""

    parts: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(self.parts)

    def span(self, words: str | None) -> Span | None:
        """Where some of the words begin and end in the text; None for no words."""
        if not words:
            return None
        at = self.text.index(words)
        return self.place(at, at + len(words))

    def place(self, start: int, end: int) -> Span:
        """Where what stands at start..end of the words begins and ends in the text."""
        return self._offset(start), self._offset(end - 1) + 1

    def _offset(self, at: int) -> int:
        for part in self.parts:
            if at < len(part):
                return part.start + at
            at -= len(part) + 1
        raise IndexError(at)


@dataclass(frozen=True, slots=True)
class _Typed:
    """The type word, the line and the place where it stands, and the words of the title below it."""

    name: str | None = None
    line: int | None = None
    span: Span | None = None
    words: _Words = _Words()


@dataclass(frozen=True, slots=True)
class _Issuer:
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
        """The jurisdiction of the body, or that of a document which does not say its issuer."""
        return self.body.scope if self.body else where.key if where else None


def read_heading(text: str, home: Place | None = None) -> tuple[Heading, Place | None]:
    """Read the heading of the composed `text`, and the place whose "Thành phố" and "Tỉnh ủy" the document means.

    `home` is the declared jurisdiction; what the heading itself says comes first. The places are offsets into `text`.
    """
    words = lexicon()
    lines = unfold(split_lines(text), words)
    code, dated, typed = _code(lines, words), _place_and_date(lines), _type_and_title(lines, words)
    if merged := _consolidated(lines, words, typed):
        code, dated, typed = replace(merged[0], line=code.line), *merged[1:]
    left = _issuer_lines(lines, code.line, typed.line)
    about = _about(lines)
    kind = typed.name or _untyped(lines, words, code, about, headed=bool(dated.place or left))
    printed = typed.words if typed.words.parts else about
    title: str | None = printed.text or None
    where = _jurisdiction(left, dated.place, title, home)
    issuer, where = _issuer(left, where)
    if title:
        issuer, title = _decided(title, printed, issuer, where)
        title = _without_authority(title, left)
    signature = read_signature(lines)
    if not issuer.body and signature.behalf and where:
        issuer = _Issuer(_on_behalf(signature.behalf, where))
    heading = Heading(
        type=kind,
        number=code.number,
        symbol=code.symbol,
        year=code.year,
        date=dated.date,
        month=dated.month,
        place=dated.place,
        issuer=issuer.name,
        issuer_key=issuer.key,
        title=title,
        signer=signature.signer,
        signer_role=role_name(signature.role),
        recipients=read_recipients(lines, signature.line),
        scope=issuer.scope(where),
        places=HeadingPlaces(
            number=code.span,
            date=dated.date_span,
            place=dated.place_span,
            type=typed.span,
            issuer=issuer.span,
            title=printed.span(title),
            signer=signature.span,
        ),
    )
    return heading, where


def _consolidated(lines: Sequence[Line], words: Lexicon, typed: _Typed) -> tuple[_Code, _Dated, _Typed] | None:
    """Number, place and date, and type of a consolidated text (Pháp lệnh 01/2012/UBTVQH13, Điều 4): they stand below
    "XÁC THỰC VĂN BẢN HỢP NHẤT" at its end, its head has the type and title of what it consolidates, which are its title."""
    if not any(line.strip(" *_#").startswith("VĂN BẢN HỢP NHẤT") for line in lines[:15]):
        return None
    at = next((n for n in range(len(lines) - 1, -1, -1) if "XÁC THỰC VĂN BẢN HỢP NHẤT" in lines[n]), None)
    if at is None:
        return None
    near = unfold(lines[max(0, at - 6) : at + 12], words)
    code = _code(near, words)
    if not code.symbol:
        return None
    parts = typed.words.parts
    if typed.line is not None:
        line = lines[typed.line]
        parts = (line_at(line.strip(), line.span(line.strip())[0]), *parts)
    return code, _place_and_date(near), _Typed("Văn bản hợp nhất", typed.line, typed.span, _Words(parts))


def _issuer_lines(lines: Sequence[Line], number_line: int | None, type_line: int | None) -> list[Line]:
    """The cells above type and number that may name the issuer, beside the number too."""
    stop = min(x for x in (number_line, type_line, 12) if x is not None)
    if stop == number_line:
        stop += 1
    found = [cell for line in lines[:stop] for cell in cells(line)]
    return [cell for cell in found if not _ORNAMENT.match(cell) and _is_issuer(cell)]


def _is_issuer(cell: str) -> bool:
    if (
        _MOTTO.search(cell)
        or cell.lower().startswith(("số", "/", "v/v", "(", "văn bản hợp nhất"))
        or _find_place_date(cell)
    ):
        return False
    return cell.isupper() and 3 <= len(cell) < 120


def _untyped(lines: Sequence[Line], words: Lexicon, code: _Code, about: _Words, *, headed: bool) -> str | None:
    """The type of a document with no line of its type: a letter, or a line that cannot be read (OCR: "KÉT LUẬN"), where the
    words before the number or the symbol name just one. A number alone is no heading."""
    if code.symbol and not about.parts:
        printed = lines[code.line].lower().partition("số")[0] if code.line is not None else ""
        named = words.types.get(" ".join(printed.strip(" *_#|").split()))
        if named is None and headed:
            named = words.type_of(re.split(r"[-/]", code.symbol.lower())[0])
        if named:
            return named.name
    letter = about.parts or any("Kính gửi" in line for line in lines[:HEAD_LINES])
    return "Công văn" if letter else None


def _code(lines: Sequence[Line], words: Lexicon) -> _Code:
    """Number, symbol and year of "Số: 12/NQ-CP", "Số 16-CTr/TU", "Số:       /KH-UBND" (a draft's blank number)."""
    for n, line in enumerate(lines[:HEAD_LINES]):
        if BELOW_HEADING.match(line):
            break  # a law's number that opens a line there is no heading's
        match = _NUMBER.search(line)
        if not match:
            continue
        begins = _begins_cell(line, match.start())
        # The National Assembly's heading: "Luật số: 31/2024/QH15", with nothing behind it in its column.
        typed = " ".join(line[: match.start()].rpartition("|")[2].strip(" *_#").lower().split()) in words.types
        if not begins and not typed:
            continue
        raw, at = match["code"].strip(), line.start + match.start("code")
        code = _read_code(raw)
        if not begins and (not code or columns(raw[code.end :])[0].strip(" *_")):
            continue
        if code:
            return _Code(code.number, code.symbol, code.year, n, (at + code.start, at + code.end))
        if blank := _BLANK.match(raw):
            padded = _read_code("0" + raw)
            return _Code(None, padded.symbol if padded else blank["symbol"], None, n, (at, at + blank.end()))
    return _Code()


def _read_code(raw: str) -> Code | None:
    match = CODE.match(raw)
    return read_code(raw, match, typed=True) if match else None


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


def _place_and_date(lines: Sequence[Line]) -> _Dated:
    for line in lines[:HEAD_LINES]:
        match = _find_place_date(line)
        if not match:
            continue
        words = list(re.finditer(r"\S+", match["place"]))
        # The number may stand before it on the line: "Số: 3745/QĐ-UBND Tây Ninh, ngày …".
        while (
            len(words) > 1 and words[0][0].isupper() and not words[-1][0].isupper() and words[0][0] not in ("TP", "TP.")
        ):
            words = words[1:]
        place = " ".join(word[0] for word in words)
        if place.lower() in ("hôm nay", "nay"):
            continue  # minutes and contracts begin so: "Hôm nay, ngày 05 tháng 3 năm 2026, tại …"
        date = _day(match)
        at = line.start + match.start("place")
        day_span = line.start + match.start("day"), line.start + match.end("day")
        return _Dated(place, date, (at + words[0].start(), at + words[-1].end()), day_span, _month(match))
    return _Dated()


def _day(match: re.Match[str]) -> str | None:
    if not (match["d"] and match["m"] and match["y"]):
        return None
    day = DATE.match(f"{match['d']} tháng {match['m']} năm {match['y']}")
    return iso_date(day) if day else None


def _month(match: re.Match[str]) -> str | None:
    """The month "2025-08" of a heading's day, which a pen's blank for the day leaves known."""
    if not match["m"] or len(match["y"] or "") != 4 or not 1 <= int(match["m"]) <= 12:
        return None
    return f"{match['y']}-{int(match['m']):02}"


def _type_and_title(lines: Sequence[Line], words: Lexicon) -> _Typed:
    """Type word on a line of its own, in capitals, and the title below it."""
    for n, line in enumerate(lines[:HEAD_LINES]):
        bare = line.strip(_AROUND)
        if not bare.isupper() or bare.endswith(("-", "–")):
            continue  # "VĂN BẢN HỢP NHẤT -" goes on with the ministry's name
        # OCR loses marks and tones ("QUYÉT ĐỊNH"), seldom letters.
        if kind := words.types.get(" ".join(bare.lower().split())) or _types_by_slug().get(slug(bare)):
            return _Typed(kind.name, n, line.span(bare), _Words(tuple(_title_lines(lines[n + 1 : n + 16]))))
    return _Typed()


def _title_lines(rows: Sequence[Line]) -> Iterator[Line]:
    """The lines below the type word that are its title, without emphasis."""
    above = ""
    for row in rows:
        clean = row.strip(_AROUND)
        if not clean:
            if above:
                return
            continue
        if _ORNAMENT.match(row) or _BODY_STARTS.match(clean) or RECIPIENTS.match(row):
            return
        if above and (_PROSE.match(clean) or (len(clean) > _PARAGRAPH and not clean.isupper())):
            return
        if above and clean.isupper() and not above.isupper():
            return
        yield line_at(clean, row.span(clean)[0])
        above = clean


@cache
def _types_by_slug() -> dict[str, DocumentType]:
    """Types by their letters without marks, where these name one type only."""
    found: dict[str, set[DocumentType]] = {}
    for word, kind in lexicon().types.items():
        found.setdefault(slug(word), set()).add(kind)
    return {plain: next(iter(kinds)) for plain, kinds in found.items() if len(kinds) == 1}


def _about(lines: Sequence[Line]) -> _Words:
    """The V/v line under a letter's number, over as many lines as it takes."""
    for n, line in enumerate(lines[:HEAD_LINES]):
        match = _ABOUT.match(columns(line.strip())[0])
        if not match:
            continue
        parts = [match["title"].strip()]
        rows = [line]
        for row in lines[n + 1 : n + 6]:
            cell = columns(row.strip())[0].strip()
            if not cell or _ends_about(cell):
                break
            parts.append(cell)
            rows.append(row)
        parts[0], parts[-1] = parts[0].lstrip("*_) "), parts[-1].rstrip("*_) ")
        return _Words(tuple(line_at(part, row.span(part)[0]) for part, row in zip(parts, rows, strict=True) if part))
    return _Words()


def _ends_about(cell: str) -> bool:
    return bool(
        _ORNAMENT.match(cell)
        or _find_place_date(cell)
        or _MOTTO.search(cell)
        or cell.startswith("Kính gửi")
        or _BODY_STARTS.match(cell)
    )


def _jurisdiction(left: Sequence[str], place: str | None, title: str | None, home: Place | None) -> Place | None:
    """Whose document this is: what the issuer's lines name, then the declared home, then the title, then the place."""
    if found := next(filter(None, map(_named_province, left)), None):
        return found
    if home is not None:
        return home
    named = _OF_PROVINCE.search(title) if title else None
    if named and (found := _named_province(named["name"])):
        return found
    if place and left and not any(_central(text) for text in left):
        jurisdiction = find_province(place)
        return province(jurisdiction) if jurisdiction else None
    return None


_OF_PROVINCE = re.compile(
    rf"(?:thành\s+phố|tỉnh)\s+(?P<name>[{UPPER}][{LETTER}]+(?:\s+[{UPPER}][{LETTER}]+){{0,3}})", re.IGNORECASE
)


def _central(text: str) -> bool:
    found = BodyFinder(None).read(text, 0)
    return found is not None and found.scope == "vn"


def _named_province(text: str) -> Place | None:
    words = text.replace("-", " - ").split()
    for i in range(len(words)):
        for n in (5, 4, 3, 2):
            name = " ".join(words[i : i + n]).lower()
            if len(words[i : i + n]) == n and name in provinces():
                return province(provinces()[name])
    return None


def _issuer(left: Sequence[Line], where: Place | None) -> tuple[_Issuer, Place | None]:
    """The issuing body of the issuer lines: the lowest line names it, the ones above say whose it is.

    "UBND THÀNH PHỐ HÀ NỘI" / "SỞ NỘI VỤ" is the department; "THÀNH ỦY HÀ NỘI" / "BAN TỔ CHỨC" is Ban Tổ chức Thành ủy
    Hà Nội; "ỦY BAN NHÂN DÂN" / "TỈNH LÀO CAI" is one name on two lines.
    """
    found = _named_issuer(left, BodyFinder(where)) if left else _Issuer()
    body = found.body
    own = place_named(body.name, body.scope) if body and body.scope else None
    return found, own or where


def _named_issuer(left: Sequence[Line], finder: BodyFinder) -> _Issuer:
    span = left[0].start, left[-1].start + len(left[-1])
    if best := _part_of(left, finder):
        return _Issuer(best, span)
    if body := next((b for b in finder.find(left[-1]) if b.start == 0), None):
        return _Issuer(body, left[-1].span(left[-1][: body.end]))
    words = _Words(tuple(left))
    if len(left) > 1 and (bodies := finder.find(words.text)):
        return _Issuer(bodies[-1], words.place(bodies[-1].start, bodies[-1].end))
    if len(left) > 1 and (bodies := finder.find(" ".join([left[-1], *left[:-1]]))):
        return _Issuer(bodies[0], span)
    return _Issuer()


# A committee's own offices and departments, which stand below its name.
_OFFICE = re.compile(rf"(?:VĂN\s+PHÒNG|BAN|{spaced('ỦY BAN KIỂM TRA')}|ĐẢNG\s+ĐOÀN|HỘI\s+ĐỒNG|TRUNG\s+TÂM)(?!\w)")


def _part_of(left: Sequence[str], finder: BodyFinder) -> BodyMention | None:
    """ "BAN CHẤP HÀNH TRUNG ƯƠNG" / "VĂN PHÒNG" is Văn phòng Trung ương Đảng: the lower line is a part of the upper one."""
    if len(left) < 2 or not _OFFICE.match(left[-1]):
        return None
    above = re.sub(r"^BAN\s+CHẤP\s+HÀNH\s+(?=TRUNG\s+ƯƠNG)", "", left[-2])
    found = finder.find(f"{left[-1]} {above}")
    return found[0] if found and found[0].start == 0 and found[0].end > len(left[-1]) else None


def _decided(title: str, words: _Words, issuer: _Issuer, where: Place | None) -> tuple[_Issuer, str | None]:
    """Issuer and title where a line between type and title says who decided or which meeting did."""
    finder = BodyFinder(where)
    if of := _OF.match(title):
        # "NGHỊ QUYẾT" / "CỦA BỘ CHÍNH TRỊ" / "về …": the organ within the committee whose name stands above.
        printed = of.group()[of.end("of") :].strip()
        if bodies := finder.find(printed):
            issuer, title = _Issuer(bodies[0], words.span(printed)), title[of.end() :].strip()
    if meeting := _MEETING.match(title):
        if not issuer.body and (bodies := finder.find(meeting["of"])):
            issuer = _Issuer(bodies[0], words.span(meeting["of"].strip()))
        title = title[meeting.end() :]
    return issuer, title or None


def _without_authority(title: str | None, left: Sequence[str]) -> str | None:
    """A decision's authority stands again below its title: "… HUYỆN A / ỦY BAN NHÂN DÂN TỈNH B"."""
    return (title.removesuffix(" ".join(left)).strip() or title) if title and left and title.isupper() else title


def _on_behalf(behalf: str, where: Place) -> BodyMention | None:
    """ "T/M BAN THƯỜNG VỤ" of a document without issuer lines: the standing committee of the place's Party committee."""
    finder = BodyFinder(where)
    for tried in (f"{behalf} {where.party} {where.name}", behalf):
        found = finder.find(tried)
        if found and found[0].start == 0:
            return found[0]
    return None
