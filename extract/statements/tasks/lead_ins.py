"""How a line or sentence ends behind which more stands below it.

UBND huyện yêu cầu các xã thực hiện một số nội dung sau:     it calls on somebody
thực hiện tốt các nhiệm vụ trọng tâm sau đây:                it only sums up what is to be done
Rà soát các bến, trong đó chú trọng:                         it has said something to do, and says what comes first
"""

from __future__ import annotations

import re

from chidao.extract.language.composing import one_of
from chidao.extract.language.patterns import AS_FOLLOWS, CONTENT, COURTEOUS, DIRECTS, SEVERAL, SINGLES_OUT
from chidao.extract.language.tables import task_phrases
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
_BELOW = re.compile(rf"\s(?:{AS_FOLLOWS}|sau)\s*:?\s*\Z")
_NEAR_ITS_END = 24


def goes_on_below(low: str, at: int, end: int) -> bool:
    """Does low[at:end], a text in lower case, end with what says that more follows ("các nhiệm vụ sau đây:")?"""
    return _BELOW.search(low, max(at, end - _NEAR_ITS_END), end) is not None
