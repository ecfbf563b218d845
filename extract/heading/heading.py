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

from chidao.extract.heading.enacting import read_enacting
from chidao.extract.heading.issuer import (
    Issuer,
    decided,
    in_office,
    issuer_lines,
    jurisdiction_of,
    on_behalf,
    read_issuer,
    signed_for,
    without_authority,
)
from chidao.extract.heading.lines import (
    BELOW_HEADING,
    HEAD_LINES,
    NO_WORDS,
    ORNAMENT,
    TITLES,
    Line,
    Words,
    columns,
    find_place_date,
    line_at,
    split_lines,
    unfold,
)
from chidao.extract.heading.saved_page import SavedPage, fill_from_page
from chidao.extract.heading.signature import RECIPIENTS, read_recipients, read_signature, role_name
from chidao.extract.heading.wraps import heal
from chidao.extract.language.codes import CODE, Code, read_code
from chidao.extract.language.dates import DATE, iso_date
from chidao.extract.language.jurisdictions import Place
from chidao.extract.language.letters import slug
from chidao.extract.language.lexicon import Lexicon, lexicon
from chidao.extract.language.offices import HOLDER
from chidao.extract.language.patterns import ANY_DAY, NUMBER_SIGN
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import Heading, HeadingPlaces, Span
from chidao.ontology.authority import DocumentType

_AROUND = " \t\r\f\v\u00a0#*_"
"""Blanks, and the marks of headings and emphasis in Markdown."""
_NUMBER = re.compile(
    rf"(?:^|[\s|*])(?:{NUMBER_SIGN}|(?:Sô|Sổ|Sỗ|Sồ|Sộ)\s*:\s*)[*_]*\s*(?P<blank>[.…\s]*)(?=[0-9/\-–])(?P<code>[^\s|][^|\n]*)",
    re.IGNORECASE,
)
_BLANK = re.compile(r"[/\-–]\s*(?P<symbol>[A-ZĐ][A-Za-zĐđƯ&]*(?:\s?[-/–]\s?[A-ZĐ][A-Za-zĐđ&0-9]*)*)")
_ABOUT = re.compile(r"^[\s*_(]*V/v\b\s*:?\s*(?P<title>.+)", re.IGNORECASE)
_ABOUT_IN_FULL = re.compile(r"^[\s*_(“\"]*(?P<title>Về\s+việc\b\s*.*)")
_BODY_STARTS = re.compile(
    r"^[\s*_>#-]*(?:Căn\s+cứ|Thực\s+hiện\s.{200}|Kính\s+gửi|Điều\s+[0-9]|PHẦN\s|CHƯƠNG\s+[IVX0-9]|Xét\s|"
    r"Theo\s+đề\s+nghị|[IVX]+\s?[-./]|[0-9]+\.\s|[A-Z]\.\s|Nơi\s+nhận)",
    re.IGNORECASE,
)
# How a document's text begins, where no ground stands before it: what is no more of a title that has begun.
_PROSE = re.compile(
    r"^[\s*_>-]*(?:Trong\s+(?:thời\s+gian|những\s+năm|năm|các\s+ngày)|Thời\s+gian\s+qua|Những\s+năm|Thực\s+hiện|Triển\s+khai|Để|"
    r"Nhằm|Ngày\s+[0-9]\S*|Sau\s+khi|Được\s+sự|Qua\s|Hiện\s+nay|Vừa\s+qua|Tiếp\s+theo|Trên\s+cơ\s+sở)\s"
)
_PARAGRAPH = 220
"""Characters; a longer line is a paragraph, and no line of a title."""


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
class _Typed:
    """The type word, the line and the place where it stands, and the words of the title below it."""

    name: str | None = None
    line: int | None = None
    span: Span | None = None
    words: Words = NO_WORDS


def read_heading(text: str, home: Place | None = None, page: SavedPage | None = None) -> tuple[Heading, Place | None]:
    """Read the heading of the composed `text`, and the place whose "Thành phố" and "Tỉnh ủy" the document means.

    `home` is the declared jurisdiction; what the heading itself says comes first. `page` is the saved page around the document, whose
    table counts where the heading is silent. The places are offsets into `text`.
    """
    words = lexicon()
    lines = _document_lines(text, words)
    typed = _type_and_title(lines, words)
    code, dated = _code(lines, words, typed.line), _place_and_date(lines)
    code, dated, typed, of = _in_one_sentence(code, dated, typed)
    if merged := _consolidated(lines, words, typed):
        code, dated, typed = replace(merged[0], line=code.line), *merged[1:]
    left = issuer_lines(lines, code.line, typed.line)
    about = _about(lines, code.line, typed.line)
    kind = typed.name or _untyped(lines, words, code, about, headed=bool(dated.place or left))
    if not (kind or code.symbol or dated.place) and (enacted := read_enacting(lines, home, words, text)):
        return enacted
    printed = typed.words if typed.words.parts else about
    title: str | None = printed.text or None
    where = jurisdiction_of(left, dated.place, title, home)
    issuer, where = read_issuer(left, where, text)
    if of and (bodies := BodyFinder(where).find(of)):
        issuer = Issuer(bodies[0])
    if title:
        issuer, title = decided(title, printed, issuer, where)
        title = without_authority(title, left)
    signature = read_signature(lines)
    issuer = _who_decides(
        issuer, lines[typed.line + 1 : typed.line + 25] if typed.line is not None else [], signature.behalf, where
    )
    dated = _dated_by_passing(dated, text, kind)
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
        signer_role=role_name(signature.role) or _behalf_role(signature.behalf),
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
    return (fill_from_page(heading, page, where) if page and page.fields else heading), where


def _who_decides(issuer: Issuer, below: list[Line], behalf: str | None, where: Place | None) -> Issuer:
    """The issuer with what the lines below the title and the signature say: in which office, or on whose behalf."""
    issuer = in_office(issuer, below, where) if below else issuer
    if not issuer.body and behalf and where:
        issuer = Issuer(on_behalf(behalf, where))
    return signed_for(issuer, behalf, where)


def _dated_by_passing(dated: _Dated, text: str, kind: str | None) -> _Dated:
    """A law has the day on which it was passed."""
    if dated.date or not (passed := _passed(text, kind)):
        return dated
    return replace(dated, date=passed[0], date_span=dated.date_span or passed[1])


def _document_lines(text: str, words: Lexicon) -> list[Line]:
    """The lines of the document with what ran together set apart and what was broken healed, from the first that says anything."""
    lines = split_lines(heal(text, len(text) - len(text.lstrip())))
    first = next((n for n, line in enumerate(lines) if line.strip(" |*_#\t\r")), 0)
    return unfold(lines[first:], words)


# Headings of 1945 to 2010 say all in one sentence: "NGHỊ ĐỊNH" / "CỦA CHÍNH PHỦ SỐ 03/2010/NĐ-CP NGÀY 13 THÁNG 01 NĂM 2010".
_SENTENCE = re.compile(
    r"(?P<of>CỦA\s.{3,80}?\s+)?SỐ\s*:?\s*(?P<code>[0-9]{1,5}\s?[-/]\s?\S+)\s+NGÀY\s+(?P<d>[0-9]{1,2})(?:\s+THÁNG\s+|[-/])"
    r"(?P<m>[0-9]{1,2})(?:\s+NĂM\s+|[-/])(?P<y>[12][0-9]{3})\s*",
    re.IGNORECASE,
)


def _in_one_sentence(code: _Code, dated: _Dated, typed: _Typed) -> tuple[_Code, _Dated, _Typed, str | None]:
    """Number, day and title of an old heading, whose first two stand within the words below the type; and who issued it."""
    words = typed.words
    match = _SENTENCE.match(words.text) if words.parts else None
    read = _read_code(match["code"]) if match else None
    if not match or not read or (code.symbol and (code.number, code.symbol) != (read.number, read.symbol)):
        return code, dated, typed, None
    day = DATE.match(f"{match['d']} tháng {match['m']} năm {match['y']}")
    at = match.start("code")
    if not code.symbol:
        place = words.place(at + read.start, at + read.end)
        code = _Code(read.number, read.symbol, read.year, typed.line, place)
    if not dated.date and day:
        dated = replace(dated, date=iso_date(day), date_span=words.place(match.start("d"), match.end("y")))
    return code, dated, replace(typed, words=words.without(0, match.end())), match["of"]


def _behalf_role(behalf: str | None) -> str | None:
    """ "T/M BỘ CHÍNH TRỊ" without an office: the organ is all that the signature says."""
    found = BodyFinder(None).find(behalf) if behalf else []
    return f"T/M {found[0].name}" if found and found[0].start == 0 else None


_PASSED = re.compile(
    r"(?:Luật|Bộ\s+luật|Nghị\s+quyết|Pháp\s+lệnh|Hiến\s+pháp)\s+này\s+(?:đã\s+)?được\s+[^.]{3,200}?\sthông\s+qua\s+(?:[^.]{3,60}?\s)?"
    rf"(?P<day>ngày\s+{ANY_DAY})"
)


def _passed(text: str, kind: str | None) -> tuple[str, Span] | None:
    """The day on which an assembly passed the document, which stands at its end: "… thông qua ngày 16 tháng 6 năm 2025"."""
    if kind not in ("Luật", "Bộ luật", "Nghị quyết", "Pháp lệnh", "Hiến pháp"):
        return None
    last = max(_PASSED.finditer(text), key=lambda match: match.start(), default=None)
    day = DATE.search(last["day"]) if last else None
    written = iso_date(day) if day else None
    return (written, last.span("day")) if last and written else None


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
    return code, _place_and_date(near), _Typed("Văn bản hợp nhất", typed.line, typed.span, Words(parts))


def _untyped(lines: Sequence[Line], words: Lexicon, code: _Code, about: Words, *, headed: bool) -> str | None:
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


def _code(lines: Sequence[Line], words: Lexicon, type_line: int | None = None) -> _Code:
    """Number, symbol and year of "Số: 12/NQ-CP", "Số 16-CTr/TU", "Số:       /KH-UBND" (a draft's blank number)."""
    for n, line in enumerate(lines[:HEAD_LINES]):
        if BELOW_HEADING.match(line):
            break  # a law's number that opens a line there is no heading's
        if lost := _lost_number(line, n, words, type_line):
            return lost
        match = _NUMBER.search(line)
        if not match:
            continue
        begins = _begins_cell(line, match.start())
        # The National Assembly's heading: "Luật số: 31/2024/QH15", with nothing behind it in its column.
        typed = " ".join(line[: match.start()].rpartition("|")[2].strip(" *_#").lower().split()) in words.types
        if not begins and not typed:
            continue
        raw, at = match["code"].strip(), line.start + match.start("code")
        code = _read_code(raw) or _unmarked(raw, words)
        if not begins and (not code or columns(raw[code.end :])[0].strip(" *_")):
            continue
        if code and _CITED.match(raw, code.end):
            continue  # running text: "Số 29-NQ/TW ngày 25/10/2017 của Ban Chấp hành …"
        if code:
            return _Code(code.number, code.symbol, code.year, n, (at + code.start, at + code.end))
        if blank := _BLANK.match(raw):
            padded = _read_code("0" + raw)
            return _Code(None, padded.symbol if padded else blank["symbol"], None, n, (at, at + blank.end()))
    return _Code()


_CITED = re.compile(r"\s*,?\s*(?:ngày\s[^|]{4,30}?\s+)?(?:của|về|về\s+việc)\s", re.IGNORECASE)
_LOST = re.compile(
    r"[\s|*_]*[-/]\s?(?P<symbol>[A-ZĐ][A-Za-zĐđ]{1,4}\s?[-/]\s?[A-ZĐ][A-Za-zĐđ&0-9]*"
    r"(?:[-/][A-ZĐ][A-Za-zĐđ&0-9]*)*)(?=\s|$|\|)"
)


def _lost_number(line: Line, n: int, words: Lexicon, type_line: int | None) -> _Code | None:
    """The symbol of a number line whose beginning a scan lost: "/ TB-VPCP        Hà Nội, ngày …"."""
    lost = _LOST.match(line) if type_line is None or n < type_line else None
    if not lost or re.split(r"\s?[-/]", lost["symbol"])[0].lower() not in words.type_tokens:
        return None
    padded = _read_code("0/" + lost["symbol"])
    return _Code(
        None,
        padded.symbol if padded else lost["symbol"],
        None,
        n,
        (line.start + lost.start("symbol"), line.start + lost.end("symbol")),
    )


_NO_MARK = re.compile(r"(?P<number>[0-9]{1,5})\s?(?P<token>[A-ZĐ][A-Za-zĐđ]{1,4})(?=[-/][A-ZĐ])")


def _unmarked(raw: str, words: Lexicon) -> Code | None:
    """A code whose first mark a scan lost: "47NQ-CP"."""
    match = _NO_MARK.match(raw)
    if not match or match["token"].lower() not in words.type_tokens:
        return None
    code = _read_code(f"{match['number']}/{raw[match.start('token') :]}")
    return replace(code, end=code.end - 1 + match.start("token") - match.end("number")) if code else None


def _read_code(raw: str) -> Code | None:
    match = CODE.match(raw)
    return read_code(raw, match, typed=True) if match else None


def _begins_cell(line: str, at: int) -> bool:
    """Does the number stand at the head of its line or column, as in a heading, and not in running text?"""
    before = line[:at].rstrip(" *_")
    return not before or before.endswith("|") or line[:at].endswith(("   ", "\t")) or TITLES.search(before) is not None


def _place_and_date(lines: Sequence[Line]) -> _Dated:
    for line in lines[:HEAD_LINES]:
        match = find_place_date(line)
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
            return _Typed(kind.name, n, line.span(bare), Words(tuple(_title_lines(lines[n + 1 : n + 16]))))
    return _Typed()


def _title_lines(rows: Sequence[Line]) -> Iterator[Line]:
    """The lines below the type word that are its title, without emphasis."""
    above = ""
    for n, row in enumerate(rows):
        clean = row.strip(_AROUND)
        if not clean:
            if above and not _open(above, rows[n + 1 : n + 3]):
                return
            continue
        if ORNAMENT.match(row) or RECIPIENTS.match(row) or _ADDRESSED.search(clean):
            return
        if _BODY_STARTS.match(clean) and (above or not _LONG_TITLE.match(clean)):
            return
        if above and (_PROSE.match(clean) or (len(clean) > _PARAGRAPH and not clean.isupper())):
            return
        if above and clean.isupper() and (not above.isupper() or _is_authority(clean, above, rows[n + 1 : n + 6])):
            return
        yield line_at(clean, row.span(clean)[0])
        above = clean


# "Thực hiện Chỉ thị số 32-CT/TW … về …": a title of any length ends without a mark; the sentence that enacts ends in a colon.
_LONG_TITLE = re.compile(r"Thực\s+hiện\s.{200,500}[^:;.,\s]$")
# "THỦ TƯỚNG CHÍNH PHỦ điện:", "(Kỳ báo cáo: từ …)", "Kính gửi": no more of a title.
_ADDRESSED = re.compile(
    r"\sđiện\s*:\s*$|^\(?\s*Kỳ\s+báo\s+cáo|^Kính\s+(?:gửi|trình)|^(?:Phúc\s+đáp|Trả\s+lời)\s.{60}|(?:CHỦ\s+TỊCH|BỘ\s+TRƯỞNG|GIÁM\s+ĐỐC|HIỆU\s+TRƯỞNG|THỦ\s+TƯỚNG)"
    r"\s[^a-zà-ỹ]*\s(?:điện|ĐIỆN)\s*:"
)


def _is_authority(clean: str, above: str, below: Sequence[str]) -> bool:
    """Is the line who decides, which stands again between the title and the grounds: "BỘ TRƯỞNG BỘ Y TẾ" / "Căn cứ …"?"""
    following = [said for row in below if (said := row.strip(_AROUND))]
    if following and HOLDER.fullmatch(f"{clean} "):
        clean, following = f"{clean} {following[0]}", following[1:]
    if not following or not BELOW_HEADING.match(following[0]) or _BREAKS_OFF.search(above):
        return False
    held = HOLDER.match(clean)
    body = BodyFinder(None).read(clean, held.end() if held else 0)
    return held is not None or (body is not None and body.end == len(clean))


def _open(above: str, below: Sequence[str]) -> bool:
    """Does the title go on below a blank line: it breaks off ("Về việc"), or its subject stands in quotes on a line of its own?"""
    following = next((row.strip(_AROUND) for row in below if row.strip(_AROUND)), "")
    broken = _BREAKS_OFF.search(above) is not None and not above.isupper()
    return bool(following) and (broken or following.startswith("“"))


_BREAKS_OFF = re.compile(r"(?:^|\s)(?:về\s+việc|về|của|và|do|theo|trong|cho|tại|với|các|những)$|,$", re.IGNORECASE)


@cache
def _types_by_slug() -> dict[str, DocumentType]:
    """Types by their letters without marks, where these name one type only."""
    found: dict[str, set[DocumentType]] = {}
    for word, kind in lexicon().types.items():
        found.setdefault(slug(word), set()).add(kind)
    return {plain: next(iter(kinds)) for plain, kinds in found.items() if len(kinds) == 1}


def _about(lines: Sequence[Line], number_line: int | None, type_line: int | None) -> Words:
    """The V/v line under a letter's number, over as many lines as it takes; "Về việc …" too, where no type word stands in the head."""
    for n, line in enumerate(lines[:HEAD_LINES]):
        cell = columns(line.strip())[0]
        match = _ABOUT.match(cell)
        if not match and type_line is None and number_line is not None and n > number_line:
            if cell.startswith("Kính gửi"):
                break
            match = _ABOUT_IN_FULL.match(cell)
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
        return Words(tuple(line_at(part, row.span(part)[0]) for part, row in zip(parts, rows, strict=True) if part))
    return Words()


def _ends_about(cell: str) -> bool:
    return bool(
        ORNAMENT.match(cell)
        or find_place_date(cell)
        or TITLES.search(cell)
        or cell.startswith("Kính gửi")
        or _BODY_STARTS.match(cell)
    )
