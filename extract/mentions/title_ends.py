"""Where a title in running text ends that no quotation marks enclose: at a stop, a verb of the sentence, another document."""

from __future__ import annotations

import re

from chidao.extract.language.composing import one_of
from chidao.extract.language.compounds import by_itself
from chidao.extract.language.letters import LETTER, SUPERSCRIPTS, UPPER
from chidao.extract.language.patterns import (
    ABOUT,
    AGENT,
    ALONG,
    AND,
    AT_LATEST,
    BASIS,
    BY_NOW,
    IN_FORCE,
    ISSUES,
    NUMBER_SIGN,
    PASSIVE,
    STAYS,
    TYPE,
)
from chidao.extract.language.tables import CHANGES, task_phrases, words
from chidao.extract.language.verbs import AMENDS, CARRIES_OUT, verbs
from chidao.extract.mentions.named import LAW_WORD
from chidao.extract.mentions.title_stops import ENDS, Following, OpenTitle, always, is_taught, is_told
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


def title_end(text: str, start: int, at: int, following: Following, *, verbal: bool) -> int:
    """Return where the unquoted title that begins at `start`, and whose first words end at `at`, ends."""
    limit = min(len(text), start + MAX_TITLE)
    title = OpenTitle(text, start, start if verbal else at, limit, following, verbal)
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
            if is_told(title) if stop["told"] else is_taught(title):
                return end
            at = stop.end()
        elif stop and _changes_what_is_attached(title, nested, stop.end()):
            at = stop.end()
        elif stop is None or ENDS.get(" ".join(stop.group().split()), always)(title, end, stop.end()):
            return end
        else:
            at = stop.end()


def _quoted(text: str, at: int) -> int:
    """Where the quotation that opens at `at` inside a title closes (tổ chức Tháng cao điểm “Vì người nghèo” năm 2026); else -1.
    What a document puts into another one's wording is no name: “1a. …”, thay thế cụm từ “…”."""
    if text[at : at + 1] not in ("“", "«") or _WORDING.match(text, at + 1):
        return -1
    if f" {text[max(0, at - 12) : at].lower().rstrip()}".endswith(_WORDS):
        return -1
    return closing_mark(text, at + 1, text[at])


_WORDING = re.compile(r"[0-9]|(?:Điều|Khoản|Chương|Mục)\s+[0-9IVX]|[a-zđ]\)", re.IGNORECASE)
_WORDS = (" từ", " từ ngữ")


def _named_along(title: OpenTitle, begin: int, at: int) -> int:
    """Where the documents end that the title names in one list with that at `begin`."""
    text = title.text
    guides = LAW_WORD.match(text, begin) and _GUIDES.match(text, title.start)
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


def _changes_what_is_attached(title: OpenTitle, nested: tuple[int, int] | None, behind: int) -> bool:
    """ "sửa đổi, bổ sung một số điều của Quy định ban hành kèm theo | Quyết định số 32/2018/QĐ-UBND": does a title of changes go on with
    the document that what it changes belongs to?"""
    near = nested is not None and nested[0] < behind + _NEAR
    named = title.following.first(behind, behind + _NEAR) if near else None
    return named is not None and _OF_ATTACHED.match(title.text, title.start, named[0]) is not None


_NEAR = 8
"""Characters between "kèm theo" and the document."""
# "quy định chi tiết một số điều của Luật A và Luật sửa đổi … Luật A": one decree guides both.

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
