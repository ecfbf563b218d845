"""The words and symbols that name document types and issuers, compiled once from the authority tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from chidao.ontology.authority import (
    BodyEntry,
    BodyTemplate,
    DocumentType,
    bodies,
    body_templates,
    document_types,
    types_of,
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`types` by case-folded type word, `by_symbol` the types that a symbol stands for (QĐ: two of them), `tokens` the
    canonical spelling of every symbol token ("ttg" -> "TTg"), `type_tokens` those that stand for a type, `party_tokens`
    those that stand for a Party body and no other."""

    types: dict[str, DocumentType]
    by_symbol: dict[str, tuple[DocumentType, ...]]
    tokens: dict[str, str]
    type_tokens: frozenset[str]
    party_tokens: frozenset[str]
    words: tuple[str, ...]
    automaton: AhoCorasick

    def find_types(self, text: str) -> list[tuple[int, int, int]]:
        """Return every type word of the text, in any usual case, as (index into `words`, start, end); the longest at a place."""
        return self.automaton.find_matches_as_indexes(text)

    def knows(self, token: str) -> bool:
        """Is it the symbol of a type or a body, or an assembly's with its term ("QH15")? A digit glued on is a footnote mark."""
        lowered = token.lower()
        return lowered in self.tokens or lowered.rstrip("0123456789") in self.tokens

    def type_of(self, token: str) -> DocumentType | None:
        """Return the type that a symbol token names by itself: the only one, or the one that the others are kinds of
        (NQ: Nghị quyết, beside Nghị quyết chuyên đề); None for QĐ, which is Quyết định and Quy định."""
        kinds = self.by_symbol.get(token.lower(), ())
        if not kinds:
            return None
        shortest = min(kinds, key=lambda kind: len(kind.name))
        return shortest if all(shortest.name.lower() in kind.name.lower() for kind in kinds) else None

    def own_type(self, token: str, branch: str) -> str | None:
        """Return the only type whose own symbol the token is, and no mere other one, that of the branch first: with the State QĐ is Quyết
        định's, since its Quy định carry QyĐ (Nghị định 30/2020/NĐ-CP, Phụ lục III)."""
        own = [kind for kind in self.by_symbol.get(token.lower(), ()) if kind.symbols[0].lower() == token.lower()]
        own = [kind for kind in own if branch in kind.branches] or own
        return own[0].name if len(own) == 1 else None


(OFFICIAL_LETTER,) = types_of("letter")
"""The type of what has none in its heading."""


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of the shipped tables."""
    types: dict[str, DocumentType] = {}
    by_symbol: dict[str, list[DocumentType]] = {}
    tokens: dict[str, str] = {}
    type_tokens: set[str] = set()
    for kind in document_types():
        for word in (kind.name, *kind.labels):
            types.setdefault(word.lower(), kind)
        for symbol in kind.symbols:
            by_symbol.setdefault(symbol.lower(), []).append(kind)
            tokens.setdefault(symbol.lower(), symbol)
            type_tokens.add(symbol.lower())
    branches: dict[str, set[str]] = {}
    entries: list[BodyEntry | BodyTemplate] = [*bodies(), *body_templates()]
    for entry in entries:
        for symbol in entry.symbols:
            for token in re.split(r"[-/]", symbol):
                if token:
                    tokens.setdefault(token.lower(), token)
            branches.setdefault(symbol.lower(), set()).add(entry.branch)
    # Four spellings of each word ("nghị quyết", "Nghị quyết", "Nghị Quyết", "NGHỊ QUYẾT") cost the search nothing, while
    # lower-casing the text first would cost as much as the search itself.
    spelled = {s: w for w in types for s in (w, w[0].upper() + w[1:], w.title(), w.upper())}
    printed = sorted(spelled)
    words = tuple(spelled[s] for s in printed)
    return Lexicon(
        types,
        {k: tuple(v) for k, v in by_symbol.items()},
        tokens,
        frozenset(type_tokens),
        frozenset(symbol for symbol, of in branches.items() if of == {"party"}),
        words,
        # A table of every step would search a bare loop of texts faster; between all other work it is pushed out of the cache.
        AhoCorasick(printed, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA),
    )
