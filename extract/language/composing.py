"""How patterns are composed: of parts that carry their examples, and of phrases over any white space and in both spellings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from chidao.extract.language.letters import LETTER, early_tones, late_tones
from chidao.ontology.kept import made


class Part(str):
    """A piece of a regular expression (case is the composing rule's business) that carries its examples."""

    examples: tuple[str, ...]
    refused: tuple[str, ...]

    def __new__(cls, pattern: str, *examples: str, refused: tuple[str, ...] = ()) -> Part:
        """Return the part; it must match every one of `examples` from end to end, and none of `refused`."""
        part = super().__new__(cls, pattern)
        part.examples, part.refused = examples, refused
        return part


@dataclass(frozen=True, slots=True)
class Rule:
    """One of the ways in which a thing is said: the rule's name, its pattern, and an example that it reads."""

    name: str
    pattern: re.Pattern[str]
    example: str


def rules(*table: tuple[str, str, str], flags: re.RegexFlag = re.NOFLAG) -> tuple[Rule, ...]:
    """Return the rules of a table of name, pattern and example; each example must be found by its own pattern."""
    return tuple(Rule(name, re.compile(pattern, flags), example) for name, pattern, example in table)


def spaced(phrase: str) -> str:
    r"""Return a pattern of the phrase's words over any white space, with their tone marks in either place.

    >>> spaced("Căn cứ"), spaced("hủy bỏ")
    ('Căn\\s+cứ', '(?:hủy|huỷ)\\s+bỏ')
    """
    return r"\s+".join(map(_spelt, phrase.split()))


def either(*ways: re.Pattern[str] | Rule) -> str:
    r"""Return a group that matches what any of the patterns or rules does, each in the case that it minds: one look for all.

    >>> either(re.compile(r"\s+là\s"), re.compile("không", re.IGNORECASE))
    '(?:\\s+là\\s|(?i:không))'
    """
    patterns = (way.pattern if isinstance(way, Rule) else way for way in ways)
    return f"(?:{'|'.join(f'(?i:{p.pattern})' if p.flags & re.IGNORECASE else p.pattern for p in patterns)})"


def lowered(pattern: str) -> str:
    r"""Return a pattern for text in lower case, where the same is found several times faster than in whatever case.

    >>> lowered(r"Căn\s+cứ\W[A-ZĐ]")
    'căn\\s+cứ\\W[a-zđ]'
    """
    return re.sub(r"\\.|[^\\]+", lambda piece: piece[0] if piece[0][0] == "\\" else piece[0].lower(), pattern)


@cache
def _spelt(word: str) -> str:
    early, late = re.escape(early_tones(word)), re.escape(late_tones(word))
    return early if early == late else f"(?:{early}|{late})"


def one_of(phrases: Iterable[str], pieces: Callable[[str], Iterator[str]] | None = None, *, whole: bool = False) -> str:
    r"""Return a group that matches any of the phrases, the longest first, each `spaced` or as the patterns of its `pieces` say.

    What phrases begin with is written once, so that a list of hundreds takes hardly longer to try than one of ten. `whole`: no letter
    stands before or behind; the look before comes after the first letter, since a search for a letter is the fastest one.

    >>> one_of(["chủ trì", "chủ động", "chủ trì việc"])
    '(?:chủ\\s+(?:trì(?:\\s+việc)?|động))'
    """
    given, pieces = sorted(set(phrases)), pieces or spaced_pieces  # in whatever order they come
    return made("\0".join((*given, pieces.__qualname__, str(whole))).encode(), lambda: _composed(given, pieces, whole))


def _composed(phrases: Iterable[str], pieces: Callable[[str], Iterator[str]], whole: bool) -> str:
    tree: _Tree = {}
    for phrase in phrases:
        node = tree
        for piece in pieces(phrase):
            node = node.setdefault(piece, {})
        node[""] = {}
    # "Ủy" and "Uỷ" are two beginnings: a search for one of several letters is fast, and for one of several groups slow.
    tree = {way: below for first, below in tree.items() for way in _ways(first)}
    if whole:
        tree = {f"{first}(?<![{LETTER}]{first})": below for first, below in tree.items()}
    group = _written(tree) if len(tree) > 1 else f"(?:{_written(tree)})"
    return f"{group}(?![{LETTER}])" if whole else group


_Tree = dict[str, "_Tree"]
"""Pieces of a pattern with what may follow each; an empty piece is an end."""


def spaced_pieces(phrase: str) -> Iterator[str]:
    """Yield the patterns of a phrase's letters and blanks, as `spaced` has them."""
    for n, word in enumerate(phrase.split()):
        if n:
            yield r"\s+"
        yield from _word_pieces(word)


@cache
def _word_pieces(word: str) -> tuple[str, ...]:
    """The patterns of a word's letters, of two together where these have two spellings; there are few words in many phrases."""
    early, late = early_tones(word), late_tones(word)
    pieces: list[str] = []
    at = 0
    while at < len(word):
        end = at + 1 + (early[at] != late[at])
        one, other = re.escape(early[at:end]), re.escape(late[at:end])
        pieces.append(one if one == other else f"(?:{one}|{other})")
        at = end
    return tuple(pieces)


def _ways(piece: str) -> list[str]:
    """The two spellings of a piece, or the piece itself."""
    return piece[3:-1].split("|") if piece.startswith("(?:") else [piece]


def _written(tree: _Tree) -> str:
    """Return the pattern of what stands below a piece; longer phrases come before the ends of shorter ones."""
    ways = [_chain(piece, tree[piece]) for piece in sorted(tree) if piece]
    group = ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})" if ways else ""
    if not ways or "" not in tree:
        return group
    return f"(?:{group})?" if len(ways) == 1 else f"{group}?"


def _chain(piece: str, below: _Tree) -> str:
    """Return the pattern of a piece and what stands below it: mostly one piece, and below that one again."""
    pieces = [piece]
    while len(below) == 1 and "" not in below:
        ((piece, below),) = below.items()
        pieces.append(piece)
    return "".join(pieces) + _written(below)
