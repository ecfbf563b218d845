"""How the pages of one language write corrections by hand, and what there is to look at."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chidao.extract.corpus.facts_by_hand import THIS
from chidao.graph.answers.corrected import Kept
from chidao.graph.answers.review import Doubt
from chidao.graph.evidence import Place
from chidao.ontology.vocabulary import relation_property
from chidao.viz.web.catalogue import N_, translations
from chidao.viz.web.rendering.language_filters import LanguageFilters

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STATES = {
    "applied": N_("holds"), "replaced": N_("replaced by a later one"), "review": N_("to be looked at"),
    "pending": N_("waits for the next build"), "undoing": N_("taken back, waits for the next build"),
}  # fmt: skip
_FIELDS = {
    "number": N_("Number and symbol"), "symbol": N_("Symbol"), "date": N_("Date"), "issuer": N_("Issued by"), "title": N_("Title"),
    "type": N_("Type"), "lead": N_("Leads"), "support": N_("with"), "deadline": N_("Due"), "relation": N_("Relation"),
    "action": N_("Act"), "task": N_("Task"), "force": N_("Force"),
}  # fmt: skip
_KINDS = {
    "same": N_("is the same"), "apart": N_("another document is meant in one file"), "name": N_("Name"),
    "relation": N_("Relation added"), "reject": N_("This is not so"), "field": N_("Field"), "task": N_("Task"),
}  # fmt: skip
_BECAUSE = {
    "file-gone": N_("The file is not in the graph any more."),
    "file-changed": N_("The file has changed and says something else."),
    "sentence-gone": N_("The sentence has changed, or is not there any more."),
    "fact-gone": N_("The sentence is there, but nothing like this is read in it any more."),
    "document-gone": N_("No file names this document any more."),
    "body-gone": N_("No file names this body any more."),
    "not-two": N_("It names one thing twice."),
    "no-such-day": N_("There is no such day of a document."),
    "own-file": N_("The document's own file is here by now and says something else."),
}
_DOUBTS = {
    "date": N_("Date"), "issuer": N_("Issued by"), "in force": N_("day of effect"), "expires": N_("day of its end"),
    "number": N_("Number and symbol"),
    "impossible-date": N_("no such date"), "unknown-symbol": N_("a symbol that nobody has"),
    "unreadable-code": N_("a code that cannot be read"),
    "unreadable-number": N_("a number that cannot be read"), "symbol-without-issuer": N_("the symbol names no issuer"),
    "page-disagrees": N_("the page around it says otherwise"), "younger-object": N_("the other document is younger"),
    "fixed-symbol": N_("a symbol of another type"), "blank-number": N_("the number is blank"),
    "bare-number": N_("a number without a symbol"),
    "ocr-number": N_("a number that OCR is not sure of"), "ocr-date": N_("a date that OCR is not sure of"),
}  # fmt: skip
_WHYS = (
    N_("several dated documents have this number"),
    N_("every dated document with this number is later than the citing one"),
    N_("its title differs from every dated document with this number"),
    N_("no file says whose document it is"),
    N_("no file says which province its issuer is in"),
    N_("its symbol does not say whose document it is"),
    N_("its number is blank; a document with a number agrees with it"),
    N_("several documents fit"),
    N_("several laws of this name"),
    N_("the next law of this name was passed"),
    N_("another file without a number has this title"),
    N_("several files have this title"),
)
"""Why it is not settled which document is meant, as `extract.corpus` says."""
_CELLS: dict[str, Mapping[str, str]] = {
    "what": _DOUBTS, "why": {why: why for why in _WHYS}, "because": _BECAUSE, "kind": _KINDS, "field": _FIELDS, "state": _STATES,
}  # fmt: skip
"""By the column of an answer: what is told by a word in it."""
_SCANNED = re.compile(r"read by OCR, so with misreadings: page (?P<pages>.*)", re.DOTALL)


def cell_words(column: str, text: str, language: str) -> str | None:
    """Return the words for a cell of an answer about what is doubted or corrected; None for one that stands as it is.

    >>> cell_words("what", "date", "vi"), cell_words("title", "date", "vi")
    ('Ngày', None)
    """
    known = _CELLS.get(column, {}).get(text)
    return translations(language).gettext(known) if known else None


class CorrectionFilters(LanguageFilters):
    """The filters of one language; each public method is one, by its name."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self._told = translations(language).gettext

    def relation_named(self, name: str | None) -> str:
        """Return how a relation of this name, as files of corrections have it, reads from its subject."""
        return self._words.relation(relation_property(name or "").rpartition("#")[2]).label

    def correction_state(self, state: str) -> str:
        return self._told(_STATES[state])

    def corrected_field(self, kept: Kept) -> str:
        """Return what of a thing was corrected."""
        if kept.kind in ("field", "task", "reject"):
            return self._told(_FIELDS.get(kept.field or "", _KINDS[kept.kind]))
        return self._told(_KINDS[kept.kind])

    def review_because(self, why: str) -> str:
        return self._told(_BECAUSE.get(why, why))

    def told_value(self, value: str | None) -> str:
        """Return a value as it is written; nothing is "not known"."""
        if not value:
            return self._told(N_("not known"))
        return self._words.day(value) if _DAY.fullmatch(value) else value

    def told(self, said: str | None) -> str:
        """Return a fact in the words by which a correction knows it, the relation or act in the page's language."""
        subject, verb, object_ = [*re.split(r" ([a-z_]+) ", f"{said or ''} ", maxsplit=1), "", ""][:3]
        this = self._told(N_("this document"))
        if verb in self._words.actions:
            read = self._words.actions[verb]
        elif relation_property(verb).rpartition("#")[2] in self._words.relations:
            read = self.relation_named(verb)
        else:
            return (said or "").replace(THIS, this)
        return f"{subject} {read} {object_}".replace(THIS, this).strip()

    def doubted(self, doubt: Doubt) -> str:
        """Return what is doubted, in words."""
        if scanned := _SCANNED.fullmatch(doubt.what):
            pages = scanned["pages"].replace("sure", "").replace(" %", "%").replace(" )", ")")
            return self._told(N_("read by OCR, page %(pages)s")) % {"pages": pages}
        return self._told(_DOUBTS.get(doubt.what, doubt.what))

    def where_inside(self, place: Place) -> str:
        return place.inside(self.language)
