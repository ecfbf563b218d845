"""The document's own identity, from its heading and signature block.

The places are those of Nghị định 30/2020/NĐ-CP, Phụ lục I (state documents) and Hướng dẫn 36-HD/VPTW (Party documents):
issuer above the number on the left, national or Party title and the place with the date on the right, then type and
title (trích yếu), at the end recipients (Nơi nhận) on the left and the signature block on the right. Flattened to text the
two columns may stand under each other, side by side with blanks between, or joined by "|".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chidao.extract.frozen import quick
from chidao.extract.heading.about import read_about
from chidao.extract.heading.addressed import read_addressed
from chidao.extract.heading.decided import authority_above, decided, in_office, without_authority
from chidao.extract.heading.enacting import issuer_said, organ_said, read_enacting
from chidao.extract.heading.first_line import read_first_line
from chidao.extract.heading.issuer import Issuer, issuer_lines, of_symbol, read_issuer, whole_of
from chidao.extract.heading.issuing_organ import on_behalf, signed_for
from chidao.extract.heading.joint import joint_issuers
from chidao.extract.heading.jurisdiction import jurisdiction_of, province_above
from chidao.extract.heading.lines import (
    DAY_BEHIND,
    HEAD_LINES,
    Line,
    Words,
    find_place_date,
    line_at,
    lines_with,
    name_behind,
    split_lines,
    unfold,
)
from chidao.extract.heading.number import OwnCode, bare_code, number_alone, of_type, read_number
from chidao.extract.heading.recipients import read_recipients
from chidao.extract.heading.run_on import RECIPIENTS_OPEN, set_apart
from chidao.extract.heading.saved_page import SavedPage, fill_from_page
from chidao.extract.heading.sentence_case import in_running_letters
from chidao.extract.heading.signature import Signature, read_signature, role_name
from chidao.extract.heading.sub_bodies import sub_body
from chidao.extract.heading.title import Typed, read_below_number, read_type
from chidao.extract.heading.wraps import heal
from chidao.extract.language import tables
from chidao.extract.language.composing import one_of
from chidao.extract.language.dates import DATE, iso_date, iso_day
from chidao.extract.language.jurisdictions import Place
from chidao.extract.language.lexicon import OFFICIAL_LETTER, Lexicon, lexicon
from chidao.extract.language.offices import HOLDER, office_called
from chidao.extract.language.patterns import ANY_DAY, STATUTE, day
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import Addressee, BodyMention, Heading, HeadingPlaces, Span
from chidao.ontology.authority import types_of


@quick
@dataclass(frozen=True, slots=True)
class _Dated:
    """Place and day, where each stands, and the month, which may be known without the day."""

    place: str | None = None
    date: str | None = None
    place_span: Span | None = None
    date_span: Span | None = None
    month: str | None = None


def read_heading(text: str, home: Place | None = None, page: SavedPage | None = None) -> tuple[Heading, Place | None]:
    """Read the heading of the composed `text`, and the place whose "Thành phố" and "Tỉnh ủy" the document means.

    `home` is the declared jurisdiction; what the heading itself says comes first. `page` is the saved page around the document, whose
    table counts where the heading is silent. The places are offsets into `text`.
    """
    words = lexicon()
    lines = _document_lines(text, words)
    typed = read_type(lines, words)
    code, dated = read_number(lines, words, typed.line, typed.name), _place_and_date(lines)
    code, dated, typed, of = _in_one_sentence(code, dated, typed)
    if merged := _consolidated(text, lines, words, typed):
        code, dated, typed = replace(merged[0], line=code.line), *merged[1:]
    left = issuer_lines(lines, code.line, typed.line)
    about = read_about(lines, code.line, typed.line)
    kind = typed.name or _untyped(lines, words, code, about, headed=bool(dated.place or left))
    unheaded = not (kind or code.symbol or dated.place)
    if unheaded and (said := read_first_line(lines, home) or read_enacting(lines, home, words, text)):
        return said
    printed = _title_printed(typed, about, lines, code)
    title: str | None = printed.text or None
    where = jurisdiction_of(left, dated.place, title, home)
    issuer, where = _issued_where(left, where, lines, text, dated.date)
    issuer = of_symbol(issuer, left, code.symbol)
    issuer, together = _together(issuer, left, where, kind, code.symbol)
    issuer = _issued_by(of, where, text) or issuer
    if title:
        issuer, title = decided(title, printed, issuer, where)
        title = without_authority(title, left)
    signature = read_signature(lines, max((n for n in (typed.line, code.line) if n is not None), default=-1))
    issuer = _who_decides(issuer, _below(lines, typed, code), signature, text, where)
    issuer = _who_issues(issuer, left, lines, text, kind, where)
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
        title=in_running_letters(title, text) if title else None,
        signer=signature.signer,
        signer_role=role_name(signature.role) or _behalf_role(signature.behalf),
        recipients=read_recipients(lines, signature.line),
        addressed=read_addressed(lines),
        jointly=together,
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
    if _heads_a_part(heading):
        heading = replace(heading, type=None, places=replace(heading.places, type=None))
    return (fill_from_page(heading, page, where) if page and page.fields else heading), where


def _heads_a_part(heading: Heading) -> bool:
    """Is "KẾT LUẬN", of which nothing else is stated, the last chapter of a thesis or a report?"""
    stated = (heading.symbol, heading.month, heading.date, heading.issuer, heading.title, heading.signer)
    return heading.type == "Kết luận" and not any(stated)


def _issued_by(of: str | None, where: Place | None, text: str) -> Issuer | None:
    """Who issued the document by its heading's one sentence: "CỦA CHÍNH PHỦ", "CỦA BỘ TRƯỞNG BỘ LÂM NGHIỆP", be it in a table or not."""
    if of is None:
        return None
    finder, printed = BodyFinder(where), of[len("CỦA ") :].strip()
    if whole := finder.read(printed, 0):
        return Issuer(whole)  # "THỦ TƯỚNG CHÍNH PHỦ" is a body of the table
    held = HOLDER.match(printed)
    behind = printed[held.end() :] if held else printed
    body = next(iter(finder.find(behind)), None) or sub_body(behind, None, where, text)
    if body is None:
        return None
    return Issuer(replace(body, name=f"{office_called(held.group())} {body.name}") if held else body)


def _title_printed(typed: Typed, about: Words, lines: list[Line], code: OwnCode) -> Words:
    """The words of the title, below the type or the number, or on a letter's "V/v" line."""
    if typed.words.parts or about.parts or typed.line is not None or code.line is None:
        return typed.words if typed.words.parts else about
    return read_below_number(lines, code.line)


def _issued_where(
    left: list[Line], where: Place | None, lines: list[Line], text: str, day: str | None
) -> tuple[Issuer, Place | None]:
    """Who issued the document, and the place that it means: by the issuer's lines, or those of what it is an annex to."""
    issuer, where = read_issuer(left, where, text)
    if not (issuer.body or left):
        return whole_of(lines, where, text)
    above = province_above(text, day) if where and where.key.startswith("unknown/") else None
    return read_issuer(left, above, text) if above else (issuer, where)


def _together(
    issuer: Issuer, left: list[Line], where: Place | None, kind: str | None, symbol: str | None
) -> tuple[Issuer, tuple[Addressee, ...]]:
    """The issuer, or the first of several, and the others."""
    bodies = joint_issuers(left, where, kind, symbol)
    if not bodies:
        return issuer, ()
    others = tuple(Addressee(body.name, body.key) for body in bodies[1:])
    return Issuer(bodies[0], (bodies[0].start, bodies[0].end)), others


def _below(lines: list[Line], typed: Typed, code: OwnCode) -> list[Line]:
    """The lines below the type, or below the number of a copy that has lost it, among which stands who decides."""
    head = typed.line if typed.line is not None else code.line
    return lines[head + 1 : head + 25] if head is not None else []


def _who_decides(issuer: Issuer, below: list[Line], signature: Signature, text: str, where: Place | None) -> Issuer:
    """The issuer with what the lines below the title and the signature say: in which office, or on whose behalf. Where a copy has no
    signature, its text may say which organ of a committee speaks."""
    issuer = in_office(issuer, below, where) if below else issuer
    behalf = signature.behalf
    if behalf is None and issuer.body and not signature.role:
        behalf = organ_said(text, issuer.body)
    body = issuer.body or (on_behalf(behalf, where) if behalf and where else None)
    return replace(issuer, body=signed_for(body, behalf, where)) if body else issuer


def _who_issues(
    issuer: Issuer, left: list[Line], lines: list[Line], text: str, kind: str | None, where: Place | None
) -> Issuer:
    """The issuer, or who stands above the grounds or says that it enacts the document, where neither letterhead nor signature tells."""
    if issuer.body or not kind:
        return issuer
    above = authority_above(lines[:HEAD_LINES], left, where)
    return above if above.body else Issuer(issuer_said(text, kind, left, where) or _who_passed(text, kind, left, where))


def _dated_by_passing(dated: _Dated, text: str, kind: str | None) -> _Dated:
    """A law has the day on which it was passed."""
    if dated.date or not (passed := _passed(text, kind)):
        return dated
    return replace(dated, date=passed[0], date_span=dated.date_span or passed[1])


def _document_lines(text: str, words: Lexicon) -> list[Line]:
    """The lines of the document with what ran together set apart and what was broken healed, from the first that says anything."""
    broken = _LINE_BREAK.sub(lambda tag: "\n".ljust(len(tag.group())), text) if "<br" in text else text
    lines = split_lines(heal(broken, len(text) - len(text.lstrip())))
    first = next((n for n, line in enumerate(lines) if line.strip(" |*_#\t\r")), 0)
    return unfold(set_apart(lines[first:]) if RECIPIENTS_OPEN in text else lines[first:], words)


_LINE_BREAK = re.compile(r"<br\s?/?>")
"""What Markdown has for the end of a line within a table's cell."""
# Headings of 1945 to 2010 say all in one sentence: "NGHỊ ĐỊNH" / "CỦA CHÍNH PHỦ SỐ 03/2010/NĐ-CP NGÀY 13 THÁNG 01 NĂM 2010".
_SENTENCE = re.compile(
    r"(?P<of>CỦA\s.{3,80}?\s+)?SỐ\s*:?\s*(?P<code>[0-9]{1,5}\s?[-/]\s?\S+|[0-9]{1,4}(?=\s+NGÀY\s))\s+NGÀY\s+"
    rf"{day('[0-9]{1,2}', '[0-9]{1,2}')}\s*",
    re.IGNORECASE,
)
_ON_ITS_LINE = re.compile(
    rf"(?P<of>)SỐ\s*:?\s*(?P<code>[0-9]\S*)(?:\s+NGÀY\s+{day('[0-9]{1,2}', '[0-9]{1,2}')})?\s*", re.IGNORECASE
)
"""The same behind the type on its line, where the day may stand below: "SẮC LỆNH SỐ 51"."""
_ON = re.compile(r"(?<!\w)(?:về|thực\s+hiện|theo)\s", re.IGNORECASE)


def _in_one_sentence(code: OwnCode, dated: _Dated, typed: Typed) -> tuple[OwnCode, _Dated, Typed, str | None]:
    """Number, day and title of an old heading, whose first two stand within the words below the type; and who issued it."""
    words = typed.words
    match = (_ON_ITS_LINE if typed.numbered else _SENTENCE).match(words.text) if words.parts else None
    read = bare_code(match["code"]) or number_alone(match["code"], typed.name) if match else None
    if not match or not read or (code.symbol and (code.number, code.symbol) != (read.number, read.symbol)):
        return code, dated, typed, None
    if (match["of"] and _ON.search(match["of"])) or (typed.name and not of_type(read, typed.name)):
        return (
            code,
            dated,
            typed,
            None,
        )  # "KẾT LUẬN" / "của Tỉnh ủy về thực hiện Nghị quyết số …": another document's number
    at, signed = match.start("code"), iso_date(match) if match["y"] else None
    if not code.symbol:
        place = words.place(at + read.start, at + read.end)
        code = OwnCode(read.number, read.symbol or None, read.year, typed.line, place)
    if not dated.date and signed:
        dated = replace(dated, date=signed, date_span=words.place(match.start("d"), match.end("y")))
    return code, dated, replace(typed, words=words.without(0, match.end())), match["of"]


def _behalf_role(behalf: str | None) -> str | None:
    """ "T/M BỘ CHÍNH TRỊ" without an office: the organ is all that the signature says."""
    found = BodyFinder(None).find(behalf) if behalf else []
    return f"T/M {found[0].name}" if found and found[0].start == 0 else None


_PASSED = re.compile(
    rf"(?:{STATUTE}|Nghị\s+quyết)\s+này\s+(?:đã\s+)?được\s+(?P<by>[^.]{{3,200}}?\s)?thông\s+qua\s+(?:[^.]{{3,60}}?\s)??"
    rf"(?P<day>ngày\s+{ANY_DAY})"
)


def _passed(text: str, kind: str | None) -> tuple[str, Span] | None:
    """The day on which an assembly passed the document, which stands at its end: "… thông qua ngày 16 tháng 6 năm 2025"."""
    last = _passing(text, kind)
    day = DATE.search(last["day"]) if last else None
    written = iso_date(day) if day else None
    return (written, last.span("day")) if last and written else None


def _passing(text: str, kind: str | None) -> re.Match[str] | None:
    """The last sentence that tells of the document's passing."""
    if kind not in types_of("statute") | {"Nghị quyết"}:
        return None
    return max(_PASSED.finditer(text), key=lambda match: match.start(), default=None)


def _who_passed(text: str, kind: str, left: Sequence[str], where: Place | None) -> BodyMention | None:
    """The assembly that passed the document, where no line stands where a letterhead would."""
    passing = _passing(text, kind) if not left else None
    return BodyFinder(where).read(text, passing.start("by")) if passing and passing["by"] else None


_CONSOLIDATED = "VĂN BẢN HỢP NHẤT"


def _consolidated(
    text: str, lines: Sequence[Line], words: Lexicon, typed: Typed
) -> tuple[OwnCode, _Dated, Typed] | None:
    """Number, place and date, and type of a consolidated text (Pháp lệnh 01/2012/UBTVQH13, Điều 4): they stand below
    "XÁC THỰC VĂN BẢN HỢP NHẤT" at its end, its head has the type and title of what it consolidates, which are its title."""
    if _CONSOLIDATED not in text or not any(line.strip(" *_#").startswith(_CONSOLIDATED) for line in lines[:15]):
        return None
    at = next((n for n in range(len(lines) - 1, -1, -1) if f"XÁC THỰC {_CONSOLIDATED}" in lines[n]), None)
    if at is None:
        return None
    near = unfold(lines[max(0, at - 6) : at + 12], words)
    code = read_number(near, words)
    if not code.symbol:
        return None
    parts = typed.words.parts
    if typed.line is not None:
        line = lines[typed.line]
        parts = (line_at(line.strip(), line.span(line.strip())[0]), *parts)
    return code, _place_and_date(near), Typed("Văn bản hợp nhất", typed.line, typed.span, Words(parts))


def _untyped(lines: Sequence[Line], words: Lexicon, code: OwnCode, about: Words, *, headed: bool) -> str | None:
    """The type of a document with no line of its type: a letter, or a line that cannot be read (OCR: "KÉT LUẬN"), where the
    words before the number or the symbol name just one. A number alone is no heading."""
    head = lines[:HEAD_LINES]
    addressed = _ADDRESSED.search("\n".join(head)) is not None
    if code.symbol and not (about.parts and addressed):
        printed = lines[code.line].lower().partition("số")[0] if code.line is not None else ""
        if printed_type := words.types.get(" ".join(printed.strip(" *_#|").split())):
            return printed_type.name
        if headed and (kind := _by_symbol(code.symbol, words)):
            return kind
    letter = about.parts or addressed
    offices = headed or code.symbol or not any(map(_OF_A_PERSON.match, head))
    return OFFICIAL_LETTER if letter and offices else None


def _by_symbol(symbol: str, words: Lexicon) -> str | None:
    """The type that a symbol names alone, or that of the branch whose form it has: "QĐ-BYT" of the State, "QĐ/TW" of the Party."""
    head = re.split(r"[-/]", symbol.lower())[0]
    if named := words.type_of(head):
        return named.name
    return words.own_type(head, "state") if "-" in symbol and "/" not in symbol else None


_ADDRESSED = re.compile(one_of(tables.words("address")))
_OF_A_PERSON = re.compile(rf"[\s*_-]*{one_of(tables.words('speaks for oneself'))}(?:\s|:)")
"""How a citizen's letter begins, which is no office's: "Tôi là chủ hộ …"."""


def is_of_a_person(text: str) -> bool:
    """Is it a citizen's letter, who asks and gives nobody work?"""
    return any(map(_OF_A_PERSON.match, text[:_LETTER].split("\n")[:HEAD_LINES]))


_LETTER = 6000
"""Characters in which a letter says who writes it."""
_WORD = re.compile(r"\S+")


def _place_and_date(lines: Sequence[Line]) -> _Dated:
    about: _Dated | None = None
    for _, line in lines_with(DAY_BEHIND, lines[:HEAD_LINES]):
        match = find_place_date(line)
        if not match:
            continue
        words = list(_WORD.finditer(match["place"]))
        # The number may stand before it on the line ("Số: 3745/QĐ-UBND Tây Ninh, ngày …"), or what a letter is about.
        while len(words) > 1 and _of_number(words[0][0]) and not words[-1][0].isupper():
            words = words[1:]
        words = words[-len(name_behind(" ".join(word[0] for word in words)).split()) :]
        place = " ".join(word[0] for word in words)
        before = line[: match.start("place") + words[0].start()]
        if before[-1:] in ("/", "-"):
            continue  # "… căn cứ Hướng dẫn số 115-HD/BTGTW, ngày 08 tháng 01 năm 2020": a symbol's end
        if place.lower() in ("hôm nay", "nay") or place.startswith("tại ") or _AT.search(before):
            continue  # minutes and contracts begin so, and meetings are told of: "Hôm nay, ngày 05 tháng 3", "V/v họp tại Huế, ngày …"
        date = _day(match)
        at = line.start + match.start("place")
        day_span = line.start + match.start("day"), line.start + match.end("day")
        dated = _Dated(place, date, (at + words[0].start(), at + words[-1].end()), day_span, _month(match))
        if "V/v" not in line[: match.start("place")].rpartition("|")[2]:
            return dated
        about = about or dated  # what a letter is about may hold a day of its own; its own day stands elsewhere then
    return about or _Dated()


_AT = re.compile(r"(?<!tồn)(?<!hiện)(?:^|\s)tại\s$", re.IGNORECASE)


def _of_number(word: str) -> bool:
    """Is a word in capitals the end of a number, and not the beginning of a place's name ("TP. Huế", "A Lưới")?"""
    return word.isupper() and len(word) > 1 and word not in ("TP", "TP.")


def _day(match: re.Match[str]) -> str | None:
    if not (match["d"] and match["m"] and match["y"]):
        return None
    return iso_day(match["y"], _figures(match["m"]), _figures(match["d"]))


def _figures(printed: str) -> str:
    """A number in which OCR read a nought as an O."""
    return printed.upper().replace("O", "0")


def _month(match: re.Match[str]) -> str | None:
    """The month "2025-08" of a heading's day, which a pen's blank for the day leaves known."""
    month = int(_figures(match["m"])) if match["m"] else 0
    return f"{match['y']}-{month:02}" if len(match["y"] or "") == 4 and 1 <= month <= 12 else None
