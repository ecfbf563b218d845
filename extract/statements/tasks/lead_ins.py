"""How a line or sentence ends behind which more stands below it.

UBND huyện yêu cầu các xã thực hiện một số nội dung sau:     it calls on somebody
thực hiện tốt các nhiệm vụ trọng tâm sau đây:                it only sums up what is to be done
Rà soát các bến, trong đó chú trọng:                         it has said something to do, and says what comes first
Các sở báo cáo kết quả theo các nội dung sau:                it has said all, and what it says it of is listed below
"""

from __future__ import annotations

import re

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER
from chidao.extract.language.patterns import AS_FOLLOWS, CONTENT, COURTEOUS, DIRECTS, SEVERAL, SINGLES_OUT
from chidao.extract.language.tables import task_phrases, words
from chidao.extract.language.verbs import CARRIES_OUT

CALLS_BELOW = re.compile(
    rf"(?P<call>(?:{COURTEOUS}\s+)?(?:(?P<asks>{one_of(task_phrases('call'))}|chỉ\s+đạo)|{one_of(task_phrases('give'))}|{DIRECTS}|có\s+ý\s+kiến))"
    rf"(?:\s+(?:{CARRIES_OUT}|{DIRECTS}|tập\s+trung|khẩn\s+trương|nghiêm\s+túc|tốt|ngay|{SEVERAL}|{CONTENT}|(?:công\s+)?việc|(?:biện|giải)\s+pháp|"
    rf"{AS_FOLLOWS}|sau))*\s*:$"
)
"""The end of what calls on those who are named below, or on nobody by name, in lower case."""
ABOVE_ALL = re.compile(rf"(?:{SINGLES_OUT}|{AS_FOLLOWS}|sau|các\s+{CONTENT})[^.;:]{{0,40}}:$", re.IGNORECASE)
"""The end of an item that goes on below ("Trong đó chú trọng:"), for whoever it names."""
SUMS_UP = re.compile(
    rf"(?:{CARRIES_OUT}|tập\s+trung)(?:\s+[^\s.;:]+){{0,8}}?\s+(?:{CONTENT}|công\s+việc|biện\s+pháp|việc)"
    rf"(?:\s*,\s*[^\s.;:]+\s+[^\s.;:]+)?(?:\s+{SINGLES_OUT})?\s+(?:{AS_FOLLOWS}|sau)\s*:$",
    re.IGNORECASE,
)
"""The end of a paragraph that only announces what those named in it are to do."""
LISTS_WHAT = re.compile(
    rf"\s*(?:(?:{one_of(words('is watched'))}|tổng\s+hợp|thống\s+kê|xây\s+dựng|lập)\s*(?:,|\svà\s)?\s*)*"
    rf"(?:(?:báo\s+cáo|cung\s+cấp|cho\s+ý\s+kiến|góp\s+ý)(?![{LETTER}])[^.;:]*?\s{CONTENT}|[^.;:]*?\s{SEVERAL}\s+{one_of(words('listed'))})"
    rf"(?:\s+(?:cụ\s+thể|chính|chủ\s+yếu|cơ\s+bản))?\s+(?:{AS_FOLLOWS}|sau)\s*:$",
    re.IGNORECASE,
)
"""What follows those who are told something, where what stands below is what they report on ("báo cáo theo các nội dung sau:"), or
things ("rà soát các địa điểm sau:"), and nothing to do."""
_BELOW = re.compile(rf"\s(?:{AS_FOLLOWS}|sau)\s*:?\s*\Z")
_NEAR_ITS_END = 24


def goes_on_below(low: str, at: int, end: int) -> bool:
    """Does low[at:end], a text in lower case, end with what says that more follows ("các nhiệm vụ sau đây:")?"""
    return _BELOW.search(low, max(at, end - _NEAR_ITS_END), end) is not None
