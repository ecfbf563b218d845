"""Who decided, where a line around the title says so: the organ or meeting between type and title, the holder of an office below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chidao.extract.heading.issuer import Issuer
from chidao.extract.heading.issuing_organ import ITS_OFFICE
from chidao.extract.heading.lines import Line, Words, line_at
from chidao.extract.language.composing import one_of
from chidao.extract.language.jurisdictions import Place
from chidao.extract.language.letters import LOWER, UPPER
from chidao.extract.language.offices import HOLDER, office_called
from chidao.extract.language.organs import Organ, organs
from chidao.extract.language.patterns import FIRST_ARTICLE, GROUND, OFFICE_IN_CAPITALS, TITLE_OPENS
from chidao.extract.language.tables import words
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import BodyMention

_OF = re.compile(rf"(?P<of>CỦA)\s+[{UPPER}][{UPPER}\s,-]*[{UPPER}](?=\s+[{UPPER}]?[{LOWER}]|\s*$)")

_SUBJECT = re.compile(rf"\s+{one_of(word.upper() for word in words('opens a title'))}\s")
# "HỘI NGHỊ LẦN THỨ BA BAN CHẤP HÀNH TRUNG ƯƠNG ĐẢNG KHÓA XIV về …": which meeting decided stands between type and title.
_MEETING = re.compile(
    rf"HỘI\s+NGHỊ\s(?:[{UPPER}0-9(),-]+\s+)*?(?P<of>(?:BAN\s+CH[{UPPER}]P\s+HÀNH|BCH)\s(?:[{UPPER}0-9(),-]+\s+)*?)"
    rf"(?=[vV]ề\s|VỀ\s|[{LOWER}])"
)


def decided(title: str, words: Words, issuer: Issuer, where: Place | None) -> tuple[Issuer, str | None]:
    """Return issuer and title where a line between type and title says who decided or which meeting did."""
    finder = BodyFinder(where)
    if (
        title.startswith("CỦA ")
        and (bodies := _listed(finder.find(title), len("CỦA ")))
        and _SUBJECT.match(title, bodies[-1].end)
    ):
        end = bodies[-1].end
        body = replace(bodies[0], name=", ".join(b.name for b in bodies))
        issuer, title = Issuer(body, words.span(title[len("CỦA ") : end])), title[end:].strip()
    elif of := _OF.match(title):
        # "NGHỊ QUYẾT" / "CỦA BỘ CHÍNH TRỊ" / "về …": the organ within the committee whose name stands above.
        printed = of.group()[of.end("of") :].strip()
        if bodies := finder.find(printed):
            if not (issuer.body and _is_organ_of(issuer.body, bodies[0])):
                issuer = Issuer(bodies[0], words.span(printed))
            title = title[of.end() :].strip()
        elif issuer.body and (held := HOLDER.match(printed)) and _is_named(issuer.body, printed[held.end() :]):
            # "CỦA BỘ TRƯỞNG BỘ THƯƠNG MẠI": who heads the body that stands above
            body = replace(issuer.body, name=f"{office_called(held.group())} {issuer.body.name}")
            issuer, title = Issuer(body, issuer.span), title[of.end() :].strip()
    elif title.startswith("của "):
        issuer, title = _of_the_committee(title, len("của "), issuer, finder)
    if meeting := _MEETING.match(title):
        if not issuer.body and (bodies := finder.find(meeting["of"])):
            issuer = Issuer(bodies[0], words.span(meeting["of"].strip()))
        title = title[meeting.end() :]
    return issuer, title or None


def _is_organ_of(body: BodyMention, whole: BodyMention) -> bool:
    """ "BAN CHẤP HÀNH TỈNH" of the union above, and "CHƯƠNG TRÌNH / CỦA ĐOÀN THANH NIÊN …": is it the organ that decides for the whole?"""
    return (
        bool(body.key and whole.key)
        and body.scope == whole.scope
        and body.name != whole.name
        and (body.key == whole.key or body.key.endswith(f"-{whole.key.rpartition('/')[2]}"))
    )


_ABOUT = re.compile(rf"\s+(?={TITLE_OPENS}\s)", re.IGNORECASE)


def _of_the_committee(title: str, at: int, issuer: Issuer, finder: BodyFinder) -> tuple[Issuer, str]:
    """ "CHỈ THỊ" / "của Ban Thường vụ Thành ủy" / "về …": the issuer, or its organ that decided, and the title behind."""
    named = next((body for body in finder.find(title) if body.start == at), None)
    about = _ABOUT.match(title, named.end) if named else None
    if named is None or about is None or issuer.body is None or issuer.body.scope != named.scope:
        return issuer, title
    organ = any(
        named.name.startswith(f"{organ.name} ") and _has_organ(issuer.body, organ) for organ in organs().values()
    )
    return (Issuer(named, issuer.span) if organ else issuer), title[about.end() :]


def _has_organ(body: BodyMention, organ: Organ) -> bool:
    """Is the organ one of this committee's, and the body no office of it ("Văn phòng Tỉnh ủy")?"""
    tail = body.key.rpartition("/")[2] if body.key else ""
    return tail in (organ.committee, organ.slug) if organ.committee else ITS_OFFICE.match(body.name.upper()) is None


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


def authority_above(lines: Sequence[Line], left: Sequence[str], where: Place | None) -> Issuer:
    """Return the body whose whole name, in capitals, stands right above the grounds, where the letterhead says what kind of body it is and
    no more: "HỘI ĐỒNG NHÂN DÂN TỈNH MẪU" / "KHÓA X - KỲ HỌP THỨ NHẤT" below "HỘI ĐỒNG NHÂN DÂN"."""
    above: list[Line] = []
    session = False
    for line in lines:
        bare = line.strip(" *_|#")
        if _GROUNDS.match(bare):
            break
        session = session or SESSION.match(bare) is not None
        if bare and not SESSION.match(bare):
            above = [*above[-1:], line]
    for printed in (above[-1:], above):
        named = Words(tuple(line_at(bare, line.span(bare)[0]) for line in printed if (bare := line.strip(" *_|#"))))
        kinds = (kind for kind in left if len(kind) < len(named.text) and named.text.startswith(f"{kind} "))
        begun = session or next(kinds, None) is not None
        body = BodyFinder(where).read(named.text, 0) if begun and named.text.isupper() else None
        if body and body.end == len(named.text) and body.scope and not body.scope.startswith("unknown"):
            return Issuer(body, named.span(named.text))
    return Issuer()


def _is_named(body: BodyMention, printed: str) -> bool:
    """Is it the body that is printed in capitals: "BỆNH VIỆN ĐA KHOA II", which no table has?"""
    said = " ".join(printed.split())
    name = body.name.upper()
    return len(said) > 8 and name.startswith(said) and not name[len(said) : len(said) + 1].isalnum()


_WIRES = re.compile(r"\s(?:điện|yêu\s+cầu)\s*:?$", re.IGNORECASE)
"""Of "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH X điện:", above whom a telegram goes to."""
SESSION = re.compile(r"KH(?:ÓA|OÁ)\s+[IVXLC0-9]+\s*(?:[,–-]\s*)?KỲ\s+HỌP\s", re.IGNORECASE)
"""At which session a council decides, which stands under its name: "KHÓA VIII, KỲ HỌP THỨ 34"."""
_GROUNDS = re.compile(rf"(?:-\s*)?(?:{GROUND}|{FIRST_ARTICLE}|Thực\s+hiện)", re.IGNORECASE)
