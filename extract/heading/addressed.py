"""To whom a document is addressed: "Kính gửi: …" above its text, or "ỦY BAN NHÂN DÂN TỈNH điện: …" in a telegram, on that line or as
a list below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, repeat

from chidao.extract.heading.lines import AROUND, HEAD_LINES
from chidao.extract.heading.recipients import alone, entry_of, in_one_line, is_dashed
from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER
from chidao.extract.language.patterns import TELEGRAPHS
from chidao.extract.language.tables import words

_OPENS = re.compile(
    rf"(?:{one_of(words('address'))}(?!\w)|{TELEGRAPHS})[\s:*_]*",
    re.IGNORECASE,
)
_INITIALS = frozenset(case for word in words("address") for case in (word[0].lower(), word[0].upper()))
_BEFORE = f"{AROUND}|"
_SAID = re.compile(rf"[{LETTER}]{{2}}")
"""Of a name, and not of dots for the pen."""

"""The first letter of an item of the text, and no more of a name."""
_MOST = 40
_LONGEST = 300
"""Characters of one addressee."""


def read_addressed(lines: Sequence[str]) -> tuple[str, ...]:
    """Return whom the head of a document addresses, without dashes and closing marks; wrapped lines are joined."""
    for n, said in enumerate(map(str.lstrip, lines[:HEAD_LINES], repeat(_BEFORE))):
        if said[:1] not in _INITIALS and "điện" not in said and "ĐIỆN" not in said:
            continue
        bare = alone(lines[n]).strip("*_ ")
        if opens := _OPENS.match(bare):
            found = _entries([bare[opens.end() :], *lines[n + 1 : n + _MOST]])
            kept = (entry.rstrip(";,./! ") for entry in found if _SAID.search(entry) and len(entry) <= _LONGEST)
            return tuple(dict.fromkeys(kept))
    return ()


def _entries(rows: Sequence[str]) -> list[str]:
    """The entries of the first row, and below it up to where the text begins."""
    found = in_one_line(entry_of(rows[0])) if rows[0].strip() else []
    bare = bool(found) and not is_dashed(alone(rows[0]).strip())
    for above, row in pairwise(rows):
        entry = entry_of(row)
        if not entry:
            if found and (bare or not found[-1].endswith((";", ","))):
                break
        elif is_dashed(entry) and not bare:
            found += in_one_line(entry)
        elif (
            found
            and not (entry[1:3] == ") " and entry[0].islower())
            and (entry[:1].islower() or found[-1].endswith(","))
        ):
            found[-1] += " " + entry
        elif bare and above.rstrip().endswith(";"):
            found += in_one_line(entry)
        else:
            break
    return found
