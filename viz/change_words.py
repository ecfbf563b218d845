"""What differs between two generations of a graph, in words: the line of each change in a terminal, on the page and in a feed."""

from __future__ import annotations

from chidao.graph.answers.changed import Changed
from chidao.viz.catalogue import N_
from chidao.viz.words import words

COLUMNS = ("change", "kind", "document", "says", "date", "iri", "other")
"""The columns of a table of changes."""
HEADS = (N_("Change"), N_("Kind"), N_("Document"), N_("What changed"), N_("Date"), N_("IRI"), N_("Other document"))
"""What people read for them."""


def change_words(line: Changed, language: str = "vi") -> str:
    """Return what a line says of its document.

    >>> change_words(Changed(kind="state", new=True, iri="x", label="Nghị định 1/2020/NĐ-CP", state="expired"))
    'Hết hiệu lực'
    >>> change_words(Changed(kind="document", new=False, iri="x", label="Kế hoạch 5-KH/TU", text="Về đê điều", read=True))
    'không còn tệp: Về đê điều'
    """
    told = words(language)
    if line.kind == "relation":
        return f"{told.relation(line.predicate or '').label} {line.other_label}"
    if line.kind == "state":
        return told.forces.get(line.state or "", line.state or "")
    text = " ".join((line.text or "").replace("**", "").split())  # Markdown's bold letters
    if line.kind == "task":
        due = (told.changes["due"] % told.day(line.date),) if line.date else ()
        beside = "; ".join((*line.lead, *due))
        return f"{text} ({beside})" if beside else text
    said = told.changes[f"{'read' if line.read else 'named'}-{'new' if line.new else 'gone'}"]
    return f"{said}: {text}" if text and text != line.label else said


def change_line(line: Changed, language: str = "vi") -> str:
    """Return the whole line, as a feed's title has it: "Mới: Kế hoạch 45-KH/HU – thực hiện Nghị quyết 15-NQ/TW"."""
    head = words(language).changes["new" if line.new else "gone"]
    return f"{head}: {line.label} – {change_words(line, language)}"


def change_row(line: Changed) -> dict[str, str | None]:
    """Return a line as a row of `COLUMNS`."""
    return {
        "change": "new" if line.new else "gone", "kind": line.kind, "document": line.label, "says": change_words(line),
        "date": line.date, "iri": line.iri, "other": line.other,
    }  # fmt: skip
