"""Full text search over documents and bodies, for people who type as they speak: without diacritics, half a word, a slip.

The index is tantivy's, in memory, made from a store in one go. Words are folded before they enter it and before they are looked
up (`words`), so that "Nghị quyết", "nghi quyet" and "NGHI QUYET" are the same two words; abbreviations that the ontology's tables
know ("NQ", "UBND") stand for their words as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import tantivy

from chidao.graph.lookup import fold
from chidao.graph.rows import Store, rows
from chidao.ontology.authority import BodyEntry, BodyTemplate, bodies, body_templates, document_types

_WORD = re.compile(r"[a-z0-9]+")
_UNIT = re.compile(r" (?:tỉnh|thành phố|quận|huyện|thị xã|xã|phường|thị trấn|đặc khu) ")
_FIELDS = {"code": 6.0, "label": 3.0, "title": 2.0, "issuer": 1.2, "extra": 1.0}
"""Where a word may stand, and how much more it says there."""
_EXACT, _PHRASE = 60.0, 4.0
_PLACE = re.compile(r"(?: \{\w+\})+$")
_SHORT = re.compile(r"([A-ZĐ]{2,})((?: \{\w+\})*)")
_LONGEST = 200
"""Characters of a query that are read: nobody types more to search."""
_MOST_WORDS = 16
_SLIP, _SLIPS = 4, 8
"""A word of so many letters may be one slip away, and two."""


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


def words(text: str) -> list[str]:
    """The words of a text as they are compared: plain letters and digits, numbers without leading zeros.

    >>> words("Quy định số 08-QĐ/TU, Ủy ban")
    ['quy', 'dinh', 'so', '8', 'qd', 'tu', 'uy', 'ban']
    """
    return [
        word.lstrip("0") or "0" if word.isdigit() else word
        for word in _WORD.findall(fold(unicodedata.normalize("NFC", text)))
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
        if key and full and len(key) > 1:
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

    def __init__(self, index: tantivy.Index, hits: list[Hit]) -> None:
        self._index, self._hits, self._searcher = index, hits, index.searcher()

    @classmethod
    def build(cls, store: Store) -> SearchIndex:
        """Index every document and body of a store. About 20,000 entries a second."""
        schema = tantivy.SchemaBuilder()
        schema.add_unsigned_field("entry", stored=True, indexed=False, fast=True)
        schema.add_text_field("exact", tokenizer_name="raw", index_option="basic")
        for name in ("kind", "level", "year"):
            schema.add_text_field(name, tokenizer_name="raw", index_option="basic")
        for name in _FIELDS:
            schema.add_text_field(name, tokenizer_name="whitespace", index_option="position")
        index = tantivy.Index(schema.build())
        writer = index.writer(heap_size=64 << 20, num_threads=1)
        signers = {row["document"]: row["signer"] for row in rows(store, "internal/signers")}
        hits: list[Hit] = []
        for row in rows(store, "internal/network-nodes"):
            hit = _hit(row)
            writer.add_document(_entry(len(hits), hit, row["number"], signers.get(hit.iri)))
            hits.append(hit)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        _spelled_out()  # the first query need not wait for the tables
        return cls(index, hits)

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
        """What fits a person's words, the best first, then the latest. Entries that hold every word come alone when there are
        any; else those that hold all words but one. Any text is a query: nothing in it is syntax."""
        typed = words(text[:_LONGEST])[:_MOST_WORDS]
        if not typed:
            return Found([], 0)
        narrow = [("kind", kind), ("level", level), ("year", None if year is None else str(year))]
        filters = [(tantivy.Occur.Must, self._term(name, value)) for name, value in narrow if value]
        parts = [self._word(word, last=i == len(typed) - 1) for i, word in enumerate(typed)]
        best = self._best(typed)
        whole = [(tantivy.Occur.Must, part) for part in parts]
        total, found = self._run([*whole, *best, *filters], limit + offset)
        if not total and len(parts) > 2:
            choices = [
                tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for j, part in enumerate(parts) if j != i])
                for i in range(len(parts))
            ]
            some = tantivy.Query.boolean_query([(tantivy.Occur.Should, choice) for choice in choices])
            total, found = self._run([(tantivy.Occur.Must, some), *best, *filters], limit + offset)
        return Found(found[offset : offset + limit], total)

    def suggest(self, text: str, limit: int = 8, kind: str | None = None) -> list[Hit]:
        """What a person may be about to type."""
        return self.search(text, limit=limit, kind=kind).hits

    def _run(self, clauses: list[tuple[tantivy.Occur, tantivy.Query]], wanted: int) -> tuple[int, list[Hit]]:
        result = self._searcher.search(tantivy.Query.boolean_query(clauses), limit=wanted + 50, count=True)
        found: list[Hit] = []
        for score, address in result.hits:
            hit = self._hits[int(self._searcher.doc(address)["entry"][0])]
            found.append(_scored(hit, round(float(score), 3)))
        found.sort(key=lambda hit: (hit.label, hit.iri))
        found.sort(key=lambda hit: hit.date or "", reverse=True)
        found.sort(key=lambda hit: -hit.score)
        return int(getattr(result, "count", None) or 0), found

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.const_score_query(tantivy.Query.term_query(self._index.schema, field, value), 0.0)

    def _word(self, word: str, *, last: bool) -> tantivy.Query:
        """A word anywhere: as it stands, as the beginning of one if it is the last, spelled out if it is an abbreviation, a slip
        away if it is long enough. Numbers are taken at their word."""
        schema = self._index.schema
        ways: list[tantivy.Query] = []
        for field, weight in _FIELDS.items():
            ways.append(tantivy.Query.boost_query(tantivy.Query.term_query(schema, field, word), weight))
            if last and not word.isdigit() and len(word) > 1:
                ways.append(
                    tantivy.Query.boost_query(tantivy.Query.regex_query(schema, field, word + ".+"), weight * 0.5)
                )
            if len(word) >= _SLIP and word.isalpha():
                distance = 2 if len(word) >= _SLIPS else 1
                slip = tantivy.Query.fuzzy_term_query(
                    schema, field, word, distance=distance, transposition_cost_one=True, prefix=last
                )
                ways.append(tantivy.Query.boost_query(slip, weight * 0.12))
        for full in _spelled_out().get(word, ()):
            for field in ("label", "title", "issuer"):
                phrase = (
                    tantivy.Query.phrase_query(schema, field, list(full))
                    if len(full) > 1
                    else tantivy.Query.term_query(schema, field, full[0])
                )
                ways.append(tantivy.Query.boost_query(phrase, _FIELDS[field]))
        return tantivy.Query.disjunction_max_query(ways, tie_breaker=0.1)

    def _best(self, typed: list[str]) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        """What lifts an entry: that it is called exactly so, that the words stand together."""
        schema = self._index.schema
        full = [word for short in typed for word in _spelled_out().get(short, ((short,),))[0]]
        lifts = [
            tantivy.Query.boost_query(tantivy.Query.term_query(schema, "exact", name), _EXACT)
            for name in dict.fromkeys(("".join(typed), "".join(full)))
        ]
        if len(typed) > 1:
            lifts += [
                tantivy.Query.boost_query(tantivy.Query.phrase_query(schema, field, list(typed), slop=0), _PHRASE)
                for field in ("code", "label", "title")
            ]
        return [(tantivy.Occur.Should, lift) for lift in lifts]


def _hit(row: dict[str, Any]) -> Hit:
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


def _scored(hit: Hit, score: float) -> Hit:
    return Hit(hit.iri, hit.kind, hit.label, hit.type, hit.title, hit.issuer, hit.date, hit.level, hit.scope, score)


def _entry(number: int, hit: Hit, code: str | None, signer: str | None) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_unsigned("entry", number)
    entry.add_text("kind", hit.kind)
    for name, value in (("level", hit.level), ("year", (hit.date or "")[:4])):
        if value:
            entry.add_text(name, value)
    names = [hit.label, code, hit.title]
    if hit.kind == "body":
        names.append(_UNIT.sub(" ", hit.label))  # "UBND Hà Nội", as people say for "Ủy ban nhân dân thành phố Hà Nội"
    for name in dict.fromkeys(_bare(name) for name in names if name):
        entry.add_text("exact", name)
    texts = {"code": code, "label": hit.label, "title": hit.title, "issuer": hit.issuer, "extra": _extra(hit, signer)}
    for name, text in texts.items():
        if text:
            entry.add_text(name, " ".join(words(text)))
    return entry


def _extra(hit: Hit, signer: str | None) -> str:
    """Words by which an entry may be looked for though it is not called so: signer, year, place, abbreviations."""
    parts: Iterable[str | None] = (signer, (hit.date or "")[:4], (hit.scope or "").replace("-", " ").replace("/", " "))
    return " ".join(part for part in parts if part)
