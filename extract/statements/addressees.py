"""Whom a text addresses: a list of bodies, persons by office, and groups ("các sở, ban, ngành", "UBND các xã, phường").

A body that the tables know has its canonical name; any other is kept as printed, and so is a group. The holder of an office is named by
the office and the body's canonical name ("Giám đốc Sở Y tế tỉnh Lào Cai") and has the body's key.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from chidao.extract.language.jurisdictions import find_province
from chidao.extract.language.letters import LETTER, UPPER, early_tones, late_tones
from chidao.extract.language.patterns import AND, UNIT, one_of, words
from chidao.extract.language.tables import abbreviations, key, kinds
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.body_heads import head_at, heads
from chidao.extract.model import Addressee
from chidao.extract.statements.predicates import find_duty, find_work, name_goes_on, starts_work
from chidao.ontology.authority import units

# Offices that also sign are in tables/words.csv, and kinds of administrative units in the ontology.
_KINDS = {
    **dict.fromkeys((unit.name for unit in units()), "group"),
    **dict.fromkeys(words("office"), "office"),
    **kinds("addressees.csv"),
}
_HEADS = {key(head): kind for head, kind in _KINDS.items()}
_HEAD = one_of(_KINDS)
_ANY = re.compile(rf"(?P<head>{_HEAD})(?![{LETTER}])", re.IGNORECASE)
_OFFICES = one_of(head for head, kind in _KINDS.items() if kind == "office")
_OFFICE = re.compile(
    rf"(?:(?:Phó|Quyền|Nguyên)\s+)?(?P<head>{_OFFICES})(?![{LETTER}])(?:\s*,?\s*Phó\s+(?:{_OFFICES})|(?<=Phó\sBí\sthư)\s*,\s*Chủ\s+tịch(?=\s+[{UPPER}]))?"
    r"(?:\s+(?:thường\s+trực|phụ\s+trách|chuyên\s+trách))?\s*(?:của\s+)?",
    re.IGNORECASE,
)
_HONORIFIC = re.compile(
    r"(?:mời\s+)?(?P<many>các\s+)?(?:đồng\s+chí|đ/c|ông\s*\(bà\)|ông|bà|(?:đại|thượng|trung|thiếu)\s+(?:tướng|tá|úy))(?![a-zà-ỹđ])(?:\s*:)?\s+(?:là\s+)?",
    re.IGNORECASE,
)
_MANY = re.compile(r"(?:tất\s+cả\s+)?(?:các|những|từng|mỗi|mọi|toàn\s+thể|toàn\s+bộ|tất\s+cả)\s+", re.IGNORECASE)
# "UBND các xã, phường", "Ủy ban nhân dân cấp xã", "Công an các đơn vị, địa phương", "Ủy ban nhân dân xã, phường"
_AT_EACH_LEVEL = (*words("at each level"), *words("union at each level"))
_BODIES = one_of(_AT_EACH_LEVEL)
_COMMITTEE = one_of(("tỉnh ủy", "thành ủy", "huyện ủy", "thị ủy"))
_UNITS = rf"(?:{_COMMITTEE}|{UNIT}|đơn\s+vị|địa\s+phương|cấp|cơ\s+quan)"
_LEVEL = re.compile(
    rf"{_BODIES}(?:\s*,\s*{_BODIES}|\s+(?:và\s+)?{_BODIES})?\s+(?:(?:các|cấp|những|từng)\s+(?:đảng\s+ủy\s+)?(?:tỉnh,\s*thành\s+phố|{_UNITS})|"
    rf"(?:xã|tỉnh)(?=\s*,\s*(?:phường|thành))|các\s+cấp|địa\s+phương)(?![{LETTER}])"
    rf"(?:(?:\s*,\s*|\s+và\s+)(?:cấp\s+)?{_UNITS}(?![{LETTER}]))*",
    re.IGNORECASE,
)
_PROPER = rf"[{UPPER}][{LETTER}’'-]*"
_NAMES = re.compile(
    rf"(?P<colon>\s*:)?\s+(?P<names>{_PROPER}(?:[\s-]+{_PROPER}){{0,4}}(?:\s*(?:,|và)\s+(?:{_PROPER})(?:[\s-]+{_PROPER}){{0,4}})*)"
)
_BY_NAME = re.compile(rf"(?P<name>{_PROPER}(?:\s+{_PROPER}){{0,4}})\s*(?:,|[-–]|(?P<bracket>\())\s*(?:là\s+)?")
_NAME_ALONE = re.compile(rf"(?P<name>{_PROPER}(?:\s+{_PROPER}){{1,4}})(?:(?P<colon>\s*:)|\s)")
"""Of "Ông Nguyễn Văn A: chủ trì …"."""
_IN_CHARGE_OF = re.compile(r"\s+phụ\s+trách\s")
_OF_A_PERSON = re.compile(r":|\s+phụ\s+trách\s")
_ALSO = re.compile(r"\s*[,–-]\s*(?:kiêm\s+)?")
"""Between two offices of one person: "Phó Bí thư Đảng ủy, Chủ tịch UBND xã"."""
_PERSON = re.compile(rf"\s+(?P<name>{_PROPER}(?:\s+{_PROPER}){{1,3}})(?![{LETTER}])")
_ASIDE = re.compile(r"\s*\((?P<aside>[^()\n]{2,160})\)")
_JOINT = re.compile(r"\s*(?:[,;]|\s(?:và|cùng(?:\s+với)?|hoặc)(?=\s))\s*(?:(?:và|cùng)\s+)?", re.IGNORECASE)
_WORD = re.compile(rf"[{LETTER}0-9&./’'-]*[{LETTER}0-9]")
# What goes on with any name: "các tổ chức chính trị - xã hội", "các tỉnh, thành phố nêu trên".
_SAID = re.compile(
    r"\s+(?:chính\s+trị\s*[-–]\s*xã\s+hội|(?:nêu|nói)\s+trên|dưới\s+đây|có\s+tên(?:\s+(?:nêu\s+)?(?:trên|tại\s+(?:Điều|khoản|điểm)\s+[0-9a-zđ]{1,3}))?)"
    r"(?![A-Za-zÀ-ỹ])"
)
_GAP = re.compile(rf"\s+[-–]\s+(?=[{UPPER}])|\s*")
_SPLIT = re.compile(AND)
# Where a name ends: closing marks, and words that begin what is said of it.
_STOP = re.compile(
    r"\s*(?:[.;:()|\n“”\"!?…]|[-–]\s(?![A-ZĐ])|$)|"
    r"\s+(?:đã|sẽ|(?<!hàng )không|chưa|để|nhằm|tại|trên(?!\s+địa\s+bàn)|trong|nơi|do|(?<!nhà nước )về|khi|nếu|vì|từ|đến|mỗi|trước|sau|"
    rf"như|mà|thì|với|theo|căn\s+cứ|ngay|đối\s+với)(?![{LETTER}])",
)
_LONGEST = 200
"""Longer than any body's name, in characters."""
_MOST_WORDS = 18
_MOST = 300
"""Addressees of one list; all that stands below a heading is theirs, each time anew."""


class _Reader(NamedTuple):
    """What one reading of a list goes by; `limit` is where the text that may be read ends."""

    text: str
    finder: BodyFinder
    limit: int
    heading: bool
    small: bool
    """A group may begin with a small letter and no "các" ("phối hợp với sở, ban, ngành")."""


def read_addressees(
    text: str, start: int, finder: BodyFinder, stop: int | None = None, *, heading: bool = False, small: bool = True
) -> tuple[tuple[Addressee, ...], int]:
    """Return the addressees listed from `start` on, and where the list ends (`start` when there is none), in characters of `text`.

    The list stops before what is no addressee, so that the rest of the sentence is what they must do. `heading` says that the text up to
    `stop` is a line of its own, which may end with a name that no table knows.
    """
    reader = _Reader(text, finder, len(text) if stop is None else stop, heading, small)
    found: list[Addressee] = []
    at = end = start
    while at < reader.limit:
        got = _one(reader, at)
        if got is None:
            break
        reader = reader if reader.small else reader._replace(small=True)
        found += got[0]
        end = got[1]
        if (aside := _ASIDE.match(text, end, reader.limit)) and not aside["aside"].isdigit():
            end = aside.end()
            if (
                got[0][-1].key is None
                and not split_office(got[0][-1].name)[0]
                and not _COMMITTEE_ALONE.fullmatch(got[0][-1].name)
                and (named := _body(reader, aside.start("aside")) or _whole(reader, aside))
            ):
                found[-1] = named[0]  # "Nhà đầu tư (Tập đoàn A)"
        end = _apposed(reader, end)
        joint = _JOINT.match(text, end, reader.limit)
        if joint is None or (
            starts_work(text, joint.end(), reader.limit) and not _ANY.match(text, joint.end(), reader.limit)
        ):
            break
        at = joint.end()
    return tuple(dict.fromkeys(found))[:_MOST], _others(reader, end) if found else start


@cache
def _openings() -> frozenset[str]:
    """The first letters of bodies, offices and groups, in either spelling; of most words three tell that none begins with them."""
    said = (*_KINDS, *(head.text for head in heads()), *_AT_EACH_LEVEL, *_BEFORE_NAMES, *"0123456789")
    return frozenset(spelt[:_TELLING] for name in said for spelt in (name.lower(), late_tones(name.lower())))


_BEFORE_NAMES = (
    "các", "những", "tất cả", "từng", "mỗi", "mọi", "toàn", "phó", "quyền", "nguyên", "tỉnh", "thành phố",
)  # fmt: skip
"""What may stand before a name: what makes a group, as what an office is held, a kind of unit."""
_TELLING = 3


def may_begin(text: str, at: int) -> bool:
    """May a body, an office or a group be named at text[at:]? The first letters of most words tell that they name none."""
    openings, opening = _openings(), text[at : at + _TELLING].lower()
    return opening in openings or opening[:2] in openings or opening[:1] in openings


_STANDING_OFFICE = re.compile(r"\s*[-–,]\s*(?:là\s+)?cơ\s+quan\s+thường\s+trực(?=\s)", re.IGNORECASE)
_LIKES = r"(?:cơ\s+quan|đơn\s+vị|tổ\s+chức|cá\s+nhân)"
_OTHERS = re.compile(
    rf"\s*(?:,|và|,\s*và)\s+(?:các\s+)?{_LIKES}(?:(?:\s*,\s*|\s+và\s+){_LIKES}){{0,4}}\s+(?:có\s+)?liên\s+quan(?![a-zà-ỹđ])"
)


def _others(r: _Reader, end: int) -> int:
    """Where what is added to a list ends: "… và tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành"."""
    others = _OTHERS.match(r.text, end, r.limit)
    return others.end() if others and starts_work(r.text, others.end(), r.limit) else end


def _apposed(r: _Reader, end: int) -> int:
    """Where what a name is said to be ends: "Sở X - Cơ quan thường trực Ban Chỉ huy Y chỉ đạo …"."""
    role = _STANDING_OFFICE.match(r.text, end, r.limit)
    work = find_work(r.text, role.end(), min(r.limit, role.end() + _LONGEST)) if role else -1
    return end if role is None or work < 0 else role.end() + len(r.text[role.end() : work].rstrip())


_COMMITTEE_ALONE = re.compile(r"Đảng (?:ủy|bộ)|Chi (?:ủy|bộ)")
"""Of "Đảng ủy (Ban Chấp hành Đảng bộ xã)", which says the same again."""


def _whole(r: _Reader, aside: re.Match[str]) -> tuple[Addressee, int] | None:
    """A body that no table knows, when it is all that stands in brackets."""
    head = _ANY.match(r.text, aside.start("aside"), aside.end("aside"))
    if head is None or _HEADS[key(head["head"])] not in ("body", "unit") or not r.text[aside.start("aside")].isupper():
        return None
    if "," in aside["aside"]:
        return None  # "Các ngân hàng (A, B, C)": some of them
    inner = _Reader(r.text, r.finder, aside.end("aside"), True, False)
    got = _unknown(inner, aside.start("aside"), head)
    return (got[0][0], got[1]) if got and got[1] == aside.end("aside") else None


def _one(r: _Reader, at: int) -> tuple[list[Addressee], int] | None:
    """The addressees that one member of the list names, and where it ends."""
    if honorific := _HONORIFIC.match(r.text, at, r.limit):
        person = _person(r, at, honorific)
        if person or not honorific["many"]:
            return person
    if not may_begin(r.text, at):
        return _office_holder(r, at, names=2)
    head = _ANY.match(r.text, at, r.limit)
    if (head is None or head["head"] == "Đoàn") and (person := _office_holder(r, at, names=2)):
        return person  # Đoàn is a family's name too
    return _listed_one(r, at, head)


def _listed_one(r: _Reader, at: int, head: re.Match[str] | None) -> tuple[list[Addressee], int] | None:
    """The bodies, offices or group that are named at `at`; `head` is the word with which a body's name begins there."""
    if communes := _communes(r, at):
        return communes
    if level := _LEVEL.match(r.text, at, r.limit):
        return _leveled(r, level)
    if holders := _HOLDERS.match(r.text, at, r.limit):
        return _each_head(r, holders)
    if provinces := _provinces(r, at):
        return provinces
    if body := _body(r, at):
        return [body[0]], body[1]
    if head is not None and _HEADS[key(head["head"])] == "none":
        return None
    if office := _OFFICE.match(r.text, at, r.limit):
        return _held(r, at, office)
    if many := _MANY.match(r.text, at, r.limit):
        return _group(r, at, many.end())
    return _by_its_word(r, at, head)


def _person(r: _Reader, at: int, honorific: re.Match[str]) -> tuple[list[Addressee], int] | None:
    """Who is spoken of with honour: "đồng chí Nguyễn Văn A, Phó Chủ tịch UBND xã" is whoever holds the office."""
    if person := _persons(r, honorific.end()) if honorific["many"] else _office_holder(r, honorific.end()):
        return person
    named = _NAME_ALONE.match(r.text, honorific.end(), r.limit)
    if named and (named["colon"] or starts_work(r.text, named.end("name"), r.limit)):
        return [Addressee(_plain(named["name"]))], named.end("name")
    got = _one(r, honorific.end())
    return _honoured(r, at, got) if got and honorific["many"] else got


def _office_holder(r: _Reader, at: int, names: int = 1) -> tuple[list[Addressee], int] | None:
    """Who is named with an office or several ("Trần Thị B - Phó Bí thư Đảng ủy, Chủ tịch UBND xã"): the holder of each. To be a member of
    something says no more where there is another."""
    person = _BY_NAME.match(r.text, at, r.limit)
    if person is None or _OFFICE.match(r.text, person.end(), r.limit) is None:
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
        office = also.end() if also and _OFFICE.match(r.text, also.end(), inner.limit) else -1
    kept = [a for a in found if not are_members(a.name)] or found
    return (kept, closed + 1 if closed > 0 else end) if found else None


def _before_charge(r: _Reader, at: int) -> int:
    """Where "phụ trách …" begins which says what a person has to do, and is no part of the office ("… phụ trách kinh tế chỉ đạo …")."""
    charge = _IN_CHARGE_OF.search(r.text, at, min(r.limit, at + _LONGEST))
    if charge is None or find_work(r.text, at, min(r.limit, charge.end() + _LONGEST)) >= 0:
        return r.limit
    return charge.start()


def _persons(r: _Reader, at: int) -> tuple[list[Addressee], int] | None:
    """ "các đồng chí: Nguyễn Văn A (Phó Bí thư), Trần Thị B": who each of them is, by the office or by the name alone."""
    found: list[Addressee] = []
    end = at
    while holder := _office_holder(r, at):
        found += holder[0]
        end = holder[1]
        joint = _JOINT.match(r.text, end, r.limit)
        if joint is None:
            break
        at = joint.end()
    return (found, end) if found else None


def _bare_office(r: _Reader, at: int) -> tuple[list[Addressee], int] | None:
    """ "Ông Nguyễn Văn A - Phó Chủ tịch: …", "Nguyễn Văn A (Phó Chủ tịch)": an office of whoever's paper it is."""
    office = _OFFICE.match(r.text, at, r.limit)
    end = at + len(office.group().rstrip()) if office else r.limit
    alone = office is not None and (end >= r.limit or r.text.startswith(":", end))
    return ([Addressee(_plain(r.text[at:end]))], end) if alone else None


def _by_its_word(r: _Reader, at: int, head: re.Match[str] | None) -> tuple[list[Addressee], int] | None:
    """A group or a body that no table knows: all that tells it is the word that it begins with ("Chi cục …", "Cơ quan …")."""
    if head is None or not (r.small or r.text[at].isupper()):
        return None
    if starts_work(r.text, at, r.limit) and not r.text[head.end() : head.end() + 2].strip()[:1].isupper():
        return None  # "Tổ chức kiểm tra", "Ban hành kế hoạch"
    several = r.text[at].islower() and _UNDER.match(r.text, head.end(), r.limit) is not None
    if several or _HEADS[key(head["head"])] == "group" or _listed(r, head.end()):
        return _group(r, at, at)
    return _unknown(r, at, head)


_UNDER = re.compile(r"\s+(?:trực\s+thuộc|các|cấp)\s", re.IGNORECASE)
"""Of "…, đảng ủy trực thuộc Tỉnh ủy", who are several without a word that says so."""


def _honoured(r: _Reader, at: int, got: tuple[list[Addressee], int]) -> tuple[list[Addressee], int]:
    """ "các đồng chí bí thư, chủ tịch UBND tỉnh, thành phố" are one group, as printed, over all offices that it lists."""
    named, end = got
    while (joint := _JOINT.match(r.text, end, r.limit)) and _OFFICE.match(r.text, joint.end(), r.limit):
        more = _one(r, joint.end())
        if more is None:
            break
        named, end = [*named, *more[0]], more[1]
    return [Addressee(_plain(r.text[at:end]))], end


def _listed(r: _Reader, end: int) -> bool:
    """Is a bare unit's word the first of several ("Sở, ban, ngành liên quan")?"""
    joint = re.compile(r"\s*,\s*").match(r.text, end, r.limit)
    return (
        joint is not None
        and r.text[joint.end() : joint.end() + 1].islower()
        and _ANY.match(r.text, joint.end(), r.limit) is not None
    )


def _leveled(r: _Reader, level: re.Match[str]) -> tuple[list[Addressee], int]:
    """ "UBND các tỉnh, thành phố: Hà Nội, Cần Thơ" names each; "UBND các xã, phường trên địa bàn tỉnh" is one group."""
    names = _NAMES.match(r.text, level.end(), r.limit)
    first = level.group().split()[0]
    if (
        names
        and first.lower() not in ("công", "chính")
        and level.group().lower().rstrip().endswith(("tỉnh", "thành phố"))
    ):
        found = []
        for name in _SPLIT.split(names["names"]):
            province = find_province(name)
            if province is None:
                break
            made = r.finder.read(
                f"{' '.join(level.group().split()[: _words_before(level)])} {province.unit} {province.name}", 0
            )
            if made is None:
                break
            found.append(Addressee(made.name, made.key))
        else:
            return found, names.end("names")
    end = _tail(r, level.end(), first)
    if (named := _NAMES.match(r.text, end, r.limit)) and named["colon"]:
        end = named.end("names")  # "UBND các xã: Ia Grai, Đức Cơ"
    if range_ := _RANGE.match(r.text, end, r.limit):
        end = range_.end()
    return [Addressee(_plain(r.text[level.start() : end]))], end


_COMMUNES = re.compile(rf"(?P<body>{_BODIES})\s+các\s+(?P<unit>xã|phường)(?=\s*:?\s+[{UPPER}])", re.IGNORECASE)


def _communes(r: _Reader, at: int) -> tuple[list[Addressee], int] | None:
    """ "UBND các xã Hàm Yên, Bắc Quang", "UBND các xã: Ia Grai, Đức Cơ": the one of each commune that is named."""
    match = _COMMUNES.match(r.text, at, r.limit)
    names = _NAMES.match(r.text, match.end(), r.limit) if match else None
    if match is None or names is None:
        return None
    read = (r.finder.read(f"{match['body']} {match['unit']} {name}", 0) for name in _SPLIT.split(names["names"]))
    found = [Addressee(body.name, body.key) for body in read if body is not None]
    return (found, names.end("names")) if len(found) == len(_SPLIT.split(names["names"])) else None


_RANGE = re.compile(rf"\s+từ\s+{_PROPER}(?:\s+{_PROPER})*\s+(?:đến|trở\s+(?:vào|ra))(?:\s+{_PROPER})*")


def _words_before(level: re.Match[str]) -> int:
    words = level.group().lower().split()
    return next((i for i, w in enumerate(words) if w in ("các", "cấp", "những", "từng")), len(words))


def _provinces(r: _Reader, at: int) -> tuple[list[Addressee], int] | None:
    """ "các tỉnh Nghệ An, Cao Bằng", "Thành phố Hà Nội": a province by its name stands for its authorities."""
    match = _PROVINCES.match(r.text, at, r.limit)
    if match is None:
        return None
    found: list[Addressee] = []
    end = match.end()
    names = _NAMES.match(r.text, match.end("unit"), r.limit)
    if names is None:
        return None
    for piece in re.finditer(rf"{_PROPER}(?:[\s-]+{_PROPER})*", names["names"]):
        known = _longest_province(piece.group())
        if known is None:
            break
        name, length = known
        unit = find_province(name)
        assert unit is not None
        found.append(Addressee(f"{unit.unit} {unit.name}"))
        end = names.start("names") + piece.start() + length
        if not match["many"]:
            break
    return (found, end) if found else None


_PROVINCES = re.compile(
    r"(?P<many>(?:các|những|[0-9]{1,2})\s+)?(?P<unit>tỉnh(?:,\s*thành\s+phố)?|thành\s+phố)(?=\s*:?\s+[A-ZĐ])",
    re.IGNORECASE,
)


def _longest_province(printed: str) -> tuple[str, int] | None:
    words = list(re.finditer(r"\S+", printed))
    for n in range(len(words), 0, -1):
        name = printed[: words[n - 1].end()]
        if find_province(name):
            return name, words[n - 1].end()
    return None


_GOES_ON = re.compile(rf"\s+[a-zà-ỹđ]+(?:\s+[a-zà-ỹđ]+)?\s+[{UPPER}][a-zà-ỹđ]+\s")
_REGION = re.compile(r"\s+[Kk]hu\s+vực\s+(?:[IVX]+|[0-9]+|[A-ZĐ][^\s,;.:]*)(?![A-Za-zÀ-ỹ])")
"""Of "Ngân hàng Nhà nước khu vực XII", which is none of the bodies that the tables know."""
_LOCAL = re.compile(r"\s+(?:xã|phường|thị\s+trấn|đặc\s+khu|huyện|tỉnh|thành\s+phố)(?![A-Za-zÀ-ỹ]|\s*,|\s+và\s)")
"""Of "Mặt trận Tổ quốc xã", which is not the whole Front."""
_UNIT_END = re.compile(rf"[^\n,;.:()]{{3,60}}?\s(?:tỉnh|thành\s+phố)(?=\s+[{UPPER}])", re.IGNORECASE)


def _body(r: _Reader, at: int) -> tuple[Addressee, int] | None:
    """The body of the tables that is named at `at`. "Công an tỉnh Chỉ đạo …" is how a heading healed with its first item reads: where
    no place is called so, the name ends with its unit."""
    window = r.text[at : min(r.limit, at + _LONGEST)].replace("\n", " ")  # a table's cell may be cut into lines
    head = head_at(window, 0)
    if head is None:
        return None
    found = r.finder.read_behind(head, window, 0)
    if found is None and (unit := _UNIT_END.match(window)):
        found = r.finder.read(window[: unit.end()], 0)
    if found is None and (work := find_work(window, 0, len(window))) > 0:
        found = r.finder.read(window[:work], 0)  # "Sở Nội vụ cấp phép": no office of a level ("cấp tỉnh")
    if found is None:
        return None
    end = at + found.end
    if (
        len(found.name) > found.end + 4
        and _GOES_ON.match(r.text, end, r.limit)
        and not starts_work(r.text, end, r.limit)
    ):
        # "Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn" is not the one of the whole province
        end = _tail(r, end)
        return Addressee(_plain(r.text[at:end])), end
    if region := _REGION.match(r.text, end, r.limit) or (
        found.key.startswith("vn/") and (_LOCAL.match(r.text, end, r.limit) or _branch(r, end))
    ):
        return Addressee(_plain(r.text[at : region.end()])), region.end()
    return Addressee(early_tones(found.name), found.key), end


def _branch(r: _Reader, end: int) -> re.Match[str] | None:
    """ "Viettel Lào Cai": the province behind a body of the whole country says which branch of it is meant."""
    names = _NAMES.match(r.text, end, r.limit)
    place = _longest_province(_SPLIT.split(names["names"])[0]) if names and not names["colon"] else None
    return re.compile(rf"\s+.{{{place[1]}}}", re.DOTALL).match(r.text, end, r.limit) if place else None


# "Chánh Văn phòng UBND tỉnh" heads that office, and not the committee whose it is; so does "Trưởng Ban Tuyên giáo Tỉnh ủy".
_WITHIN_OFFICE = re.compile(
    r"(?<=hánh\s)(?:Văn\s+phòng|Thanh\s+tra)(?=\s)|(?<=ổng\s)Thanh\s+tra(?=\s)|(?<=rưởng\s)Ban(?=\s)", re.IGNORECASE
)


def _held(r: _Reader, at: int, office: re.Match[str]) -> tuple[list[Addressee], int] | None:
    """The holder of an office: of a known body, of a group ("Giám đốc các Sở"), of one that is kept as printed."""
    if starts_work(r.text, at, office.end("head")) and starts_work(r.text, office.end("head"), r.limit):
        return None  # "Lãnh đạo, chỉ đạo rà soát …"
    if (inner_word := _WITHIN_OFFICE.search(r.text, at, office.end())) and (body := _body(r, inner_word.start())):
        return [Addressee(f"{_plain(r.text[at : inner_word.start()])} {body[0].name}", body[0].key)], body[1]
    whose = None
    if office.end() < r.limit and r.text[office.end() - 1].isspace():
        whose = _one(r if r.small else r._replace(small=True), office.end())
    if whose is None:
        return _office_alone(r, at, office)
    title, (inner, end) = _plain(r.text[at : office.end()]).removesuffix(" của"), whose
    title = abbreviations().get(title, title)
    if len(inner) == 1 and inner[0].key:
        name = f"{title} {inner[0].name}"
        if person := _PERSON.match(r.text, end, r.limit):
            name, end = f"{name} {_plain(person['name'])}", person.end()
        return [Addressee(name, inner[0].key)], end
    if _EACH_OF.match(r.text, office.end(), r.limit):
        return [Addressee(f"{title} {a.name}", a.key) for a in inner], end
    printed = _plain(r.text[at:end])
    short = printed.partition(" ")[0]
    return [Addressee(f"{abbreviations().get(short, short)}{printed.removeprefix(short)}")], end


def _each_head(r: _Reader, holders: re.Match[str]) -> tuple[list[Addressee], int] | None:
    """ "Các Bộ trưởng: Bộ Công Thương, Bộ Xây dựng": the head of each body that is listed."""
    found: list[Addressee] = []
    end, at = holders.end(), holders.end()
    while body := _body(r, at):
        found.append(Addressee(f"{holders['head'].capitalize()} {body[0].name}", body[0].key))
        end = body[1]
        joint = _JOINT.match(r.text, end, r.limit)
        if joint is None:
            break
        at = joint.end()
    return (found, end) if found else None


_HOLDERS = re.compile(rf"các\s+(?:đồng\s+chí\s+)?(?P<head>{_OFFICES})\s*:\s*(?=[{UPPER}])", re.IGNORECASE)
_EACH_OF = re.compile(r"các\s+(?:bộ|sở)\s*:", re.IGNORECASE)
"""Of "Bộ trưởng các Bộ: Quốc phòng, Công an", who are each named."""


def _office_alone(r: _Reader, at: int, office: re.Match[str]) -> tuple[list[Addressee], int] | None:
    """An office whose body no table knows ("Trưởng thôn Nà Lạn"), or which stands for itself ("Kế toán trưởng lập …")."""
    if starts_work(r.text, at, office.end("head")):
        return None  # "Lãnh đạo việc biên soạn …"
    end = _tail(r, office.end("head"))
    joint = _JOINT.match(r.text, end, r.limit)
    listed = joint is not None and _ANY.match(r.text, joint.end(), r.limit) is not None
    if end == office.end("head") and not (r.heading or listed or _goes_on(r, end)):
        return None
    return [Addressee(_plain(r.text[at:end]))], end


def _goes_on(r: _Reader, end: int) -> bool:
    """Does what is to be done follow the name, or an explanation in brackets?"""
    return starts_work(r.text, end, r.limit) or _ASIDE.match(r.text, end, r.limit) is not None


_PLURAL = re.compile(
    r"(?:[Cc]ác\s+)?(?P<unit>Bộ|Sở|Ban|Hội|bộ|sở|[Bb]ệnh viện|[Tt]rường|[Cc]ông ty|[Cc]ục|[Vv]ụ|[Pp]hòng|[Vv]iện|[Tt]rung tâm)"
    r"\s*(?:,\s*(?:ban,?\s+)?(?:ngành|cơ\s+quan[^:,;.]{0,30}))?\s*:\s*(?=[A-ZĐ])"
)


_OWNERS = re.compile(r"(?:các|mọi)\s+chủ\s", re.IGNORECASE)


def _bound(r: _Reader, at: int) -> tuple[list[Addressee], int] | None:
    """ "các chủ bến, chủ phương tiện phải …": whoever they are, they have a duty."""
    duty = find_duty(r.text, at, min(r.limit, at + 80)) if _OWNERS.match(r.text, at, r.limit) else -1
    if duty < 0 or re.search(r"[.;:()]", r.text[at:duty]):
        return None
    return [Addressee(_plain(r.text[at:duty]))], duty - 1


_LEVELS = re.compile(r"các\s+cấp\s*,\s*các\s+ngành(?:\s*,\s*các\s+địa\s+phương)?", re.IGNORECASE)


def _group(r: _Reader, at: int, head_at: int) -> tuple[list[Addressee], int] | None:
    if plural := _PLURAL.match(r.text, at, r.limit):
        return _named_of(r, plural)
    head = _ANY.match(r.text, head_at, r.limit)
    if head is None or _HEADS[key(head["head"])] == "none":
        return _bound(r, at) if head_at > at else None
    if levels := _LEVELS.match(r.text, at, r.limit):
        return [Addressee(_plain(r.text[at : (end := _tail(r, levels.end()))]))], end
    end = _tail(r, head.end())
    if head_at == at and end == head.end() and not _stands_for_a_group(r, at, end):
        return None
    return [Addressee(_plain(r.text[at:end]))], end


def _stands_for_a_group(r: _Reader, at: int, end: int) -> bool:
    """Does a unit's bare word at text[at:end] name whoever is one ("Địa phương rà soát …")?"""
    behind = _goes_on(r, end)
    if r.heading:
        return behind or end >= r.limit - 1
    return behind and (r.small or not r.text[at].islower())


def _named_of(r: _Reader, plural: re.Match[str]) -> tuple[list[Addressee], int] | None:
    """ "Các Bộ: Quốc phòng, Công an": each name with the unit's word; what no table knows ends the list."""
    unit, at = plural["unit"].capitalize(), plural.end()
    found: list[Addressee] = []
    while at < r.limit:
        window = f"{unit} {r.text[at : min(r.limit, at + _LONGEST)]}"
        got = r.finder.read(window, 0)
        if got is None:
            other = _body(r, at) or _by_its_unit(r, unit, at)
            if other is None:
                break
            found.append(other[0])
            end = other[1]
        else:
            found.append(Addressee(got.name, got.key))
            end = at + got.end - len(unit) - 1
        at = end
        joint = _JOINT.match(r.text, end, r.limit)
        if joint is None:
            break
        at = joint.end()
        if not r.text[at : at + 1].isupper():
            return found, end
    return (found, end) if found else None


_UP_TO_COMMA = re.compile(rf"[{UPPER}][^,;.:()|\n*]*?(?=\s*[,;.:()|\n*]|\s+và\s|$)")


def _by_its_unit(r: _Reader, unit: str, at: int) -> tuple[Addressee, int] | None:
    """ "Các bệnh viện: Bạch Mai, Chợ Rẫy": names that no table knows, each told by the word of the list and kept as printed."""
    name = _UP_TO_COMMA.match(r.text, at, r.limit) if unit not in ("Bộ", "Sở", "Ban", "Hội") else None
    end = name.end() if name else at
    if name and (work := find_work(r.text, at, name.end())) > 0:
        end = at + len(r.text[at:work].rstrip())
    return (Addressee(f"{unit} {_plain(r.text[at:end])}"), end) if end > at else None


_PROPER_BEHIND = re.compile(rf"\s+(?:[{UPPER}0-9]|[{LETTER}]+\s+[{UPPER}])")


def _unknown(r: _Reader, at: int, head: re.Match[str]) -> tuple[list[Addressee], int] | None:
    """A body that no table knows, by its head word and the name behind it, as printed."""
    end = _tail(r, head.end())
    if (end == head.end() and " " not in key(head["head"])) or not (
        r.text[at].isupper() or r.text[head.end() : head.end() + 2].strip()[:1].isupper()
    ):
        return None
    named = _PROPER_BEHIND.match(r.text, head.end(), r.limit) is not None
    joint = _JOINT.match(r.text, end, r.limit) if r.heading or " " in key(head["head"]) else None
    listed = joint is not None and any(begins.match(r.text, joint.end(), r.limit) for begins in (_ANY, _MANY))
    named = named or listed
    if not (_goes_on(r, end) or (r.heading and end >= r.limit - 1) or named):
        return None
    return [Addressee(early_tones(_of_body(r, at, head.end(), end)))], end


def _of_body(r: _Reader, at: int, behind: int, end: int) -> str:
    """The name of an office as printed, that of the body which ends it in full: "Ban Phong trào Tỉnh đoàn" is that of its own province."""
    for word in re.finditer(r"\S+", r.text[behind:end]):
        start = behind + word.start()
        body = r.finder.read(r.text, start) if word[0][:1].isupper() else None
        if body is not None and body.end == end and word[0].lower() not in body.name.lower().split()[1:]:
            return f"{_plain(r.text[at:start])} {body.name}"
    return _plain(r.text[at:end])


def _tail(r: _Reader, at: int, first: str = "") -> int:
    """Where the name that goes on at `at` ends: before what is to be done, a mark, or another addressee. `first` is its first word, where
    the caller has read more than one."""
    work = find_work(r.text, at, min(r.limit, at + _LONGEST))
    end = at
    for _ in range(_MOST_WORDS):
        if said := _SAID.match(r.text, end, r.limit):
            end = said.end()
            continue
        if end == work or _STOP.match(r.text, end, r.limit):
            break
        if joint := _JOINT.match(r.text, end, r.limit):
            if not _joins(r, at, joint, work, first):
                break
            begin = joint.end()
        else:
            gap = _GAP.match(r.text, end, r.limit)
            begin = gap.end() if gap else end
        if 0 <= work <= begin:
            break
        word = _WORD.match(r.text, begin, r.limit)
        if word is None:
            break
        end = max(word.end(), name_goes_on(r.text, begin, r.limit))
    return end


_OF_ONE = re.compile(rf"[a-zà-ỹđ]\s+{one_of(('Tỉnh ủy', 'Thành ủy', 'Huyện ủy', 'Thị ủy'))}$")


def _begins_anew(r: _Reader, at: int, joint: re.Match[str], head: re.Match[str], first: str) -> bool:
    """Is the word behind the comma another name's: "các đảng ủy xã, phường, đảng ủy trực thuộc", "các cơ quan tham mưu của Tỉnh ủy, đảng
    ủy trực thuộc"?"""
    word = key(head["head"])
    again = word.split()[0] == first.lower() or (
        word.endswith("ủy") and key(r.text[max(0, at - 2 * len(word)) : at]).endswith(word)
    )
    return again or _OF_ONE.search(r.text, at, joint.start()) is not None


_DEPARTMENT = re.compile(r"(?<!\w)(?:Phòng|Ban|Trung\s+tâm)\s?$")
_SHORT = re.compile(r"(?:[a-zà-ỹđ]+\s+){1,3}")


def _joins(r: _Reader, at: int, joint: re.Match[str], work: int, first: str) -> bool:
    """Does the name that begins before `at` go on behind a comma or "và"? `work` is where what is to be done begins."""
    following = joint.end()
    if following >= r.limit or _MANY.match(r.text, following, r.limit):
        return False
    if name_goes_on(r.text, following, r.limit) > following:
        return True  # "Trung tâm Giám sát, điều hành đô thị"
    head = _ANY.match(r.text, following, r.limit)
    listed = "," in joint.group()
    if head is not None and listed and _begins_anew(r, at, joint, head, first):
        return False
    if head is not None and not listed and not r.text[at : joint.start()].endswith("rung ương"):
        return False  # but "các cơ quan báo chí Trung ương và địa phương" are one group
    if not r.text[following].islower():
        another = head or _LEVEL.match(r.text, following, r.limit) or _OFFICE.match(r.text, following, r.limit)
        return another is None and r.finder.read(r.text[following : following + _LONGEST], 0) is None
    if head is None:
        return _joins_words(r, at, following, work, listed=listed)
    return work < 0 or following < work


def _joins_words(r: _Reader, at: int, following: int, work: int, *, listed: bool) -> bool:
    """The same where no addressee's word follows: "Nhân viên thiết bị và phục vụ", "Phòng Chính trị, tư tưởng"."""
    if _STOP.match(r.text, following - 1, r.limit):
        return False
    if r.heading or not listed:
        return r.heading or following < work
    return _DEPARTMENT.search(r.text, max(0, at - 12), at) is not None and bool(
        _SHORT.fullmatch(r.text, following, work)
    )


def _plain(text: str) -> str:
    return " ".join(text.replace("*", "").split()).strip(" ,;.:")


def tells_of_a_person(text: str, at: int, end: int) -> bool:
    """Is text[at:end] a person, spoken of with honour, of whom what follows tells ("Đ/c Trần Thị B: …", "… phụ trách …")?"""
    return _OF_A_PERSON.match(text, end) is not None and _HONORIFIC.match(text, at) is not None


def is_body(name: str) -> bool:
    """Does a name begin like a body's?"""
    head = _ANY.match(name)
    return head is not None and _HEADS[key(head["head"])] in ("body", "unit")


def split_office(name: str) -> tuple[str, str]:
    """Return the office that a name begins with, and whose it is; no office where it begins with none.

    >>> split_office("Phó Bí thư Thường trực Đảng ủy"), split_office("Sở Y tế")
    (('Phó Bí thư Thường trực', 'Đảng ủy'), ('', 'Sở Y tế'))
    """
    office = _OFFICE.match(name)
    end = office.end() if office else 0
    return name[:end].strip().removesuffix(" của"), name[end:]


def is_one(name: str) -> bool:
    """Does a name mean one body or office ("Ban Thường vụ Đảng ủy", "Phó Bí thư Đảng ủy"), and no group?"""
    head = _ANY.match(name) or _OFFICE.match(name)
    return _MANY.match(name) is None and head is not None and _HEADS[key(head["head"])] in ("body", "unit", "office")


_MEMBERS = re.compile(r"(?:các\s+|mỗi\s+)?(?:(?:thành|ủy)\s+viên)(?![a-zà-ỹđ])", re.IGNORECASE)


def are_members(name: str) -> bool:
    """Is it the members of a body ("các thành viên Ban Chỉ đạo")?"""
    return _MEMBERS.match(name) is not None


def is_unit(name: str) -> bool:
    """Is it a unit that every office of its kind has ("Tổ văn phòng", "Ban Giám hiệu"), and no name of its own?"""
    head = _ANY.match(name)
    return (
        head is not None and _HEADS[key(head["head"])] == "unit" and re.search(r"[0-9]|khu vực|[IVX]{2}", name) is None
    )


_ANYBODY = re.compile(
    r"(?:các\s+|mọi\s+)?(?:tổ\s+chức|cá\s+nhân)(?:,?\s+(?:và\s+)?(?:cá\s+nhân|tổ\s+chức)(?![a-zà-ỹđ])|$)", re.IGNORECASE
)


def is_anybody(name: str) -> bool:
    """Is it whom a rule binds ("tổ chức, cá nhân"), and no body that gets work to do?"""
    return _ANYBODY.match(name) is not None
