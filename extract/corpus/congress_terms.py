"""Congresses of one Party organization that are told by their numeral here and by their years there.

"Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVI, nhiệm kỳ 2020-2025" says that the sixteenth is the one of these years; "Nghị quyết Đại hội
nhiệm kỳ 2020-2025 Đảng bộ tỉnh" is then the same document, in whatever file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from chidao.extract.corpus.within_file import WHEN, Mention
from chidao.extract.language.patterns import TENURE_YEARS
from chidao.extract.model import Facts, Reference

_CONGRESS = "nghi-quyet/dai-hoi"
_YEARS_BEHIND = re.compile(rf",?\s+(?:\(\s*)?{TENURE_YEARS}")


def years_of(ref: Reference, facts: Facts) -> str | None:
    """Return the years of the term that stand behind the name of a congress: "2020-2025"."""
    if ref.kind != "named" or not (ref.name or "").startswith(_CONGRESS):
        return None
    said = facts.sentences[ref.sentence].text if 0 <= ref.sentence < len(facts.sentences) else ""
    name = " ".join(ref.text.split())
    at = said.find(name)
    years = _YEARS_BEHIND.match(said, at + len(name)) if at >= 0 else None
    return f"{years[1]}-{years[2]}" if years else None


def organization(name: str | None) -> str | None:
    """Return whose congress a name means, without which one; None for what is no congress's.

    >>> organization("nghi-quyet/dai-hoi-dang-bo-xvi"), organization("nghi-quyet/dai-hoi-2020-2025"), organization("quy-che")
    ('nghi-quyet/dai-hoi-dang-bo', 'nghi-quyet/dai-hoi', None)
    """
    if not name or not name.startswith(_CONGRESS):
        return None
    when = WHEN.search(name)
    return name[: when.start()] if when else name


def join_terms(files: Sequence[Sequence[Mention]]) -> None:
    """Call each congress by its numeral where a mention tells which one a term's is, or its file names only one of that organization."""
    named = [list(map(_Named.of, mentions)) for mentions in files]
    numerals: dict[tuple[str | None, str, str], set[str]] = defaultdict(set)
    for one in (one for of_file in named for one in of_file):
        if one.mention.term and one.when and not one.years:
            numerals[one.mention.scope, one.whose, one.mention.term].add(f"{one.whose}{one.when}")
    for of_file in named:
        said: dict[tuple[str | None, str], set[str]] = defaultdict(set)
        for one in of_file:
            if one.years:
                _call(one, numerals.get((one.mention.scope, one.whose, one.years), set()))
            if one.when:
                said[one.mention.scope, one.whose].add(one.mention.name or "")
        for one in of_file:
            if not one.when and "dang-bo" in one.whose:
                _call(one, said.get((one.mention.scope, one.whose), set()))


class _Named(NamedTuple):
    """A mention of a congress: whose it is ("nghi-quyet/dai-hoi-dang-bo"), and its numeral or years behind that ("-xvi")."""

    mention: Mention
    whose: str
    when: str
    years: str

    @classmethod
    def of(cls, mention: Mention) -> _Named:
        """Return what the mention's name says."""
        name = mention.name or ""
        when = WHEN.search(name)
        return cls(
            mention,
            organization(name) or name,
            when[0] if when else "",
            (when["years"] or "") if when else "",
        )


def _call(one: _Named, known: set[str]) -> None:
    """Let the congress have the only name that is known for it."""
    if len(known) == 1:
        one.mention.name = next(iter(known))
