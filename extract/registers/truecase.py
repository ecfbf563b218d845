"""Give a text in lower case the capitals that names of bodies carry: "của ủy ban nhân dân tỉnh lào cai".

Portals print titles in lower case, while a name without capitals is hard to tell from common words. So only what a table knows
is restored, and only where a body stands as a rule: behind "của", "do", "thuộc", a comma. Lengths stay, so offsets stay.
"""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from chidao.extract.language.jurisdictions import provinces
from chidao.extract.language.letters import LETTER, is_word
from chidao.extract.language.patterns import COMMITTEE, CONTENT, DIRECTS, JOINS, UNIT
from chidao.extract.mentions.body_heads import heads
from chidao.ontology.authority import districts

_BEFORE = re.compile(rf"(?:^|(?<![{LETTER}])(?:{JOINS}|{DIRECTS}|thuộc|{CONTENT})\s+|[,;/(]\s*)$")
_PLACE = re.compile(rf"(?<![{LETTER}])(?:{COMMITTEE}|{UNIT})\s+", re.IGNORECASE)
_SHORT = 4
"""Letters that an abbreviation has at least: "ubnd" is one anywhere, "tư" and "ca" are words."""


def has_capitals(text: str) -> bool:
    """Return whether any letter but the first is a capital; if none is, the text tells nothing by its letters' case.

    >>> has_capitals("Về chuyển đổi số"), has_capitals("về kinh tế Thủ đô")
    (False, True)
    """
    rest = text.strip()[1:]
    return rest != rest.lower()


def restore_capitals(text: str) -> str:
    """`text`, in lower case and NFC, with capitals for the bodies and places that the tables know.

    >>> restore_capitals("thực hiện kế hoạch số 3-kh/tu của tỉnh ủy lào cai")
    'thực hiện kế hoạch số 3-kh/tu của Tỉnh ủy Lào Cai'
    """
    out = list(text)
    heads, automaton = _heads()
    for index, start, end in automaton.find_matches_as_indexes(text):
        if not is_word(text, start, end) or text[start - 1 : start] in ("/", "-") or text[end : end + 1] in ("-",):
            continue
        if heads[index]:
            out[start:end] = text[start:end].upper()
        elif _BEFORE.search(text, max(0, start - 12), start):
            out[start] = text[start].upper()
    names = _names()
    for lead in _PLACE.finditer(text):
        words = re.split(r"\s", text[lead.end() : lead.end() + 40])
        for n in range(min(5, len(words)), 0, -1):
            name = " ".join(words[:n]).rstrip(".,;:)")
            if name in names:
                at = lead.end()
                for word in re.finditer(r"[^\s-]+", name):
                    out[at + word.start()] = out[at + word.start()].upper()
                break
    restored = "".join(out)
    return restored if len(restored) == len(text) else text


@cache
def _heads() -> tuple[tuple[bool, ...], AhoCorasick]:
    """The bodies' names that may be restored, in lower case, each with whether it is an abbreviation."""
    known = [(h.text, h.exact) for h in heads() if (len(h.text) >= _SHORT if h.exact else " " in h.text)]
    return tuple(exact for _, exact in known), AhoCorasick([n for n, _ in known], matchkind=MatchKind.LeftmostLongest)


@cache
def _names() -> frozenset[str]:
    return frozenset([*provinces(), *(d.name.lower() for d in districts())])
