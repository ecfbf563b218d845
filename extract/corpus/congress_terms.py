"""Congresses of one Party organization that are told by their numeral here and by their years there.

"Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVI, nhiệm kỳ 2020-2025" says that the sixteenth is the one of these years; "Nghị quyết Đại hội
nhiệm kỳ 2020-2025 Đảng bộ tỉnh" is then the same document, in whatever file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from chidao.extract.corpus.within_file import Mention
from chidao.extract.language.patterns import TENURE
from chidao.extract.model import Facts, Reference

_CONGRESS = "nghi-quyet/dai-hoi"
_YEARS_BEHIND = re.compile(rf",?\s+(?:\(\s*)?(?i:{TENURE})\s+(20[0-9]{{2}})\s?[-–]\s?(20[0-9]{{2}})")
_WHEN = re.compile(r"-(?:(?P<years>20[0-9]{2}-20[0-9]{2})|[ivx]+)$")


def years_of(ref: Reference, facts: Facts) -> str | None:
    """Return the years of the term that stand behind the name of a congress: "2020-2025"."""
    if ref.kind != "named" or not (ref.name or "").startswith(_CONGRESS):
        return None
    said = facts.sentences[ref.sentence].text if 0 <= ref.sentence < len(facts.sentences) else ""
    name = " ".join(ref.text.split())
    at = said.find(name)
    years = _YEARS_BEHIND.match(said, at + len(name)) if at >= 0 else None
    return f"{years[1]}-{years[2]}" if years else None


def join_terms(files: Sequence[Sequence[Mention]]) -> None:
    """Call each congress by its numeral where a mention tells which one a term's is, or its file names only one of that organization."""
    numerals: dict[tuple[str | None, str, str], set[str]] = defaultdict(set)
    for m in (m for mentions in files for m in _congresses(mentions)):
        if m.term and (when := _WHEN.search(m.name or "")) and not when["years"]:
            numerals[m.scope, (m.name or "")[: when.start()], m.term].add(m.name or "")
    for mentions in files:
        named = list(_congresses(mentions))
        for m in named:
            when = _WHEN.search(m.name or "")
            if when and when["years"]:
                known = numerals.get((m.scope, (m.name or "")[: when.start()], when["years"]), set())
                m.name = next(iter(known)) if len(known) == 1 else m.name
        for m in named:
            if not _WHEN.search(m.name or "") and "dang-bo" in (m.name or ""):
                others = {
                    o.name for o in named if o.scope == m.scope and o.name and _WHEN.sub("", o.name) == m.name != o.name
                }
                m.name = next(iter(others)) if len(others) == 1 else m.name


def _congresses(mentions: Sequence[Mention]) -> list[Mention]:
    return [m for m in mentions if m.kind == "named" and m.scope and (m.name or "").startswith(_CONGRESS)]
