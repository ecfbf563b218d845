"""What says by its first words that it is no work: courtesies, aims, bans, notes.

Kính gửi: …; Trên đây là …; Phấn đấu …            whom a paper greets, how it takes its leave, what is aimed at
Tồn tại: các xã báo cáo chậm.                      a label that opens an account or an aim, as a heading does
Ngày 20 hằng tháng là ngày tiếp công dân.          when something is, or how long it takes
Không thu thêm giấy tờ.                            a ban
Không thu thêm giấy tờ; niêm yết công khai thủ tục.    a ban behind which work stands that nobody would ban: work
Nghiêm cấm thu thêm giấy tờ; báo cáo sai sự thật.  a list that goes on banning
Nghiêm cấm chở quá tải; xử lý nghiêm vi phạm.      what becomes of who does it: work
"""

from __future__ import annotations

import re

from chidao.extract.language.composing import lowered, one_of
from chidao.extract.language.letters import LETTER, LOWER, UPPER
from chidao.extract.language.patterns import ADDRESS, CAPITALIZED, COURTEOUS, PROPOSES
from chidao.extract.language.tables import task_phrases, words
from chidao.extract.statements.predicates import starts_work
from chidao.extract.statements.sections import section_of
from chidao.extract.statements.tasks.task_text import TaskText

_TO_REACH = (
    r"[^.;]*?(?:[0-9]\s?%|(?<=\s)(?:phấn\s+đấu|đạt|tỷ\s+lệ|cơ\s+bản|trở\s+thành)\s|"
    r"(?<=\s)có\s+(?:ít\s+nhất\s+|tối\s+thiểu\s+|trên\s+)?[0-9])"
)
"""What makes an aim of "Đến hết năm 2027, …": a figure, a state; without it what is to be done has a term."""
# A letter's "Kính gửi" and a document's "Nơi nhận" list bodies that get the paper, an end says good-bye, a notice tells.
_NO_WORK = re.compile(
    rf"(?:{lowered(ADDRESS)}|mọi\s+(?:thông\s+tin|chi\s+tiết|vướng\s+mắc|thắc\s+mắc)|trên\s+đây\s+là|{COURTEOUS}(?!\s+{PROPOSES})|lưu\s+ý\s*:|mẫu\s|"
    rf"ghi\s+chú|ví\s+dụ|\((?![{LOWER}][^()\n]{{1,18}}\)\s*[-–—]\s)|{one_of(words('strictly'))}\s+không\s(?!để\s)|không\s*:|(?P<forbidden>nghiêm\s+cấm)|(?P<banned>không\s+(?!để\s)|{one_of(words('strictly'))}\s+không\s+để\s)|phấn\s+đấu\s|"
    r"đến\s+năm\s+20[0-9]{2}\s*,|(?:ngày|định\s+kỳ|hằng|hàng|thời\s+(?:gian|hạn|điểm))\s[^.,;:]{2,60}?\slà\s+(?!phải\s)|"
    r"(?P<by>đến\s+hết\s+năm\s+20[0-9]{2}\s*,))"
)
"""In lower case."""
_AIM = re.compile(
    rf"(?!\s*(?:(?-i:{CAPITALIZED})|các\s|{one_of(task_phrases('work'))}))|{_TO_REACH}",
    re.IGNORECASE,
)
"""What goes on behind the end of a year with an aim."""
_BEHIND_A_BAN = re.compile(rf";\s+(?:(?P<punishes>{one_of(words('punishes'))})|{one_of(words('never banned'))})(?!\w)")
"""Of "không thu thêm giấy tờ; niêm yết công khai thủ tục", "tuyệt đối không để cháy rừng; tăng cường tuần tra", in lower case; what else
stands behind a semicolon may be banned too, and behind "nghiêm cấm" all is but what becomes of who does it: "nghiêm cấm chở quá tải; xử
lý nghiêm trường hợp vi phạm"."""

_LABEL = re.compile(rf"(?P<said>[{UPPER}][{LETTER}]+(?: [{LETTER}0-9]+){{1,4}}):\s")
"""Of "Kết quả năm 2026: …"."""
_SENT_ON = re.compile(rf"(?<!đã )gửi\s(?:[{LOWER}]+\s){{0,4}}?về\s+[{UPPER}]")
"""Of "Kết quả thực hiện: các đơn vị gửi về Sở Tài chính": what is to be sent is no account."""
_GOES_SO_FAR = re.compile(
    r"các\s[^.;:]{4,80}?\s(?:còn\s+(?:chậm|thấp|hạn\s+chế)|(?:mới|chỉ)\s+đạt\s|(?<!đấu\s)đạt\s+[1-4]?[0-9](?:[.,][0-9]+)?\s?%)"
)
"""Of "Chi đầu tư: các chủ đầu tư giải ngân đạt 45% kế hoạch", which tells how far a group has come; who is told to reach less than half
of something is told by when."""
_LONGEST_LABEL = 40
_TELL = ("aims", "account")


def _is_labelled(reading: TaskText, begin: int, end: int) -> bool:
    """Does a label open text[begin:end] that says what is told or aimed at, and no day by which it is done? Not "Đánh giá cán bộ: …",
    which is work itself."""
    label = _LABEL.match(reading.text, begin, end)
    if label is None:
        return False
    if section_of(label["said"]) not in _TELL and not _GOES_SO_FAR.match(reading.text, label.end(), end):
        return False
    if starts_work(reading.text, begin, label.end("said")):
        return False
    return reading.deadline(label.end(), end) is None and not _SENT_ON.search(reading.text, label.end(), end)


def says_no_work(reading: TaskText, begin: int, end: int) -> bool:
    """Does text[begin:end] say by its first words that it is no work?"""
    none = _NO_WORK.match(reading.low, begin, end)
    if none is None:
        return ": " in reading.text[begin : begin + _LONGEST_LABEL] and _is_labelled(reading, begin, end)
    if none["forbidden"] or none["banned"]:
        behind = _BEHIND_A_BAN.finditer(reading.low, none.end(), end)
        return not any(none["banned"] or work["punishes"] for work in behind)
    return none["by"] is None or _AIM.match(reading.text, none.end(), end) is not None
