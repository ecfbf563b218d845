"""Whether a line of a preamble is one of its bases, each of which stands on a line of its own.

In it a semicolon parts the matters of one title: "Căn cứ Nghị định số … quy định điều kiện kinh doanh bến thủy; đào tạo lái tàu;".
Documents and bodies begin another basis.
"""

from __future__ import annotations

import re

from chidao.extract.language.patterns import BASIS, TYPE
from chidao.extract.mentions.title_text import MAX_TITLE

_BASE = re.compile(rf"[-+–*\s]{{0,3}}(?:(?P<basis>{BASIS})|{TYPE})\s")
_HEADS_BASES = re.compile(rf"(?:^|\n)[\s*_]*(?i:{BASIS})\s*:?\Z")
_MOST_BASES = 12
"""Lines of a list of bases that are looked at above one."""


def in_basis(text: str, at: int) -> bool:
    """Does the line of `at` open with "Căn cứ", or list what stands below such a line? Lines longer than two titles are no basis, which
    bounds the search."""
    for _ in range(_MOST_BASES):
        floor = max(0, at - 2 * MAX_TITLE)
        line = text.rfind("\n", floor, at)
        if line < 0 and floor:
            return False
        base = _BASE.match(text, line + 1)
        if base and base["basis"]:
            return True
        above = text[floor : max(line, floor)].rstrip(" *_\n")
        if not base or not (above.endswith(";") or _HEADS_BASES.search(above)):
            return False
        at = floor + len(above)
    return False
