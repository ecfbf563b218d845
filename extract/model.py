"""The facts of one file, and what they mean once the whole corpus has been seen: plain frozen data.

Offsets are code points into the source text exactly as read, start inclusive, end exclusive. The rules of the layers (mentions,
statements) yield the same types with offsets into the reading text (`chidao.extract.reading.layout`), an empty `text` and
-1 for `sentence`; `chidao.extract.facts` puts them in their place in the source with `dataclasses.replace`, and no layer
changes what another has made.

Types here import no behaviour. Step 1 (extract) makes `Facts` from one file; step 2 (resolve) makes a `Corpus`
from all files' facts; step 3 (chidao.graph) writes a `Corpus` as quads.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from chidao.extract.frozen import quick

RULES = "29"
"""Raised with every change that makes the same text give other facts; kept results of another version are not used."""
SELF = -1
"""As a relation's subject or object, or an action's document: the file's own document."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read. `sha256` is of the bytes; `text` is what all offsets refer to.

    `format` is what the content turned out to be ("text", "docx", "pdf", …), whatever the name says. `pages` holds the
    offset at which each page begins, from page 1 on; empty where the format knows no pages. `notes` says in words what a
    reader of the text should know of it ("page 3 has no text layer", "a stamp says month 54"). `doubts` holds start, end and percent of
    the figures of which OCR is not sure."""

    path: str
    sha256: str
    encoding: str
    text: str
    format: str = "text"
    pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    doubts: tuple[tuple[int, int, int], ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence that holds evidence. `start`..`end` lies in the source; `text` is the sentence as a person reads it,
    so where a page break with footnotes cuts it, the footnotes are left out. `line` is 1-based; `footnote` is the
    mark ("46") when the sentence stands in a footnote; `page` is 1-based, None where the file knows no pages."""

    start: int
    end: int
    text: str
    line: int
    footnote: str | None = None
    page: int | None = None


Span = tuple[int, int]
"""Start and end of a passage, as offsets."""


@dataclass(frozen=True, slots=True)
class HeadingPlaces:
    """Where the parts of a heading stand, each from its first through its last character; None for a part that is not there, or
    that is known from elsewhere (an issuer from the signature, a register's columns). `number` runs over number and symbol,
    `title` and `issuer` may run over several lines."""

    number: Span | None = None
    date: Span | None = None
    place: Span | None = None
    type: Span | None = None
    title: Span | None = None
    issuer: Span | None = None
    signer: Span | None = None


@quick
@dataclass(frozen=True, slots=True)
class Heading:
    """The file's own identity as its heading and signature block state it; None where not stated.

    `symbol` is the part after the number, without the year: "NQ/TU", "KH-UBND", "NĐ-CP". `date` is ISO 8601.
    `scope` is the key of the issuing jurisdiction ("vn" for central bodies, "ha-noi", …).
    `issuer_key` is the key of the issuing body (see `BodyMention.key`); `places` says where the parts stand. `month` is "2025-08",
    also where the day was left blank for the pen or cannot be read. `recipients` get it ("Nơi nhận"), a letter speaks to those `addressed`
    ("Kính gửi")."""

    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    year: int | None = None
    date: str | None = None
    place: str | None = None
    issuer: str | None = None
    issuer_key: str | None = None
    title: str | None = None
    signer: str | None = None
    signer_role: str | None = None
    recipients: tuple[str, ...] = ()
    scope: str | None = None
    places: HeadingPlaces = HeadingPlaces()
    month: str | None = None
    addressed: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Reference:
    """A place where the text refers to one official document.

    `start`..`end` runs from the type word through the symbol. `kind` is "numbered", "named" or "back"; a named document has a
    `name` (a key such as "nghi-quyet/dai-hoi/xiii") instead of number and symbol. `date`, `issuer`, `title` are what
    this mention states (issuer: canonical name); `scope` is "vn" for a central document, "home" for one of the reading
    document's own jurisdiction. `sentence` is an index into `Facts.sentences`.
    `extent` is the end of everything that belongs to the mention (date, issuer, title), `title_start` where its title begins
    in the text, or -1. A reference of kind "back" ("Nghị quyết nêu trên", a short form) has no number; `antecedent` is the index of
    the reference that it leans on, or SELF.
    `listed`: a comma or "và" joins it to the next reference, in one list; `shared`: its title stands behind a later member."""

    start: int
    end: int
    text: str
    kind: str
    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    year: int | None = None
    date: str | None = None
    issuer: str | None = None
    issuer_key: str | None = None
    title: str | None = None
    name: str | None = None
    scope: str | None = None
    sentence: int = -1
    extent: int = -1
    rule: str = ""
    antecedent: int | None = None
    title_start: int = -1
    listed: bool = False
    shared: bool = False


@quick
@dataclass(frozen=True, slots=True)
class BodyMention:
    """A place where the text names an organization. `name` is the canonical full name; `key` identifies the body
    ("vn/bo-chinh-tri", "ha-noi/so-noi-vu"); `sentence` is an index into `Facts.sentences` or -1. `scope` is the key of its
    jurisdiction ("vn", "ha-noi", "ha-noi/huyen-me-linh"), `level` central, province, district or commune; None when unknown."""

    start: int
    end: int
    text: str
    name: str
    key: str
    rule: str
    sentence: int = -1
    scope: str | None = None
    level: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class Relation:
    """`subject` `predicate` `object`, both as indices into `Facts.references` or SELF.

    `predicate` is a local name of the vocabulary: implements, continues, based_on, guides, amends, replaces, repeals,
    corrects, consolidates, reviews, cites. `certainty` is "explicit" (a trigger links the two) or "implied"."""

    subject: int
    predicate: str
    object: int
    start: int
    end: int
    trigger: str
    certainty: str
    rule: str
    text: str = ""
    sentence: int = -1


@quick
@dataclass(frozen=True, slots=True)
class Action:
    """`actor` does `action` about a document (index into `Facts.references`, or SELF).

    `action`: issue, implement, concretize, disseminate, inspect, review, amend, direct. `actor` is a canonical body
    name or None; `actor_stated` is False where the paragraph's or the document's acting body was taken."""

    actor: str | None
    actor_key: str | None
    actor_stated: bool
    action: str
    document: int
    start: int
    end: int
    trigger: str
    rule: str
    text: str = ""
    sentence: int = -1


@quick
@dataclass(frozen=True, slots=True)
class Addressee:
    """A body that a task names: `name` is canonical where the body is known ("Sở Công Thương tỉnh Lào Cai"), as printed
    for a group ("Các sở, ban, ngành"), whose `key` is None."""

    name: str
    key: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class Task:
    """What the file's document makes bodies do. `start`..`end` is the sentence or item that says it. A rule gives these and `text`
    as it read them, with `sentence` -1; `facts` puts them into the source.

    `deadline` is a day "2026-06-30", month "2026-06", quarter "2026-Q2", year "2026", a period ("daily", "weekly", "monthly",
    "quarterly", "half-yearly", "yearly") or a period's day ("monthly-25", "quarterly-25", "yearly-11-30"), "ongoing", or None;
    `deadline_text` is how the text puts it."""

    start: int
    end: int
    text: str
    lead: tuple[Addressee, ...]
    support: tuple[Addressee, ...]
    deadline: str | None
    deadline_text: str | None
    sentence: int
    rule: str


@quick
@dataclass(frozen=True, slots=True)
class Provision:
    """A place where the text means a part of a document. `path` goes from the largest division to the smallest
    ("dieu-5/khoan-1/diem-b"; "dieu-5..dieu-9" for a range), `document` is the index of the reference that names the document, or SELF."""

    start: int
    end: int
    text: str
    path: str
    document: int
    sentence: int
    rule: str


@quick
@dataclass(frozen=True, slots=True)
class Division:
    """A part of the document itself, from its label through its last part's end. `text` is its own words, up to its first part, as read;
    `heading` is that of an article or what is larger, None where it has none; `path` as of a `Provision`.
    `within` is the path of the part, chapter or section in which an article stands."""

    start: int
    end: int
    text: str
    path: str
    heading: str | None
    within: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """One elementary change of another document's text. `operation` is "insert", "replace", "repeal", "phrase" or "renumber"; `path` the
    provision changed, of an insertion the new one, "" for all of the document; `old` and `new` the words that a "phrase" changes.
    `document` is the index of the reference that names the document; `date` the ISO day from which the change holds, where its clause
    states one of its own. A provision that is repealed but for some paths `apart` is no elementary change: force tells of its end."""

    start: int
    end: int
    text: str
    document: int
    operation: str
    path: str
    old: str | None
    new: str | None
    sentence: int
    rule: str
    date: str | None = None
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportedChange:
    """A change of `base` by the document `by`, as a note of a consolidated text reports it; both are indices of the references that name
    them. `operation`, `path`, `old` and `new` are an `Amendment`'s, `path` the provision of `base` in whose text the note's mark stands;
    `by_path` is the provision of `by` that orders the change, "" where none is named; `date` the ISO day on which it took effect, None
    where the text does not state it."""

    start: int
    end: int
    text: str
    base: int
    path: str
    operation: str
    old: str | None
    new: str | None
    by: int
    by_path: str
    date: str | None
    sentence: int
    rule: str


@dataclass(frozen=True, slots=True)
class Force:
    """What the text says of when a document, or some of its provisions, is in force. `event` is "in_force", "expires" (ends whole),
    "partly_expires", "continues" (goes on being applied), "suspended" or "extended"; `date` the ISO day on which it takes place, of what
    continues the last one, None where the text does not state it; `scope` the paths of the provisions that it is about, () for all;
    `apart` what is taken out, as paths or in the text's words; `until` the last day, ISO or in the text's words."""

    start: int
    end: int
    text: str
    document: int
    event: str
    date: str | None
    scope: tuple[str, ...]
    apart: tuple[str, ...]
    until: str | None
    sentence: int
    rule: str


@dataclass(frozen=True, slots=True)
class Delegation:
    """An order to make rules: `delegate` is who is to make them (canonical name), `path` the provision of `document` that they are to
    detail or in which the order stands."""

    start: int
    end: int
    text: str
    document: int
    path: str
    delegate: str
    delegate_key: str | None
    sentence: int
    rule: str


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """Where the document says that it details a provision of another, or with path "" the other as a whole."""

    start: int
    end: int
    text: str
    document: int
    path: str
    sentence: int
    rule: str


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Something that looks like a reference or a date and cannot be read as one: reported, never guessed.

    `why` says in English what is wrong; `rule` names the test that it failed ("impossible-date", "unknown-symbol", …)."""

    start: int
    end: int
    text: str
    why: str
    rule: str


DOUBTED = {"number": "ocr-number", "date": "ocr-date"}
"""The parts of a heading that OCR may not be sure of, and the rules of the suspicions that say so."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything one document says, before anything is known of others.

    Most files are one document. A register holds one in each data row: `row` is its 0-based number, the source's text is
    then the row's title, and all rows share the file's path and sha256."""

    source: Source
    heading: Heading
    sentences: tuple[Excerpt, ...] = ()
    references: tuple[Reference, ...] = ()
    bodies: tuple[BodyMention, ...] = ()
    relations: tuple[Relation, ...] = ()
    actions: tuple[Action, ...] = ()
    tasks: tuple[Task, ...] = ()
    suspicions: tuple[Suspicion, ...] = ()
    row: int | None = None
    provisions: tuple[Provision, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    force: tuple[Force, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    fulfilments: tuple[Fulfilment, ...] = ()
    reported: tuple[ReportedChange, ...] = ()
    divisions: tuple[Division, ...] = ()


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
