"""What the facts of all files mean, once the whole corpus has been seen: documents, bodies, and what people have said by hand; plain frozen
data, the input of the graph.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from chidao.extract.model import Facts

SOURCE = "corrections.jsonl"
"""The name of the source in which relations stand that somebody has added."""


def printed_code(number: str | None, year: int | None, symbol: str | None) -> str:
    """Return a code as it should be printed; `year` only where the number holds one.

    >>> printed_code("15", None, "NQ/TW"), printed_code("68", 2021, "NĐ-CP"), printed_code("5", None, None)
    ('15-NQ/TW', '68/2021/NĐ-CP', '5')
    """
    if not symbol:
        return number or ""
    return f"{number or ''}{f'/{year}' if year else ''}{'-' if '/' in symbol and not year else '/'}{symbol}"


@dataclass(frozen=True, slots=True)
class Offered:
    """What may stand where a document's `what`, "number" or "date", is blank or cannot be read; `source` says in words where it is
    from. It is nobody's statement, so never a fact."""

    what: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document as the whole corpus knows it.

    `key` is its identity ("vn/nghi-quyet/15-nq-tw/2022"). `scope` is "vn" for a central document, a jurisdiction's
    key for a local one, None when unknown. `level`: "central", "province", "district", "commune" or None.
    `dates` and `issuers` hold every value stated anywhere (more than one is a conflict); `date` and `issuer` the one
    that was chosen; `month` "2025-08" is known also where the day was left blank. `name` is how the files call a document without a
    number. `candidates` holds the keys of the documents that it may be; `why` says in words why it stays unresolved. `offered` is
    what may stand in blanks."""

    key: str
    kind: str
    type: str | None
    number: str | None
    symbol: str | None
    year: int | None
    date: str | None
    issuer: str | None
    issuer_key: str | None
    title: str | None
    scope: str | None
    level: str | None
    dates: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    why: str | None = None
    name: str | None = None
    month: str | None = None
    offered: tuple[Offered, ...] = ()

    @property
    def label(self) -> str:
        """The way a clerk writes it: "Nghị quyết 15-NQ/TW", "97/2019/QH14" with its type word, or a name."""
        if self.kind == "named" or not self.number:
            return self.name or self.title or self.type or self.key
        return f"{self.type} {self.code}" if self.type else self.code

    @property
    def code(self) -> str:
        """The code as printed: "15-NQ/TW", "32/2021/NĐ-CP", "189/KH-UBND"; without a number, what the document is called by."""
        if self.kind == "named" or not self.number:
            return self.label
        # a Party number holds no year; the document's own year is that of its date
        return printed_code(self.number, None if "/" in (self.symbol or "") else self.year, self.symbol)


@dataclass(frozen=True, slots=True)
class Body:
    """An organization as the corpus names it. `parent` is another body's key; `level` as for documents, `branch`:
    "party", "state", "front", "mass", "press", "enterprise", "court" or "other". `successors` are the keys of the bodies
    that took over from one that is no more."""

    key: str
    name: str
    scope: str | None
    level: str | None
    branch: str | None
    parent: str | None = None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """One file's facts with what they mean: `documents[i]` is the key of the document that `facts.references[i]`
    means; `own` is the key of the file's own document, None when it has no identity at all."""

    facts: Facts
    own: str | None
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One thing said by hand: a name of its own, the moment (ISO 8601, with its offset), who said it, and why."""

    id: str = ""
    at: str = ""
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Signed):
    """What the rules read wrongly, as a person says.

    `kind` is "field" (`field` of `document` is `new`, not `old`; None: not known), "reject" (what is `told` is none), "task" (`field` of
    the task `told` is `new`), "same" (`document` is the document `other`, or `body` the body `other`), "apart" (what `file` calls
    `document` is another document), "name" (`body` is called `new`) or "relation" (`document` does `field`, "implements", to `other`;
    `why` is the note that says so). `document`, `body` and `other` are keys as they were then. `file` (SHA-256), `source` (its name) and
    `row` say in which file it stood; a "field" has these where the document is that file. `fact` is "relation", "action", "task" or
    "force", `told` its own words, `quote` the sentence that it stood in, `prefix` what stands before that. `bodies` are the keys of the
    bodies that `new` names, "" for a group."""

    kind: str
    document: str | None = None
    label: str | None = None
    other: str | None = None
    body: str | None = None
    fact: str | None = None
    told: str | None = None
    field: str | None = None
    old: str | None = None
    new: str | None = None
    bodies: tuple[str, ...] = ()
    quote: str | None = None
    prefix: str | None = None
    file: str | None = None
    source: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a correction: `state` is "applied", "replaced" (by a later one) or "review", where `why` says what it does not find
    any more: "file-gone", "file-changed", "sentence-gone", "fact-gone", "document-gone", "body-gone", or "own-file" (which says
    otherwise); or why it cannot be: "not-two", "no-such-day". `now` is what is read there instead, `document` and `body` are keys of what
    it is about now, `part` the place, kind and number of a node."""

    correction: Correction
    state: str
    why: str | None = None
    now: str | None = None
    document: str | None = None
    body: str | None = None
    part: tuple[str, str, int] | None = None


@dataclass(frozen=True, slots=True)
class Corpus:
    """All files resolved together: the input of the graph. `outcomes` tells what became of each correction by hand."""

    files: tuple[File, ...] = ()
    documents: dict[str, Document] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()
