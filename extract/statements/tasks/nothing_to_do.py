"""What behind a name gives it nothing to do.

Sở A đã hoàn thành …; Sở A chưa …                      what was done, or is not to be
Trung tâm A có quyền tạm ngừng …                       what it may do
UBND tỉnh cơ bản thống nhất với báo cáo                what it decides
Ban Chỉ đạo có chức năng tham mưu …                    what it is for, or how it works
Giám đốc Sở Xây dựng làm Phó Trưởng ban                what somebody is to be
"""

from __future__ import annotations

import re

from chidao.extract.language.composing import either, one_of, rules
from chidao.extract.language.letters import LETTER
from chidao.extract.language.patterns import AGENCY
from chidao.extract.language.tables import task_phrases, words
from chidao.extract.model import Addressee
from chidao.extract.statements.addressees.name_ends import JOINT
from chidao.extract.statements.addressees.words import OFFICE, are_members
from chidao.extract.statements.predicates import starts_work
from chidao.extract.statements.tasks.task_text import TaskText

_DONE = re.compile(
    rf"\s*,?\s*(?:(?:\S+\s+){{0,4}}?(?:đã|vừa)|(?:nhận\s+được|được(?!\s+giao)|bị))(?![{LETTER}])", re.IGNORECASE
)
_APPOINTED = re.compile(
    rf"\s*,?\s*(?:(?:được\s+)?(?:là|làm|giữ\s+chức(?:\s+(?:vụ|danh))?|tham\s+gia(?:\s+(?:là|làm|với\s+tư\s+cách(?:\s+là)?))?)\s+|:\s*)(?={OFFICE.pattern})",
    re.IGNORECASE,
)
"""Of "Giám đốc Sở Xây dựng làm Phó Trưởng ban", "Thành viên: lãnh đạo các sở": what somebody is to be."""

_BENEFITS = re.compile(r"\s(?:này|đó|trên)\s+được\s+(?:xem\s+xét|miễn|hưởng|loại\s+trừ|giảm|hỗ\s+trợ)\s")
"""Of "người tham gia xây dựng Nghị quyết này được xem xét miễn trách nhiệm", who is granted something."""
_NOT = re.compile(
    rf"\s*(?:tuyệt\s+đối\s+)?(?:không(?!\s+(?:được\s+)?(?:lơ\s+là|chủ\s+quan))|chưa|chớ|nghiêm\s+cấm)(?![{LETTER}])",
    re.IGNORECASE,
)
_AGREED = re.compile(
    rf"\s+(?:cơ\s+bản\s|{one_of(words('agrees'))}(?=\s*(?:[,;.:]|$)|\s+(?:với\s+)?(?:chủ\s+trương|nội\s+dung|đề\s+(?:nghị|xuất)|kiến\s+nghị|báo\s+cáo"
    r"|Báo\s+cáo|Tờ\s+trình|dự\s+thảo|kết\s+quả|phương\s+án|thông\s+qua|đánh\s+giá)(?!\w)))"
)
"""Behind who decides of "UBND tỉnh cơ bản thống nhất với báo cáo": a decision, and no work. With whom somebody has to agree is."""
_ENTITLED = re.compile(
    rf"\s*(?:có\s+(?:các\s+)?quyền|được\s+(?:quyền|phép))(?!\s*,?\s*(?:hạn|và)?\s*(?:và\s+)?(?:nghĩa\s+vụ|trách\s+nhiệm|nhiệm\s+vụ))(?![{LETTER}])",
    re.IGNORECASE,
)
"""Of "Trung tâm A có quyền tạm ngừng cấp tài khoản": what somebody may do is nothing that must be done."""
_KEEPS = re.compile(
    r"[^.;]{0,160}?\sthì\s+(?:vẫn\s+)?(?:(?:được\s+)?tiếp\s+tục|(?:vẫn|được))\s+(?:được\s+)?hưởng(?!\w)", re.IGNORECASE
)
"""Of "Cán bộ đang hưởng trợ cấp theo Nghị quyết cũ thì tiếp tục được hưởng": what somebody keeps."""
_NO_ORDERS = rules(
    (
        "what they are",
        rf"\s*tiếp\s+tục\s+là\s+(?!(?:{AGENCY}|đầu\s+mối|bộ\s+phận)(?![{LETTER}]))",
        "Chi bộ các thôn tiếp tục là hạt nhân lãnh đạo",
    ),
    (
        "what they are for",
        r"\s+có\s+chức\s+năng\s+(?!,|và\s|nhiệm\s+vụ\s)",
        "Ban Chỉ đạo có chức năng tham mưu cho Chủ tịch",
    ),
    (
        "how they work",
        r"\s+(?:làm\s+việc|hoạt\s+động)\s+theo\s+(?:chế\s+độ|nguyên\s+tắc)(?!\w)",
        "Các thành viên Ban Chỉ đạo làm việc theo chế độ kiêm nhiệm",
    ),
    (
        "what others have ruled",
        r"\s+có\s+(?:các\s+|[0-9]+\s+)?(?:nhiệm\s+vụ|quyền|thẩm\s+quyền)(?:\s*,\s*(?:nhiệm\s+vụ|quyền\s+hạn))?\s+(?:theo|quy\s+định)\s",
        "Hội đồng có nhiệm vụ, quyền hạn theo Điều 37 của Luật",
    ),
    (
        "where they spoke",
        r"\s+(?:phát\s+biểu\s+)?chỉ\s+đạo\s+tại\s+(?:buổi|hội\s+nghị|(?:cuộc|phiên|kỳ)\s+họp|lễ)(?!\w)",
        "Bí thư Tỉnh ủy chỉ đạo tại buổi giao ban sáng 09/11/2026",
    ),
    (
        "what a paper prints",
        r"\s+(?:(?:xin|trân\s+trọng)\s+){0,2}(?:giới\s+thiệu|đăng(?:\s+tải)?)\s+(?:toàn|nguyên)\s+văn(?!\w)",
        "Báo Ven Biển trân trọng giới thiệu toàn văn Nghị quyết",
    ),
    (
        "how they say that something must go",
        rf"\s+{one_of(task_phrases('call'))}\s*[,:]\s+việc\s",
        "Ban Tuyên giáo Trung ương yêu cầu, việc học tập phải khẩn trương",
    ),
    (
        "what they think about",
        r"\s+(?:(?:ghi\s+nhận|tiếp\s+thu)\s*(?:,|\svà)\s+)*(?:sẽ|xin)\s+(?:tiếp\s+thu|ghi\s+nhận|xem\s+xét|nghiên\s+cứu|cân\s+nhắc)(?!\w)",
        "UBND tỉnh tiếp thu, sẽ xem xét trong năm 2027",
    ),
    (
        "where the money comes from",
        r"(?:\s+hỗ\s+trợ|:?\s+(?:đóng\s+góp|tài\s+trợ|ủng\s+hộ)|"
        r":\s+(?:hỗ\s+trợ(?![^;\n]*\sđồng\s+cho\s)|(?:điều\s+chỉnh\s+)?(?:tăng|giảm|bổ\s+sung))"
        r"(?![^;\n]*\s(?:trước\s+ngày|hoàn\s+thành)\s))\s+[0-9][0-9.,]*"
        r"\s+(?:nghìn|triệu|tỷ|đồng)(?!\w)",
        "Quỹ Phòng, chống thiên tai hỗ trợ 20 triệu đồng",
    ),
    (
        "what became of an order that was given before",
        r"\s+được\s+(?:giao|phân\s+công)\s[^.;]*?(?:,\s*(?:nay|hiện|đã|nhưng|song)(?!\w)|"
        r"\s+đến\s+nay\s+(?:đã|chưa|cơ\s+bản|vẫn|mới)(?!\w)|,\s*đến\s+nay(?!\w)|\s+đã\s+(?:cơ\s+bản\s+)?hoàn\s+thành(?!\w))",
        "Sở A được giao chủ trì thẩm định, đến nay đã hoàn thành",
    ),
)
_OF_ITSELF = re.compile(
    r"[^.,;:()\n]{2,80}?"
    + either(*(rule.pattern for rule in _NO_ORDERS if rule.name in ("what they are for", "how they work")))
)
_NO_WORK = re.compile(either(_NOT, _AGREED, _ENTITLED, *_NO_ORDERS))
"""What behind a name gives it nothing to do."""


def gives_nothing_to_do(reading: TaskText, at: int, end: int) -> bool:
    """Does what follows those who are named tell what was done, is not to be done, or what they are, get or think?"""
    text = reading.text
    return bool(
        _DONE.match(text, at, min(end, at + 40))
        or _NO_WORK.match(text, at, end)
        or (reading.said["not yet"].first(at, end) >= 0 and _KEEPS.match(text, at, end))
        or _BENEFITS.search(text, at, min(end, at + 120))
    )


def is_appointed(reading: TaskText, lead: tuple[Addressee, ...], at: int, end: int) -> bool:
    """Does what follows those who are named only say what they are to be ("… làm Trưởng ban"), and give them nothing to do?"""
    text = reading.text
    role = _APPOINTED.match(text, at, end)
    if role is None:
        return False
    if ":" in role.group() and not all(are_members(a.name) for a in lead):
        return False  # "Ban Thường vụ: lãnh đạo …" has something to do
    office, behind = reading.addressees(role.end(), end, heading=True)
    if not office:
        named = OFFICE.match(text, role.end(), end)
        behind = named.end() if named else role.end()
    more = JOINT.match(text, behind, end)
    return more is None or not starts_work(text, more.end(), end)


def is_handed_over(name: str) -> bool:
    """Does a name behind "giao" tell what is given to whom, who has nothing to do: "Trường Tiểu học số 2 cho Công an xã"?"""
    return " cho " in f"{name} "


def tells_of_itself(text: str, at: int, end: int) -> bool:
    """Does a sentence only say what a body is for, or how it works ("Ban Chỉ đạo có chức năng tham mưu …")?"""
    return not starts_work(text, at, end) and _OF_ITSELF.match(text, at, end) is not None


def may_or_agrees(text: str, at: int, end: int) -> bool:
    """Does text[at:end] open, behind who is named, with what somebody may do, or with what is decided ("thống nhất thông qua …")?"""
    return is_entitled(text, at, end) or _AGREED.match(text, at, end) is not None


def is_entitled(text: str, at: int, end: int) -> bool:
    """Does text[at:end] open with what somebody may do ("có quyền tạm ngừng …", "được phép …")?"""
    return _ENTITLED.match(text, at, end) is not None


def is_not_to_be(text: str, at: int, end: int) -> bool:
    """Does text[at:end] open with a ban, or with what has not been done ("không thu thêm …", "chưa …")?"""
    return _NOT.match(text, at, end) is not None
