"""Where a text has the words without which a rule finds nothing: one pass for all of them, so that the rule is tried only there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from itertools import chain
from operator import itemgetter

from ahocorasick_rs import AhoCorasick, Implementation

from chidao.extract.language.letters import early_tones, late_tones

_RUN = re.compile("  +")


class Places(list[int]):
    """Where the words of a group begin in a text, in order."""

    def first(self, start: int, end: int) -> int:
        """Return the first of them in text[start:end], or -1."""
        n = bisect_left(self, start) if self else 0  # most texts have no word of most groups
        return self[n] if n < len(self) and self[n] < end else -1


class WordPlaces:
    """Where a text in lower case has the words of each group, in a line and with their tone marks in either place.

    >>> said = WordPlaces({"helps": ["phối hợp"], "leads": ["chủ trì"]}).of("sở a chủ trì, sở b phối hợp")
    >>> said["leads"], said["helps"].first(0, 20), said["helps"].first(0, 19)
    ([5], 19, -1)
    """

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        asked: dict[str, list[str]] = {}
        for name, words in groups.items():
            for word in dict.fromkeys(chain.from_iterable((early_tones(word), late_tones(word)) for word in words)):
                asked.setdefault(word, []).append(name)
        self._groups = tuple(asked.values())
        self._names = tuple(groups)
        self._search = AhoCorasick(list(asked), implementation=Implementation.ContiguousNFA)

    def of(self, low: str) -> dict[str, Places]:
        """Return where words of each group begin, whatever blanks divide them."""
        text = low.replace("\t", " ").replace("\r", " ")
        # where the text goes on behind each run of blanks once it is a single one, and how many are left out by then
        begins, left_out = [0], [0]
        for run in _RUN.finditer(text) if "  " in text else ():
            start, end = run.span()
            left_out.append(left_out[-1] + end - start - 1)
            begins.append(end - left_out[-1])
        found = {name: Places() for name in self._names}
        matches = self._search.find_matches_as_indexes(_RUN.sub(" ", text) if begins[1:] else text, overlapping=True)
        for word, start, _ in sorted(matches, key=itemgetter(1)):
            for name in self._groups[word]:
                found[name].append(start + left_out[bisect_right(begins, start) - 1])
        return found
