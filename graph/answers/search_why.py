"""Why an entry was found: which of its names hold the words."""

from __future__ import annotations

from collections.abc import Mapping

from chidao.graph.answers.search_query import Asked, slips
from chidao.graph.index.entries import Entry
from chidao.graph.index.words import spelled_out, words


def why(entry: Entry, asked: Asked, *, said: bool) -> tuple[str, ...]:
    """Return what holds the words: each counts for the first that does. `said` tells that a passage holds them all."""
    held = _held(entry)
    found: set[str] = set()
    left: list[str] = []
    for word in (*asked.wanted, *(word for phrase in asked.phrases for word in phrase)):
        name = _holder(word, held)
        if name:
            found.add(name)
        else:
            left.append(word)
    if left and said:  # what the names lack the passage has, and so it tells more than some of them do
        return ("text",)
    reasons = [name for name in held if name in found and (name != "type" or len(found) == 1)]
    if left:
        reasons.append("near" if any(slips(word) for word in left) else "other")
    return (*reasons, *(["text"] if said else []))


def _held(entry: Entry) -> dict[str, set[str]]:
    """The words of each name, the most telling first."""
    called = {"name": entry.label} if entry.kind == "body" else {"title": entry.title or entry.label}
    told = {
        "number": entry.number, **called, "issuer": entry.issuer, "signer": entry.signer, "date": (entry.date or "").replace("-", " "),
        "type": entry.type, "place": (entry.scope or "").replace("-", " "), "file": " ".join(entry.files),
    }  # fmt: skip
    return {name: set(words(text or "")) for name, text in told.items()}


def _holder(word: str, held: Mapping[str, set[str]]) -> str | None:
    """The first name that has the word, or what it abbreviates, or else one that it begins."""
    forms = [{word}, *(set(full) for full in spelled_out().get(word, ()))]
    whole = (name for name, own in held.items() if any(form <= own for form in forms))
    begun = (name for name, own in held.items() if any(other.startswith(word) for other in own))
    return next(whole, None) or next(begun, None)
