"""One body among those who get work, or a group of them that has no names: as the tables know it, by the word that it begins with, or by
what its members do or own.
"""

from __future__ import annotations

import re

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER, LOWER, UPPER, early_tones
from chidao.extract.language.patterns import AGENCY, PROVINCE_UNIT, UNIT
from chidao.extract.language.tables import key, words
from chidao.extract.mentions.body_heads import head_at as known_head_at
from chidao.extract.model import Addressee, BodyMention
from chidao.extract.statements.addressees.name_ends import (
    JOINT,
    LONGEST,
    OF_FIELDS,
    PROPER,
    Reader,
    begins_to_work,
    goes_on,
    name_end,
    plain,
)
from chidao.extract.statements.addressees.places import read_branch
from chidao.extract.statements.addressees.words import HEAD, LEVEL, MANY, OFFICE, is_abbreviated, kind_of
from chidao.extract.statements.predicates import find_duty, find_work, says_more, starts_work

_GOES_ON = re.compile(rf"\s+(?!(?:và|hoặc|hay|cùng|với|kính)\s)[{LOWER}]+(?:\s+[{LOWER}]+)?\s+[{UPPER}][{LOWER}]+\s")
_REGION = re.compile(
    r"\s+cùng\s+cấp(?!\w)|\s+[Kk]hu\s+vực(?:\s+(?:miền\s+(?:Bắc|Trung(?:\s+và\s+Tây\s+Nguyên)?|Nam)|[IVX]+|[0-9]+|[A-ZĐ][^\s,;.:]*))?(?:\s*[-–]\s*Phòng\s+[Gg]iao\s+dịch\s+số\s+[0-9]+)?(?![A-Za-zÀ-ỹ])"
    rf"|(?P<local>\s+{UNIT}(?![A-Za-zÀ-ỹ]|\s*,|\s+và\s))"
)
"""Of "UBND cùng cấp", which is that of each place spoken of, and of "Ngân hàng Nhà nước khu vực XII", which is none of the bodies that the
tables know; of "Mặt trận Tổ quốc xã", which is not the whole Front."""
_SAME_LEVEL_TOO = re.compile(
    r"\s+và\s+các\s+(?:tổ\s+chức|đoàn\s+thể|ban|ngành|cơ\s+quan)(?:[^.,;:()\n]{1,60})?\s+cùng\s+cấp(?!\w)"
)
_PLACED = re.compile(rf"\s{UNIT}(?!\w)")
_ZONE = r"[Kk]hu\s+(?:kinh\s+tế(?:\s+(?:mở|cửa\s+khẩu))?|công\s+nghiệp|công\s+nghệ\s+cao|chế\s+xuất)"
_NO_PERSON = rf"(?!Khu\s|{one_of(words('family name'))}(?:\s+{PROPER}){{2}})"
_ZONES = re.compile(
    rf"Ban\s+Quản\s+lý\s+(?:các\s+)?{_ZONE}(?:\s+{_NO_PERSON}{PROPER}(?:\s+(?:[-–]\s+)?(?!Khu\s){PROPER}){{0,4}})?"
    rf"(?:\s*(?:,|\svà)\s+(?:các\s+)?{_ZONE})*(?:\s+{PROVINCE_UNIT}(?:\s+{PROPER}(?:\s+{PROPER})?)?)?"
)
"""Of "Ban Quản lý Khu kinh tế Nghi Sơn và các Khu công nghiệp", which is called by what it manages."""
SMALL_BODY = re.compile(rf"(?:sở|phòng|ngành)(?=\s+[{UPPER}])")
"""Of "Sở Nội vụ tổng hợp; sở Y tế rà soát …", behind a semicolon, a clause or a verb."""
_UNIT_END = re.compile(rf"[^\n,;.:()]{{3,60}}?\s{PROVINCE_UNIT}(?=\s+[{UPPER}])", re.IGNORECASE)


def read_body(r: Reader, at: int) -> tuple[Addressee, int] | None:
    """Return the body of the tables that is named at `at`, and where it ends.

    "Công an tỉnh Chỉ đạo …" is how a heading healed with its first item reads: where no place is called so, the name ends with its unit.
    """
    window = r.text[at : min(r.limit, at + LONGEST)].replace("\n", " ")  # a table's cell may be cut into lines
    if SMALL_BODY.match(window):
        window = window[0].upper() + window[1:]
    head = known_head_at(window, 0)
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
    if begins_to_work(r.text, verb := r.text.rfind(" ", at, end) + 1, r.limit):
        # "Ủy ban nhân dân xã Phối hợp …": that of a place which is not said
        own = r.finder.read(r.text[at:verb], 0)
        return Addressee(own.name, own.key) if own else Addressee(plain(r.text[at:verb])), verb - 1
    if stop := _own_end(r, found, at, end) or _with_a_field(r, at, end):
        return Addressee(plain(r.text[at:stop])), stop
    if (
        len(found.name) > found.end + 4
        and _GOES_ON.match(r.text, end, r.limit)
        and not starts_work(r.text, end, r.limit)
    ):
        # "Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn" is not the one of the whole province
        end = name_end(r, end)
        return Addressee(plain(r.text[at:end])), end
    if theirs := _of_same_level(r, at, end):
        return theirs, end
    if (zones := _ZONES.match(r.text, at, r.limit)) and zones.end() > end:
        return Addressee(plain(zones.group())), zones.end()
    if stop := _local_end(r, found, end):
        return Addressee(plain(r.text[at:stop])), stop
    return Addressee(early_tones(found.name), found.key), end


_NAMED_AFTER = re.compile(rf"\s+{PROPER}(?:\s+{PROPER}){{1,3}}(?=\s+[{LOWER}]|(?P<listed>\s*,\s+[{UPPER}]))")


def _own_end(r: Reader, found: BodyMention, at: int, end: int) -> int:
    """Where the name of a school ends that is called after somebody, and not by its province: "Trường Chính trị Trần Phú mở 05 lớp …",
    "Trường Chính trị Trần Phú, Báo A …"; 0 for any other."""
    unplaced = len(found.name) > found.end and r.text.startswith("Trường ", at)
    name = _NAMED_AFTER.match(r.text, end, r.limit) if unplaced else None
    return name.end() if name and (name["listed"] or starts_work(r.text, name.end(), r.limit)) else 0


_A_FIELD = re.compile(rf"\s+và\s+(?=[{UPPER}][{LOWER}]*\s+[{LOWER}])(?!Nhân\s+dân\s|Người\s|Chủ\s)")


def _with_a_field(r: Reader, at: int, end: int) -> int:
    """Where the name of an office ends that goes on with another field ("Trung tâm Phát triển quỹ đất và Cụm công nghiệp phối hợp …"), and
    before what it has to do; 0 where another is named behind "và", or nothing is to be done."""
    field = _A_FIELD.match(r.text, end, r.limit) if OF_FIELDS.match(r.text, at, end) else None
    if field is None:
        return 0
    begin = field.end()
    named = any(other.match(r.text, begin, r.limit) for other in (HEAD, LEVEL, MANY, OFFICE))
    if named or r.finder.read(r.text[begin : begin + LONGEST], 0) is not None:
        return 0
    stop = name_end(r, begin)
    return stop if stop > begin and starts_work(r.text, stop, r.limit) else 0


def _local_end(r: Reader, found: BodyMention, end: int) -> int:
    """Where a name ends that goes on behind `end` with the region, the level or the place of a body; 0 for none."""
    central = found.key.startswith("vn/")
    region = _REGION.match(r.text, end, r.limit)
    if region is None:
        return read_branch(r, end) if central else 0
    return region.end() if central or region["local"] is None else 0


def _of_same_level(r: Reader, at: int, end: int) -> Addressee | None:
    """ "Mặt trận Tổ quốc và các đoàn thể cùng cấp": what is said behind the second holds for the first, where that has no place."""
    if _SAME_LEVEL_TOO.match(r.text, end, r.limit) is None or _PLACED.search(r.text, at, end):
        return None
    return Addressee(f"{plain(r.text[at:end])} cùng cấp")


def read_by_word(r: Reader, at: int, head: re.Match[str] | None) -> tuple[list[Addressee], int] | None:
    """Return a group or a body that no table knows: all that tells it is the word that it begins with ("Chi cục …", "Cơ quan …")."""
    if head is None or not (r.small or r.text[at].isupper()):
        return None
    if starts_work(r.text, at, r.limit) and not r.text[head.end() : head.end() + 2].strip()[:1].isupper():
        return None  # "Tổ chức kiểm tra", "Ban hành kế hoạch"
    if kind_of(head) == "whole":
        end = name_end(r, head.end()) if _WHERE.match(r.text, head.end(), r.limit) else head.end()
        return [Addressee(plain(r.text[at:end]))], end
    several = r.text[at].islower() and _UNDER.match(r.text, head.end(), r.limit) is not None
    if several or kind_of(head) == "group" or _listed(r, head.end()):
        return read_group(r, at, at)
    return read_unknown(r, at, head)


_WHERE = re.compile(rf"\s+(?:{UNIT}|các|thôn|trên\s+địa\s+bàn|thuộc)\s")
"""Behind a body's whole name, where it is."""
_UNDER = re.compile(
    r"\s+(?:(?:đảng\s+ủy|cấp\s+ủy)\s+cấp\s+trên|trực\s+thuộc|các|cấp|cơ\s+sở|cơ\s+quan|đơn\s+vị)(?!\w)", re.IGNORECASE
)
"""Of "…, đảng ủy trực thuộc Tỉnh ủy", "…, đảng ủy đơn vị sự nghiệp Trung ương", who are several without a word that says so."""


def _listed(r: Reader, end: int) -> bool:
    """Is a bare unit's word the first of several ("Sở, ban, ngành liên quan")?"""
    joint = JOINT.match(r.text, end, r.limit)
    return (
        joint is not None
        and "," in joint.group()
        and r.text[joint.end() : joint.end() + 1].islower()
        and HEAD.match(r.text, joint.end(), r.limit) is not None
    )


PLURAL = re.compile(
    r"(?:[Cc]ác\s+)?(?P<unit>Bộ|Sở|Ban|Hội|bộ|sở|[Đđ]ảng ủy|"
    r"[Bb]ệnh viện|[Tt]rường|[Cc]ông ty|(?:[Cc]hi )?[Cc]ục|[Vv]ụ|[Pp]hòng|[Vv]iện|[Tt]rung tâm)"
    rf"(?:\s*(?:,\s*(?:ban,?\s+)?(?:ngành|{AGENCY}[^:,;.]{{0,30}}))?\s*(?P<colon>:)\s*|(?<=ác [BbSs][ộở])\s+)(?=[A-ZĐ])"
)
"""Of "các Bộ: Nội vụ, Công an", and without the colon of "các Bộ Giáo dục và Đào tạo, Nội vụ rà soát …"."""
_OWNERS = re.compile(r"(?:các|mọi)\s+chủ\s+(?!trương|đề|nghĩa|quyền|lực|yếu|điểm)", re.IGNORECASE)
_EXPLAINED = re.compile(r"[^\s.,;:()]+(?:\s+[^\s.,;:()]+){0,3}(?P<aside>\s*\([^()\n]{2,160}\))")
"""Of "Các chủ rừng (ban quản lý, công ty) bố trí …", who are told in brackets."""
_MOST_OWNED = 3
"""Words of what they own, before what they have to do."""


def _bound(r: Reader, at: int) -> tuple[list[Addressee], int] | None:
    """ "các chủ bến, chủ phương tiện phải …", "các chủ hồ vận hành …": whoever they are, they have something to do."""
    owners = _OWNERS.match(r.text, at, r.limit)
    if owners and (explained := _EXPLAINED.match(r.text, owners.end(), r.limit)):
        end = explained.start("aside")
        return ([Addressee(plain(r.text[at:end]))], end) if starts_work(r.text, explained.end(), r.limit) else None
    duty = find_duty(r.text, at, min(r.limit, at + 80)) if owners else -1
    if owners and duty < 0:
        work = find_work(r.text, owners.end(), min(r.limit, at + 80))
        duty = work if work > 0 and len(r.text[owners.end() : work].split()) <= _MOST_OWNED else -1
    if duty < 0 or re.search(r"[.;:()]", r.text[at:duty]):
        return None
    if another := _ANOTHER.search(r.text, at, duty):
        return [Addressee(plain(r.text[at : another.start()]))], another.start()
    return [Addressee(plain(r.text[at:duty]))], duty - 1


_ANOTHER = re.compile(rf",\s+(?=[{UPPER}]|{AGENCY}\s)")
"""Of "Các chủ rừng, Ban quản lý rừng …", behind which another is named."""
_LEVELS = re.compile(r"các\s+cấp\s*,\s*các\s+ngành(?:\s*,\s*các\s+địa\s+phương)?", re.IGNORECASE)


def read_group(r: Reader, at: int, head_at: int) -> tuple[list[Addressee], int] | None:
    """Return the group that begins at `at`, whose word stands at `head_at`, behind "các" where that stands there."""
    plural = PLURAL.match(r.text, at, r.limit)
    if plural and (each := _each_of_several(r, plural)):
        return each
    head = HEAD.match(r.text, head_at, r.limit)
    if head is None or kind_of(head) == "none":
        return _bound(r, at) if head_at > at else None
    if levels := _LEVELS.match(r.text, at, r.limit):
        return [Addressee(plain(r.text[at : (end := name_end(r, levels.end()))]))], end
    small = head_at > at and r.text[head_at] in "sp"
    end = (_end_of_field(r, head_at) if small else 0) or name_end(r, head.end())
    if end == head.end() and head_at > at and (who := _WHO_DO.match(r.text, end, r.limit)):
        end = who.end()
    if head_at == at and end == head.end() and not _stands_for_a_group(r, at, end):
        return None
    return [Addressee(plain(r.text[at:end]))], end


def _end_of_field(r: Reader, at: int) -> int:
    """Where "các sở giáo dục và đào tạo" ends, all of whom are meant in small letters, before what these have to do; 0 for others."""
    known = known_head_at(r.text, at) if r.text.startswith(("sở ", "phòng "), at) else None
    end = at + len(known.text) if known else 0
    return end if end and starts_work(r.text, end, r.limit) else 0


def _each_of_several(r: Reader, plural: re.Match[str]) -> tuple[list[Addressee], int] | None:
    """ "Các Bộ: Quốc phòng, Công an"; without the colon at least two, and then what they have to do."""
    each = read_each(r, plural["unit"].capitalize(), plural.end())
    if plural["colon"] or each is None:
        return each
    return each if len(each[0]) > 1 and starts_work(r.text, each[1], r.limit) else None


_WHO_DO = re.compile(r"(?:\s+(?!(?:và|đồng|cũng)\s)[^\s.,;:()]+){2,7}?(?=\s+(?:có|chịu)\s+trách\s+nhiệm\s)")
"""Of "Các đơn vị sử dụng vật liệu nổ có trách nhiệm báo cáo …": what they do tells who they are."""


def _stands_for_a_group(r: Reader, at: int, end: int) -> bool:
    """Does a unit's bare word at text[at:end] name whoever is one ("Địa phương rà soát …")?"""
    behind = goes_on(r, end)
    if r.heading:
        return behind or end >= r.limit - 1
    return behind and (r.small or not r.text[at].islower())


def read_each(r: Reader, unit: str, at: int) -> tuple[list[Addressee], int] | None:
    """Return the bodies that are listed from `at` on, and where the list ends: "Các Bộ: Quốc phòng, Công an", each name with the unit's
    word; what no table knows ends the list."""
    end = at
    found: list[Addressee] = []
    while at < r.limit:
        window = f"{unit} {r.text[at : min(r.limit, at + LONGEST)]}"
        got = r.finder.read(window, 0)
        if got is None:
            other = read_body(r, at) or _of_no_place(r, unit, at, window) or _by_its_unit(r, unit, at)
            if other is None:
                break
            found.append(other[0])
            end = other[1]
        else:
            found.append(Addressee(got.name, got.key))
            end = at + got.end - len(unit) - 1
        at = end
        joint = JOINT.match(r.text, end, r.limit)
        if joint is None:
            break
        at = joint.end()
        if not r.text[at : at + 1].isupper() or OFFICE.match(r.text, at, r.limit):
            return found, end  # "Trưởng các phòng: Nội vụ, Tài chính; Chủ tịch UBND các xã"
    return (found, end) if found else None


def _of_no_place(r: Reader, unit: str, at: int, window: str) -> tuple[Addressee, int] | None:
    """ "Các Sở: Tư pháp, Nội vụ" in a paper of no known place: names that the tables know, as printed."""
    head = known_head_at(window, 0) if r.text[at : at + 1].isupper() else None
    if head is None or len(head.text) <= len(unit) or not head.text.lower().startswith(f"{unit} ".lower()):
        return None
    return Addressee(plain(window[: len(head.text)])), at + len(head.text) - len(unit) - 1


_UP_TO_COMMA = re.compile(rf"[{UPPER}][^,;.:()|\n*]*?(?=\s*[,;.:()|\n*]|\s+và\s|$)")


def _by_its_unit(r: Reader, unit: str, at: int) -> tuple[Addressee, int] | None:
    """ "Các bệnh viện: Bạch Mai, Chợ Rẫy": names that no table knows, each told by the word of the list and kept as printed."""
    name = _UP_TO_COMMA.match(r.text, at, r.limit) if unit not in ("Bộ", "Sở", "Ban", "Hội", "Chi cục") else None
    if name and name.group()[1:].islower() and starts_work(r.text, at, r.limit):
        return None  # "Các bệnh viện: Rà soát quy trình …"
    end = name.end() if name else at
    if name and (work := find_work(r.text, at, name.end())) > 0:
        end = at + len(r.text[at:work].rstrip())
    return (Addressee(f"{unit} {plain(r.text[at:end])}"), end) if end > at else None


def _end_of_agency(r: Reader, at: int, end: int) -> int:
    """Where "Sở Y tế khám …", of no known place and with a verb that no table has, ends; `end` for any other name."""
    known = known_head_at(r.text, at)
    stop = at + len(known.text) if known else end
    return stop if stop < end and says_more(r.text, stop, end) else end


_PROPER_BEHIND = re.compile(rf"\s+(?:[{UPPER}0-9]|[{LETTER}]+\s+[{UPPER}])")


def read_unknown(r: Reader, at: int, head: re.Match[str]) -> tuple[list[Addressee], int] | None:
    """Return a body that no table knows, by its head word and the name behind it, as printed."""
    end = name_end(r, head.end())
    end = _end_of_agency(r, at, end) if r.text.startswith("Sở ", at) else end
    # "UBND" is all of a body's kind, as "Ủy ban nhân dân" is, and "Ban" is not
    whole = " " in key(head["head"]) or is_abbreviated(head)
    if (end == head.end() and not whole) or not (
        r.text[at].isupper() or r.text[head.end() : head.end() + 2].strip()[:1].isupper()
    ):
        return None
    named = _PROPER_BEHIND.match(r.text, head.end(), r.limit) is not None
    joint = JOINT.match(r.text, end, r.limit) if r.heading or whole else None
    listed = joint is not None and any(begins.match(r.text, joint.end(), r.limit) for begins in (HEAD, MANY))
    named = named or listed
    if not (goes_on(r, end) or (r.heading and end >= r.limit - 1) or named):
        return None
    return [_of_same_level(r, at, end) or Addressee(early_tones(_of_body(r, at, head.end(), end)))], end


_OF_SEVERAL = re.compile(r"(?<!\w)các\s+đảng\s+(?:ủy|bộ)\s+(?:trực\s+)?thuộc\s", re.IGNORECASE)


_IS_READ = ("báo ", "tạp chí ", "cổng ", "trang ")
"""Of "Cổng Thông tin điện tử Công đoàn Việt Nam", the name of what is read, and not whose it is."""


def _of_body(r: Reader, at: int, behind: int, end: int) -> str:
    """The name of an office as printed, that of the body which ends it in full: "Ban Phong trào Tỉnh đoàn" is that of its own province."""
    if _OF_SEVERAL.search(r.text, behind, end) or r.text[at:end].lower().startswith(_IS_READ):
        return plain(r.text[at:end])  # "Ban Thường vụ các đảng ủy trực thuộc Tỉnh ủy"
    for word in re.finditer(r"\S+", r.text[behind:end]):
        start = behind + word.start()
        body = r.finder.read(r.text, start) if word[0][:1].isupper() else None
        if body is not None and body.end == end and word[0].lower() not in body.name.lower().split()[1:]:
            return f"{plain(r.text[at:start])} {body.name}"
    return plain(r.text[at:end])
