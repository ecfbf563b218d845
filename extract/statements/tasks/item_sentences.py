"""Where the sentences of an item begin and end, each of which may tell somebody to do something.

Sở Y tế rà soát …. Sở Tài chính bố trí …          two
Sở Y tế rà soát …; giao Sở Tài chính …            two: behind the semicolon somebody is called
(1) Sở Y tế rà soát … (2) Sở Tài chính bố trí …   two
"""

from __future__ import annotations

import re

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER, UPPER, trimmed
from chidao.extract.language.patterns import GIVES, shortens
from chidao.extract.language.tables import task_phrases
from chidao.extract.statements.addressees.bodies import SMALL_BODY

_SENTENCE = re.compile(
    rf"[.;(](?:(?<=[.;])\s+(?=[\"“*]*[{UPPER}])|"
    rf"(?<=;)\s+(?=(?:{GIVES}(?!\s+ban)|{one_of(task_phrases('call'))}|{SMALL_BODY.pattern})\s)|"
    r"(?<=\s[(])(?=[0-9]{1,2}\)\s))"
)
"""One class of marks comes first, since a search for one is fast."""
_MARK = re.compile(rf"\([0-9]{{1,2}}\)\s+|\([{UPPER}][{LETTER} -]{{1,18}}\)\s*[-–—]\s*|[\"“*]+")
_MARKS = '("“*'
"""With what a number, a quotation or the sign of a paper's or agency's own news ("(TTXVN) - …") begins."""
_LONGEST_BRACKET = 200


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where each sentence, or each numbered part of one, begins and ends."""
    begins = [start]
    said = text[start : end - 1]  # a look for one mark takes far less than a search for any of them
    for stop in _SENTENCE.finditer(text, start, end) if "." in said or ";" in said or "(" in said else ():
        at, behind = stop.span()
        if not shortens(text, at) and (text[at] != ";" or "(" not in said or not _within_brackets(text, start, at)):
            begins.append(behind - (text[at] == "("))
    found = []
    for begin, following in zip(begins, [*begins[1:], end], strict=True):
        mark = _MARK.match(text, begin, following) if text[begin : begin + 1] in _MARKS else None
        first, last = mark.end() if mark else begin, trimmed(text, begin, following)
        if first < last:
            found.append((first, last))
    return found


def _within_brackets(text: str, start: int, at: int) -> bool:
    """ "Tuyên truyền (Sở A chủ trì; Sở B phối hợp): …": does what stands at `at` part the words of a bracket?"""
    opened = text.rfind("(", start, at)
    return opened > text.rfind(")", start, at) and text.find(")", at, opened + _LONGEST_BRACKET) >= 0
