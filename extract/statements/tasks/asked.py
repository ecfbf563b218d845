"""Whom an item asks by a name that no table knows.

Đề nghị Đoạn Quản lý đường thủy số 15 thả phao báo hiệu.      to the number or place with which the name ends
Yêu cầu Nhà hát Ca múa nhạc dân tộc bố trí sân khấu.          to what is to be done
Nhờ Hội Khoa học Thủy lợi tỉnh góp ý phương án kè.            asked as a favour

Where a call stands before a capital, somebody is asked by name: if the name cannot be read, or does not begin with what bodies are called
("Khu đất số 5", "Quốc lộ 4"), it is nobody's work, and least of all theirs who are named above.
"""

from __future__ import annotations

import re

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER
from chidao.extract.language.patterns import COURTEOUS, KIND_OF_BODY
from chidao.extract.language.tables import task_phrases, words
from chidao.extract.model import Addressee
from chidao.extract.statements.addressees.name_ends import own_end, plain
from chidao.extract.statements.addressees.words import HEAD, MANY, is_body, is_one, kind_of
from chidao.extract.statements.predicates import find_work, starts_work
from chidao.extract.statements.tasks.founded import told_of
from chidao.extract.statements.tasks.nothing_to_do import is_appointed, is_handed_over, is_not_to_be
from chidao.extract.statements.tasks.orders import Order
from chidao.extract.statements.tasks.task_text import TaskText

_ASKS = re.compile(
    rf"(?:{COURTEOUS}\s+)?(?:(?P<given>{one_of(task_phrases('give'))})|(?P<favour>nhờ)|{one_of(task_phrases('call'))})\s+"
)
"""In lower case."""
_CLAUSE = re.compile(r"[.,;:()\n“”\"]|\s[-–]\s")
_LONGEST_NAME = 120

_KIND = re.compile(rf"(?:{KIND_OF_BODY}|{one_of(words('body of few'))})(?![{LETTER}])")
"""Of bodies that are no addressees elsewhere: "Đoạn Quản lý đường thủy số 15"."""


def asks_by_name(reading: TaskText, begin: int, end: int) -> bool:
    """Does text[begin:end] open with a call before a capital, which no verb has, and no "Quý cơ quan", who is whom a letter addresses?"""
    asks = _ASKS.match(reading.low, begin, end)
    return asks is not None and _opens_a_name(reading.text, asks.end(), end)


def asked_by_name(reading: TaskText, begin: int, end: int) -> Order | None:
    """Return what text[begin:end] asks of whom it names right behind its call, as printed; None where no such name can be read."""
    asks = _ASKS.match(reading.low, begin, end)
    if asks is None or not _opens_a_name(reading.text, at := asks.end(), end):
        return None
    if asks["favour"] and told_of(reading.text[at:end]):
        return None  # "Nhờ Nhà nước hỗ trợ, đường thôn đã được bê tông hóa": thanks to
    lead, stop = reading.addressees(at, end)
    if lead and not asks["favour"]:
        return None  # who can be read is asked by other rules, or by none
    if not lead:
        stop = _name_end(reading.text, at, end)
        lead = (reading.in_full(Addressee(plain(reading.text[at:stop]))),) if stop > at else ()
    if not lead or is_not_to_be(reading.text, stop, end) or is_appointed(reading, lead, stop, end):
        return None
    if asks["given"] and is_handed_over(reading.text[at : stop + len(" cho ")]):
        return None
    return Order(begin, stop, lead, called=True, given=asks["given"] is not None)


def is_named(name: str) -> bool:
    """Is it the name of one body, which begins like none that the tables know, or like one?"""
    return MANY.match(name) is None and ((is_body(name) and is_one(name)) or HEAD.match(name) is None)


def _opens_a_name(text: str, at: int, end: int) -> bool:
    return text[at : at + 1].isupper() and not starts_work(text, at, end) and not text.startswith("Quý ", at)


def _name_end(text: str, at: int, end: int) -> int:
    """Return where the name at text[at:end] ends, or `at` where that cannot be told, or it is no body's."""
    head = HEAD.match(text, at, end)
    if (head is None or kind_of(head) == "none") and _KIND.match(text, at, end) is None:
        return at
    mark = _CLAUSE.search(text, at, min(end, at + _LONGEST_NAME))
    stop = mark.start() if mark else min(end, at + _LONGEST_NAME)
    if own := own_end(text, at, stop):
        return own
    work = find_work(text, at, stop)
    named = work > 0 and any(word[0].isupper() for word in text[at : work - 1].split()[1:])
    return at + len(text[at:work].rstrip()) if named else at
