"""The law in words: the state of a document or provision on a day, what is said of force, changes by provision, and the lines of these
that a terminal shows."""

from __future__ import annotations

from collections.abc import Iterator

from chidao.extract.language.provision_paths import path_words
from chidao.graph.answers.force import Amendment, ForceEvent
from chidao.graph.answers.provisions import ProvisionDetails, Provisions
from chidao.graph.answers.standing import Standing
from chidao.graph.answers.status import Ended
from chidao.viz.speech import Speech
from chidao.viz.words import words

_FEW = 12
"""Provisions that a line names; more are counted."""


def standing_words(standing: Standing, language: str = "vi") -> str:
    """Return the state in one line.

    >>> standing_words(Standing("in-force", "2026-01-01", since="2025-09-01"))
    'Còn hiệu lực từ ngày 01/09/2025'
    >>> standing_words(Standing("unknown", "2026-01-01", why="not-said"))
    'Không rõ hiệu lực: không tệp nào nói văn bản có hiệu lực từ ngày nào'
    """
    told, forces = words(language), words(language).forces
    head = forces[standing.state]
    if standing.why:
        return f"{head}: {forces[standing.why]}"
    if standing.state == "not-yet" and standing.since:
        return f"{head}; {forces['begins'] % told.day(standing.since)}"
    parts = [forces["since"] % told.day(standing.since)] if standing.since else []
    if standing.until:
        parts.append(forces["until"] % told.day(standing.until))
    if standing.ended:
        parts.append(forces["ended"] % _some(standing.ended))
    if standing.left:
        parts.append(forces["left"] % ", ".join(standing.left))
    said = " ".join([head, *parts])
    if standing.later:
        return f"{said}; {forces['later'] % _some(standing.later)}"
    return said if parts or standing.state == "in-force" else f"{said}, {forces['no-since']}"


def _some(paths: tuple[str, ...]) -> str:
    named = ", ".join(path_words(path) for path in paths[:_FEW])
    return f"{named} … (+{len(paths) - _FEW})" if len(paths) > _FEW else named


def event_words(event: ForceEvent, language: str = "vi") -> str:
    """Return what an event of force says in one line: "hết hiệu lực một phần từ ngày 01/09/2025, trừ Điều 40"."""
    told = words(language)
    parts = [told.events[event.kind]]
    if event.date and event.date != event.until:
        parts.append(told.forces["since"] % told.day(event.date))
    if event.until or event.until_words:
        parts.append(told.forces["until"] % (told.day(event.until) if event.until else event.until_words))
    if event.scope:
        parts.append(told.forces["ended"] % _some(event.scope))
    if event.apart or event.apart_words:
        parts.append(told.forces["left"] % ", ".join([*map(path_words, event.apart), *event.apart_words]))
    return " ".join(parts)


def amendment_words(amendment: Amendment, language: str = "vi") -> str:
    """Return a change in one line: "thay cụm từ “A” bằng “B”, khoản 2 Điều 5"."""
    told = words(language)
    what = told.events[amendment.operation]
    if amendment.old and amendment.new == "":
        what = f"{told.events['dropped']} “{amendment.old}”"
    elif amendment.old == "":
        what = f"{told.events['insert']} “{amendment.new}”"
    elif amendment.old:
        what += f" “{amendment.old}”" + (f" → “{amendment.new}”" if amendment.new else "")
    return f"{what} {amendment.words}".strip()


def ended_words(ended: Ended, language: str = "vi") -> str:
    """Return in a few words that something is over: "hết hiệu lực từ ngày 01/09/2025 theo Nghị định 200/2025/NĐ-CP"."""
    told = words(language)
    parts = [told.events[{"expires": "expires", "repeals": "repeals", "replaces": "replaces"}[ended.how]]]
    if ended.since:
        parts.append(told.forces["since"] % told.day(ended.since))
    if ended.label:
        parts.append(told.forces["by"] % ended.label)
    return " ".join(parts)


def provision_lines(found: Provisions, say: Speech) -> Iterator[str]:
    """Yield a document's provisions as a person reads them in a terminal."""
    yield f"{path_words(found.path)} {found.label}" if found.path else found.label
    if not found.has_text:
        yield "  " + say("The document's own text is not in the graph; this is what other files say of its provisions.")
    for entry in found.entries:
        yield from _entry_lines(entry, say)


def _entry_lines(entry: ProvisionDetails, say: Speech) -> Iterator[str]:
    language, told = say.language, words(say.language)
    yield f"  {entry.label}{'. ' + entry.heading if entry.heading else ''}  [{standing_words(entry.force, language)}]"
    if entry.text:
        yield f"      {' '.join(entry.text.split())}"
    for event in entry.force.events:
        if entry.path in event.scope or entry.path in event.apart:
            yield f"      {event_words(event, language)} — {event.evidence.words(language)}"
    for amendment in entry.force.amendments:
        if amendment.path == entry.path:
            since = f" ({told.day(amendment.since)})" if amendment.since else ""
            change = amendment_words(amendment, language)
            yield f"      {change}{since}: {amendment.label} — {amendment.evidence.words(language)}"
    for citation in entry.cited:
        by, said = citation.by_label or citation.evidence.source, citation.evidence
        yield f"      ← {by}: “{said.sentence}” — {said.words(language)}"
    for order in entry.orders:
        yield f"      → {order.delegate}: “{order.evidence.quote}” — {order.evidence.words(language)}"
    for detailing in entry.detailed:
        yield f"      ← {say('{label} details it', label=detailing.by_label)} — {detailing.evidence.words(language)}"
