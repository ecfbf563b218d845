"""Full text search over documents and bodies, for people who type as they speak: without diacritics, half a word, a slip.

What is called so comes with what says so: an entry is found by its names (number, title, issuer, signer, day, place, file), or by one
passage of its text that holds every word. How well the words fit is weighed with the importance of what is found (`Entry.weight`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import msgspec
import tantivy

from chidao.graph.answers.facets import Facets, narrowed
from chidao.graph.answers.search_query import Asked, Words, is_year, slips, understand
from chidao.graph.answers.search_why import why
from chidao.graph.answers.snippets import Snippet, snippet
from chidao.graph.index.entries import Entry
from chidao.graph.index.made import Index, Said, key_of
from chidao.graph.index.words import spelled_out

_FIELDS = {"code": 6.0, "label": 3.0, "title": 2.0, "issuer": 1.2, "extra": 1.0, "file": 0.8}
"""Where a word of a name may stand, and how much more it says there."""
_NEAR, _GLUED, _ACCENTED = 0.3, 2.0, 0.6
"""How much a word says that is a slip away, one that lost its blank, and one that stands there with the marks it was typed with."""
_EXACT, _PHRASE, _DAY, _CALLED = 60.0, 4.0, 20.0, 4.0
"""What an entry is lifted by that is called exactly so, has the words together, is of that day; and by any that is called so at all."""
_SAID = 0.25
"""How much a passage says beside a name."""
_PASSAGES = 20_000
"""Passages whose scores are looked at; the entries of all others are found too."""
_SUGGESTED = 400
FACETS = ("kind", "type", "issuer", "level", "year", "state", "carried", "where")
"""By what results can be narrowed: "document" or "body"; the type of document; who issued it; key of its level; year; its state of force
(see `states`); "yes" when the files name documents that carry it out, else "no"; "name" or "text", where the words were found."""
STATES = ("in-force", "not-yet", "partly", "expired", "suspended", "partly-suspended", "unknown")
"""The values of the facet "state"."""
SORTS = ("relevance", "date", "oldest")
Clause = tuple[tantivy.Occur, tantivy.Query]
Ranked = tuple[float, int, bool]
"""Score, number of the entry, and whether it is called so."""
_MUST, _SHOULD = tantivy.Occur.Must, tantivy.Occur.Should
_Q = tantivy.Query


@dataclass(frozen=True, slots=True)
class Hit:
    """A document or body that was found; the higher `score`, the better it fits. `level` and `scope` are keys; `carried_out` counts the
    documents that carry it out. `why` says what holds the words: "number", "name" (of a body), "title", "issuer", "signer", "date",
    "type", "place", "file", "text" (the snippet), "other" (in full what the names abbreviate), or "near" (a slip away)."""

    iri: str
    kind: str
    label: str
    type: str | None
    title: str | None
    issuer: str | None
    date: str | None
    level: str | None
    scope: str | None
    score: float
    carried_out: int = 0
    why: tuple[str, ...] = ()
    snippet: Snippet | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Some of the hits, in order, and how many there are."""

    hits: list[Hit]
    total: int
    complete: bool = True
    """Do they hold every word? Else nothing does, and these hold most."""
    facets: Facets = field(default_factory=lambda: MappingProxyType({}))


class SearchIndex:
    """What answers searches in a generation. Only reads: safe in any number of threads."""

    def __init__(self, index: Index) -> None:
        self._index, self._entries = index, index.entries
        self._names, self._said = index.names.searcher(), index.said.searcher()
        self._numbers = {key_of(entry.iri): number for number, entry in enumerate(index.entries)}
        self._weights = [entry.weight for entry in index.entries]
        spelled_out()  # the first query need not wait for the tables

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def entries(self) -> Sequence[Entry]:
        """Every document, the latest first, and then every body by name."""
        return self._entries

    def search(
        self,
        text: str | None,
        *,
        limit: int = 20,
        offset: int = 0,
        sort: str = "relevance",
        only: Collection[str] | None = None,
        states: Callable[[], Mapping[str, str]] | None = None,
        **narrow: str | int | None,
    ) -> Found:
        """Return what fits a person's words, the best first, then the latest; with None for words all there is, the latest first. Entries
        that hold every word as typed come alone when there are any; else those that hold every word with a slip; else those that hold
        most words and every number but a year. Any text is a query, and nothing in it but the marks around a phrase is syntax.

        `narrow` names facets with the one value that is wanted, `only` the IRIs besides which nothing is; `states` gives the state of
        force of those whose state is known."""
        asked = understand(text, self._known) if text is not None else None
        chosen, complete, facets = self._chosen(asked, text is None, states, narrow)
        if only is not None:
            chosen = [one for one in chosen if self._entries[one[1]].iri in only]
        if sort != "relevance":
            chosen.sort(key=lambda one: one[1])
            chosen.sort(key=lambda one: self._entries[one[1]].date or "", reverse=sort == "date")
            if sort == "oldest":
                chosen.sort(key=lambda one: self._entries[one[1]].date is None)
        shown = chosen[max(offset, 0) :][: max(limit, 0)]
        return Found(list(self._hits(asked, shown)), len(chosen), complete, facets)

    def found(
        self, text: str | None, *, states: Callable[[], Mapping[str, str]] | None = None, **narrow: str | int | None
    ) -> list[str]:
        """Return the IRIs of all that a search finds, in its order."""
        asked = understand(text, self._known) if text is not None else None
        return [self._entries[number].iri for _, number, _ in self._chosen(asked, text is None, states, narrow)[0]]

    def _chosen(
        self,
        asked: Asked | None,
        every: bool,
        states: Callable[[], Mapping[str, str]] | None,
        narrow: Mapping[str, str | int | None],
    ) -> tuple[list[Ranked], bool, Facets]:
        """What fits, of it what has the values that are wanted, whether it holds every word, and the facets."""
        ranked, complete = (self._everything(), True) if every else self._ranked(asked)
        wanted = {name: str(value) for name, value in narrow.items() if value not in (None, "")}
        if unknown := wanted.keys() - set(FACETS):
            raise TypeError(f"no facet is called {min(unknown)}")
        chosen, facets = self._narrowed(ranked, wanted, states() if states and ranked else {})
        return chosen, complete, facets

    def suggest(self, text: str, limit: int = 8, kind: str | None = None) -> list[Hit]:
        """Return what a person may be about to type: a number may be half typed as well."""
        asked = understand(text, self._known)
        if not asked:
            return []
        beside = [(_MUST, _const(self._term("kind", kind)))] if kind else []
        for slip in (False, True):
            found = self._called(asked, slip=slip, begun=True, beside=beside, most=_SUGGESTED)
            if found:
                found.sort(key=lambda one: (-one[0], one[1]))
                return [self._hit(number, score) for score, number in found[: max(limit, 0)]]
        return []

    def _everything(self) -> list[Ranked]:
        return [(0.0, number, True) for number in range(len(self._entries))]

    def _known(self, word: str) -> bool:
        """Is it a word of some name, or the beginning of one?"""
        if self._names.search(self._term("any", word), limit=1, count=False).hits:  # its frequency counts what is gone
            return True
        return len(word) >= 4 and bool(self._names.terms_with_prefix("any", word, limit=1))

    # Ranking

    def _ranked(self, asked: Asked | None) -> tuple[list[Ranked], bool]:
        """What fits, the best first, and whether it holds every word."""
        if asked is None:
            return [], True
        for slip in (False, True):
            if found := self._together(self._called(asked, slip=slip), self._scored(self._saying(asked, slip=slip))):
                return found, True
        if len([need for need in asked.needed if need]) < 3:
            return [], True
        found = self._together(self._called(asked, most_words=True), self._scored(self._saying(asked, most_words=True)))
        return found, not found

    def _together(self, called: Iterable[tuple[float, int]], said: Mapping[int, float]) -> list[Ranked]:
        """Names and passages by entry, the best first, then the latest."""
        scores = {number: score for score, number in called}
        named = scores.keys() | set()
        for number, score in said.items():
            scores[number] = scores.get(number, 0.0) + score * _SAID * self._weights[number]
        ranked = [(round(score, 3), number, number in named) for number, score in scores.items()]
        ranked.sort(key=lambda one: (-one[0], one[1]))
        return ranked

    # Names

    def _called(
        self,
        asked: Asked,
        *,
        slip: bool = False,
        begun: bool = False,
        most_words: bool = False,
        beside: Sequence[Clause] = (),
        most: int | None = None,
    ) -> list[tuple[float, int]]:
        """The entries whose names hold what is asked for, with their scores; all, or the best."""
        last = len(asked.typed) - 1 if asked.typing else -1
        parts = [self._word(word, last=i == last, slip=slip, begun=begun) for i, word in enumerate(asked.typed)]
        clauses: list[Clause] = [(_MUST, self._in_names(phrase)) for phrase in asked.phrases]
        if most_words:
            clauses += _most(
                [(word, part) for word, part, need in zip(asked.typed, parts, asked.needed, strict=True) if need]
            )
        else:
            clauses += [(_MUST if need else _SHOULD, part) for need, part in zip(asked.needed, parts, strict=True)]
        if asked.days and not (begun or most_words):
            clauses.append((_MUST, self._of_a_day(asked.days)))
        query = _Q.boolean_query([*clauses, *((_SHOULD, lift) for lift in self._lifts(asked)), *beside])
        found = self._names.search(query, limit=max(most or len(self._entries), 1), count=False).hits
        keys = self._names.fast_field_values("entry", [address for _, address in found])
        return [
            ((float(score) + _CALLED) * self._weights[number], number)
            for (score, _), key in zip(found, keys, strict=True)
            if (number := self._numbers.get(int(key or 0))) is not None
        ]

    def _term(self, name: str, value: str) -> tantivy.Query:
        return _Q.term_query(self._index.names.schema, name, value)

    def _word(self, word: str, *, last: bool, slip: bool, begun: bool) -> tantivy.Query:
        """A word anywhere in the names: as it stands, as the beginning of one if it is the last, spelled out if it is an abbreviation, as
        two that lost their blank; as a word that is a `slip` away. Numbers are taken at their word, or as `begun`."""
        schema = self._index.names.schema
        longer: list[str] = []
        if last and (begun or not word.isdigit()):
            longer = [term for term, _ in self._names.terms_with_prefix("any", word) if term != word]
        ways = [_Q.boost_query(self._term("glued", word), _GLUED)]
        for name, weight in _FIELDS.items():
            ways.append(_Q.boost_query(self._term(name, word), weight))
            if longer:
                ways.append(_Q.boost_query(_Q.term_set_query(schema, name, longer), weight * 0.5))
        if slip and (distance := slips(word)):
            ways.append(_Q.boost_query(_Q.fuzzy_term_query(schema, "any", word, distance, prefix=last), _NEAR))
        for full in spelled_out().get(word, ()):
            ways += [
                _Q.boost_query(_phrase(schema, name, full), _FIELDS[name]) for name in ("label", "title", "issuer")
            ]
        return _Q.disjunction_max_query(ways, tie_breaker=0.1)

    def _of_a_day(self, days: Words) -> tantivy.Query:
        """What is of one of these days, or names it in its title."""
        schema = self._index.names.schema
        ways = [self._term("day", day) for day in days]
        for day in days:
            year, month, number = (part.lstrip("0") for part in day.split("-"))
            for said in ((number, month, year), (number, "thang", month, "nam", year)):
                ways += [_phrase(schema, name, said) for name in ("label", "title")]
        return _const(_Q.disjunction_max_query(ways))

    def _in_names(self, phrase: Words) -> tantivy.Query:
        schema = self._index.names.schema
        return _Q.disjunction_max_query(
            [_Q.boost_query(_phrase(schema, name, phrase), weight * 2) for name, weight in _FIELDS.items()]
        )

    def _lifts(self, asked: Asked) -> Iterator[tantivy.Query]:
        """What lifts an entry: that it is called exactly so, that it is of that day, that the words stand together, with their marks."""
        schema = self._index.names.schema
        full = [word for short in asked.given for word in spelled_out().get(short, ((short,),))[0]]
        for name in dict.fromkeys(("".join(asked.given), "".join(full))):
            yield _Q.boost_query(self._term("exact", name), _EXACT)
        # the code in "Nghị quyết số 15-NQ/TW ngày 16/6/2022 của Bộ Chính trị"
        short = asked.given[:16]
        runs = ("".join(short[i : i + n]) for i, word in enumerate(short) if word[0].isdigit() for n in range(2, 6))
        for run in dict.fromkeys(runs):
            yield _Q.boost_query(self._term("exact", run), _EXACT / 2)
        for day in asked.days:
            yield _Q.boost_query(self._term("day", day), _DAY)
        if len(asked.typed) > 1:
            for name in ("code", "label", "title"):
                yield _Q.boost_query(_phrase(schema, name, asked.typed), _PHRASE)
        for word in dict.fromkeys(asked.accented):
            yield _Q.boost_query(self._term("accented", word), _ACCENTED)

    # Passages

    def _saying(self, asked: Asked, *, slip: bool = False, most_words: bool = False) -> tantivy.Query:
        """The passages that hold what is asked for, but for what the passage's document is called by."""
        schema = self._index.said.schema
        last = asked.typed[-1] if asked.typing and asked.typed else None
        loose = [(word, self._said_word(word, last=word == last, slip=slip)) for word in asked.loose]
        units = [(unit[-1], self._unit(unit)) for unit in asked.units]
        clauses: list[Clause] = [(_MUST, _phrase(schema, "said", phrase)) for phrase in asked.phrases]
        parts = [*units, *loose]
        clauses += _most(parts) if most_words else [(_MUST, part) for _, part in parts]
        if loose and not asked.phrases and not units:  # a word at least in the passage itself
            own = [(_SHOULD, self._in_passage(word, slip=slip)) for word, _ in loose]
            clauses.append((_MUST, _const(_Q.boolean_query(own, minimum_number_should_match=1))))
        if len(asked.typed) > 1:
            clauses.append((_SHOULD, _Q.boost_query(_phrase(schema, "said", asked.typed), _PHRASE)))
        for word in dict.fromkeys(asked.accented):
            clauses.append((_SHOULD, _Q.boost_query(_Q.term_query(schema, "accented", word), _ACCENTED)))
        return _Q.boolean_query(clauses)

    def _in_passage(self, word: str, *, last: bool = False, slip: bool = False) -> tantivy.Query:
        """A word, in its own letters or in others: the beginning of another one if it is the last and no word itself."""
        schema = self._index.said.schema
        ways = [_Q.term_query(schema, "said", word), _Q.boost_query(_Q.term_query(schema, "full", word), 0.5)]
        if last and len(word) > 2 and word.isalpha() and not self._said.doc_freq("said", word):
            longer = [term for term, _ in self._said.terms_with_prefix("said", word, limit=50)]
            ways += [_Q.boost_query(_Q.term_set_query(schema, "said", longer), 0.5)] if longer else []
        if slip and (distance := slips(word)) and not self._said.doc_freq("said", word):
            ways.append(_Q.boost_query(_Q.fuzzy_term_query(schema, "said", word, distance), _NEAR))
        ways += [_phrase(schema, "said", full) for full in spelled_out().get(word, ())]
        return _Q.disjunction_max_query(ways, tie_breaker=0.1)

    def _said_word(self, word: str, *, last: bool, slip: bool) -> tantivy.Query:
        """A word of the passage, or one by which its document is known."""
        of = _Q.boost_query(_Q.term_query(self._index.said.schema, "of", word), 0.2)
        return _Q.disjunction_max_query([self._in_passage(word, last=last, slip=slip), of], tie_breaker=0.1)

    def _unit(self, unit: Words) -> tantivy.Query:
        """Words that stand together: a code; a number behind its word, with "số" between them or not; a date in figures or in words."""
        schema = self._index.said.schema
        if len(unit) == 1:
            return _Q.term_query(schema, "said", unit[0])
        ways = [_Q.phrase_query(schema, "said", list(unit), slop=0 if unit[0].isdigit() else 1)]
        if len(unit) == 3 and all(word.isdigit() for word in unit):
            ways.append(_phrase(schema, "said", (unit[0], "thang", unit[1], "nam", unit[2])))
        for full in spelled_out().get(unit[0], ()):
            ways.append(_Q.phrase_query(schema, "said", [*full, *unit[1:]], slop=1))
        return _Q.disjunction_max_query(ways)

    def _scored(self, query: tantivy.Query) -> dict[int, float]:
        """The entries with a passage that a query finds, and the score of the best one."""
        result = self._said.search(query, limit=_PASSAGES, count=True)
        keys = self._said.fast_field_values("document", [address for _, address in result.hits])
        best: dict[int, float] = {}
        for (score, _), key in zip(result.hits, keys, strict=True):
            if (number := self._numbers.get(int(key or 0))) is not None:
                best.setdefault(number, float(score))
        if int(getattr(result, "count", 0) or 0) > len(result.hits):
            asked = {"of": {"terms": {"field": "document", "size": len(self._entries)}}}
            for bucket in self._said.aggregate(query, asked)["of"]["buckets"]:
                if (number := self._numbers.get(int(bucket["key"]))) is not None:
                    best.setdefault(number, 0.0)
        return best

    # What is shown

    def _hits(self, asked: Asked | None, shown: Iterable[Ranked]) -> Iterator[Hit]:
        query = self._saying(asked) if asked else None
        for score, number, named in shown:
            if asked is None or query is None:
                yield self._hit(number, score)
                continue
            said = self._passage(query, number)
            if said is None and not named:
                said = next(filter(None, (self._passage(other, number) for other in self._looser(asked))), None)
            told = snippet(said, asked) if said else None
            yield self._hit(number, score, why(self._entries[number], asked, said=told is not None), told)

    def _looser(self, asked: Asked) -> Iterator[tantivy.Query]:
        yield self._saying(asked, slip=True)
        yield self._saying(asked, most_words=True)

    def _passage(self, query: tantivy.Query, number: int) -> Said | None:
        """The passage of an entry that a query finds first."""
        own = _const(_Q.term_query(self._index.said.schema, "document", key_of(self._entries[number].iri)))
        found = self._said.search(_Q.boolean_query([(_MUST, query), (_MUST, own)]), limit=1, count=False).hits
        if not found:
            return None
        return msgspec.msgpack.decode(self._said.doc(found[0][1])["passage"][0], type=Said)

    def _hit(self, number: int, score: float, because: tuple[str, ...] = (), told: Snippet | None = None) -> Hit:
        e = self._entries[number]
        return Hit(
            e.iri, e.kind, e.label, e.type, e.title, e.issuer, e.date, e.level, e.scope, round(score, 3), e.carried_out, because, told
        )  # fmt: skip

    # Facets

    @cached_property
    def _columns(self) -> dict[str, list[str | None]]:
        """Of each facet that an entry has by itself the value of each entry."""
        known = self._entries
        return {
            "kind": [e.kind for e in known],
            "type": [e.type for e in known],
            "issuer": [e.issuer for e in known],
            "level": [e.level for e in known],
            "year": [(e.date or "")[:4] or None for e in known],
            "carried": [None if e.kind == "body" else "yes" if e.carried_out else "no" for e in known],
        }

    def _narrowed(
        self, ranked: Sequence[Ranked], wanted: Mapping[str, str], states: Mapping[str, str]
    ) -> tuple[list[Ranked], Facets]:
        """What has all the values that are wanted, and the facets."""
        columns: dict[str, Sequence[str | None]] = {
            name: [column[number] for _, number, _ in ranked] for name, column in self._columns.items()
        }
        found = [self._entries[number] for _, number, _ in ranked]
        columns["state"] = [None if entry.kind == "body" else states.get(entry.iri, "unknown") for entry in found]
        columns["where"] = ["name" if named else "text" for _, _, named in ranked]
        chosen, facets = narrowed(columns, wanted, len(ranked))
        return [ranked[at] for at in chosen], facets


def _phrase(schema: tantivy.Schema, name: str, found: Sequence[str]) -> tantivy.Query:
    return _Q.phrase_query(schema, name, list(found)) if len(found) > 1 else _Q.term_query(schema, name, found[0])


def _const(query: tantivy.Query) -> tantivy.Query:
    """The query, which says nothing of how well something fits."""
    return _Q.const_score_query(query, 0.0)


def _most(asked: Sequence[tuple[str, tantivy.Query]]) -> list[Clause]:
    """Of the words that are asked for, every number but a year, and three in four of the others."""
    firm: list[Clause] = [(_MUST, part) for word, part in asked if word.isdigit() and not is_year(word)]
    loose: list[Clause] = [(_SHOULD, part) for word, part in asked if not word.isdigit() or is_year(word)]
    if not loose:
        return firm
    least = max(len(loose) - max(1, len(asked) // 4), 1)
    return [*firm, (_MUST, _Q.boolean_query(loose, minimum_number_should_match=least))]
