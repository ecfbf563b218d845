"""Where a text has the words without which a rule finds nothing: one pass for all of them, so that the rule is tried only there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from operator import itemgetter

from ahocorasick_rs import AhoCorasick, Implementation

from chidao.extract.language.letters import early_tones, late_tones

_RUN = re.compile("  +")
_WORD = re.compile("[^ ]+")


class WordPlaces:
    """Where a text in lower case has the words of each group, in a line and with their tone marks in either place.

    >>> said = WordPlaces({"helps": ["phối hợp"], "leads": ["chủ trì"]}).of("sở a chủ trì, sở b phối hợp")
    >>> said["leads"], first_in(said["helps"], 0, 20), first_in(said["helps"], 0, 19)
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
        self._longest = max(map(len, asked))

    def of(self, low: str) -> dict[str, list[int]]:
        """Return where words of each group begin, in order. Around a run of blanks any word may stand."""
        text = low.replace("\t", " ").replace("\r", " ")
        found: dict[str, list[int]] = {name: [] for name in self._names}
        for word, start, _ in sorted(self._search.find_matches_as_indexes(text, overlapping=True), key=itemgetter(1)):
            for name in self._groups[word]:
                found[name].append(start)
        if "  " in text:
            apart = list(self._around_runs(text))
            return {name: sorted(places + apart) for name, places in found.items()}
        return found

    def _around_runs(self, text: str) -> Iterator[int]:
        """Where the words begin that stand shortly before two blanks, and may be a phrase with what follows."""
        for run in _RUN.finditer(text):
            for word in _WORD.finditer(text, max(0, run.start() - self._longest), run.start()):
                yield word.start()


def first_in(places: list[int], start: int, end: int) -> int:
    """Return the first of the places, which are in order, in text[start:end], or -1."""
    first = bisect_left(places, start)
    near = places[first : first + 1]  # a slice may lie behind the last
    return near[0] if near and near[0] < end else -1
