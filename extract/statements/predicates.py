"""Where a sentence begins to say what is to be done: the verbs of work, with what may stand before them.

Vietnamese verbs do not change their form, so a verb of work is known by its word (tables/tasks.csv) and by what stands before it: "đang
triển khai", "được giao", "việc thực hiện" say of something what it is, and order nothing.
"""

from __future__ import annotations

import re
from functools import cache

from chidao.extract.language.composing import one_of
from chidao.extract.language.compounds import within_compound
from chidao.extract.language.letters import LETTER, LOWER, UPPER
from chidao.extract.language.patterns import AGENCY, CHARGED, LEADS, NOUN, PASSIVE
from chidao.extract.language.tables import task_phrases, words

# What makes of a verb a part of a name or of what is told: "dự án đang triển khai", "cơ quan chủ trì", "công tác phối hợp".
_NOUN_BEFORE = re.compile(
    rf"(?:đang|đã|{PASSIVE}|do|để|có|(?<!iúp\s)(?<!lượng\s)(?<!quan\s)(?<!ngành\s)(?<!vị\s)(?<!ân\s)(?<!hình\s){NOUN}|(?<=nước\s)về|(?<=môn\s)về|tiến\s+độ|không|chưa|sẽ|(?<!ác\s)(?<!,\s)(?<!ảng\sbộ\s)(?<!ảng\sủy\s)(?<!ổ\schức\svà\s){AGENCY}|"
    r"các|những|(?<!ăn\s)(?<!ác\s)(?<!,\s)(?<!iên\s)(?<!uốc\s)(?<!ự\s)phòng|nhà|(?<!iên\s)ban|tổ|người|tập\s+thể)\s+$"
)
# Verbs within the names of kinds of bodies.
COMPOUND = re.compile(
    rf"(?!(?-i:Tổ)\s+chức(?:,|\s+và)\s){one_of(task_phrases('name'))}|(?<=,\s)tổ\s+chức(?:\s*,\s*cá\s+nhân(?!\w)|"
    rf"(?=\s+{one_of((*words('bans'), *words('strictly'), *task_phrases('duty')))}\s))",
    re.IGNORECASE,
)
"""Of "Các cơ quan, tổ chức không được …", "Các đơn vị, tổ chức, cá nhân …": what must or must not be done is said of organizations; "Ban Tổ
chức và đoàn thể" are two."""

UNDERGOES = re.compile(rf"{PASSIVE}\s+$")
"""What stands before a verb that tells what is done to something, in lower case."""
_MANAGES = re.compile(r"(?:hòng|Đội|tâm|ục)\s+Quản\s+lý\s+$")
"""Of "Phòng Quản lý đào tạo": no department is called by that word alone."""
_OF_QUALITY = re.compile(r"(?:Quản\s+lý|Đảm\s+bảo|Bảo\s+đảm|Kiểm\s+định)\s+chất\s+lượng\s+$")
"""Of "Phòng Quản lý chất lượng chủ trì …", where it ends a name and makes no noun of the verb behind it."""
_OF_A_NAME = re.compile(
    r"(?<=ăn phòng )tổng\s+hợp(?=[*_]*\s*:|\s+(?:chủ\s+trì|tham\s+mưu|phối\s+hợp|có\s+trách)\s)|"
    r"(?<=Ban Chỉ đạo )cơ\s+cấu\s+lại(?!\w)|(?<=rung tâm )phát\s+sóng(?=\s+(?:phát\s+thanh|truyền\s+hình)(?!\w))|"
    rf"(?<=dự án )xây dựng(?=\s+(?:các\s+)?(?:công\s+trình|cơ\s+bản|[{UPPER}]))|"
    rf"(?<=trách\slĩnh\svực\s)(?!{one_of((*task_phrases('before'), 'tổ chức', 'trực tiếp', 'chỉ đạo', 'giúp'))}(?!\w)|{LEADS})"
    rf"(?:(?!các\s|việc\s|và\s)[{LOWER}]+\s+){{2,4}}?(?=(?:trực\s+tiếp|chỉ\s+đạo|{LEADS}|(?:có|chịu)\s+trách\s+nhiệm)\s)"
)
"""Of "Văn phòng tổng hợp: …", the general office, which sums up nothing; of "Ban Quản lý dự án xây dựng công trình Giao thông", "Ban Chỉ
đạo cơ cấu lại ngành nông nghiệp", "Trung tâm phát sóng truyền hình", "Phó Giám đốc Sở phụ trách lĩnh vực bảo vệ môi trường"."""
_DUTY = one_of(task_phrases("duty"))
# What says of any name before it that it has work to do.
_HAS_TO = re.compile(_DUTY)
_MUST = re.compile(rf"(?<=\s){_DUTY}(?=\s)")
HAS_DUTY = re.compile(rf"\s+{_DUTY}\s")
"""Right behind a name."""
IN_CHARGE = re.compile(rf"\s+(?:{LEADS}|{CHARGED}|chịu\s+trách\s+nhiệm)(?![{LETTER}])")
"""The same, of who answers for it."""
_SMALL_WORD = one_of((*words("small word"), *words("joins"), *words("ends a name")))
_SPEAKS = re.compile(rf"\s+(?!{_SMALL_WORD}(?![{LETTER}]))[{LOWER}]{{2,}}(?=\s)")
"""A word that is no verb of the table, but does not go on with a name either: "Ủy ban nhân dân xã X lát gạch vỉa hè"."""


def name_goes_on(text: str, at: int, stop: int) -> int:
    """Return where a verb with what belongs to it ends that is part of a name ("tham mưu, giúp việc"), or `at` where none stands there."""
    named = COMPOUND.match(text, at, stop)
    return named.end() if named else at


def says_more(text: str, at: int, stop: int) -> bool:
    """Does a lower-case word follow that goes on with the sentence, and is no word that merely joins?"""
    return _SPEAKS.match(text, at, stop) is not None


def find_duty(text: str, at: int, stop: int) -> int:
    """Return where "phải", "cần", "có trách nhiệm" stands in text[at:stop], or -1."""
    found = (match.start() for match in _MUST.finditer(text, at, stop) if not within_compound(text, *match.span()))
    return next(found, -1)


@cache
def _work() -> re.Pattern[str]:
    return re.compile(one_of(task_phrases("work", "duty", "before"), whole=True))


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(r"[\s,:*_]*(?:\((?:[0-9]{1,2}|[ivx]{1,4})\)\s+)?" + _work().pattern, re.IGNORECASE)


def starts_work(text: str, at: int, stop: int) -> bool:
    """Does text[at:stop] open with what is to be done ("chủ trì …", ", cần khẩn trương …", ":** (1) Rà soát …")?"""
    return _opening().match(text, at, stop) is not None


def find_work(text: str, at: int, stop: int) -> int:
    """Return where what is to be done begins in text[at:stop], or -1. Capitals belong to names and begin nothing."""
    compound = at
    for match in _work().finditer(text, at, stop):
        begin, end = match.span()
        if named := COMPOUND.match(text, begin, stop):
            compound = named.end()
        if begin < compound or within_compound(text, begin, end):
            continue
        if begin == at or _HAS_TO.fullmatch(text, begin, end) or not _is_of_a_name(text, at, begin):
            return begin
    return -1


def _is_of_a_name(text: str, at: int, verb: int) -> bool:
    """Do the words before a verb, not before `at`, make it a noun, or part of a name?"""
    if _NOUN_BEFORE.search(text, max(at, verb - 14), verb) and not _OF_QUALITY.search(text, max(0, verb - 28), verb):
        return True
    return bool(_MANAGES.search(text, max(0, verb - 16), verb) or _OF_A_NAME.match(text, verb))
