"""The facts of one file: plain frozen data.

Offsets are code points into the source text exactly as read, start inclusive, end exclusive. The rules of the layers (mentions,
statements) yield the same types with offsets into the reading text (`chidao.extract.reading.layout`), an empty `text` and
-1 for `sentence`; `chidao.extract.facts` puts them in their place in the source with `dataclasses.replace`, and no layer
changes what another has made.

Types here import no behaviour. Step 1 (extract) makes `Facts` from one file; step 2 (resolve) makes a `Corpus` from all files' facts
(`chidao.extract.resolved`); step 3 (chidao.graph) writes a `Corpus` as quads.
"""

from __future__ import annotations

from dataclasses import dataclass

from chidao.extract.frozen import quick

RULES = "37"
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


@quick
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
    ("Kính gửi"). `jointly`: who issue it together with `issuer`, as in a joint circular, in the order printed."""

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
    jointly: tuple[Addressee, ...] = ()


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
    """A body that a task or a joint letterhead names: `name` is canonical where the body is known ("Sở Công Thương tỉnh Lào
    Cai"), as printed for a group ("Các sở, ban, ngành"), whose `key` is None."""

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
