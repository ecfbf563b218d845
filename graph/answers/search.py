"""Full text search over documents and bodies, for people who type as they speak: without diacritics, half a word, a slip.

The index is tantivy's, in memory, made from a store in one go. Words are folded before they enter it and before they are looked
up (`words`), so that "Nghị quyết", "nghi quyet" and "NGHI QUYET" are the same two words; abbreviations that the ontology's tables
know ("NQ", "UBND") stand for their words as well.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

import tantivy

from chidao.extract.language.letters import fold
from chidao.extract.language.patterns import UNIT
from chidao.graph.answers.collate import vietnamese
from chidao.graph.answers.spelling import Vocabulary, slips
from chidao.graph.select import Store, rows
from chidao.ontology.authority import BodyEntry, BodyTemplate, bodies, body_templates, document_types

_WORD = re.compile(r"[^\W_]+")
_UNIT = re.compile(rf" {UNIT} ")
_FIELDS = {"code": 6.0, "label": 3.0, "title": 2.0, "issuer": 1.2, "extra": 1.0}
"""Where a word may stand, and how much more it says there."""
_NEAR = 0.3
"""How much a word says that is a slip away, wherever it stands."""
_EXACT, _PHRASE, _DAY = 60.0, 4.0, 20.0
_PLACE = re.compile(r"(?: \{\w+\})+$")
_SHORT = re.compile(r"([A-ZĐ]{2,})((?: \{\w+\})*)")
_LONGEST = 2000
"""Characters of a query that are read: nobody types more to search."""
_WIDEST = 64
"""Letters of a word that are compared."""
_MOST_WORDS = 16
_SYLLABLE = re.compile(r"[bcdghklmnpqrstvx]{0,3}[aeiouy]+(?:c|ch|m|n|ng|nh|p|t)?")
Clause = tuple[tantivy.Occur, tantivy.Query]
_MUST, _SHOULD = tantivy.Occur.Must, tantivy.Occur.Should
_FILLERS = {"cua", "ve"}
_BEFORE_NUMBERS = {"so", "ngay", "thang", "nam"}
"""Words that a code or date is read with but that what is looked for need not hold."""
_CENTRE = re.compile(r"(?<!THÔNG )(?<!ĐẦU )\bTƯ\b(?! PHÁP)")


@dataclass(frozen=True, slots=True)
class Hit:
    """A document or body that was found; the higher `score`, the better it fits. `level` and `scope` are keys."""

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


@dataclass(frozen=True, slots=True)
class Found:
    """Some of the hits, in order, and how many there are."""

    hits: list[Hit]
    total: int
    complete: bool = True
    """Do they hold every word? Else nothing does, and these hold most."""


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared: plain letters and digits, numbers without leading zeros.

    >>> words("Quy định số 08-QĐ/TU, Ủy ban")
    ['quy', 'dinh', 'so', '8', 'qd', 'tu', 'uy', 'ban']
    """
    return [
        (word.lstrip("0") or "0" if word.isdigit() else word)[:_WIDEST]
        for word in _WORD.findall(fold(_CENTRE.sub("TW", unicodedata.normalize("NFC", text))))
    ]


def _bare(text: str | None) -> str:
    return "".join(words(text or ""))


@cache
def _spelled_out() -> dict[str, tuple[tuple[str, ...], ...]]:
    """From an abbreviation to the words that it stands for: "nq" is "nghi quyet", "ubnd" is "uy ban nhan dan"."""
    found: dict[str, set[tuple[str, ...]]] = {
        "tw": {("trung", "uong")},
        "tp": {("thanh", "pho")},
        "btv": {("ban", "thuong", "vu")},
    }

    def note(short: str, name: str) -> None:
        key, full = _bare(short), tuple(words(re.sub(r"\{\w+\}", "", name)))
        # "Ban DVTW" is several words, and "ba" is one of its own: neither is typed for what it abbreviates
        if full and len(key) > 1 and " " not in short and not _SYLLABLE.fullmatch(key):
            found.setdefault(key, set()).add(full)

    for type_ in document_types():
        for symbol in type_.symbols[:1]:
            note(symbol, type_.name)
    every: list[BodyEntry | BodyTemplate] = [*bodies(), *body_templates()]
    for body in every:
        for short in body.abbreviations:
            note(short, body.name)
        for label in body.labels:  # "UBND {unit} {name}" beside "Ủy ban nhân dân {unit} {name}"
            if (match := _SHORT.fullmatch(label)) and match[2] == "".join(_PLACE.findall(body.name)):
                note(match[1], body.name)
    return {key: tuple(sorted(full)) for key, full in found.items()}


class SearchIndex:
    """A generation's documents and bodies. Made once, then only read: safe in any number of threads."""

    def __init__(self, index: tantivy.Index, hits: list[Hit], vocabulary: Vocabulary) -> None:
        self._index, self._hits, self._searcher = index, hits, index.searcher()
        self._vocabulary = vocabulary

    def __len__(self) -> int:
        return len(self._hits)

    @classmethod
    def build(cls, store: Store) -> SearchIndex:
        """Index every document and body of a store. About 20,000 entries a second."""
        schema = tantivy.SchemaBuilder()
        schema.add_unsigned_field("entry", stored=True, indexed=False, fast=True)
        schema.add_text_field("exact", tokenizer_name="raw", index_option="basic")
        for name in ("kind", "level", "year", "day"):
            schema.add_text_field(name, tokenizer_name="raw", index_option="basic")
        for name in _FIELDS:
            schema.add_text_field(name, tokenizer_name="whitespace", index_option="position")
        schema.add_text_field("any", tokenizer_name="whitespace", index_option="basic")
        index = tantivy.Index(schema.build())
        writer = index.writer(heap_size=64 << 20, num_threads=1)
        signers = {row["document"]: row["signer"] for row in rows(store, "internal/signers")}
        vocabulary = Vocabulary()
        known = [(hit_of(row), row["number"]) for row in rows(store, "internal/network-nodes")]
        # tantivy keeps this order among equal scores
        known.sort(key=lambda one: (one[0].label, one[0].iri))
        known.sort(key=lambda one: one[0].date or "", reverse=True)
        for number, (hit, code) in enumerate(known):
            writer.add_document(_entry(number, hit, code, signers.get(hit.iri), vocabulary))
        vocabulary.close()
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        _spelled_out()  # the first query need not wait for the tables
        return cls(index, [hit for hit, _ in known], vocabulary)

    def search(
        self,
        text: str,
        *,
        limit: int = 20,
        offset: int = 0,
        kind: str | None = None,
        level: str | None = None,
        year: int | None = None,
    ) -> Found:
        """Return what fits a person's words, the best first, then the latest. Entries that hold every word as typed come alone when
        there are any; else those that hold every word with a slip; else those that hold most words and every number but a
        year. Any text is a query: nothing in it is syntax."""
        narrow = [("kind", kind), ("level", level), ("year", None if year is None else str(year))]
        filters = [(_MUST, self._term(name, value)) for name, value in narrow if value]
        return self._search(text, max(limit, 0), max(offset, 0), filters, begun=False)

    def suggest(self, text: str, limit: int = 8, kind: str | None = None) -> list[Hit]:
        """Return what a person may be about to type: a number may be half typed as well."""
        filters = [(_MUST, self._term("kind", kind))] if kind else []
        return self._search(text, max(limit, 0), 0, filters, begun=True).hits

    def _search(self, text: str, limit: int, offset: int, filters: list[Clause], *, begun: bool) -> Found:
        given = words(text[:_LONGEST])
        typed = [part for word in given[:_MOST_WORDS] for part in self._vocabulary.parts(word)][:_MOST_WORDS]
        if not typed:
            return Found([], 0)
        beside = [*self._best(typed, given), *filters]
        needed = [not _filler(typed, i) for i in range(len(typed))]
        if not any(needed):
            needed = [True] * len(typed)
        for slip in (False, True):
            parts = [self._word(word, last=i == len(typed) - 1, slip=slip, begun=begun) for i, word in enumerate(typed)]
            whole = [(_MUST if need else _SHOULD, part) for need, part in zip(needed, parts, strict=True)]
            total, found = self._run([*whole, *beside], limit, offset)
            if total:
                return Found(found, total)
        asked = [(word, part) for word, part, need in zip(typed, parts, needed, strict=True) if need]
        if len(asked) < 3:
            return Found([], 0)
        total, found = self._run([*_most(asked), *beside], limit, offset)
        return Found(found, total, complete=not total)

    def _run(self, clauses: list[Clause], limit: int, offset: int) -> tuple[int, list[Hit]]:
        offset = min(offset, len(self._hits))
        wanted = max(min(limit, len(self._hits)), 1)  # tantivy refuses to look for none
        result = self._searcher.search(tantivy.Query.boolean_query(clauses), limit=wanted, offset=offset, count=True)
        found = [
            _scored(self._hits[int(self._searcher.doc(address)["entry"][0])], round(float(score), 3))
            for score, address in result.hits[:limit]
        ]
        return int(getattr(result, "count", 0) or 0), found

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.const_score_query(tantivy.Query.term_query(self._index.schema, field, value), 0.0)

    def _word(self, word: str, *, last: bool, slip: bool, begun: bool) -> tantivy.Query:
        """A word anywhere: as it stands, as the beginning of one if it is the last, spelled out if it is an abbreviation, as two
        that lost their blank; as a word that is a `slip` away. Numbers are taken at their word, or as `begun`."""
        schema = self._index.schema
        longer = self._vocabulary.longer(word) if last and (begun or not word.isdigit()) else []
        distance = slips(word) if slip else 0
        ways: list[tantivy.Query] = []
        for field, weight in _FIELDS.items():
            ways.append(tantivy.Query.boost_query(tantivy.Query.term_query(schema, field, word), weight))
            if longer:
                ways.append(
                    tantivy.Query.boost_query(tantivy.Query.term_set_query(schema, field, longer), weight * 0.5)
                )
            if pair := self._vocabulary.pairs.get(word):
                ways.append(tantivy.Query.boost_query(tantivy.Query.phrase_query(schema, field, list(pair)), weight))
        if distance:
            near = tantivy.Query.fuzzy_term_query(schema, "any", word, distance, prefix=last)
            ways.append(tantivy.Query.boost_query(near, _NEAR))
        for full in _spelled_out().get(word, ()):
            for field in ("label", "title", "issuer"):
                phrase = (
                    tantivy.Query.phrase_query(schema, field, list(full))
                    if len(full) > 1
                    else tantivy.Query.term_query(schema, field, full[0])
                )
                ways.append(tantivy.Query.boost_query(phrase, _FIELDS[field]))
        return tantivy.Query.disjunction_max_query(ways, tie_breaker=0.1)

    def _best(self, typed: list[str], given: list[str]) -> list[Clause]:
        """What lifts an entry: that it is called exactly so, that it is of that day, that the words stand together."""
        schema = self._index.schema
        full = [word for short in given for word in _spelled_out().get(short, ((short,),))[0]]
        lifts = [
            tantivy.Query.boost_query(tantivy.Query.term_query(schema, "exact", name), _EXACT)
            for name in dict.fromkeys(("".join(given), "".join(full)))
        ]
        # the code in "Nghị quyết số 15-NQ/TW ngày 16/6/2022 của Bộ Chính trị"
        short = given[:_MOST_WORDS]
        runs = ("".join(short[i : i + n]) for i, word in enumerate(short) if word[0].isdigit() for n in range(2, 6))
        lifts += [
            tantivy.Query.boost_query(tantivy.Query.term_query(schema, "exact", run), _EXACT / 2)
            for run in dict.fromkeys(runs)
        ]
        lifts += [tantivy.Query.boost_query(tantivy.Query.term_query(schema, "day", day), _DAY) for day in _days(typed)]
        if len(typed) > 1:
            lifts += [
                tantivy.Query.boost_query(tantivy.Query.phrase_query(schema, field, list(typed), slop=0), _PHRASE)
                for field in ("code", "label", "title")
            ]
        return [(_SHOULD, lift) for lift in lifts]


def _most(asked: list[tuple[str, tantivy.Query]]) -> list[Clause]:
    """Of the words that are asked for, every number but a year, and three in four of the others."""
    firm = [(_MUST, part) for word, part in asked if word.isdigit() and not _year(word)]
    loose = [(_SHOULD, part) for word, part in asked if not word.isdigit() or _year(word)]
    if not loose:
        return firm
    least = max(len(loose) - max(1, len(asked) // 4), 1)
    return [*firm, (_MUST, tantivy.Query.boolean_query(loose, minimum_number_should_match=least))]


def hit_of(row: dict[str, Any]) -> Hit:
    """Return the hit of a row of `internal/network-nodes`."""
    level, scope = (row["level"] or "").rpartition("level-")[2], (row["scope"] or "").rpartition("/place/")[2]
    return Hit(
        row["node"],
        row["kind"],
        row["label"],
        row["type"],
        row["title"],
        row["issuer"],
        row["date"],
        level or None,
        scope or None,
        0.0,
    )


def every_hit(store: Store) -> list[Hit]:
    """Return all documents, the latest first and those without a date last, then all bodies by name."""
    known = [hit_of(row) for row in rows(store, "internal/network-nodes")]
    known.sort(key=lambda hit: (vietnamese(hit.label), hit.iri))
    known.sort(key=lambda hit: hit.date or "", reverse=True)
    return sorted(known, key=lambda hit: hit.kind == "body")


def _scored(hit: Hit, score: float) -> Hit:
    return Hit(hit.iri, hit.kind, hit.label, hit.type, hit.title, hit.issuer, hit.date, hit.level, hit.scope, score)


def _entry(number: int, hit: Hit, code: str | None, signer: str | None, vocabulary: Vocabulary) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_unsigned("entry", number)
    entry.add_text("kind", hit.kind)
    for name, value in (("level", hit.level), ("year", (hit.date or "")[:4]), ("day", hit.date)):
        if value:
            entry.add_text(name, value)
    names = [hit.label, code, hit.title]
    if hit.kind == "body":
        names.append(_UNIT.sub(" ", hit.label))  # "UBND Hà Nội", as people say for "Ủy ban nhân dân thành phố Hà Nội"
    for name in dict.fromkeys(_bare(name) for name in names if name):
        entry.add_text("exact", name)
    texts = {
        "code": code,
        "label": hit.label,
        "title": hit.title,
        "issuer": hit.issuer,
        "extra": _extra(hit, code, signer),
    }
    for name, text in texts.items():
        if text:
            found = words(text)
            vocabulary.add(found)
            entry.add_text(name, " ".join(found))
            entry.add_text("any", " ".join(found))
    return entry


def _extra(hit: Hit, code: str | None, signer: str | None) -> str:
    """Words by which an entry may be looked for though it is not called so: signer, year, place, type, abbreviations in full."""
    parts: list[str | None] = [
        signer,
        (hit.date or "")[:4],
        hit.type,
        (hit.scope or "").replace("-", " ").replace("/", " "),
    ]
    for text in (code, hit.label, hit.title):
        if not text or (text.isupper() and " " in text):
            continue
        for word in _WORD.findall(text):
            if sum(map(str.isupper, word)) > 1:
                parts += [" ".join(full) for full in _spelled_out().get(_bare(word), ())]
    return " ".join(part for part in parts if part)


def _filler(typed: list[str], i: int) -> bool:
    """Is this a word like "số" in "số 15", "của" or the day of a date, that names nothing?"""
    following = typed[i + 1] if i + 1 < len(typed) else ""
    if typed[i].isdigit() and i and typed[i - 1] in ("ngay", "thang"):
        return True
    for start in (i - 1, i):  # day and month of 16/6/2022
        day, month, year = (*typed[max(start, 0) : start + 3], "", "", "")[:3]
        if day.isdigit() and month.isdigit() and len(day) < 3 and len(month) < 3 and _year(year):
            return True
    return typed[i] in _FILLERS or (typed[i] in _BEFORE_NUMBERS and following[:1].isdigit())


def _days(typed: list[str]) -> list[str]:
    """The days of "16/6/2022" and "ngày 16 tháng 6 năm 2022", as ISO dates."""
    said = [word for word in typed if word not in _BEFORE_NUMBERS]
    return [
        f"{year}-{int(month):02}-{int(day):02}"
        for day, month, year in zip(said, said[1:], said[2:], strict=False)
        if day.isdecimal() and month.isdecimal() and len(day) < 3 and len(month) < 3 and _year(year)
    ]


def _year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and word[:2] in ("19", "20")
