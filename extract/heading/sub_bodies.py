"""Bodies below the one whose name stands first in a letterhead, which no table lists: schools, hospitals, departments, cells.

"SỞ GIÁO DỤC VÀ ĐÀO TẠO" / "TRƯỜNG THPT X" is the school, "BỘ CÔNG THƯƠNG" / "CỤC HÓA CHẤT" the department. A name in capitals is
given the letters of running text: those that the document itself prints, else those of the tables' names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from chidao.extract.language.composing import one_of
from chidao.extract.language.jurisdictions import Place
from chidao.extract.language.letters import LETTER, UPPER, printed_as, slug
from chidao.extract.language.patterns import JOINS, UNIT
from chidao.extract.language.tables import abbreviations, words
from chidao.extract.model import BodyMention
from chidao.ontology.authority import bodies, body_templates, districts, jurisdictions

_OWNED = (*words("part of a body"), "Ban")
"""Kinds whose name says nothing without whose they are; any board is one of them in a letterhead."""
_KINDS = (*words("body below"), *_OWNED)
"""Kinds of body that stand below another one, as letterheads print them."""
_PRINTED = one_of((*_KINDS, "BCĐ", "BTC", "BCH", "HTX"))
_IN_A_SET = one_of(words("comes in a set"))
_KIND = re.compile(
    rf"(?!bộ\s+{_IN_A_SET}(?!\w))(?P<kind>{_PRINTED})(?![{LETTER}])"
    r"(?!\s*,|\s+(?:CHỐNG|NHÂN\s+DÂN|CHẤP\s+HÀNH|TRƯỞNG)\b|(?<=BAN)\s+(?:THƯỜNG|BÍ\s+THƯ|HÀNH)\b)",
    re.IGNORECASE,
)
_ITS_AGENCY = re.compile(
    rf"công\s+đoàn\s+(?:(?:cơ\s+sở|bộ\s+phận)\s+)?(?:cơ\s+quan\s+)?(?:{one_of((*words('department'), *words('institution')))})\s+(?=\S)",
    re.IGNORECASE,
)
"""Of "Công đoàn cơ sở Sở Y tế" below the line of the Liên đoàn Lao động, whose agency is not that one."""
_SHORTENED = re.compile(rf"(?<![{LETTER}&]){one_of(abbreviations())}(?![{LETTER}&])")
_INSTITUTION = re.compile(
    rf"(?<!\w)(?:{one_of(word.lower() for word in words('institution'))}|cao đẳng|cổ phần|tnhh(?:\smtv|\s(?=một))?|một thành viên)\s"
)
"""Behind these what kind of school, hospital or company it is begins with a capital: "Chi bộ Trường Tiểu học Mẫu"."""
_PERSON = re.compile(
    rf"(?<!\w){one_of(words('called after a'))}(?:\s+(?!(?:{UNIT}|cơ|và|về|của|tại|số)(?!\w))[^\s,;.()-]+){{1,3}}",
    re.IGNORECASE,
)
"""After whom a school or a hospital is called, up to four words: "bệnh viện nguyễn đình chiểu tỉnh mẫu"."""
# Behind these a name of a person, place or event begins, whose every word has a capital.
_SOCIETY = rf"(?<=xã\s)hội(?=\s*(?:,|$)|\s+(?:và|học|hóa|chủ\s+nghĩa|{UNIT})(?!\w))"
"""Of "tệ nạn xã hội và …": no commune is called so."""
_KIND_OF_SCHOOL = one_of(word for word in words("before a name") if " " in word)
_NAMED = re.compile(
    rf"(?<!\w)(?<!tác )(?:{one_of(words('before a name'))}|{UNIT})\s+(?!{_SOCIETY})"
    rf"(?!(?:ủy|và|(?<=khoa\s)số|khu\s+vực|quốc\s+tế|tư\s+nhân|trung\s+ương|thực\s+hành|{_KIND_OF_SCHOOL}|{UNIT})(?!\w))"
)
_NATIONAL = re.compile(rf"(?<!MỤC TIÊU ){one_of(word.upper() for word in words('of the nation'))}(?![{UPPER}])")


_MINISTRY = re.compile(
    rf"BỘ\s+(?!TRƯỞNG|CHỈ\s+HUY|TƯ\s+LỆNH|PHẬN|MÁY|ĐỘI|MÔN|LUẬT|[0-9]|(?i:{_IN_A_SET})(?!\w))",
)


_UNIT_OF = re.compile(rf"{UNIT}\s+", re.IGNORECASE)
_STAYS_SMALL = re.compile(rf"(?:về|tại|khu\s+vực)\s|(?!xã\s+hội){UNIT}\s")
"""Behind a kind of body: "Ban Chỉ đạo về …", "Công đoàn xã …"."""
_OF_VIETNAM = " VIỆT NAM"


def is_national(line: str) -> bool:
    """Does the line name a committee of the whole nation, or a ministry: "BAN CHỈ ĐẠO NHÀ NƯỚC VỀ DU LỊCH", "BỘ NỘI THƯƠNG"?"""
    return _NATIONAL.search(line) is not None or _MINISTRY.match(line) is not None


_BREAKS_OFF = re.compile(rf"(?:,|\s{JOINS})\s*$", re.IGNORECASE)


def own_lines(left: Sequence[str]) -> int | None:
    """Return the first of the issuer's lines that is of the body below, and not of the one whose it is; None where all are one body's."""
    for n in range(len(left) - 1, -1, -1):
        if not _KIND.match(left[n]):
            continue
        if n and _BREAKS_OFF.search(left[n - 1]):
            continue  # "BAN CHỈ ĐẠO QUỐC GIA VỀ" / "PHÒNG THỦ DÂN SỰ"
        # "BAN CHỈ ĐẠO" / "PHÒNG CHỐNG MA TÚY", "TRUNG TÂM" / "VĂN HÓA" are one name on two lines, and "KHO BẠC NHÀ NƯỚC" / "KHO BẠC NHÀ
        # NƯỚC KHU VỰC V" are two
        torn = n and _KIND.fullmatch(left[n - 1]) and not _KIND.fullmatch(left[n])
        return n - 1 if torn and not _again(left[n - 1], left[n]) else n
    return None


def _again(above: str, line: str) -> bool:
    return slug(line).startswith(f"{slug(above)}-")


def sub_body(printed: str, parent: BodyMention | None, where: Place | None, text: str) -> BodyMention | None:
    """Return the body that `printed` names, below `parent` or of the place; `text` is the document, whose spelling counts."""
    kind = _KIND.match(printed)
    if not kind:
        return None
    spaced_out = " ".join(printed.split())
    full = _SHORTENED.sub(lambda match: _in_full(match.group(), printed), spaced_out)
    name = _as_written(full, text)
    national = is_national(full) or (parent is None and full.endswith(_OF_VIETNAM))
    scope = "vn" if national or (parent and parent.scope == "vn") else _scope(parent, where)
    place = _place_words(parent, where) if scope and scope != "vn" else None
    kind_of = " ".join(kind["kind"].lower().split())
    agency = _ITS_AGENCY.match(full) is not None
    owned = parent is not None and not agency and any(kind_of == known.lower() for known in _OWNED)
    if place and name.endswith(f" {place.partition(' ')[0]}"):
        name = name.rpartition(" ")[0]  # "ĐẢNG BỘ XÃ MẪU" / "ĐẢNG ỦY ỦY BAN NHÂN DÂN XÃ"
    whose = _whose(name, parent if owned else None, place)
    if whose.startswith(f" {name.rpartition(' ')[2]} "):
        name = name.rpartition(" ")[0]  # "SỞ Y TẾ TỈNH MẪU" / "THANH TRA SỞ"
    name += whose
    level = parent.level if parent else where.level if where else "central" if scope == "vn" else None
    return BodyMention(
        0, len(printed), "", name, f"{scope or 'unknown'}/{slug(name)}", "sub-body", scope=scope, level=level
    )


_OF_MANY_PLACES = "Tổng công ty "
"""What is no single province's, wherever its boards write."""
_COMPANY = re.compile(r"(?:Đảng ủy )?(?:Tổng công ty|Công ty|Tập đoàn) ", re.IGNORECASE)
_ITS_SCHOOL = ("TRƯỜNG ", "PHÂN HIỆU ", "VIỆN ")


def of_university(body: BodyMention, above: Sequence[str], where: Place | None, text: str) -> BodyMention:
    """Return a school below the lines of a university, perhaps of a ministry: it is that one's ("Trường Đại học Kinh tế, Đại học Đà
    Nẵng") and no province's, and what is below such a school is the school's; any other body as it is."""
    owners: list[str] = []
    first = next((n for n, line in enumerate(above) if line.upper().startswith("ĐẠI HỌC ")), len(above))
    for line in above[first:]:
        if owners and not line.upper().startswith(_ITS_SCHOOL):
            owners[-1] += f" {line}"
        else:
            owners.append(line)
    if not owners:
        return body
    place = _place_words(None, where)
    own = body.name.removesuffix(f" {place}") if place else body.name
    name = ", ".join([own, *(_as_written(" ".join(owner.split()), text) for owner in reversed(owners))])
    return replace(body, name=name, key=f"{body.scope or 'unknown'}/{slug(name)}")


def in_its_school(body: BodyMention, above: Sequence[str], where: Place | None, text: str) -> BodyMention:
    """Return what says no more than its kind with the school whose line stands above it ("Ban đại diện cha mẹ học sinh Trường Tiểu học
    Mẫu"), and a company's board, or one of its Party committee, with that one ("Ban Kiểm soát Công ty Mẫu", "Ban Tổ chức Đảng ủy Công ty
    Mẫu"); any other body as it is."""
    first = own_lines(above)
    place = _place_words(None, where)
    own = body.name.removesuffix(f" {place}") if place else body.name
    school = sub_body(" ".join(above[first:]), None, where, text) if first is not None else None
    if school is None:
        return body
    alone = _KIND.fullmatch(own) and _INSTITUTION.match(school.name.lower())
    if not alone and not (own.startswith("Ban ") and _COMPANY.match(school.name)):
        return body
    whole = sub_body(" ".join(above[first:]), None, None, text) if _OF_MANY_PLACES in school.name else school
    name = f"{own} {(whole or school).name}"
    return replace(body, name=name, key=f"{body.scope or 'unknown'}/{slug(name)}")


def _whose(name: str, owner: BodyMention | None, place: str | None) -> str:
    """What a name needs so that it is no other's: its place, or the office that owns such units."""
    if place and _UNIT_OF.sub("", place, count=1).lower() not in name.lower():
        return f" {owner.name}" if owner and _office(owner) else f" {place}"
    return f" {owner.name}" if owner and not place and owner.scope == "vn" and _is_anothers(name, owner) else ""


def _is_anothers(name: str, owner: BodyMention) -> bool:
    """Does a name say nothing of its owner, and not that it is the only one in the country: "Công đoàn Ngân hàng Việt Nam"?"""
    return owner.name not in name and not name.upper().endswith(_OF_VIETNAM)


def _in_full(short: str, printed: str) -> str:
    full = abbreviations()[short]
    return full.upper() if printed.isupper() else full


def _scope(parent: BodyMention | None, where: Place | None) -> str | None:
    return parent.scope if parent and parent.scope else where.key if where else None


def _office(parent: BodyMention) -> bool:
    """Is the parent itself a department ("Sở Nội vụ tỉnh Lào Cai"), and not a place's committee?"""
    return parent.name.startswith(words("department"))


_PLACE = re.compile(rf"{UNIT}\s+[{UPPER}].*$")


def _place_words(parent: BodyMention | None, where: Place | None) -> str | None:
    if parent and (named := _PLACE.search(parent.name)):
        return named.group()
    return f"{where.unit} {where.name}" if where else None


def _as_written(capitals: str, text: str) -> str:
    """The name in the letters of running text."""
    if not capitals.isupper():
        return capitals
    for found in printed_as(capitals, text):
        if not found.isupper() and found[0].isupper():
            return found
    lowered = capitals.lower()
    kind = _KIND.match(lowered)
    out = list(lowered)
    inner = _KIND.match(lowered, kind.end() + 1) if kind else None  # "Chi bộ Ban Tổ chức", "Đảng ủy Cục Đường bộ"
    starts = [
        0,
        *(known.end() + 1 for known in (kind, inner) if known),
        *(match.end() for match in _INSTITUTION.finditer(lowered)),
    ]
    for at in starts:
        if at < len(out) and not _STAYS_SMALL.match(lowered, at):
            out[at] = out[at].upper()
    written = "".join(out)
    for known, proper in _subjects().items():
        at = lowered.find(f" {known}")
        if at >= 0 and not lowered[at + 1 + len(known) : at + 2 + len(known)].isalpha():
            written = written[: at + 1] + proper + written[at + 1 + len(proper) :]
    written = _with_names(written, lowered)
    written = _NO_WORD.sub(lambda match: match.group().upper(), written).replace(" Năm ", " năm ")
    listed = next((k for k in _KINDS if kind and k.lower() == kind["kind"]), None)
    return (listed or "") + written[len(listed or "") :]


def _with_names(written: str, lowered: str) -> str:
    """With the capitals of what places and people are called."""
    for match in _NAMED.finditer(lowered):
        rest = written[match.end() :]
        written = written[: match.end()] + " ".join(word[:1].upper() + word[1:] for word in rest.split(" "))
    if (last := lowered.rpartition(" ")[2]) in _short_places():
        written = written[: -len(last)] + last.title()
    if _INSTITUTION.match(lowered):
        for person in _PERSON.finditer(lowered):
            written = written[: person.start()] + person.group().title() + written[person.end() :]
    return written


_NO_WORD = re.compile(
    rf"(?<![{LETTER}])(?:[bcdđghklmnpqrstvx]{{2,}}|[aeiou][bcdđghklmnpqrstvx]{{3,}}|[a-zđ]{{1,5}}[0-9]{{1,3}}|i{{2,3}}|iv|vi{{2,3}}|"
    rf"(?<=khu vực )[ivx]{{1,4}})(?![{LETTER}])",
    re.IGNORECASE,
)
"""What is no word in small letters: "pccc", "ubnd", "pc06", "ii", and the numeral of "khu vực V"."""


@cache
def _short_places() -> frozenset[str]:
    """Places of one word, in lower case, which a name says last: "Trường Cao đẳng Công nghiệp Huế"."""
    names = [j.name for j in jurisdictions()] + [d.name for d in districts()]
    return frozenset(name.lower() for name in names if name.isalpha())


@cache
def _subjects() -> dict[str, str]:
    """What departments are for and the names of places and institutions, in lower case, as the tables print them: "giáo dục và đào tạo"."""
    departments = [b.name for b in bodies() if b.name.startswith("Bộ ")]
    departments += [t.name.partition(" {")[0] for t in body_templates() if t.name.startswith(("Sở ", "Phòng "))]
    found = {subject.lower(): subject for name in departments for subject in [name.partition(" ")[2]] if " " in subject}
    places = [j.name for j in jurisdictions()] + [d.name for d in districts()]
    names = (*places, *words("region"), *words("own name"), "Việt Nam")
    return found | {name.lower(): name for name in names if " " in name}
