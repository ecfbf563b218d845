"""What a document tells of itself and of whoever writes it, asks of those above, or thanks for: words that order nobody.

Quyết định này có hiệu lực từ ngày ký.                        its own force
Sở Tài chính kính trình UBND tỉnh xem xét.                    what the paper is for
Chính phủ ban hành Nghị quyết này.                            that it is issued
Đề nghị Trung ương Hội xem xét bổ sung …                      a request to those above
"""

from __future__ import annotations

import re

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER
from chidao.extract.language.patterns import FROM, IN_FORCE
from chidao.extract.language.tables import words
from chidao.extract.language.verbs import CARRIES_OUT, verbs
from chidao.extract.statements.predicates import starts_work
from chidao.extract.statements.tasks.orders import Order
from chidao.extract.statements.tasks.papers import has_issued
from chidao.extract.statements.tasks.parts import is_superior
from chidao.extract.statements.tasks.task_text import TaskText

_NOTICE = re.compile(
    rf"(?<![{LETTER}])(?<!ngày\s)(?<!khi\s)[^\s.,;]{{1,12}}\s+[^\s.,;]{{1,12}}\s+này\s+(?:{verbs('clause', ['replaces'])}|{IN_FORCE})|"
    rf"sử\s+dụng\s+con\s+dấu|tự\s+giải\s+thể|{IN_FORCE}\s+{FROM}|"
    rf"(?P<known>thông)(?<![{LETTER}]thông)\s+báo\s+(?:[^.;]{{0,80}}?\s)?(?:để|đến)\s[^.]{{4,200}}?(?:biết|{CARRIES_OUT})"
)
_ITS_LETTER = re.compile(
    r"\s*(?:kính\s+(?:trình|báo\s+cáo|đề\s+nghị|mong)\s|(?:trả\s+lời|phúc\s+đáp|thông\s+tin|có\s+ý\s+kiến|gửi|báo)\s(?:[^.;]{0,120}?\s)?để\s[^.;]{2,120}?\sbiết(?!\w))",
    re.IGNORECASE,
)
"""Of "Sở Tài chính kính trình UBND tỉnh xem xét", "Bộ Tài chính trả lời để Ủy ban nhân dân tỉnh biết, thực hiện": what the paper is for."""
_THANKS = re.compile(rf"[\s,]*{one_of(words('takes note'))}", re.IGNORECASE)
_SETTLES = re.compile(rf"\s{one_of(words('settles'))}\s", re.IGNORECASE)
_CONSIDERS = re.compile(r"\s+(?:xem\s+xét|cho\s+(?:ý\s+kiến|chủ\s+trương)|quan\s+tâm|tạo\s+điều\s+kiện)(?!\w)")


def notifies(reading: TaskText, begin: int, end: int) -> bool:
    """Does what stands between two places tell of the document's own force, or that it is made known, and order nothing?"""
    notice = _NOTICE.search(reading.low, begin, end) if reading.first("notice", begin, end) >= 0 else None
    if notice is None or notice["known"] is None or notice.start() == begin:
        return notice is not None
    # "Theo dõi mực nước; kịp thời thông báo để người dân biết" is work
    return not (starts_work(reading.text, begin, end) and reading.low.rfind(";", begin, notice.start()) > 0)


def only_tells(reading: TaskText, order: Order, end: int) -> bool:
    """Does what looks like an order tell of the document itself, thank, or ask those above for something?"""
    text, at = reading.text, order.end
    if _is_request(reading, order):
        return True
    if is_own(reading, order) and (
        _ITS_LETTER.match(text, at, end) or (reading.heading.issuer_key is not None and settles(text, at, end))
    ):
        return True
    return not order.called and (has_issued(text, at, end) or _THANKS.match(text, at, end) is not None)


def is_own(reading: TaskText, order: Order) -> bool:
    """Does whoever writes speak of itself?"""
    return {a.key for a in order.lead} == {reading.heading.issuer_key}


def settles(text: str, at: int, end: int) -> bool:
    """Does it go on behind a body's name with what that body settles by the document ("ban hành Nghị quyết này")?"""
    return _SETTLES.match(text, at, end) is not None


def _is_request(reading: TaskText, order: Order) -> bool:
    """ "Đề nghị Trung ương Hội xem xét bổ sung …": what those above are asked to consider."""
    considers = order.called and not order.given and _CONSIDERS.match(reading.text, order.end) is not None
    return considers and any(is_superior(a, reading.heading) for a in order.lead)
