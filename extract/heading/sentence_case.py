"""A title printed in capitals, in the letters of running text where the document itself gives them.

"VỀ VIỆC BAN HÀNH QUY CHẾ PHỐI HỢP …" stands again below as "ban hành Quy chế phối hợp …": only what is printed so is taken, since which
words carry capitals cannot be told from the capitals alone.
"""

from __future__ import annotations

import re

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import printed_as
from chidao.extract.language.tables import words

_LEAD = re.compile(rf"{one_of(words('opens a title'))}(?:\s+việc)?\s+", re.IGNORECASE)
_LEAST_WORDS = 4
"""Fewer words may stand anywhere in a text and mean something else."""
_MOST_LEADS = 3


def in_running_letters(title: str, text: str) -> str:
    """Return the title as the text prints it in running letters, whole or behind the words that open it; else as it is.

    >>> in_running_letters("BAN HÀNH QUY CHẾ LÀM VIỆC", "Điều 1. Ban hành Quy chế làm việc.")
    'Ban hành Quy chế làm việc'
    >>> in_running_letters("BAN HÀNH QUY CHẾ LÀM VIỆC CỦA BAN", "Kèm theo Quy chế làm việc của Ban.")
    'Ban hành Quy chế làm việc của Ban'
    """
    if not title.isupper():
        return title
    at = 0
    for _ in range(_MOST_LEADS):
        rest = title[at:]
        if len(rest.split()) < _LEAST_WORDS:
            break
        if found := _printed(rest, text):
            lead, word = title[:at].lower(), _LEAD.match(found)
            written = lead + (found[:1].lower() + found[1:] if lead and word else found)
            return written[:1].upper() + written[1:]
        opens = _LEAD.match(title, at)
        if opens is None:
            break
        at = opens.end()
    return title


def _printed(capitals: str, text: str) -> str | None:
    """The words as the text has them elsewhere, not all in capitals."""
    return next((found for found in printed_as(capitals, text) if sum(map(str.isupper, found)) * 3 < len(found)), None)
