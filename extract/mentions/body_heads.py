"""The names that bodies begin with, up to the place in them: "Ban Tổ chức", "UBND", "Sở Nội vụ", "Bộ Chính trị".

Heads come from the authority tables. A template's pattern is cut at its first placeholder: "Ban Tổ chức {party} {name}" is the head
"Ban Tổ chức" with a tail of kind "party"; "Sở Nội vụ" alone has a tail of kind "".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from chidao.extract.language.compounds import may_end_compound
from chidao.extract.language.jurisdictions import Place
from chidao.extract.language.letters import early_tones, is_word, late_tones, lower
from chidao.extract.language.tables import words
from chidao.ontology.authority import BodyEntry, BodyTemplate, bodies, body_templates, units


@dataclass(frozen=True, slots=True)
class Head:
    """What a head, in lower case, may stand for: a central body, templates with the kind of tail that each expects, or by itself
    the Party committee of a place ("Thành ủy"). An `exact` one is an abbreviation, which stands in capitals; a `half` begins with a word
    that ends compounds ("Đoàn"), an `office` is one that somebody holds ("Thủ tướng"), an `old` one begins a name that is no more, a
    `centre` ends in that of the Party or of a union ("Văn phòng Trung ương")."""

    text: str
    exact: bool
    central: BodyEntry | None
    templates: Mapping[tuple[str, str], tuple[BodyTemplate, ...]]
    """By the kind of tail and the level of the place."""
    half: bool
    office: bool
    old: bool
    centre: bool

    def template(self, place: Place, *tails: str) -> BodyTemplate | None:
        """Return the template of the place's level with the first of the `tails` that one has; of several the one that is called by
        the place's unit ("Tỉnh đoàn", "Thành đoàn")."""
        for tail in tails:
            if fitting := self.templates.get((tail, place.level)):
                if len(fitting) == 1:
                    return fitting[0]
                unit = place.unit.split()[0]
                return next((t for t in fitting if t.name.lower().startswith(f"{unit} ")), fitting[0])
        return None


CENTRE = "trung ương"
_AND, _JOINING = " và ", (" & ", " - ")
"""What joins the fields of an office, and what is printed for it: "Phòng Kinh tế & Hạ tầng", "Phòng Giáo dục - Đào tạo"."""
_APART, _CLOSE = " & ", "&"
"""So is the sign printed without blanks: "Sở Nông nghiệp&PTNT"."""


def _by_tail(templates: Iterable[tuple[BodyTemplate, str]]) -> dict[tuple[str, str], tuple[BodyTemplate, ...]]:
    found: dict[tuple[str, str], tuple[BodyTemplate, ...]] = {}
    for template, tail in templates:
        key = tail, template.level
        found[key] = (*found.get(key, ()), template)
    return found


@cache
def heads() -> tuple[Head, ...]:
    """Return every head of the authority tables, in the order of their texts."""
    exact: dict[str, bool] = {}
    central: dict[str, BodyEntry] = {}
    templates: dict[str, list[tuple[BodyTemplate, str]]] = {}

    def key(text: str) -> str:
        exact.setdefault(text.lower(), text.isupper() and " " not in text)
        return text.lower()

    for body in bodies():
        for label in (body.name, *body.labels, *body.abbreviations):
            central[key(label)] = body
    for template in body_templates():
        for pattern in dict.fromkeys((template.name, *template.labels, *template.abbreviations)):
            head, _, rest = pattern.partition("{")
            tail = rest.partition("}")[0]
            if head := head.strip():
                tails = templates.setdefault(key(head), [])
                if not any(t is template and kind == tail for t, kind in tails):
                    tails.append((template, tail))
    # Party committees stand for themselves and as tails: "Thành ủy", "Thành ủy Hà Nội".
    for unit in units():
        key(unit.party)
    spelled = {text: text for text in exact}
    for text in exact:
        for mark in _JOINING if _AND in text else ():
            spelled.setdefault(text.replace(_AND, mark), text)
    for text in tuple(spelled):
        close = text.replace(_APART, _CLOSE)
        for way in (close, late_tones(text), late_tones(close)):
            spelled.setdefault(way, spelled[text])
    offices = {known for known, body in central.items() if body.name.startswith(words("office"))}
    return tuple(
        Head(
            text,
            exact[known],
            central.get(known),
            _by_tail(templates.get(known, ())),
            half=may_end_compound(text.partition(" ")[0]),
            office=known in offices,
            old=_begins_old_name(early_tones(text)),
            centre=text.endswith((CENTRE, "tw")),
        )
        for text, known in sorted(spelled.items())
    )


def _begins_old_name(text: str) -> bool:
    """Does the name of something that is no more begin so?"""
    return any(early_tones(name.lower()).startswith(text) for name in words("name of old"))


@cache
def head_search() -> AhoCorasick:
    """Return a search for all heads in a text of lower case, the longest at a place; it gives them by their index in `heads()`."""
    return AhoCorasick([head.text for head in heads()], matchkind=MatchKind.LeftmostLongest)


def head_at(text: str, start: int) -> Head | None:
    """Return the longest head that stands at `start`, as a word of its own.

    A few look-ups by length, where a search of the whole table would cost more than all the rest of a reference."""
    lengths = _lengths()
    opening = text[start : start + _PREFIXES[0]].lower()
    for prefix in _PREFIXES:
        if opening[:prefix] not in lengths:
            continue
        index, fitting = _index(), lengths[opening[:prefix]]
        window = lower(text[start : start + fitting[0] + 1])
        for length in fitting:
            if window[:length] in index and is_word(window, 0, length):
                return index[window[:length]]
    return None


_PREFIXES = (16, 9, 6, 3)


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """For the first letters of heads, how long the heads are that begin so, the longest first."""
    found: dict[str, set[int]] = {}
    for text in _index():
        shared = next((n for n in _PREFIXES if len(text) >= n), len(text))
        found.setdefault(text[:shared], set()).add(len(text))
    return {prefix: tuple(sorted(lengths, reverse=True)) for prefix, lengths in found.items()}


@cache
def _index() -> dict[str, Head]:
    return {head.text: head for head in heads()}
