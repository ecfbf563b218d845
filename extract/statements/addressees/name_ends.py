"""Where the name of an addressee ends: before what is to be done, a mark, or the next addressee of the list."""

from __future__ import annotations

import re
from typing import NamedTuple

from chidao.extract.language.composing import either, one_of
from chidao.extract.language.compounds import by_itself
from chidao.extract.language.letters import LETTER, LOWER, UPPER
from chidao.extract.language.patterns import COMMITTEE, EACH, HELPS, LEADS, UNIT
from chidao.extract.language.tables import key, words
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.statements.addressees.words import (
    BODIES,
    BY_FUNCTION,
    HEAD,
    HEAD_WORDS,
    LEVEL,
    MANY,
    OFFICE,
    kind_of,
)
from chidao.extract.statements.predicates import COMPOUND, find_work, name_goes_on, starts_work

PROPER = rf"[{UPPER}][{LETTER}’'-]*"
"""A word of a name, with a capital."""
_VERB = re.compile(rf"[{UPPER}][{LOWER}]+\s+[{LOWER}]")
_WORD = re.compile(
    rf"(?=(?P<verb>{_VERB.pattern})?)(?=(?P<compound>{either(COMPOUND)})?)[{LETTER}0-9&./’'-]*[{LETTER}0-9]"
)
"""A word of a name; a verb may begin with it, and be part of the name ("Tổ chức")."""
# What goes on with any name: "các tổ chức chính trị - xã hội", "các tỉnh, thành phố nêu trên"; "các ban xây dựng Đảng" build nothing.
_SAID = (
    rf"(?:(?<=[Bb]an)\s+xây\s+dựng\s+Đảng(?!\s+(?:bộ|viên|ủy|đoàn)(?!\w))|\s+(?:chính\s+trị\s*[-–]\s*xã\s+hội(?:\s+(?i:{UNIT}))?|cấp\s+trên\s+trực\s+tiếp\s+(?:của\s+)?(?:(?:các\s+)?tổ\s+chức\s+(?:đảng\s+)?)?cơ\s+sở(?:\s+đảng(?!\s+(?:viên|ủy|bộ|đoàn)(?!\w)))?|(?:nêu|nói)\s+trên|cùng\s+cấp|tại\s+chỗ|dưới\s+đây|có\s+tên(?:\s+(?:nêu\s+)?(?:trên|(?:trong|tại|ở)\s+(?:danh\s+sách|(?i:phụ\s+lục)|biểu)(?:\s+(?:kèm\s+theo|nêu\s+trên|dưới\s+đây))?|tại\s+(?:Điều|khoản|điểm)\s+[0-9a-zđ]{{1,3}}))?))"
    r"(?![A-Za-zÀ-ỹ])"
)
_GAP = rf"\s+[-–]\s+(?=[{UPPER}])|\s*"
# Of "Giáo viên chủ nhiệm có 12 nhiệm vụ theo Điều lệ": what somebody has to do by rule. "Các cơ quan có thẩm quyền" is a name.
_DUTIES = r"có(?=\s+(?:[0-9]|(?:các\s+)?(?:nhiệm\s+vụ|quyền)(?!\w)))"
_ONLY = r"chỉ(?!\s+(?:dẫn|đạo|định|huy|rõ|thị|tiêu|số)(?!\w))"
"""Of "Công ty A chỉ lập hóa đơn một lần", which says what it need not do."""
_JUST = r"(?<!và )vừa(?!\s+và\s)"
"""Of "HĐND xã vừa họp", and not of "Hiệp hội Doanh nghiệp nhỏ và vừa"."""
# Of "Các sở, ngành đang xây dựng kế hoạch tuyên truyền", which tells how far they have come; "các xã đang xây dựng nông thôn mới" are some,
# and so are "Các sở đang xây dựng kế hoạch" that "khẩn trương hoàn thành trước ngày 20/4/2026".
_MAKING = (
    r"(?:\S+\s+){0,2}?(?:xây\s+dựng|hoàn\s+thiện|soạn\s+thảo)\s+(?:dự\s+thảo\s+)?"
    rf"{one_of(words('paper in the making'))}(?!\w)(?!\s+(?:khẩn\s+trương|tạm\s+dừng)\s)"
)
DASHED = rf"\s*[-–]\s*(?=(?:[Bb]an(?!\s+[{UPPER}])|[Nn]gành|đoàn\s+thể|(?!xã\s+hội){UNIT})(?![{LETTER}]))"
"""Of "các Sở - ban - ngành", "các quận - huyện", in which a dash stands for a comma."""
# Where a name ends: closing marks, and words that begin what is said of it.
_STOP = re.compile(
    rf"\s*(?:[.;:()|\n“”\"!?…]|(?!{DASHED})[-–]\s(?![A-ZĐ])|$)|"
    rf"\s+(?:{one_of(words('ends a name'))}|{by_itself('không')}|{_JUST}|{_ONLY}|{_DUTIES}|(?<!cấp )trên(?!\s+địa\s+bàn)|"
    rf"(?<!nhà nước )(?<!chuyên môn )về|"
    rf"có\s+chức\s+năng(?=\s+(?:tham\s+mưu|giúp|tư\s+vấn|chỉ\s+đạo|phối\s+hợp)(?!\w))|(?:làm\s+việc|hoạt\s+động)(?=\s+theo\s+(?:chế\s+độ|nguyên\s+tắc)\s)|"
    rf"được\s+giao(?=\s*:)|(?:đề\s+nghị|yêu\s+cầu)(?=\s*:|\s+(?:các\s|{one_of(words('committee'))}\s|[{UPPER}]))|"
    rf"đang(?=\s+{_MAKING}))(?![{LETTER}])",
)
WORK_BEHIND = re.compile(rf"[*_]*:[*_]*\s+(?!{one_of(words('no work'))}(?![{LETTER}]))[{LOWER}]")
"""Behind a body's whole name: "Ban Quản lý dự án A: đóng điện trạm B", whatever is to be done."""
JOINT = re.compile(
    rf"\s*(?:[,;]|\s(?:và|cùng(?!\s+cấp(?!\w))(?:\s+với)?|hoặc)(?=\s))\s*(?:(?:và|cùng)\s+)?|{DASHED}", re.IGNORECASE
)
_STEP = re.compile(f"(?P<said>{_SAID})|(?P<stop>{_STOP.pattern})|(?P<joint>{either(JOINT)})|(?P<gap>{_GAP})")
"""What stands behind a word of a name: more of any name, its end, or what joins it to another word."""
ASIDE = re.compile(r"\s*\((?P<aside>[^()\n]{2,160})\)")
LONGEST = 200
"""Longer than any body's name, in characters."""
_MOST_WORDS = 18


class Reader(NamedTuple):
    """What one reading of a list goes by; `limit` is where the text that may be read ends."""

    text: str
    finder: BodyFinder
    limit: int
    heading: bool
    small: bool
    """A group may begin with a small letter and no "các" ("phối hợp với sở, ban, ngành")."""


def goes_on(r: Reader, end: int) -> bool:
    """Does what is to be done follow the name, or an explanation in brackets?"""
    return (
        starts_work(r.text, end, r.limit)
        or ASIDE.match(r.text, end, r.limit) is not None
        or WORK_BEHIND.match(r.text, end, r.limit) is not None
    )


def name_end(r: Reader, at: int, first: str = "") -> int:
    """Return where the name that goes on at `at` ends: before what is to be done, a mark, or another addressee. `first` is its first
    word, where the caller has read more than one."""
    text, limit = r.text, r.limit
    work = find_work(text, at, min(limit, at + LONGEST))
    end = at
    for _ in range(_MOST_WORDS):
        step = _STEP.match(text, end, limit)
        kind = step.lastgroup if step else None
        if step and kind == "said":
            end = step.end()
            if text[end - 3 : end] == "chỗ":
                break  # "các lực lượng tại chỗ chữa cháy rừng"
            work = find_work(text, end, min(limit, at + LONGEST)) if 0 <= work < end else work
            if text[end : end + 2].strip()[:1].isupper() and starts_work(text, end, limit):
                break  # "… các tổ chức chính trị - xã hội Tuyên truyền, vận động …": a heading and its first item in a line
            continue
        if step is None or end == work or kind == "stop":
            break
        begin = step.end()
        if kind == "joint":
            if fields := _more_fields(r, end, step):
                end = fields
                work = find_work(text, end, min(limit, at + LONGEST))
                continue
            if not _joins(r, at, step, work, first):
                break
        if 0 <= work <= begin:
            break
        word = _WORD.match(text, begin, limit)
        if word is None or (word["verb"] is not None and begins_to_work(text, begin, limit)):
            break
        end = max(word.end(), word.end("compound")) if word["compound"] else word.end()
    return end


_BARE_UNIT = re.compile(rf"(?<![{LETTER}]){UNIT}\s+$", re.IGNORECASE)


def begins_to_work(text: str, at: int, limit: int) -> bool:
    """ "Ủy ban nhân dân huyện Xây dựng kế hoạch …": is it a verb that stands behind a unit, and no place, whose words all have capitals?"""
    if not _VERB.match(text, at, limit) or not _BARE_UNIT.search(text, max(0, at - 12), at):
        return False
    return starts_work(text, at, limit)


_BY_FUNCTION = re.compile(BY_FUNCTION, re.IGNORECASE)
_OF_ONE = re.compile(rf"[{LOWER}]\s+{COMMITTEE}$")


def _begins_anew(r: Reader, at: int, joint: re.Match[str], head: re.Match[str], first: str) -> bool:
    """Is the word behind the comma another name's: "các đảng ủy xã, phường, đảng ủy trực thuộc", "các cơ quan tham mưu của Tỉnh ủy, đảng
    ủy trực thuộc"?"""
    word = key(head["head"])
    if word.startswith(("tập thể", "người đứng đầu")) or _BY_FUNCTION.match(r.text, head.start()):
        return True  # "Ban thường vụ các huyện ủy, tập thể lãnh đạo các sở", "Giám đốc các sở, người đứng đầu doanh nghiệp nhà nước"
    again = word.split()[0] == first.lower() or (
        word.endswith("ủy") and key(r.text[max(0, at - 2 * len(word)) : at]).endswith(word)
    )
    return again or _OF_ONE.search(r.text, at, joint.start()) is not None


OF_FIELDS = re.compile(
    rf"(?<![{LETTER}])(?:Phòng|Ban|(?P<ministry>Vụ|Cục|Viện)|Chi\s+cục|Trung\s+tâm|Khoa|Đội|Tổ|(?P<journal>Tạp\s+chí))\s"
    r"(?:\s*[^,.;:()\n]{2,60}(?P<ends>\Z))?"
)
"""A part of a body that is called by what it is for, to the end of what is read where nothing parts that."""
_MORE_FIELDS = re.compile(
    r"(?P<telecoms>(?:(?<=Bưu\schính,\s)|(?<=Bưu\schính\svà\s)|(?<=nghệ\sthông\stin,\s)|(?<=nghệ\sthông\stin\svà\s))Viễn\s+thông"
    rf"(?![{LETTER}])(?!\s+(?:[{UPPER}0-9]|(?i:{UNIT})(?![{LETTER}]))))|"
    rf"(?P<field>{one_of(words('field of a department'))}(?![{LETTER}]))"
    rf"(?P<more>(?:\s+(?!tốt|nghiêm|đúng|ngay|các|việc|công\s)[{LOWER}]+){{0,3}}?"
    rf"(?=\s*(?:[:(]|$)|\s+(?:{LEADS}|{HELPS}|có\s+(?:trách\s+nhiệm|nhiệm\s+vụ)|chịu\s+trách\s+nhiệm|tham\s+mưu|chủ\s+động)(?![{LETTER}])))?"
)
"""Another field behind a comma or "và", with what goes on with the department's name before a colon or who is put in charge;
without a place "Viễn thông" is no company behind the fields that go with it ("Phòng Bưu chính, Viễn thông")."""


def _field_before(text: str, end: int, reach: int) -> re.Match[str] | None:
    """The word of a part of a body, called by what it is for, whose name goes on to `end`."""
    return next((part for part in OF_FIELDS.finditer(text, max(0, end - reach), end) if part["ends"] is not None), None)


def _more_fields(r: Reader, end: int, joint: re.Match[str]) -> int | None:
    """Where "Phòng Đào tạo, bồi dưỡng chủ trì …", "Phòng Pháp chế và kiểm tra rà soát …" end, with another field of a department that is
    named by a verb; None where no such field follows."""
    found = _MORE_FIELDS.match(r.text, joint.end(), r.limit)
    if found is None or not _field_before(r.text, end, 80):
        return None
    if found["telecoms"]:
        return found.end()
    if found["more"] is not None and (r.heading or found.end() < r.limit):
        return found.end()
    field = found.end("field")
    return field if joint.group().strip() == "và" and starts_work(r.text, field, r.limit) else None


_ONE_GROUP = re.compile(rf"[Cc]ác\s+(?i:{HEAD_WORDS})(?:(?:,\s+|\s*[-–]\s*)(?i:{HEAD_WORDS}))?$")
_BARE = re.compile(r"(?:Ban|Ngành|Cục|Vụ|Phòng|Đơn\s+vị)(?:\s+(?:trực\s+)?thuộc\s|\s*,\s*[Nn]gành(?!\w)|(?!\s+[A-ZĐ]))")
"""Of "Các Vụ, Cục thuộc Bộ", one group whose words have capitals and no names."""
POLICE = re.compile(r"(?P<name>(?:(?:Phòng|Đội|Cục)\s+)?(?:P[ABCHKVX]|[ACHKVX])[0-9]{2})(?![\w/.-])")
"""Of "Phòng PC07, PC02", departments of the police."""
_ACCOUNTS = re.compile(rf"Kế\s+toán(?!\s+trưởng)(?:\s+[{LOWER}]|\s*[:(]|$)")
"""Of "Phòng Công nghệ thông tin và Kế toán thuế"."""

_BODY_OR_FIELD = re.compile(
    rf"{one_of(words('body or field'))}(?![{LETTER}])(?!\s+(?:[{UPPER}0-9]|{UNIT}(?![{LETTER}])|khu\s+vực|cơ\s+sở|trung\s+ương|các\s))"
)
"""Of "Vụ Tiền lương và Bảo hiểm xã hội": without a place it is what a department of a ministry is for."""

_FIELD_OF_A_JOURNAL = re.compile(
    rf"{one_of(words('field of a journal'))}(?=\s*[,;:(]|\s+(?:và\s|mở\s|chủ\s|phối\s|tăng\s)|$)"
)
"""Of "Tạp chí Lao động và Công đoàn", likewise."""
_DEPARTMENT = (" Phòng", " Ban", " Trung tâm")
_WHICH_HAVE = re.compile(r"\scó\s+(?!liên\s+quan)[^.;:()\n]+$")
"""Of "Các đảng ủy xã có cửa khẩu, lối mở chủ động đề xuất …", who are told by all that they have."""
_ANOTHER_THING = re.compile(
    rf"(?!(?:ngoài|tùy|hết|luôn|cùng|trên|dưới|bằng|qua|tuy|song|đúng|đồng\s+thời|nhất|trước|{EACH})\s)(?:[{LOWER}]+\s+){{1,3}}(?P<fourth>[{LOWER}]+\s+)?"
)


def _is_a_field(r: Reader, end: int, following: int) -> bool:
    """Does "và" between two places join to a ministry's department or a journal another field, which may be a body's word?"""
    text = r.text
    of_ministry = _BODY_OR_FIELD.match(text, following)
    if of_ministry is None and _FIELD_OF_A_JOURNAL.match(text, following, r.limit) is None:
        return False
    part = _field_before(text, end, 80)
    return part is not None and part["ministry" if of_ministry else "journal"] is not None


_OFFICE_OF = re.compile(rf"Văn\s+phòng\s+(?P<body>{BODIES}|Đoàn\s+(?:ĐBQH|đại\s+biểu\s+Quốc\s+hội))$")
_OF_BOTH = re.compile(rf"{BODIES}(?![{LETTER}])")
"""Of "Văn phòng HĐND và UBND huyện", "Văn phòng Đoàn ĐBQH và HĐND tỉnh", which serve both."""


def _serves_both(text: str, end: int, following: int) -> bool:
    """Is it one office whose name goes on behind "và" with the other body that it serves? "Văn phòng UBND và UBND các xã" are two."""
    other, office = _OF_BOTH.match(text, following), _OFFICE_OF.search(text, max(0, end - 80), end)
    return other is not None and office is not None and other.group() != office["body"]


def _within_a_name(r: Reader, at: int, joint: re.Match[str]) -> bool:
    """Do the words around a comma or "và" belong to one name: "Trung tâm Giám sát, điều hành đô thị", "Chi cục Phòng, chống thiên tai khu
    vực miền Bắc", "Cục Quản lý đê điều và Phòng, chống thiên tai", "Phòng Công nghệ thông tin và Kế toán thuế",
    "các đơn vị thuộc, trực thuộc Bộ"?"""
    text, following = r.text, joint.end()
    if name_goes_on(text, following, r.limit) > following or text.startswith("Phòng, chống ", following):
        return True
    if text.startswith("chống ", following) and text.endswith(" Phòng", max(0, at - 6), joint.start()):
        return True
    if text.startswith("trực thuộc ", following) and text.endswith(" thuộc", 0, joint.start()):
        return True
    if joint.group().strip() == "và" and (
        _is_a_field(r, joint.start(), following) or _serves_both(text, joint.start(), following)
    ):
        return True
    accounts = _ACCOUNTS.match(text, following, r.limit)
    return accounts is not None and _field_before(text, joint.start(), 60) is not None


def _another_head(r: Reader, at: int, *, listed: bool) -> re.Match[str] | None:
    """The word behind a comma or "và" with which another addressee begins; behind "và" none that only looks like a body's: "Trung tâm Xúc
    tiến thương mại và Hội nhập quốc tế"."""
    head = HEAD.match(r.text, at, r.limit)
    if head is None or listed or kind_of(head) != "none" or starts_work(r.text, at, r.limit):
        return head
    return None if r.text[at].isupper() else head


def _joins(r: Reader, at: int, joint: re.Match[str], work: int, first: str) -> bool:
    """Does the name that begins before `at` go on behind a comma or "và"? `work` is where what is to be done begins."""
    following = joint.end()
    if following >= r.limit or MANY.match(r.text, following, r.limit):
        return False
    if _within_a_name(r, at, joint):
        return True
    listed = joint.group().strip()[:1] in (",", "-", "–")
    head = _another_head(r, following, listed=listed)
    if head is not None and listed and _begins_anew(r, at, joint, head, first):
        return False
    if head is not None and not listed and not r.text[at : joint.start()].endswith("rung ương"):
        return False  # but "các cơ quan báo chí Trung ương và địa phương" are one group
    if POLICE.match(r.text, following, r.limit):
        return False
    if not r.text[following].islower():
        if _ONE_GROUP.search(r.text, max(0, joint.start() - 24), joint.start()):
            return _BARE.match(r.text, following, r.limit) is not None
        named = head if head is not None and kind_of(head) != "none" else None
        another = named or LEVEL.match(r.text, following, r.limit) or OFFICE.match(r.text, following, r.limit)
        return another is None and r.finder.read(r.text[following : following + LONGEST], 0) is None
    if head is None:
        return _joins_words(r, at, following, work, listed=listed)
    return work < 0 or following < work


def _joins_words(r: Reader, at: int, following: int, work: int, *, listed: bool) -> bool:
    """The same where no addressee's word follows: "Nhân viên thiết bị và phục vụ", "Phòng Chính trị, tư tưởng", "Các xã có biển, đảo"."""
    if _STOP.match(r.text, following - 1, r.limit):
        return False
    if r.heading or not listed:
        return r.heading or following < work
    department = f" {r.text[max(0, at - 12) : at]}".rstrip().endswith(_DEPARTMENT)
    having = department or _WHICH_HAVE.search(r.text, at, following)
    more = _ANOTHER_THING.fullmatch(r.text, following, work) if having else None
    return more is not None and not (department and more["fourth"])


_OWN = re.compile(
    rf"(?<=[{LOWER}]\s)(?:(?P<called>[{UPPER}][{LOWER}’'-]+(?:\s+[{UPPER}][{LOWER}’'-]+)+)|(?:số|khu\s+vực|vùng)\s+(?:[0-9]{{1,3}}|[IVX]{{1,4}}))"
    rf"(?:\s+{UNIT}(?![{LETTER}])(?:\s+{PROPER})*)?(?=\s+[{LOWER}])"
)
"""What tells the one body from others of its kind: "Lâm trường *Sông Hinh*", "Đoạn Quản lý đường thủy *số 15*"."""
_SHORTEST_KIND = 2
"""Words that say what it is: in "Hội Cựu Thanh niên" no name of its own begins behind the first."""


def own_end(text: str, at: int, stop: int) -> int:
    """Return where the name at text[at:stop], which no table knows, ends with what is its own, before what it has to do: a verb of the
    table, or any words where there is none; 0 where nothing in it is its own."""
    if not text[at : at + 1].isupper():
        return 0
    ends = [
        own.end()
        for own in _OWN.finditer(text, at, min(len(text), stop + 1))
        if own["called"] is None or len(text[at : own.start()].split()) >= _SHORTEST_KIND
    ]
    before_work = next((end for end in ends if starts_work(text, end, stop)), 0)
    return before_work or (ends[-1] if ends and find_work(text, ends[-1], stop) < 0 else 0)


def plain(text: str) -> str:
    """Return a name as printed, in one line and without marks."""
    return " ".join(text.replace("*", "").split()).strip(" ,;.:")
