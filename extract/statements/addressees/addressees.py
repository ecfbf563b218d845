"""Whom a text addresses: a list of bodies, persons by office, and groups ("các sở, ban, ngành", "UBND các xã, phường").

A body that the tables know has its canonical name; any other is kept as printed, and so is a group. The holder of an office is named by
the office and the body's canonical name ("Giám đốc Sở Y tế tỉnh Lào Cai") and has the body's key.
"""

from __future__ import annotations

import re

from chidao.extract.language.composing import one_of
from chidao.extract.language.jurisdictions import unit_called
from chidao.extract.language.letters import LETTER, UPPER
from chidao.extract.language.patterns import AGENCY, CHARGED, COMMITTEE, COMRADE, LEADS, SPOKEN_OF, UNIT
from chidao.extract.language.tables import abbreviations, words
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import Addressee
from chidao.extract.statements.addressees.bodies import (
    PLURAL,
    read_body,
    read_by_word,
    read_each,
    read_group,
    read_unknown,
)
from chidao.extract.statements.addressees.name_ends import (
    ASIDE,
    JOINT,
    LONGEST,
    OF_FIELDS,
    POLICE,
    PROPER,
    WORK_BEHIND,
    Reader,
    goes_on,
    name_end,
    plain,
)
from chidao.extract.statements.addressees.places import (
    read_committees,
    read_communes,
    read_level,
    read_of_provinces,
    read_provinces,
    read_units,
)
from chidao.extract.statements.addressees.words import (
    HEAD,
    LEVEL,
    MANY,
    OFFICE,
    OFFICES,
    TELLING,
    Ways,
    are_members,
    kind_of,
    split_office,
    ways_of,
)
from chidao.extract.statements.predicates import IN_CHARGE, find_work, starts_work

_HONORIFIC = re.compile(
    rf"(?:mời\s+)?(?P<many>các\s+)?(?:ông\s*\(bà\)|ông\s*[,và/]{{1,2}}\s*bà|{SPOKEN_OF}|{one_of(words('rank'))})"
    r"(?![a-zà-ỹđ])(?:\s*:)?\s+(?:là\s+)?",
    re.IGNORECASE,
)
_BY_NAME = re.compile(rf"(?P<name>{PROPER}(?:\s+{PROPER}){{0,4}})\s*(?:,|[-–]|(?P<bracket>\())\s*(?:là\s+)?")
_NAME_ALONE = re.compile(rf"\s*(?P<name>{PROPER}(?:\s+{PROPER}){{1,4}})(?:(?P<colon>\s*:)|(?![{LETTER}]))")
"""Of "Ông Nguyễn Văn A: chủ trì …"."""
_GIVEN = re.compile(rf"(?<=\s){PROPER}(?![{LETTER}]|\s+{PROPER})")


_ALSO = re.compile(r"\s*[,–-]\s*(?:kiêm\s+)?")
"""Between two offices of one person: "Phó Bí thư Đảng ủy, Chủ tịch UBND xã"."""

_MOST = 300
"""Addressees of one list; all that stands below a heading is theirs, each time anew."""


def may_be_named(text: str, at: int) -> bool:
    """May an addressee be named at text[at:]? Its first letters tell for most places that none is."""
    ways = ways_of(text[at : at + TELLING])
    return ways.named or ways.honoured or _BY_NAME.match(text, at) is not None


def read_addressees(
    text: str, start: int, finder: BodyFinder, stop: int | None = None, *, heading: bool = False, small: bool = True
) -> tuple[tuple[Addressee, ...], int]:
    """Return the addressees listed from `start` on, and where the list ends (`start` when there is none), in characters of `text`.

    The list stops before what is no addressee, so that the rest of the sentence is what they must do. `heading` says that the text up to
    `stop` is a line of its own, which may end with a name that no table knows.
    """
    ways = ways_of(text[start : start + TELLING])
    if not (ways.named or ways.honoured or _BY_NAME.match(text, start)):
        return (), start
    reader = Reader(text, finder, len(text) if stop is None else stop, heading, small)
    found: list[Addressee] = []
    at = end = start
    while at < reader.limit:
        got = _one(reader, at, ways if at == start else None)
        if got is None:
            break
        found += got[0]
        end = got[1]
        if (aside := ASIDE.match(text, end, reader.limit)) and not aside["aside"].isdigit():
            end = aside.end()
            if found[-1].key is None and (named := _in_brackets(reader, found[-1].name, aside)):
                found[-1] = _explained(found[-1], named[0])
        if said := _SAID_OF.match(text, end, reader.limit):
            found[-1], end = _with_which(reader, at, said, found[-1])
        joint = JOINT.match(text, end, reader.limit)
        if joint is None or (
            starts_work(text, joint.end(), reader.limit) and not HEAD.match(text, joint.end(), reader.limit)
        ):
            break
        at = joint.end()
        reader = reader if reader.small else reader._replace(small=True)
    if not found:
        return (), start
    return tuple(dict.fromkeys(found) if len(found) > 1 else found)[:_MOST], _others(reader, end)


def _explained(printed: Addressee, aside: Addressee) -> Addressee:
    """ "Nhà đầu tư (Tập đoàn A)" is who stands in brackets, "Phòng Tuyên truyền (Ban Tuyên giáo Tỉnh ủy)" a part of it."""
    part = aside.key is not None and OF_FIELDS.match(printed.name) and not printed.name.startswith("Ban ")
    return Addressee(f"{printed.name} {aside.name}") if part else aside


_LIKES = rf"(?:{AGENCY}|tổ\s+chức|cá\s+nhân)"
_OTHERS = re.compile(
    rf"\s*(?:,|và|,\s*và)\s+(?:các\s+)?{_LIKES}(?:(?:\s*,\s*|\s+và\s+){_LIKES}){{0,4}}\s+(?:có\s+)?liên\s+quan(?![a-zà-ỹđ])"
)


def _others(r: Reader, end: int) -> int:
    """Where what is added to a list ends: "… và tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành"."""
    others = _OTHERS.match(r.text, end, r.limit)
    return others.end() if others and starts_work(r.text, others.end(), r.limit) else end


_SAID_OF = re.compile(
    rf"\s*[-–,]\s*(?i:(?:là\s+)?{AGENCY}\s+thường\s+trực)(?=\s)|\s+được\s+(?:phân\s+công|giao)\s+(?:(?:{CHARGED}|theo\s+dõi|giúp\s+đỡ)\s|"
    rf"(?P<leads>nhiệm\s+vụ\s+{LEADS}|{LEADS}\s+(?:các\s+)?(?:nhiệm\s+vụ|nội\s+dung|công\s+việc))(?=\s))"
)
"""Behind a group the last tells which are meant, and no work of theirs yet: "Các đơn vị được giao chủ trì nhiệm vụ xây dựng kế hoạch"."""


def _with_which(r: Reader, at: int, said: re.Match[str], last: Addressee) -> tuple[Addressee, int]:
    """Return the last who is named, from `at` on, with what is said to tell which of a group are meant, and where that ends."""
    if said["leads"] is None:
        return last, _said_of(r, said)
    if MANY.match(r.text, at, said.start()) is None:
        return last, said.start()
    stop = _said_of(r, said)
    return Addressee(plain(r.text[at:stop])), stop


def _said_of(r: Reader, said: re.Match[str]) -> int:
    """Where what a name is said to be ends, or what tells which of them are meant: "Sở X - Cơ quan thường trực Ban Chỉ huy Y chỉ đạo …",
    "Các Ủy viên Ban Thường vụ được phân công phụ trách địa bàn kiểm tra …"."""
    behind = said.end()
    work = find_work(r.text, behind, min(r.limit, behind + LONGEST))
    return said.start() if work < 0 else behind + len(r.text[behind:work].rstrip())


_COMMITTEE_ALONE = ("Đảng ủy", "Đảng bộ", "Chi ủy", "Chi bộ")
"""Of "Đảng ủy (Ban Chấp hành Đảng bộ xã)", which says the same again."""


def _in_brackets(r: Reader, printed: str, aside: re.Match[str]) -> tuple[Addressee, int] | None:
    """The body in brackets behind a printed name that no table knows, unless that is an office, a person or a committee's by itself."""
    if split_office(printed)[0] or _HONORIFIC.match(printed) or printed in _COMMITTEE_ALONE:
        return None
    return read_body(r, aside.start("aside")) or _whole(r, aside)


def _whole(r: Reader, aside: re.Match[str]) -> tuple[Addressee, int] | None:
    """A body that no table knows, when it is all that stands in brackets."""
    head = HEAD.match(r.text, aside.start("aside"), aside.end("aside"))
    if head is None or kind_of(head) not in ("body", "unit") or not r.text[aside.start("aside")].isupper():
        return None
    if "," in aside["aside"]:
        return None  # "Các ngân hàng (A, B, C)": some of them
    inner = Reader(r.text, r.finder, aside.end("aside"), True, False)
    got = read_unknown(inner, aside.start("aside"), head)
    return (got[0][0], got[1]) if got and got[1] == aside.end("aside") else None


def _one(r: Reader, at: int, ways: Ways | None = None) -> tuple[list[Addressee], int] | None:
    """The addressees that one member of the list names, and where it ends; `ways` are those at `at`, where they are known."""
    ways = ways or ways_of(r.text[at : at + TELLING])
    if ways.honoured and (honorific := _HONORIFIC.match(r.text, at, r.limit)):
        person = _person(r, at, honorific)
        if person or not honorific["many"]:
            return person
    if not ways.named:
        return _office_holder(r, at, names=2)
    head = HEAD.match(r.text, at, r.limit)
    if (head is None or head["head"] == "Đoàn") and (person := _office_holder(r, at, names=2)):
        return person  # Đoàn is a family's name too
    short = head is not None and r.text.find("(", head.end(), min(r.limit, head.end() + _REACH)) >= 0
    if named := POLICE.match(r.text, at, r.limit) or (_SHORTENED.match(r.text, at, r.limit) if short else None):
        return [Addressee(plain(named["name"]))], named.end()
    return _listed_one(r, at, head, ways)


def _listed_one(r: Reader, at: int, head: re.Match[str] | None, ways: Ways) -> tuple[list[Addressee], int] | None:
    """The bodies, offices or group that are named at `at`; `head` is the word with which a body's name begins there."""
    if several := _several(r, at, ways):
        return several
    if ways.level and (level := LEVEL.match(r.text, at, r.limit)):
        return read_level(r, level)
    if ways.many and (holders := _HOLDERS.match(r.text, at, r.limit)):
        return _each_head(r, holders)
    if ways.province and (provinces := read_provinces(r, at)):
        return provinces
    if ways.known and (body := read_body(r, at)):
        return [body[0]], body[1]
    if head is not None and kind_of(head) == "none":
        return None
    if ways.office and (office := OFFICE.match(r.text, at, r.limit)):
        return _held(r, at, office)
    if ways.many and (many := MANY.match(r.text, at, r.limit)):
        deputies = r.text[many.end() : many.end() + 4].lower() == "phó " and OFFICE.match(r.text, many.end(), r.limit)
        return _held(r, at, deputies) if deputies else read_group(r, at, many.end())
    return read_by_word(r, at, head)


def _several(r: Reader, at: int, ways: Ways) -> tuple[list[Addressee], int] | None:
    """What the same body of several places is, each named."""
    if "ủy:" in r.text[at : at + LONGEST] and (committees := read_committees(r, at)):
        return committees
    if ways.level and (communes := read_communes(r, at)):
        return communes
    if ways.known and (provinces := read_of_provinces(r, at)):
        return provinces
    return read_units(r, at) if ways.level else None


_SHORTENED = re.compile(
    rf"(?P<name>(?P<kind>Phòng|Ban|Trung\s+tâm|Chi\s+cục|Cục|Vụ|Viện|Tổ|Đội)\s+[{UPPER}](?:[^\n();:.,]|,\s+(?![{UPPER}])){{3,140}}?)"
    rf"(?<!\s)\s*\((?P=kind)\s+[{UPPER}]{{2}}[{UPPER}0-9&-]{{0,10}}\)"
)
"""Of "Phòng Quản lý, hỗ trợ cá nhân và thu khác (Phòng CNTK)", whose short form tells that all before it is one name."""
_REACH = 300
"""Behind the head of such a name its bracket opens within so many characters."""


def _person(r: Reader, at: int, honorific: re.Match[str]) -> tuple[list[Addressee], int] | None:
    """Who is spoken of with honour: "đồng chí Nguyễn Văn A, Phó Chủ tịch UBND xã" is whoever holds the office."""
    if person := _persons(r, honorific.end()) if honorific["many"] else _office_holder(r, honorific.end()):
        return person
    named = _NAME_ALONE.match(r.text, honorific.end(), r.limit)
    if named and (named["colon"] or _has_work(r, named.end("name"))):
        return [Addressee(plain(named["name"]))], named.end("name")
    if (given := _given_name(r, honorific)) is not None:
        return [Addressee(plain(r.text[at:given]).removeprefix("mời "))], given
    got = _one(r, honorific.end())
    # "Các ông (bà) Chánh Văn phòng, Trưởng phòng Tổ chức": in such a list each office has one holder
    office = "bà" in honorific.group() and OFFICE.match(r.text, honorific.end(), r.limit) is not None
    each = got is not None and r.text[honorific.end()].isupper() and (office or all(a.key for a in got[0]))
    return _honoured(r, at, got) if got and honorific["many"] and not each else got


def _given_name(r: Reader, honorific: re.Match[str]) -> int | None:
    """Where "đồng chí Hùng" ends, whom all who read it know by the one name: behind it stands what is to be done, a colon, or in brackets
    what the person is."""
    name = _GIVEN.match(r.text, honorific.end(), r.limit) if honorific["many"] is None else None
    if name is None or any(known.match(r.text, name.start(), r.limit) for known in (OFFICE, HEAD)):
        return None
    aside = ASIDE.match(r.text, name.end(), r.limit)
    behind = aside.end() if aside else name.end()
    return name.end() if r.text.startswith(":", behind) or _has_work(r, behind) else None


def _has_work(r: Reader, at: int) -> bool:
    """Does it go on with what a person has to do, or behind a comma with another person?"""
    joint = JOINT.match(r.text, at, r.limit)
    another = joint is not None and _HONORIFIC.match(r.text, joint.end(), r.limit) is not None
    return another or starts_work(r.text, at, r.limit) or IN_CHARGE.match(r.text, at, r.limit) is not None


def _office_holder(r: Reader, at: int, names: int = 1) -> tuple[list[Addressee], int] | None:
    """Who is named with an office or several ("Trần Thị B - Phó Bí thư Đảng ủy, Chủ tịch UBND xã"): the holder of each. To be a member of
    something says no more where there is another."""
    person = _BY_NAME.match(r.text, at, r.limit) if r.text[at : at + 1].isupper() else None
    if person is None or OFFICE.match(r.text, person.end(), r.limit) is None:
        return None
    if len(person["name"].split()) < names:
        return None
    closed = r.text.find(")", person.end(), r.limit) if person["bracket"] else -1
    inner = r._replace(limit=closed if closed > 0 else _before_charge(r, person.end()))
    found: list[Addressee] = []
    end, office = person.end(), person.end()
    while office >= 0 and (got := _one(inner, office) or _bare_office(inner, office)):
        found, end = [*found, *got[0]], got[1]
        also = _ALSO.match(r.text, end, inner.limit)
        office = also.end() if also and OFFICE.match(r.text, also.end(), inner.limit) else -1
    kept = [a for a in found if not are_members(a.name)] or found
    return (kept, closed + 1 if closed > 0 else end) if found else None


def _before_charge(r: Reader, at: int) -> int:
    """Where "phụ trách …" begins which says what a person has to do, and is no part of the office ("… phụ trách kinh tế chỉ đạo …")."""
    charge = IN_CHARGE.search(r.text, at, min(r.limit, at + LONGEST))
    if charge is None:
        return r.limit
    stops = (r.text.find(mark, charge.end(), r.limit) for mark in ".;:")
    stop = min((at for at in stops if at >= 0), default=r.limit)
    if find_work(r.text, at, min(stop, charge.end() + LONGEST)) >= 0:
        return r.limit
    return charge.start()


def _persons(r: Reader, at: int) -> tuple[list[Addressee], int] | None:
    """ "các đồng chí: Nguyễn Văn A (Phó Bí thư), Trần Thị B": who each of them is, by the office or by the name alone."""
    found: list[Addressee] = []
    end = at
    while holder := _office_holder(r, at):
        found += holder[0]
        end = holder[1]
        joint = JOINT.match(r.text, end, r.limit)
        if joint is None:
            break
        at = joint.end()
    return (found, end) if found else None


def _bare_office(r: Reader, at: int) -> tuple[list[Addressee], int] | None:
    """ "Ông Nguyễn Văn A - Phó Chủ tịch: …", "Nguyễn Văn A (Phó Chủ tịch)": an office of whoever's paper it is."""
    office = OFFICE.match(r.text, at, r.limit)
    end = at + len(office.group().rstrip()) if office else r.limit
    alone = office is not None and (end >= r.limit or r.text.startswith(":", end))
    return ([Addressee(plain(r.text[at:end]))], end) if alone else None


def _honoured(r: Reader, at: int, got: tuple[list[Addressee], int]) -> tuple[list[Addressee], int]:
    """ "các đồng chí bí thư, chủ tịch UBND tỉnh, thành phố" are one group, as printed, over all offices that it lists."""
    named, end = got
    while (joint := JOINT.match(r.text, end, r.limit)) and OFFICE.match(r.text, joint.end(), r.limit):
        more = _one(r, joint.end())
        if more is None:
            break
        named, end = [*named, *more[0]], more[1]
    return [Addressee(plain(r.text[at:end]))], end


# "Chánh Văn phòng UBND tỉnh" heads that office, and not the committee whose it is; so does "Trưởng Ban Tuyên giáo Tỉnh ủy".
_WITHIN_OFFICE = re.compile(
    r"(?<=hánh\s)(?:Văn\s+phòng|Thanh\s+tra)(?=\s)|(?<=ổng\s)Thanh\s+tra(?=\s)|(?<=rưởng\s)Ban(?=\s)", re.IGNORECASE
)


def _held(r: Reader, at: int, office: re.Match[str]) -> tuple[list[Addressee], int] | None:
    """The holder of an office: of a known body, of a group ("Giám đốc các Sở"), of one that is kept as printed."""
    if starts_work(r.text, at, office.end("head")) and starts_work(r.text, office.end("head"), r.limit):
        return None  # "Lãnh đạo, chỉ đạo rà soát …"
    if inner_word := _WITHIN_OFFICE.search(r.text, at, office.end()):
        begin = inner_word.start()
        own = _before_a_person(r, begin)
        body = (own[0][0], own[1]) if own else read_body(r, begin)
        if body:
            return _with_person(r, plain(r.text[at:begin]), *body)
    whose = None
    if office.end() < r.limit and r.text[office.end() - 1].isspace():
        whose = _before_a_person(r, office.end()) or _one(r if r.small else r._replace(small=True), office.end())
    if whose is None:
        return _office_alone(r, at, office)
    title, (inner, end) = plain(r.text[at : office.end()]).removesuffix(" của"), whose
    title = abbreviations().get(title, title)
    if len(inner) == 1 and inner[0].key:
        return _with_person(r, title, inner[0], end)
    plural = PLURAL.match(r.text, office.end(), r.limit)  # "Bộ trưởng các Bộ: Quốc phòng, Công an"
    if (plural and plural["colon"]) or (len(inner) > 1 and all(a.key for a in inner)):
        return [Addressee(f"{title} {a.name}", a.key) for a in inner], end
    printed = plain(r.text[at:end])
    short = printed.partition(" ")[0]
    return [Addressee(f"{abbreviations().get(short, short)}{printed.removeprefix(short)}")], end


def _with_person(r: Reader, title: str, body: Addressee, end: int) -> tuple[list[Addressee], int]:
    """Whoever holds an office of a body whose name ends at `end`, with the person's name where that follows."""
    name = f"{title} {body.name}"
    if person := _NAME_ALONE.match(r.text, end, r.limit):
        name, end = f"{name} {plain(person['name'])}", person.end("name")
    return [Addressee(name, body.key)], end


_OF_A_NAME = re.compile(
    rf"\s(?P<unit>{UNIT}|{COMMITTEE})\s+(?P<name>{one_of(words('family name'))}(?:\s+{PROPER}){{2,3}})(?![{LETTER}])"
)


def _before_a_person(r: Reader, at: int) -> tuple[list[Addressee], int] | None:
    """ "Phó Chủ tịch UBND xã Lê Thanh Bình", "Phó Bí thư Tỉnh ủy Trần Thị Bình" in a paper of that commune, of that province: the name is
    who holds the office, and no other place's. The body that stands at `at`, and where it ends."""
    named = _OF_A_NAME.search(r.text, at - 1, min(r.limit, at + LONGEST))
    if named is None or any(mark in r.text[at : named.start()] for mark in ".;:"):
        return None
    unit = unit_called(named["unit"])
    place = next((p for p in (r.finder.places.home, r.finder.places.top) if p and p.unit == unit), None)
    if place is None or named["name"] == place.name:
        return None
    stop = named.end("unit")
    own = r.finder.read(r.text[at:stop], 0)
    return ([Addressee(own.name, own.key)], stop) if own and at + own.end == stop else None


def _each_head(r: Reader, holders: re.Match[str]) -> tuple[list[Addressee], int] | None:
    """ "Các Bộ trưởng: Bộ Công Thương, Bộ Xây dựng", "Các Giám đốc Sở: Y tế, Tài chính": the head of each body that is listed."""
    head = holders["head"].capitalize()
    unit = holders["unit"] or ("Bộ" if head == "Bộ trưởng" else "")
    each = read_each(r, unit.capitalize(), holders.end())
    if each is None or not (unit or all(a.key for a in each[0])):
        return None
    return [Addressee(f"{head} {a.name}", a.key) for a in each[0]], each[1]


_HOLDERS = re.compile(
    rf"các\s+(?:{COMRADE}\s+)?(?P<head>{OFFICES})(?:\s+(?P<unit>bộ|sở))?\s*:\s*(?=[{UPPER}])", re.IGNORECASE
)


def _office_alone(r: Reader, at: int, office: re.Match[str]) -> tuple[list[Addressee], int] | None:
    """An office whose body no table knows ("Trưởng thôn Nà Lạn"), or which stands for itself ("Kế toán trưởng lập …")."""
    if starts_work(r.text, at, office.end("head")):
        return None  # "Lãnh đạo việc biên soạn …"
    end = name_end(r, office.end("head"))
    joint = JOINT.match(r.text, end, r.limit)
    listed = joint is not None and HEAD.match(r.text, joint.end(), r.limit) is not None
    if end == office.end("head") and not (r.heading or listed or goes_on(r, end)):
        return None
    return [Addressee(plain(r.text[at:end]))], end


def tells_of_a_person(text: str, at: int, end: int) -> bool:
    """Is text[at:end] a person, spoken of with honour, of whom what follows tells ("Đ/c Trần Thị B: …", "… phụ trách …"), or who is
    named so with such a person ("Tổ Văn phòng (cô Hoa): …")?"""
    opens = text.rfind("(", at, end) if text.endswith(")", at, end) else -1
    if opens >= 0 and WORK_BEHIND.match(text, end) and _NAMED_PERSON.match(text, opens + 1, end):
        return True
    told = text.startswith(":", end) or IN_CHARGE.match(text, end) is not None
    return told and _HONORIFIC.match(text, at) is not None


_NAMED_PERSON = re.compile(rf"(?<![{LETTER}])(?i:{SPOKEN_OF})\s+{PROPER}")


def names_person(text: str, at: int, end: int) -> bool:
    """Is somebody called by name in text[at:end] ("Giao đ/c Hạnh (công chức Văn hóa)")?"""
    return _NAMED_PERSON.search(text, at, end) is not None
