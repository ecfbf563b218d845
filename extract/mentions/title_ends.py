"""Where a title in running text ends that no quotation marks enclose: at a stop, a verb of the sentence, another document."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from chidao.extract.language.composing import lowered, one_of
from chidao.extract.language.compounds import by_itself
from chidao.extract.language.letters import LETTER, LOWER, SUPERSCRIPTS, UPPER
from chidao.extract.language.organs import organs
from chidao.extract.language.patterns import (
    ABOUT,
    AGENCY,
    AGENT,
    ALONG,
    ALSO,
    AND,
    AS_FOLLOWS,
    AT_LATEST,
    BASIS,
    BY_NOW,
    COMRADE,
    CONTENT,
    DIRECTS,
    DIVISION,
    GIVES,
    GROUND,
    HELPS,
    IN_FORCE,
    ISSUES,
    LAW,
    LEADS,
    NUMBER_SIGN,
    ORGANIZES,
    PASSIVE,
    PROPOSES,
    SHARE,
    SOME,
    SPEAKS,
    STAYS,
    TYPE,
)
from chidao.extract.language.tables import CHANGES, task_phrases, words
from chidao.extract.language.verbs import AMENDS, CARRIES_OUT, acts, verbs
from chidao.extract.mentions.bases_lines import in_basis
from chidao.extract.mentions.title_text import MAX_TITLE, closing_mark
from chidao.ontology.authority import types_of

_SHORT_FORMS = rf"[{UPPER}](?:[{UPPER}0-9&-]|,\s(?=[{UPPER}])){{1,20}}\)"
"""Of what stands before them in the title: "phát triển khoa học, công nghệ (KH, CN) và chuyển đổi số (CĐS) quốc gia"."""
# Where an unquoted title may end. "được sửa đổi, bổ sung bởi …" says what became of the document, "thì" what follows
# from it, "do … thực hiện" who acts under it, "Thực hiện Chỉ thị trên" what a sentence that ran on does; a bar is the
# border of a table's cell.
_STOP = re.compile(
    rf"[\n;“”).:,\s{SUPERSCRIPTS}](?:(?<=[\n;“”){SUPERSCRIPTS}])|(?<=[.:])(?=\s|$|\.|/)|(?<=,)(?=\s)|"
    rf"(?<=\s)(?:\||\((?!{AMENDS}|{_SHORT_FORMS})|(?:và|{ALONG}|{by_itself('kèm')}|theo|với\s+việc|gắn\s+với|đã|cho\s+thấy|"
    rf"được\s+{ISSUES}|{ISSUES}(?=\s+(?:năm|tháng|ngày)\s+[0-9])|{IN_FORCE}|{verbs('state')}|{STAYS}|trong\s+đó|giúp(?!\s+việc(?![{LETTER}]))|thì|hoặc\s+tương\s+đương|"
    rf"{one_of(words('says'))}|"
    rf"{AT_LATEST}(?=\s+(?:là|vào|đến|trong|trước|ngày|tháng|quý)\s)|cho\s+phù\s+hợp|không\s+còn\s+phù\s+hợp|"
    rf"(?P<told>{one_of(words('told of work'))})|(?P<to>đến|tới)(?=\s+(?:100\s?%|toàn\s+thể|toàn\s+bộ|tất\s+cả|từng|mọi|các|đông\s+đảo)"
    rf"\s+(?:số\s+)?{one_of(words('is taught'))}(?!\w))|gửi(?=\s+(?:đến\s+)?{one_of(words('is sent papers'))}(?!\w))|"
    rf"{BY_NOW}{PASSIVE}\s+{verbs('passive', CHANGES)}[^;.()\n]{{0,40}}?\s{AGENT}|"
    rf"nay\s+{verbs('passive', CHANGES)}\s+(?:bởi|bằng)|"
    rf"trong(?=\s+(?:quý|tháng)\s+[IVX0-9]{{1,4}}(?:\s*/\s*|\s+năm\s+)[0-9]{{4}}[.;]*(?:\s|$))|"
    rf"(?=[{UPPER}])(?i:{BASIS}|{CARRIES_OUT})(?=\s+{TYPE}\s+(?:{NUMBER_SIGN}|trên|này|nêu|nói))|"
    rf"{one_of(task_phrases('call'))}(?=\s+{one_of(words('is sent papers'))}(?!\w))|"
    rf"(?:gồm|cho)(?=\s+(?:hơn\s+|gần\s+|trên\s+)?[0-9][0-9.]*\s+(?:đại\s+biểu|đồng\s+chí|người|thành\s+viên|học\s+viên)(?!\w))|"
    rf"do(?=\s[^,;.()\n]{{4,120}}?\s(?:(?:thực\s+hiện|ban\s+hành)\s?(?:[.;,)\n]|$)|(?:tham\s+mưu|soạn\s+thảo)(?!\w)))|"
    rf"là(?=\s+(?:căn\s+cứ|cơ\s+sở)\s+(?:để|cho)\s))(?![{LETTER}])))"
)
_ORDERS = one_of(types_of("assigning") & types_of("fixed-symbol"))
# Reporting verbs: behind "và" or a comma they open the sentence's next act, not more of the title.
_ACT = re.compile(
    rf"\s+(?:{one_of(words('next act'))}|{by_itself('trình')}|{GIVES}|{by_itself('cử')}|các\s+(?i:văn\s+bản|chỉ\s+đạo|{_ORDERS})|"
    r"(?:(?:xong\s+)?trước\s+)?ngày\s+[0-9])"
)
# "… và Kế hoạch hằng năm": another document, if an unnamed one, is no more of the title.
_OTHER = re.compile(rf"\s+{one_of(types_of('assigning'))}\s")
_OF_LATE = (
    r"(?:trong\s+(?:năm|tháng|quý|tuần|kỳ|nhiệm\s+kỳ|thời\s+gian)(?:\s+(?:vừa\s+)?qua|\s+[0-9IVX/]+(?:\s+năm\s+[0-9]{4})?)?"
    r"|(?:những\s+)?(?:năm|tháng|ngày|thời\s+gian)\s+(?:vừa\s+)?qua|đến\s+nay|vừa\s+qua|năm\s+[0-9]{4})"
)
"""Of "…, trong năm Ban Thường trực đã tổ chức …"."""
# "…, Chính phủ ban hành Chương trình hành động": the sentence's subject follows, the title is over.
# "…, các cấp ủy, chính quyền, Mặt trận Tổ quốc đã triển khai", "…, chi bộ ban hành Nghị quyết như sau": or who no capital shows.
_ORGAN = one_of(organ.name for organ in organs().values() if organ.central)
_SUBJECT = re.compile(
    rf"\s+(?:(?:{COMRADE}\s+|{_ORGAN}(?:,|\s+và)\s+)?[{UPPER}][^,;.\n]{{2,160}}?\s(?:đã|{SPEAKS}|{DIRECTS}|{LEADS},\s+{HELPS}|"
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
_HEARING = re.compile(r"(?<!\w)nghe\s[^;.\n]*\Z", re.IGNORECASE)
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


_NAMED_WORK = re.compile(r"(?:dự\s+án|công\s+trình|gói\s+thầu|đề\s+tài)$", re.IGNORECASE)
# Two syllables are a word more often than one: "phát triển …; phát huy …" is no parallel.
_WORD = re.compile(rf"[{LETTER}]+(?:\s+[{LETTER}]+)?")


_SIGN = re.compile(rf"\s{NUMBER_SIGN}")


@dataclass(slots=True)
class _Open:
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


def title_end(text: str, start: int, at: int, following: Following, *, verbal: bool) -> int:
    """Return where the unquoted title that begins at `start`, and whose first words end at `at`, ends."""
    limit = min(len(text), start + MAX_TITLE)
    title = _Open(text, start, start if verbal else at, limit, following, verbal)
    nested = following.first(at, limit)
    while True:
        stop = _STOP.search(text, at, limit)
        end = stop.start() if stop else limit
        if nested and nested[0] < end:
            begin, extent = nested
            if begin == start:
                return end
            # The title names another document; it goes on to the end of that one's own words.
            at = max(extent, begin + 1)
            if at - start > 3 * MAX_TITLE:
                return begin  # no title of documents within documents runs on like this
            at = _named_along(title, begin, at)
            if not _GOES_ON.match(text, at):
                return at
            nested = following.first(at, limit)
        elif stop and (close := _quoted(text, end)) > 0:
            at = close + 1
            nested = following.first(at, limit)
        elif stop and (stop["told"] or stop["to"]):
            if _told(title) if stop["told"] else _taught(title):
                return end
            at = stop.end()
        elif stop and _changes_what_is_attached(title, nested, stop.end()):
            at = stop.end()
        elif stop is None or _ENDS.get(" ".join(stop.group().split()), _always)(title, end, stop.end()):
            return end
        else:
            at = stop.end()


def _quoted(text: str, at: int) -> int:
    """Where the quotation that opens at `at` inside a title closes (tổ chức Tháng cao điểm “Vì người nghèo” năm 2026); else -1.
    What a document puts into another one's wording is no name: “1a. …”, thay thế cụm từ “…”."""
    if text[at : at + 1] not in ("“", "«") or _WORDING.match(text, at + 1) or _WORDS.search(text, max(0, at - 12), at):
        return -1
    return closing_mark(text, at + 1, text[at])


_WORDING = re.compile(r"[0-9]|(?:Điều|Khoản|Chương|Mục)\s+[0-9IVX]|[a-zđ]\)", re.IGNORECASE)
_WORDS = re.compile(r"(?:cụm\s+)?từ(?:\s+ngữ)?\s*\Z", re.IGNORECASE)


def _named_along(title: _Open, begin: int, at: int) -> int:
    """Where the documents end that the title names in one list with that at `begin`."""
    text = title.text
    guides = _LAW.match(text, begin) and _GUIDES.match(text, title.start)
    for joint, into, goes_on in ((_LISTED, 1, True), (_AND_LAW, 4, guides)):
        while (
            goes_on and (nested := title.following.first(at, title.limit)) and joint.match(text, at, nested[0] + into)
        ):
            at = nested[1]
    return at


_OF_ATTACHED = re.compile(
    rf"(?:{ABOUT}\s+)?{verbs('title', CHANGES)}\s[^,;.()\n]*?(?<![{LETTER}])"
    rf"(?:{one_of(types_of('rule'))}|Danh\s+mục|Bảng\s+giá)(?![{LETTER}])"
    rf"[^,;.()\n]*\s{ALONG}(?:\s+tại)?\s+\Z"
)


def _changes_what_is_attached(title: _Open, nested: tuple[int, int] | None, behind: int) -> bool:
    """ "sửa đổi, bổ sung một số điều của Quy định ban hành kèm theo | Quyết định số 32/2018/QĐ-UBND": does a title of changes go on with
    the document that what it changes belongs to?"""
    near = nested is not None and nested[0] < behind + _NEAR
    named = title.following.first(behind, behind + _NEAR) if near else None
    return named is not None and _OF_ATTACHED.match(title.text, title.start, named[0]) is not None


_NEAR = 8
"""Characters between "kèm theo" and the document."""
# "…; việc chấp hành Quyết định A về …": the clause has yet to say of that work how it goes.
_WORK = re.compile(
    r"(?:^|[\n.;,:])[\s*_+–-]*(?:[0-9a-zđ]{1,2}[.)]\s*)?(?:(?:nhìn\s+chung|tuy\s+nhiên),?\s+)?(?:việc|quá\s+trình|tiến\s+độ)\s"
    r"(?:(?!\s(?:được|bị|đã|còn|chưa|vẫn|phải|cần|là)\s)[^;.\n])*\Z",
    re.IGNORECASE,
)
_CLAUSE = 300
"""Characters before a title in which its clause begins."""
_TOLD = rf"{one_of(words('told of work'))}(?![{LETTER}])"


def _told(title: _Open) -> bool:
    """Does the clause begin with work that is done, so that what is told of it ends the title: "việc chấp hành A về du lịch còn chậm"?"""
    return _WORK.search(title.text[max(0, title.start - _CLAUSE) : title.start]) is not None


_TEACHES = re.compile(rf"(?<!\w){acts('disseminate')}\s[^;.\n]*\Z", re.IGNORECASE)


def _taught(title: _Open) -> bool:
    """ "đã phổ biến Thông tư A về dạy thêm đến toàn thể giáo viên": to whom it was made known, and not "Kế hoạch A về cấp thẻ đến …"."""
    return (
        not _GIVING.match(title.text, title.head)
        and _TEACHES.search(title.text, max(0, title.start - _CLAUSE), title.start) is not None
    )


_GIVING = re.compile(r"\s*(?:việc\s+)?(?:hỗ\s+trợ|cấp|tặng|trao|chi\s+trả|mở\s+lớp)\s", re.IGNORECASE)
"""Of "phổ biến Quyết định A về hỗ trợ nhà ở đến các hội viên", who may be those that it helps."""


def _always(title: _Open, end: int, behind: int) -> bool:
    return True


def _at_parenthesis(title: _Open, end: int, behind: int) -> bool:
    """ "(Nghị định số … quy định về …)": the parenthesis holds the whole reference."""
    return title.text.count("(", title.start, end) <= title.text.count(")", title.start, end)


def _at_colon(title: _Open, end: int, behind: int) -> bool:
    """ "phê duyệt chủ trương đầu tư dự án: Đường …": a work's name follows its kind."""
    return _NAMED_WORK.search(title.text, max(title.start, end - 12), end) is None


def _at_comma(title: _Open, end: int, behind: int) -> bool:
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


def _pairs_reports(title: _Open, end: int, behind: int) -> bool:
    return _REPORTS.match(title.text, behind) is not None and (
        _OF_REPORTS.search(title.text, max(title.start, end - 60), end) is not None
    )


def _paired(title: _Open, end: int, behind: int) -> bool:
    """ "về tăng cường lãnh đạo, chỉ đạo …", "… kinh tế - xã hội và bảo đảm quốc phòng": is the stop inside of two halves of a title? Not
    behind those who lead: "về nêu gương của cán bộ lãnh đạo, chỉ đạo các chi bộ …"."""
    text = title.text
    pairs = _PAIR.finditer(text, max(title.start, end - 12), min(title.limit, behind + 24))
    return any(
        pair.start() < end < pair.end() and not _WHO_LEADS.search(text, title.start, pair.start()) for pair in pairs
    )


def _of_papers(title: _Open, end: int, act: re.Match[str]) -> bool:
    """ "về tăng cường thực hiện Nghị quyết và các chỉ đạo của …", which speaks of papers of two kinds, and names none before."""
    return act.group().endswith("chỉ đạo") and PAPERS_BEFORE.search(title.text, title.start, end) is not None


PAPERS_BEFORE = re.compile(rf"(?<!\w)(?:{TYPE}|quy\s+định|nghị\s+quyết|chủ\s+trương|chính\s+sách)\s*\Z")
"""Of "Nghị quyết và các chỉ đạo của …", in lower case but for the type, up to the joint."""
_PAIR = re.compile(one_of(words("pair in titles"), whole=True))
_WHO_LEADS = re.compile(rf"{one_of(words('who leads'))}\s+\Z")


def _heard_too(title: _Open, behind: int) -> bool:
    """Is it what a meeting heard beside the document ("Sau khi nghe Báo cáo A về tiêm chủng, ý kiến của các đại biểu, …")?"""
    text = title.text
    return (
        _HEARD_TOO.match(text, behind) is not None
        and _HEARING.search(text, max(0, title.start - _CLAUSE), title.start) is not None
    )


def _at_fitting(title: _Open, end: int, behind: int) -> bool:
    """ "sửa đổi Quyết định A về mức chi cho phù hợp với thực tế": why it is to be changed; else of the title."""
    return _TO_CHANGE.search(title.text, max(0, title.start - _CLAUSE), title.start) is not None


def _at_unfit(title: _Open, end: int, behind: int) -> bool:
    """ "thay thế Quyết định A về hỗ trợ nuôi tôm không còn phù hợp": why it is; of a title are "bãi bỏ văn bản không còn phù hợp"."""
    return _CHANGE.search(title.text, title.start - 1, end) is None and _at_fitting(title, end, behind)


_TO_CHANGE = re.compile(rf"(?<![{LETTER}])(?:{verbs('clause')}|điều\s+chỉnh|hoàn\s+thiện)\s[^;.\n]*\Z", re.IGNORECASE)


_DIVISIONS = re.compile(rf"(?:\s+{DIVISION}\s+[0-9a-zđ]{{1,3}})+(?=\s)", re.IGNORECASE)


def _at_many(title: _Open, end: int, behind: int) -> bool:
    """ "phổ biến Kết luận A về dân số cho 350 đại biểu", "chỉ định Ban Chấp hành gồm 27 người": how many there are, no document's name
    says; but "tặng Bằng khen cho 12 người", and "thực hiện Quyết định A về cấp học bổng cho 350 học viên"."""
    return title.text[end:behind].strip() == "gồm" or (
        _HEARERS.match(title.text, behind) is not None and _taught(title)
    )


def _at_whose(title: _Open, end: int, behind: int) -> bool:
    """ "Công văn A về đánh giá đảng viên do Ban Tổ chức Trung ương ban hành", "… ban hành năm 2025", as sites print it; of a title are the
    papers in "về rà soát văn bản do Ủy ban nhân dân tỉnh ban hành", "… văn bản ban hành năm 2025"."""
    return _OF_PAPERS.search(title.text, title.head, end) is None


_OF_PAPERS = re.compile(
    rf"(?<!\w)(?<!đánh )(?:{TYPE}|(?:các|những)\s+{lowered(TYPE)}|văn\s+bản|hồ\s+sơ|danh\s+mục|biểu\s+mẫu|thủ\s+tục|"
    rf"{one_of(words('is ruled'))})"
    r"(?!\w)(?:\s\S+){0,6}\Z"
)
_HEARERS = re.compile(r"\s+(?:hơn\s+|gần\s+|trên\s+)?[0-9][0-9.]*\s+(?:đại\s+biểu|học\s+viên)")


def _at_and(title: _Open, end: int, behind: int) -> bool:
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


def _changes(title: _Open, end: int, behind: int) -> bool:
    """ "Quyết định A về quản lý chợ, thay thế Quyết định B", "thay thế Quyết định A về … và bãi bỏ Quyết định B": the sentence goes on,
    unless the title itself is of changes."""
    change = _CHANGE.match(title.text, behind)
    return bool(
        change and title.names_document(change.end()) and not _OF_CHANGES.search(title.text, title.start - 1, end)
    )


_OF_CHANGES = re.compile(rf"\s{verbs('clause')}(?!\w)")
_CHANGE = re.compile(rf"\s{verbs('clause')}(?:\s+(?:{SOME}\s+của|{SHARE}))?(?:\s+các)?\s+")


def _at_semicolon(title: _Open, end: int, behind: int) -> bool:
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


def _at_theo(title: _Open, end: int, behind: int) -> bool:
    """ "về phân cấp quản lý theo Quy định số …", but "thực hiện … theo …" is one phrase, and so is "… theo mô hình
    mới | và Quy định số …"."""
    if title.verbal or title.text[behind : behind + 3].strip().isdigit():
        return not title.verbal
    named = title.following.first(behind, behind + 24)
    return named is not None and not _BESIDE_IT.search(title.text, behind, named[0])


_BESIDE_IT = re.compile(r"\s\w[^,;]*(?:\svà|[,;])\s+(?:các\s+)?\Z")
"""Behind "theo", what is no document, before one that is."""


def _at_joined(title: _Open, end: int, behind: int) -> bool:
    """ "gắn với" joins matters inside a title; it ends one only before another document ("gắn với thực hiện Chỉ thị 05")."""
    return title.names_document(behind, 22)


def _at_sent(title: _Open, end: int, behind: int) -> bool:
    """ "Công văn A về việc sắp xếp bộ máy gửi các bộ, ngành": to whom it went; of a title are "về việc gửi …", "chế độ gửi …"."""
    return _OF_SENDING.search(title.text, max(title.start, end - 20), end) is None


def _at_says(title: _Open, end: int, behind: int) -> bool:
    """ "Nghị quyết A về du lịch đề ra mục tiêu …"; of a title are "về xác định mục tiêu", "quy định tiêu chí xác định chủ đề"."""
    return _OF_SAYING.search(title.text, max(title.start - 1, end - 20), end) is None


_OF_SAYING = re.compile(rf"(?:{ABOUT}|(?<!\w){one_of(words('of saying'))})\s*\Z", re.IGNORECASE)
_OF_SENDING = re.compile(rf"(?:[,;]|{ABOUT}|(?<!\w){one_of(words('of sending'))})\s*\Z", re.IGNORECASE)


def _at_term(title: _Open, end: int, behind: int) -> bool:
    """ "Sửa đổi Quyết định A ban hành Quy chế quản lý chợ trong quý I/2026.": rules are issued for good; the term is the work's, and so it
    is of "Sơ kết Quyết định A năm 2023 phê duyệt Đề án B trong quý III năm 2026", which plans for no single quarter so far ahead."""
    if _RULES.match(title.text, title.start):
        return True
    if not _REVIEWS.search(title.text, max(0, title.start - _CLAUSE), title.start):
        return False
    issued = [int(year) for year in _YEAR.findall(title.text, max(0, title.start - _DATED), title.start)]
    term = _YEAR.search(title.text, behind, title.limit)
    return bool(issued) and term is not None and int(term.group()) > issued[-1] + 1


_REVIEWS = re.compile(rf"(?<!\w){acts('review')}\s[^;.\n]*\Z", re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_DATED = 80
"""Characters before a title in which the day of its document stands."""

_RULES = re.compile(rf"(?:về\s+việc\s+|v/v\s+)?{ISSUES}\s+{one_of(types_of('rule'))}(?!\w)", re.IGNORECASE)


_ENDS = {
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
# "quy định chi tiết một số điều của Luật A và Luật sửa đổi … Luật A": one decree guides both.
_LAW = re.compile(rf"{LAW}\s")
_GUIDES = re.compile(
    rf"(?:{ABOUT}\s+)?(?:{verbs('title', ['guides', 'amends'])}|quy\s+định\s+cụ\s+thể)\s",
    re.IGNORECASE,
)
_AND_LAW = re.compile(rf"{AND}(?:Luật|Bộ\s|Pháp)")


# A list of codes under one type word is named as a whole: "tiếp tục thực hiện Nghị quyết 18, 19-NQ/TW". Codes that follow
# with a type word of their own may be the sentence's next object, so they end the title.
_LISTED = re.compile(rf"{AND}[0-9]$")
# Behind a document named inside a title: what goes on with the title.
_GOES_ON = re.compile(r"\s+(?:trong|trên\s+địa\s+bàn|giai\s+đoạn|đến\s+năm|tại|của)\s")
