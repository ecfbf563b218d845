"""Understand what a user types for a document or a body.

`15-NQ/TW`, `Nghị quyết 15-NQ/TW`, `15-nq/tw`, `nghi quyet 15 – NQ/TW`, `8-QĐ/TU` for 08-QĐ/TU, `Luật Thủ đô`, `UBND thành
phố Hà Nội`, or an IRI: case, diacritics, dashes and leading zeros do not matter.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyoxigraph

from chidao.extract.errors import ChidaoError
from chidao.extract.language.jurisdictions import find_province, province
from chidao.extract.language.letters import fold, slug
from chidao.extract.language.patterns import NUMBER, YEAR
from chidao.extract.mentions.bodies import BodyFinder
from chidao.graph.select import Store, rows
from chidao.graph.tables.asked import Tabled
from chidao.graph.tables.keys import bare_number, code_key

_CODE = re.compile(
    rf"(?P<number>{NUMBER})(?:\s*[/-]\s*(?P<year>{YEAR})(?=\s*[/-]))?"
    r"(?:\s*[/\s-]+\s*(?P<symbol>[a-z][a-z&]*[0-9]{0,2}(?:\s*[/-]\s*[a-z][a-z&]*[0-9]{0,2})*))?\s*$"
)


# "128-KH/TU năm 2023", "Kế hoạch 128-KH/TU ngày 18/01/2023", "128-KH/TU 2023"
_DATED = re.compile(
    rf"(?P<code>.*[0-9].*/\s*\w+.*?),?\s+(?:(?:năm|nam)\s+|(?:ngày|ngay)\s+[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-]|of\s+)?(?P<year>{YEAR})$",
    re.IGNORECASE,
)

_LISTED = 20
"""Candidates that a message lists; all of them are with the error."""


@dataclass(frozen=True, slots=True)
class Match:
    """A document that the typed words may mean, or a body, of which only IRI and label are said. `date` is ISO or None; `scope` a
    jurisdiction's key."""

    iri: str
    label: str
    type: str | None = None
    title: str | None = None
    date: str | None = None
    year: int | None = None
    issuer: str | None = None
    scope: str | None = None

    def line(self) -> str:
        """Return one line to choose by."""
        return "  ".join(p for p in (self.label, self.date or "without date", self.issuer or "", self.scope or "") if p)


class NamingError(ChidaoError):
    """A name that does not say which thing is meant. `kind` is "document" or "body"."""

    def __init__(self, kind: str, name: str, message: str) -> None:
        super().__init__(message)
        self.kind, self.name = kind, name


class UnknownNameError(NamingError):
    """Nothing here is called `name`; `near` are the labels that are most like it."""

    def __init__(self, kind: str, name: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(
            kind, name, f"no {kind} here is called {name!r}" + (f"; near: {', '.join(near)}" if near else "")
        )
        self.near = near


class UnfitNameError(NamingError):
    """Something here is called `name`, but nothing of the year or place that was asked for."""


class AmbiguousNameError(NamingError):
    """Several things are called `name`: the `candidates`."""

    def __init__(self, kind: str, name: str, candidates: tuple[Match, ...]) -> None:
        if kind == "document":
            head = f"{len(candidates)} documents are called {name!r}; say which with --year, --scope or the type word:"
        else:
            head = f"{len(candidates)} bodies are called {name!r}; name one in full:"
        lines = [match.line() if kind == "document" else match.label for match in candidates[:_LISTED]]
        super().__init__(kind, name, "\n".join([head, *(f"  {line}" for line in lines)]))
        self.candidates = candidates


@dataclass(frozen=True, slots=True)
class Named:
    """A document as a lookup knows it: what it is called, and what narrows several of one name."""

    match: Match
    number: str | None
    code: str
    """Number, the year in it, and symbol, as `code_key` writes them."""

    @classmethod
    def of(cls, row: dict[str, Any]) -> Named:
        """Return the document of a row of `internal/lookup-documents`."""
        year = (row["date"] or "")[:4] or row["year"]
        match = Match(
            row["node"], row["label"], row["type"], row["title"], row["date"], int(year) if year else None, row["issuer"],
            row["scope"],
        )  # fmt: skip
        return cls(match, row["number"], code_key(row["number"], row["symbol"], row["year"]))

    def is_kind(self, word: str) -> bool:
        """Is it of the type that a folded word or its beginning names, or of a kind of that?"""
        kind = fold(self.match.type or "")
        return kind == word or kind.startswith(word + " ") or word.startswith(kind + " ")


class Names:
    """What a lookup reads of the documents of a store; who looks up often keeps it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._keyed: dict[str, dict[str, list[Named]]] = {}

    @cached_property
    def every(self) -> list[Named]:
        """All documents."""
        return [Named.of(row) for row in rows(self._store, "internal/lookup-documents")]

    def of(self, what: str, key: str) -> list[Named]:
        """Return those whose "iri", "code", "number" (without zeros), "label" or "title" (both folded) is this."""
        if isinstance(self._store, Tabled):
            try:
                given = {what: pyoxigraph.NamedNode(key) if what == "iri" else pyoxigraph.Literal(key)}
            except ValueError:  # no IRI
                return []
            if (found := self._store.rows("internal/lookup-documents", given)) is not None:
                return [Named.of(row) for row in found]
        return self._by_key(what).get(key, [])

    def folded(self, what: str) -> list[str]:
        """Return each "label" or "title" that any has, folded, in alphabetical order."""
        if isinstance(self._store, Tabled) and (found := self._store.keys(what)) is not None:
            return found
        return sorted(filter(None, self._by_key(what)))

    def _by_key(self, what: str) -> dict[str, list[Named]]:
        """All documents by what `of` asks for, where no tables tell it."""
        if what not in self._keyed:
            found = self._keyed[what] = defaultdict(list)
            for named in self.every:
                if (key := _KEYS[what](named)) is not None:
                    found[key].append(named)
        return self._keyed[what]


_KEYS: dict[str, Callable[[Named], str | None]] = {
    "iri": lambda named: named.match.iri,
    "code": lambda named: named.code if named.number else None,
    "number": lambda named: bare_number(named.number) if named.number else None,
    "label": lambda named: fold(named.match.label),
    "title": lambda named: fold(named.match.title or ""),
}


def find_documents(
    store: Store,
    text: str,
    *,
    year: int | None = None,
    scope: str | None = None,
    names: Names | None = None,
) -> list[Match]:
    """Return every document that `text` may mean, by date; `year` and `scope` narrow; `names` are kept by who looks up often.

    Raises UnknownNameError when nothing is called so, ChidaoError when none of that is of the year and scope.
    """
    names = names or Names(store)
    typed = text = text.strip()
    if not text:
        raise UnknownNameError("document", text)
    dated = _DATED.match(text)
    if dated and year is None:
        text, year = dated["code"], int(dated["year"])
    matches = [named.match for named in _called(names, text)]
    if not matches:
        raise UnknownNameError(
            "document", typed, _near(text, names.folded("label"), lambda key: names.of("label", key)[0].match.label)
        )
    if scope:
        jurisdiction = find_province(scope)
        wanted = jurisdiction.slug if jurisdiction else slug(scope)
        kept = [m for m in matches if m.scope and (m.scope == wanted or m.scope.startswith(wanted + "/"))]
        matches = _narrowed(matches, kept, f"--scope {scope}")
    if year:
        matches = _narrowed(matches, [m for m in matches if m.year == year], f"--year {year}")
    return sorted(matches, key=lambda m: (m.date or "9999", m.label, m.iri))


def _called(names: Names, text: str) -> list[Named]:
    """What is called so: by IRI, or by the first of code, reference and name that anything has."""
    if "://" in text:
        return names.of("iri", text)
    return _by_code(names, text) or _by_reading(names, text) or _by_name(names, text)


def _narrowed(matches: list[Match], kept: list[Match], option: str) -> list[Match]:
    if not kept:
        told = f"none of these fits {option}:\n" + "\n".join(f"  {m.line()}" for m in matches)
        raise UnfitNameError("document", matches[0].label, told)
    return kept


def one_document(
    store: Store,
    text: str,
    *,
    year: int | None = None,
    scope: str | None = None,
    names: Names | None = None,
) -> Match:
    """Return the one document that `text` means.

    Raises UnknownNameError when there is none, UnfitNameError when none is of that year or scope, AmbiguousNameError when there
    are several.
    """
    matches = find_documents(store, text, year=year, scope=scope, names=names)
    if len(matches) > 1:
        raise AmbiguousNameError("document", text.strip(), tuple(matches))
    return matches[0]


def _by_code(names: Names, text: str) -> list[Named]:
    """A number and symbol, or a number behind a type word."""
    folded = fold(text)
    match = _CODE.search(folded)
    if not match:
        return []
    word = " ".join(re.sub(r"\bso\b\s*:?", " ", folded[: match.start()]).split())
    if word and not re.fullmatch(r"[a-z ]+", word):
        return []
    if match["symbol"]:
        found = names.of("code", code_key(match["number"], match["symbol"], match["year"]))
    else:
        found = names.of("number", match["number"].lstrip("0")) if word else []
    return [named for named in found if not word or named.is_kind(word)]


def _by_reading(names: Names, text: str) -> list[Named]:
    """A reference as documents print it, read like any other text: "(15-NQ/TW)", "Nghị quyết số 15-NQ/TW ngày 05/5/2022 của
    Bộ Chính trị"."""
    if not any(map(str.isdigit, text)):
        return []  # and the rules need not be loaded
    from chidao.extract.mentions.bodies import BodyFinder
    from chidao.extract.mentions.references import find_references
    from chidao.extract.reading.composed import compose
    from chidao.extract.reading.layout import read_layout

    read = find_references(read_layout(compose(text)), BodyFinder(None))
    if not read or read[0].kind != "numbered" or read[0].symbol is None:
        return []
    first = read[0]
    found = names.of("code", code_key(first.number, first.symbol, first.year))
    if first.type and first.rule != "code-alone":
        kind = fold(first.type)
        kinds = {named.match.iri: fold(named.match.type or "") for named in found}
        found = [n for n in found if kinds[n.match.iri].startswith(kind) or kind.startswith(kinds[n.match.iri] or "-")]
    return [named for named in found if first.date and named.match.date == first.date] or found


def _by_name(names: Names, text: str) -> list[Named]:
    """The same label or title; else every typed word in the label ("nghi quyet dai hoi xiii"); else words of the title."""
    folded = fold(text)
    for what in ("label", "title"):
        if folded and (exact := names.of(what, folded)):
            return exact
    words = set(folded.split())
    if len(words) < 2:
        return []
    first = folded.split()[0]
    labels = [key for key in names.folded("label") if key.startswith(first) and _names(key.split(), first, words)]
    if labels or len(words) < 3:
        return [named for key in labels for named in names.of("label", key)]
    titles = [key for key in names.folded("title") if folded in key and f" {folded} " in f" {key} "]
    return [named for key in titles for named in names.of("title", key)]


def _names(label: list[str], first: str, words: set[str]) -> bool:
    """Is the label a name, not a long title, that begins with the first typed word and holds them all?"""
    return len(label) <= 16 and label[:1] == [first] and words <= set(label)


def _near(text: str, folded: Sequence[str], label_of: Callable[[str], str]) -> tuple[str, ...]:
    """Of the labels with these keys those that are most like `text`, as a whole or in their last word, the code."""
    last = {key.rpartition(" ")[2]: key for key in folded}
    typed = fold(text)
    near = difflib.get_close_matches(typed, folded, n=3, cutoff=0.5)
    if typed:
        near += [last[key] for key in difflib.get_close_matches(typed.split()[-1], list(last), n=3, cutoff=0.6)]
    return tuple(map(label_of, dict.fromkeys(near)))[:4]


def find_bodies(store: Store, text: str) -> list[tuple[str, str]]:
    """Return (IRI, name) of every body that `text` may mean: by name, by its usual abbreviation, or by all of its words."""
    table = [(row["node"], row["label"]) for row in rows(store, "internal/lookup-bodies")]
    text = text.strip()
    if "://" in text:
        return [row for row in table if row[0] == text]
    names = {iri: fold(name) for iri, name in table}
    folded = fold(text)
    exact = [row for row in table if names[row[0]] == folded]
    if exact:
        return exact
    full = {fold(name) for name in _full_names(text, table)}
    if named := [row for row in table if names[row[0]] in full]:
        return named
    words = set(folded.split())
    return [row for row in table if words <= set(names[row[0]].split())] if len(words) > 1 or len(folded) > 3 else []


def _full_names(text: str, table: list[tuple[str, str]]) -> set[str]:
    """What the tables call the body printed as `text`, read with the eyes of every province that the graph knows."""
    names: set[str] = set()
    homes = {iri.split("/body/", 1)[1].split("/")[0] for iri, _ in table if "/body/" in iri} - {"vn"}
    for home in [None, *sorted(homes)]:
        jurisdiction = find_province(home) if home else None
        found = BodyFinder(province(jurisdiction) if jurisdiction else None).find(text)
        if len(found) == 1 and found[0].start == 0 and found[0].end == len(text):
            names.add(found[0].name)
    return names


def one_body(store: Store, text: str) -> tuple[str, str]:
    """Return the one body that `text` means. Raises UnknownNameError when there is none, AmbiguousNameError when there are several."""
    found = find_bodies(store, text)
    if not found:
        names = {fold(row["label"]): row["label"] for row in rows(store, "internal/lookup-bodies")}
        raise UnknownNameError("body", text, _near(text, sorted(filter(None, names)), names.__getitem__))
    if len(found) > 1 and (home := next((row["home"] for row in rows(store, "internal/home")), None)):
        # "Sở Công Thương" in an office's own graph is its own province's.
        own = [body for body in found if body[0].rpartition("/")[0].endswith(f"/body/{home}")]
        found = own if len(own) == 1 else found
    if len(found) > 1:
        raise AmbiguousNameError("body", text, tuple(Match(iri, name) for iri, name in found))
    return found[0]
