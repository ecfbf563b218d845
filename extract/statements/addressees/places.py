"""Addressees told by their places: "UBND các tỉnh: Hà Nội, Cần Thơ", "UBND các xã, phường", "các tỉnh Nghệ An, Cao Bằng"."""

from __future__ import annotations

import re

from chidao.extract.language.composing import one_of
from chidao.extract.language.jurisdictions import find_province
from chidao.extract.language.letters import LOWER, UPPER
from chidao.extract.language.patterns import AND, COMMUNE_UNIT, PROVINCE_UNIT, SHORT_UNIT, UNIT
from chidao.extract.mentions.body_heads import head_at
from chidao.extract.model import Addressee
from chidao.extract.statements.addressees.name_ends import LONGEST, PROPER, Reader, name_end, plain
from chidao.extract.statements.addressees.words import BODIES, OFFICE, OFFICES
from chidao.ontology.authority import units

_NAMES = re.compile(
    rf"(?P<colon>\s*:(?!\s+{PROPER}\s+(?!và\s)[{LOWER}]))?\s+(?P<names>{PROPER}(?:[\s-]+{PROPER}){{0,4}}(?:\s*(?:,|và)\s+(?:(?i:{PROVINCE_UNIT})\s+)?(?:{PROPER})(?:[\s-]+{PROPER}){{0,4}})*)"
)
"""Behind a colon one word with a capital and another without begin what is to be done: "UBND các xã: Tổ chức tuyên truyền …"."""
_SPLIT = re.compile(AND)
_OF_PROVINCES = tuple(unit.name for unit in units() if unit.level == "province")
_BELOW_PROVINCES = re.compile(rf"(?<!\w){one_of({unit.name for unit in units()}.difference(_OF_PROVINCES))}(?!\w)")
"""Of "UBND các huyện, thị xã, thành phố Huế", whose last is a city within the province."""


def read_level(r: Reader, level: re.Match[str]) -> tuple[list[Addressee], int]:
    """ "UBND các tỉnh, thành phố: Hà Nội, Cần Thơ" names each; "UBND các xã, phường trên địa bàn tỉnh" is one group."""
    names = _NAMES.match(r.text, level.end(), r.limit)
    first = level.group().split()[0]
    said = level.group().lower().rstrip()
    if (
        names
        and first.lower() not in ("công", "chính")
        and said.endswith(_OF_PROVINCES)
        and not _BELOW_PROVINCES.search(said)
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
    end = name_end(r, level.end(), first)
    if (named := _NAMES.match(r.text, end, r.limit)) and named["colon"] and _are_several(named["names"]):
        end = named.end("names")  # "UBND các xã: Ia Grai, Đức Cơ"
    if range_ := _RANGE.match(r.text, end, r.limit):
        end = range_.end()
    printed = plain(r.text[level.start() : end])
    if said[-8:] == "cùng cấp":  # "Hội Nông dân, Hội Phụ nữ cùng cấp" are two; "Đảng ủy, UBND các xã" is printed as one
        return [Addressee(name) for name in printed.split(", ")], end
    return [Addressee(printed)], end


def _are_several(names: str) -> bool:
    """Have the names more than one word? "Tạo" of "UBND các xã, phường: Tạo điều kiện …" has one, with which work begins."""
    return any(mark in names for mark in " ,-")


_COMMUNES = re.compile(rf"(?P<body>{BODIES})\s+các\s+(?P<unit>{COMMUNE_UNIT})(?=\s*:?\s+[{UPPER}])", re.IGNORECASE)


def read_communes(r: Reader, at: int) -> tuple[list[Addressee], int] | None:
    """ "UBND các xã Hàm Yên, Bắc Quang", "UBND các xã: Ia Grai, Đức Cơ và phường Sa Pa": the one of each commune that is named."""
    match = _COMMUNES.match(r.text, at, r.limit)
    names = _NAMES.match(r.text, match.end(), r.limit) if match else None
    if match is None or names is None:
        return None
    found: list[Addressee] = []
    end = above.start() if (above := _PROVINCE.search(r.text, names.start(), names.end())) else names.end("names")
    for name in _PIECE.finditer(r.text, names.start("names"), end):
        if OFFICE.match(r.text, name.start(), r.limit) or r.finder.read(r.text[name.start() : r.limit], 0):
            break  # "UBND các xã Hàm Yên, Bắc Quang, Sở Nội vụ"
        commune = r.finder.read(f"{match['body']} {match['unit']} {name.group()}", 0)
        if commune is None:
            return None
        found.append(Addressee(commune.name, commune.key))
        end = name.end()
    if not found:
        return None
    more, end = _more_units(r, f"{match['body']} ", end, "commune", ("province",))
    return [*found, *more], end


_PROVINCE = re.compile(rf"{AND}{PROVINCE_UNIT}\s", re.IGNORECASE)

_PIECE = re.compile(rf"{PROPER}(?:[\s-]+{PROPER})*")

_OF_A_UNIT = re.compile(rf"{BODIES}\s+(?=(?:{UNIT}|{SHORT_UNIT})\s*(?:{PROPER}|[0-9]))")
_LEVELS = ("province", "district", "commune")
_NEXT_UNIT = re.compile(rf"{AND}(?=(?:{UNIT}|{SHORT_UNIT})\s*(?:{PROPER}|[0-9]))")


def read_units(r: Reader, at: int) -> tuple[list[Addressee], int] | None:
    """ "UBND TP. Hải Dương, thị xã Kinh Môn và huyện Nam Sách": the one of each unit that is named, where all are of one level."""
    body = _OF_A_UNIT.match(r.text, at, r.limit)
    first = r.finder.read(r.text[at : min(r.limit, at + LONGEST)], 0) if body else None
    if body is None or first is None or first.level not in _LEVELS:
        return None
    above = _LEVELS[: _LEVELS.index(first.level)]
    more, end = _more_units(r, body.group(), at + first.end, first.level, above)
    return ([Addressee(first.name, first.key), *more], end) if end > at + first.end else None


def _more_units(r: Reader, body: str, end: int, level: str, above: tuple[str, ...]) -> tuple[list[Addressee], int]:
    """The body of each unit of a level that is named from `end` on, and where the last one ends. A unit of a level `above` says where they
    are ("UBND xã A, huyện B"); behind "và" it would be one more."""
    found: list[Addressee] = []
    while following := _NEXT_UNIT.match(r.text, end, r.limit):
        named = r.finder.read(body + r.text[following.end() : min(r.limit, following.end() + LONGEST)], 0)
        if named is None or not (named.level == level or (named.level in above and "," in following.group())):
            break
        if named.level == level:
            found.append(Addressee(named.name, named.key))
        end = following.end() + named.end - len(body)
    return found, end


_EACH_PROVINCE = re.compile(rf"\s+các\s+{PROVINCE_UNIT}(?:(?:,|\s+và)\s+{PROVINCE_UNIT})?(?=\s*:?\s+[{UPPER}])")


def read_of_provinces(r: Reader, at: int) -> tuple[list[Addressee], int] | None:
    """ "Sở Y tế các tỉnh Thái Nguyên, Lạng Sơn": the one of each province that is named, where all are provinces."""
    head = head_at(r.text, at) if " các " in r.text[at : at + LONGEST] else None
    several = _EACH_PROVINCE.match(r.text, at + len(head.text), r.limit) if head else None
    names = _NAMES.match(r.text, several.end(), r.limit) if several else None
    if head is None or names is None:
        return None
    printed, found = r.text[at : at + len(head.text)], []
    for name in _SPLIT.split(names["names"]):
        place = find_province(" ".join(name.split()))
        full = f"{printed} {place.unit} {place.name}" if place else ""
        body = r.finder.read(full, 0)
        if body is None or body.end < len(full):
            return None  # "Bộ Quốc phòng, các tỉnh …" without its comma
        found.append(Addressee(body.name, body.key))
    return found, names.end("names")


_RANGE = re.compile(rf"\s+từ\s+{PROPER}(?:\s+{PROPER})*\s+(?:đến|trở\s+(?:vào|ra))(?:\s+{PROPER})*")


def _words_before(level: re.Match[str]) -> int:
    words = level.group().lower().split()
    return next((i for i, w in enumerate(words) if w in ("các", "cấp", "những", "từng")), len(words))


_PROVINCES = re.compile(
    rf"(?P<many>(?:các|những|[0-9]{{1,2}})\s+)?(?P<unit>{PROVINCE_UNIT}(?:,\s*{PROVINCE_UNIT})?)(?=\s*:?\s+[A-ZĐ])",
    re.IGNORECASE,
)


def read_provinces(r: Reader, at: int) -> tuple[list[Addressee], int] | None:
    """ "các tỉnh Nghệ An, Cao Bằng", "Thành phố Hà Nội": a province by its name stands for its authorities."""
    match = _PROVINCES.match(r.text, at, r.limit)
    if match is None:
        return None
    found: list[Addressee] = []
    end = match.end()
    names = _NAMES.match(r.text, match.end("unit"), r.limit)
    if names is None:
        return None
    for piece in _PIECE.finditer(names["names"]):
        known = _longest_province(piece.group())
        if known is None:
            break
        name, length = known
        unit = find_province(name)
        assert unit is not None
        if unit.unit == "tỉnh" and match["unit"].lower() == "thành phố":
            break  # the city of that name
        found.append(Addressee(f"{unit.unit} {unit.name}"))
        end = names.start("names") + piece.start() + length
        if not match["many"]:
            break
    return (found, end) if found else None


_COMMITTEES = re.compile(
    rf"(?P<head>(?:{OFFICES}|ban\s+thường\s+vụ|thường\s+trực)\s+)?các\s+tỉnh\s+ủy(?:\s*(?:,|và)\s*thành\s+ủy)?(?=\s*:\s+[{UPPER}])",
    re.IGNORECASE,
)


def read_committees(r: Reader, at: int) -> tuple[list[Addressee], int] | None:
    """ "Bí thư các tỉnh ủy, thành ủy: Quảng Ninh, Hải Phòng": the one of each province that is named."""
    match = _COMMITTEES.match(r.text, at, r.limit)
    names = _NAMES.match(r.text, match.end(), r.limit) if match else None
    found: list[Addressee] = []
    for name in _SPLIT.split(names["names"]) if names else ():
        unit = find_province(name)
        made = r.finder.read(f"{unit.party} {unit.name}", 0) if unit else None
        if match is None or made is None:
            return None
        found.append(Addressee(f"{match['head'] or ''}{made.name}", made.key))
    return (found, names.end("names")) if names and found else None


def _longest_province(printed: str) -> tuple[str, int] | None:
    words = list(re.finditer(r"\S+", printed))
    for n in range(len(words), 0, -1):
        name = printed[: words[n - 1].end()]
        if find_province(name):
            return name, words[n - 1].end()
    return None


_BRANCH = re.compile(rf"\s+[-–]\s+[Cc]hi\s+nhánh(?:\s+{PROVINCE_UNIT})?(?=\s)")


def read_branch(r: Reader, end: int) -> int:
    """ "Viettel Lào Cai", "Tổng công ty A - Chi nhánh Lào Cai": where the province ends which behind a body of the whole country says
    what branch of it is meant; 0 for none."""
    branch = _BRANCH.match(r.text, end, r.limit)
    names = _NAMES.match(r.text, branch.end() if branch else end, r.limit)
    place = _longest_province(_SPLIT.split(names["names"])[0]) if names and not names["colon"] else None
    return names.start("names") + place[1] if names and place else 0
