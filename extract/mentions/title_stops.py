"""Which stops end a title in running text, and which are part of it: a comma, "và", "theo", "gửi", a colon …"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from chidao.extract.language.composing import lowered, one_of
from chidao.extract.language.compounds import by_itself
from chidao.extract.language.letters import LETTER, LOWER, UPPER
from chidao.extract.language.organs import organs
from chidao.extract.language.patterns import (
    ABOUT,
    AGENCY,
    ALSO,
    AS_FOLLOWS,
    COMRADE,
    CONTENT,
    DIRECTS,
    DIVISION,
    GIVES,
    GROUND,
    HELPS,
    ISSUES,
    LEADS,
    NUMBER_SIGN,
    ORGANIZES,
    PROPOSES,
    SHARE,
    SOME,
    SPEAKS,
    TYPE,
)
from chidao.extract.language.tables import task_phrases, words
from chidao.extract.language.verbs import CARRIES_OUT, acts, verbs
from chidao.extract.mentions.bases_lines import in_basis
from chidao.ontology.authority import types_of

_ORDERS = one_of(types_of("assigning") & types_of("fixed-symbol"))
# Reporting verbs: behind "và" or a comma they open the sentence's next act, not more of the title.
_ACT = re.compile(
    rf"\s+(?:{one_of(words('next act'))}|{by_itself('trình')}|{GIVES}|{by_itself('cử')}|các\s+(?i:văn\s+bản|chỉ\s+đạo|{_ORDERS})|"
    r"(?:(?:xong\s+)?trước\s+)?ngày\s+[0-9])"
)
# "… và Kế hoạch hằng năm", "… và Bộ Tài chính đã ban hành Công văn B": another document, if an unnamed one, is no more of the title.
_OTHER = re.compile(
    rf"\s+(?:{one_of(types_of('assigning'))}\s|[{UPPER}][^,;.\n]{{2,80}}?\sđã\s+(?:{ISSUES}|{one_of(words('sends'))})\s+{TYPE}(?!\w))"
)
_OF_LATE = (
    r"(?:trong\s+(?:năm|tháng|quý|tuần|kỳ|nhiệm\s+kỳ|thời\s+gian)(?:\s+(?:vừa\s+)?qua|\s+[0-9IVX/]+(?:\s+năm\s+[0-9]{4})?)?"
    r"|(?:những\s+)?(?:năm|tháng|ngày|thời\s+gian)\s+(?:vừa\s+)?qua|đến\s+nay|vừa\s+qua|năm\s+[0-9]{4})"
)
"""Of "…, trong năm Ban Thường trực đã tổ chức …"."""
# "…, Chính phủ ban hành Chương trình hành động": the sentence's subject follows, the title is over.
# "…, để chủ động ứng phó, Chủ tịch yêu cầu": or behind what it is for.
# "…, các cấp ủy, chính quyền, Mặt trận Tổ quốc đã triển khai", "…, chi bộ ban hành Nghị quyết như sau": or who no capital shows.
_ORGAN = one_of(organ.name for organ in organs().values() if organ.central)
_ADVISES = r"(?<!quan\s)(?<!phận\s)(?<!công\stác\s)tham\s+mưu"
"""Not of "các cơ quan tham mưu", "bộ phận tham mưu", "công tác tham mưu"."""
_SUBJECT = re.compile(
    rf"\s+(?:(?:để|nhằm)\s[^;.:\n]{{4,240}}?,\s*)?(?:(?:{COMRADE}\s+|{_ORGAN}(?:,|\s+và)\s+)?[{UPPER}][^,;.\n]{{2,160}}?\s(?:đã|{SPEAKS}|{DIRECTS}|{_ADVISES}|{LEADS},\s+{HELPS}|"
    rf"{one_of(words('sends'))}(?=\s+{TYPE}\s+{NUMBER_SIGN}))(?![{LETTER}])|"
    rf"(?:{_OF_LATE}\s*,?\s+)?[{UPPER}][^,;.\n]{{2,160}}?\s(?:(?<=\s){AS_FOLLOWS}|đã)(?![{LETTER}])|"
    rf"(?:{_OF_LATE}\s*,?\s+)?{one_of(words('is sent papers') + words('many who act'))}(?!\w|\s+viên)[^;.\n]{{0,160}}?\s(?:đã|cần)\s|"
    rf"(?:{one_of(map(str.lower, words('committee')))}|{AGENCY}|nhà\s+trường)\s[^,;.\n]{{2,120}}?\s{AS_FOLLOWS}(?![{LETTER}]))"
)
# "…, ý kiến của Bộ Tài chính tại Công văn số …", "… và ý kiến chỉ đạo của A tại Công văn số …": what somebody else says comes next.
_SAID_BY = re.compile(
    rf"\s+(?:{PROPOSES}|{one_of(words('opinion'))}|kết\s+quả)(?:\s+(?:{PROPOSES}|thẩm\s+định|góp\s+ý|tham\s+gia|chỉ\s+đạo))?"
    rf"\s+của\s+[{UPPER}][^;.()\n]{{2,100}}?\s+(?:tại|nêu\s+tại)\s"
)
# "Sau khi nghe Báo cáo số … về tiêm chủng, ý kiến của các đại biểu": what was heard besides.
_HEARD_TOO = re.compile(rf"\s+{one_of(words('opinion'))}\s+(?:[{LOWER}]+\s+){{0,2}}?của\s")

# "về chế độ hội họp, báo cáo": reports as a matter of the title; behind other words they are what somebody does next.
_REPORTS = re.compile(rf"\s+báo\s+cáo(?=\s*[,;.\n)|]|\s+(?:của|trong|tại|đối\s+với|và|theo)(?![{LETTER}]))")
_OF_REPORTS = re.compile(rf"\s(?:chế\s+độ|kỷ\s+luật|công\s+tác|biểu\s+mẫu|nền\s+nếp)(?:\s+[{LOWER}]+){{1,4}}\Z")


class Following:
    """The references behind, which are read from the last to the first: where each starts and how far it extends."""

    def __init__(self) -> None:
        self._from_end: list[tuple[int, int]] = []  # starts with a minus, so that the list is in order while it grows

    def add(self, start: int, extent: int) -> None:
        """Take the next reference towards the beginning of the text."""
        self._from_end.append((-start, extent))

    def first(self, at: int, end: int) -> tuple[int, int] | None:
        """Return start and extent of the first reference that starts in at..end."""
        i = bisect_right(self._from_end, (1 - at, -1)) - 1
        start, extent = self._from_end[i] if i >= 0 else (-end, 0)
        return (-start, extent) if -start < end else None


_NAMED_WORK = ("dự án", "công trình", "gói thầu", "đề tài", "nội dung về")
# Two syllables are a word more often than one: "phát triển …; phát huy …" is no parallel.
_WORD = re.compile(rf"[{LETTER}]+(?:\s+[{LETTER}]+)?")


_SIGN = re.compile(rf"\s{NUMBER_SIGN}")


@dataclass(slots=True)
class OpenTitle:
    """An unquoted title that begins at `start`, its matter at `head`; `verbal`: a verb opens it, and no "về"."""

    text: str
    start: int
    head: int
    limit: int
    following: Following
    verbal: bool

    def names_document(self, at: int, within: int = 3) -> bool:
        """Does a document stand at `at`, or so few characters on, or the number of one: "… và số 86/BNV-TL"?"""
        sign = _SIGN.match(self.text, at) if self.text[at + 1 : at + 2] in ("s", "S") else None
        at = sign.end() if sign else at
        return self.following.first(at, at + within) is not None


# "…; việc chấp hành Quyết định A về …": the clause has yet to say of that work how it goes.
_WORK = re.compile(
    r"(?:^|[\n.;,:])[\s*_+–-]*(?:[0-9a-zđ]{1,2}[.)]\s*)?(?:(?:nhìn\s+chung|tuy\s+nhiên),?\s+)?(?:việc|quá\s+trình|tiến\s+độ)\s"
    r"(?:(?!\s(?:được|bị|đã|còn|chưa|vẫn|phải|cần|là)\s)[^;.\n])*\Z",
    re.IGNORECASE,
)
_CLAUSE = 300
"""Characters before a title in which its clause begins."""


def is_told(title: OpenTitle) -> bool:
    """Does the clause begin with work that is done, so that what is told of it ends the title: "việc chấp hành A về du lịch còn chậm"?"""
    return _WORK.search(title.text[max(0, title.start - _CLAUSE) : title.start]) is not None


_BEFORE = re.compile(
    rf"(?<!\w)(?:(?P<heard>nghe)|(?P<taught>{acts('disseminate')})|(?P<reviewed>{acts('review')})|"
    rf"(?P<changed>{verbs('clause')}|điều\s+chỉnh|hoàn\s+thiện))\s",
    re.IGNORECASE,
)


def _done_to(title: OpenTitle) -> set[str | None]:
    """What the clause before the title says is done to its document: it is heard, taught, reviewed, changed."""
    start = max(0, title.start - _CLAUSE)
    clause = max(start, *(title.text.rfind(mark, start, title.start) + 1 for mark in ";.\n"))
    return {verb.lastgroup for verb in _BEFORE.finditer(title.text, clause, title.start)}


def is_taught(title: OpenTitle) -> bool:
    """ "đã phổ biến Thông tư A về dạy thêm đến toàn thể giáo viên": to whom it was made known, and not "Kế hoạch A về cấp thẻ đến …"."""
    return not _GIVING.match(title.text, title.head) and "taught" in _done_to(title)


_GIVING = re.compile(r"\s*(?:việc\s+)?(?:hỗ\s+trợ|cấp|tặng|trao|chi\s+trả|mở\s+lớp)\s", re.IGNORECASE)
"""Of "phổ biến Quyết định A về hỗ trợ nhà ở đến các hội viên", who may be those that it helps."""


def always(title: OpenTitle, end: int, behind: int) -> bool:
    return True


def _at_parenthesis(title: OpenTitle, end: int, behind: int) -> bool:
    """ "(Nghị định số … quy định về …)": the parenthesis holds the whole reference."""
    return title.text.count("(", title.start, end) <= title.text.count(")", title.start, end)


def _at_colon(title: OpenTitle, end: int, behind: int) -> bool:
    """ "phê duyệt chủ trương đầu tư dự án: Đường …", "một số nội dung về: Lập dự án": a work's name follows its kind, a matter "về"."""
    return not " ".join(title.text[max(title.start, end - 12) : end].lower().split()).endswith(_NAMED_WORK)


def _at_comma(title: OpenTitle, end: int, behind: int) -> bool:
    """ "về du lịch, Nghị quyết số …", "…, báo cáo Thành ủy", "…, Chính phủ ban hành …", "…, thay thế Kế hoạch số …"; not "về chế độ
    hội họp, báo cáo"."""
    text = title.text
    return bool(
        title.names_document(behind)
        or (_ACT.match(text, behind) and not _pairs_reports(title, end, behind) and not _paired(title, end, behind))
        or (_SUBJECT.match(text, behind) and not _paired(title, end, behind))
        or _SAID_BY.match(text, behind)
        or _heard_too(title, behind)
        or _changes(title, end, behind)
    )


def _pairs_reports(title: OpenTitle, end: int, behind: int) -> bool:
    return _REPORTS.match(title.text, behind) is not None and (
        _OF_REPORTS.search(title.text, max(title.start, end - 60), end) is not None
    )


def _paired(title: OpenTitle, end: int, behind: int) -> bool:
    """ "về tăng cường lãnh đạo, chỉ đạo …", "… kinh tế - xã hội và bảo đảm quốc phòng": is the stop inside of two halves of a title? Not
    behind those who lead: "về nêu gương của cán bộ lãnh đạo, chỉ đạo các chi bộ …"."""
    text = title.text
    pairs = _PAIR.finditer(text, max(title.start, end - 12), min(title.limit, behind + 24))
    return any(
        pair.start() < end < pair.end() and not _WHO_LEADS.search(text, title.start, pair.start()) for pair in pairs
    )


def _of_papers(title: OpenTitle, end: int, act: re.Match[str]) -> bool:
    """ "về tăng cường thực hiện Nghị quyết và các chỉ đạo của …", which speaks of papers of two kinds, and names none before."""
    return act.group().endswith("chỉ đạo") and PAPERS_BEFORE.search(title.text, title.start, end) is not None


PAPERS_BEFORE = re.compile(rf"(?<!\w)(?:{TYPE}|quy\s+định|nghị\s+quyết|chủ\s+trương|chính\s+sách)\s*\Z")
"""Of "Nghị quyết và các chỉ đạo của …", in lower case but for the type, up to the joint."""
_PAIR = re.compile(one_of(words("pair in titles"), whole=True))
_WHO_LEADS = re.compile(rf"{one_of(words('who leads'))}\s+\Z")


def _heard_too(title: OpenTitle, behind: int) -> bool:
    """Is it what a meeting heard beside the document ("Sau khi nghe Báo cáo A về tiêm chủng, ý kiến của các đại biểu, …")?"""
    return _HEARD_TOO.match(title.text, behind) is not None and "heard" in _done_to(title)


def _at_fitting(title: OpenTitle, end: int, behind: int) -> bool:
    """ "sửa đổi Quyết định A về mức chi cho phù hợp với thực tế": why it is to be changed; else of the title."""
    return "changed" in _done_to(title)


def _at_unfit(title: OpenTitle, end: int, behind: int) -> bool:
    """ "thay thế Quyết định A về hỗ trợ nuôi tôm không còn phù hợp": why it is; of a title are "bãi bỏ văn bản không còn phù hợp"."""
    return _CHANGE.search(title.text, title.start - 1, end) is None and _at_fitting(title, end, behind)


_DIVISIONS = re.compile(rf"(?:\s+{DIVISION}\s+[0-9a-zđ]{{1,3}})+(?=\s)", re.IGNORECASE)


def _at_many(title: OpenTitle, end: int, behind: int) -> bool:
    """ "phổ biến Kết luận A về dân số cho 350 đại biểu", "chỉ định Ban Chấp hành gồm 27 người": how many there are, no document's name
    says; but "tặng Bằng khen cho 12 người", and "thực hiện Quyết định A về cấp học bổng cho 350 học viên"."""
    return title.text[end:behind].strip() == "gồm" or (
        _HEARERS.match(title.text, behind) is not None and is_taught(title)
    )


def _at_whose(title: OpenTitle, end: int, behind: int) -> bool:
    """ "Công văn A về đánh giá đảng viên do Ban Tổ chức Trung ương ban hành", "… ban hành năm 2025", as sites print it; of a title are the
    papers in "về rà soát văn bản do Ủy ban nhân dân tỉnh ban hành", "… văn bản ban hành năm 2025"."""
    return _OF_PAPERS.search(title.text, title.head, end) is None and not _BY_WHOM.search(title.text, title.head, end)


_BY_WHOM = re.compile(rf"\sdo\s+[{UPPER}][^,;.()\n]{{2,60}}\Z")
"""Of "về áp dụng hướng dẫn chẩn đoán do Bộ Y tế | ban hành năm 2024", whose end is none here."""
_OF_PAPERS = re.compile(
    rf"(?<!\w)(?<!đánh )(?:{TYPE}|(?:các|những)\s+{lowered(TYPE)}|văn\s+bản|hồ\s+sơ|danh\s+mục|biểu\s+mẫu|thủ\s+tục|"
    rf"{one_of(words('is ruled'))})"
    r"(?!\w)(?:\s\S+){0,6}\Z"
)
_HEARERS = re.compile(r"\s+(?:hơn\s+|gần\s+|trên\s+)?[0-9][0-9.]*\s+(?:đại\s+biểu|học\s+viên)")


def _at_and(title: OpenTitle, end: int, behind: int) -> bool:
    """ "… và Nghị quyết số …", "… và đã hoàn thành", "… và Kế hoạch hằng năm"; not "xây dựng và phát huy vai trò …", where the verb
    is the second of a pair."""
    act = _ACT.match(title.text, behind)
    within = act and (act.group().endswith("phát huy") or _paired(title, end, behind) or _of_papers(title, end, act))
    parts = _DIVISIONS.match(title.text, behind)
    return bool(
        title.names_document(parts.end() if parts else behind)
        or (act and not within)
        or _OTHER.match(title.text, behind)
        or _SAID_BY.match(title.text, behind)
        or _heard_too(title, behind)
        or _changes(title, end, behind)
    )


def _changes(title: OpenTitle, end: int, behind: int) -> bool:
    """ "Quyết định A về quản lý chợ, thay thế Quyết định B", "thay thế Quyết định A về … và bãi bỏ Quyết định B": the sentence goes on,
    unless the title itself is of changes."""
    change = _CHANGE.match(title.text, behind)
    return bool(change and title.names_document(change.end()) and not _CHANGE.search(title.text, title.start - 1, end))


_CHANGE = re.compile(rf"\s{verbs('clause')}(?!\w)(?:\s+(?:{SOME}\s+của|{SHARE}))?(?:\s+các(?!\w))?")


def _at_semicolon(title: OpenTitle, end: int, behind: int) -> bool:
    """Items in parallel go on ("về quản lý tổ chức bộ máy; quản lý biên chế; …"), and the matters of one basis, but not what the
    preamble carries out next ("…; thực hiện Đề án số …")."""
    carried = _CARRIED.match(title.text, behind)
    if title.names_document(behind) or (carried and title.names_document(carried.end())):
        return True
    first, word = _WORD.search(title.text, title.head, title.limit), _WORD.match(title.text, behind + 1)
    if first and word and first.group().lower().split() == word.group().lower().split():
        return False
    return not (_MATTER.match(title.text, behind) and in_basis(title.text, title.start))


_CARRIED = re.compile(rf"\s+(?:và\s+)?{ORGANIZES}{CARRIES_OUT}\s+")


def _at_theo(title: OpenTitle, end: int, behind: int) -> bool:
    """ "về phân cấp quản lý theo Quy định số …", but "thực hiện … theo …" is one phrase, and so is "… theo mô hình
    mới | và Quy định số …"."""
    if title.verbal or title.text[behind : behind + 3].strip().isdigit():
        return not title.verbal
    named = title.following.first(behind, behind + 24)
    return named is not None and not _BESIDE_IT.search(title.text, behind, named[0])


_BESIDE_IT = re.compile(r"\s\w[^,;]*(?:\svà|[,;])\s+(?:các\s+)?\Z")
"""Behind "theo", what is no document, before one that is."""


def _at_joined(title: OpenTitle, end: int, behind: int) -> bool:
    """ "gắn với" joins matters inside a title; it ends one only before another document ("gắn với thực hiện Chỉ thị 05")."""
    return title.names_document(behind, 22)


def _at_sent(title: OpenTitle, end: int, behind: int) -> bool:
    """ "Công văn A về việc sắp xếp bộ máy gửi các bộ, ngành": to whom it went; of a title are "về việc gửi …", "chế độ gửi …"."""
    return _A_MATTER.search(title.text, max(title.start, end - 20), end) is None


def _at_says(title: OpenTitle, end: int, behind: int) -> bool:
    """ "Nghị quyết A về du lịch đề ra mục tiêu …"; of a title are "về xác định mục tiêu", "quy định tiêu chí xác định chủ đề"."""
    matter = _A_MATTER.search(title.text, max(title.start - 1, end - 20), end)
    return matter is None or matter["sent"] is not None


_A_MATTER = re.compile(
    rf"(?:{ABOUT}|(?<!\w){one_of(words('of saying'))}|(?P<sent>[,;]|(?<!\w){one_of(words('of sending'))}))\s*\Z",
    re.IGNORECASE,
)
"""What makes of the verb behind it the matter of a title; `sent`: of sending alone."""


def _at_term(title: OpenTitle, end: int, behind: int) -> bool:
    """ "Sửa đổi Quyết định A ban hành Quy chế quản lý chợ trong quý I/2026.": rules are issued for good; the term is the work's, and so it
    is of "Sơ kết Quyết định A năm 2023 phê duyệt Đề án B trong quý III năm 2026", which plans for no single quarter so far ahead."""
    if _RULES.match(title.text, title.start):
        return True
    if "reviewed" not in _done_to(title):
        return False
    issued = [int(year) for year in _YEAR.findall(title.text, max(0, title.start - _DATED), title.start)]
    term = _YEAR.search(title.text, behind, title.limit)
    return bool(issued) and term is not None and int(term.group()) > issued[-1] + 1


_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_DATED = 80
"""Characters before a title in which the day of its document stands."""

_RULES = re.compile(rf"(?:về\s+việc\s+|v/v\s+)?{ISSUES}\s+{one_of(types_of('rule'))}(?!\w)", re.IGNORECASE)


ENDS = {
    ")": _at_parenthesis,
    ":": _at_colon,
    ",": _at_comma,
    ";": _at_semicolon,
    "và": _at_and,
    "theo": _at_theo,
    "gắn với": _at_joined,
    "gửi": _at_sent,
    "trong": _at_term,
    "gồm": _at_many,
    "cho": _at_many,
    **dict.fromkeys(("do", *words("issues")), _at_whose),
    **dict.fromkeys(task_phrases("call"), _at_sent),
    **dict.fromkeys(words("says"), _at_says),
    "cho phù hợp": _at_fitting,
    "không còn phù hợp": _at_unfit,
}
"""Whether a stop ends the title, by what is printed there; every other stop does."""
_PAPERS = types_of("correspondence") | types_of("direct") | types_of("assigning")
_MATTER = re.compile(
    rf"\s(?=[{LOWER}])(?!(?:các|những|{DIVISION}|(?i:{GROUND}|{one_of(_PAPERS)})|theo|trên\s+cơ\s+sở|"
    rf"{PROPOSES}|{ALSO}|{CONTENT}|văn\s+bản|số)(?![{LETTER}]))"
)
