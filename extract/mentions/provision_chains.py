"""How text names provisions: groups of a unit and its numbers, in chains ("khoản 1, khoản 2 và các điểm a, b khoản 3 Điều 5").

What a group stands in follows it, so a chain is read from its end: khoản 1, khoản 2 and khoản 3 are all of Điều 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER, UPPER, behind_blanks, lower
from chidao.extract.language.patterns import ISSUES
from chidao.extract.language.tables import words
from chidao.extract.reading.divisions import Position, Unit, division_units, number_of, path_of, placed, rank_of

_NUMBERS = {
    "figure": r"[0-9]{1,4}[a-zđ]?",
    "letter": r"[a-zđ][0-9]?",
    "decimal": r"[0-9]{1,2}(?:\.[0-9]{1,2})*[a-z]?",
    "roman": r"[IVXLC]{1,6}[a-zđA-ZĐ]?",
    "capital": r"[A-ZĐ]",
    "ordinal": rf"thứ\s+{one_of(words('ordinal'))}",
    "form": r"[0-9]{1,3}(?:\.[0-9]{1,2})?[a-zA-Z]?",
}
_END = rf"(?![{LETTER}0-9]|[./,][0-9]|\s*(?:%|tỷ|triệu|nghìn|đồng)(?![{LETTER}]))"
_TIGHT_END = _END.replace("[./,][0-9]", "[./][0-9]")
_TIGHT = re.compile(
    r"\s+[0-9]{1,3}[a-zđ]?(?:,[0-9]{1,3}[a-zđ]?){1,20}\s+(?:Điều|[Kk]hoản|Mục|Chương|Phụ\s+lục)(?![^\W\d_])"
)
THIS = "này"


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a group: `to` is the range's last, "này" stands for the division at hand."""

    start: int
    end: int
    printed: str
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A unit with its numbers; `joint` is what joins it to the group before: "" where it says what that one stands in, "to" in a range,
    else the comma or word of a list."""

    unit: Unit
    start: int
    end: int
    numbers: tuple[Number, ...]
    joint: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Groups that share the document named behind them: `document`, the index of its reference, None where none is named."""

    groups: tuple[Group, ...]
    end: int
    document: int | None = None
    this: str = ""
    """The type whose "của Luật này" stands behind it, as a slug."""
    carried: str = ""
    """The rules named behind it that the document carries along ("Điều 5 Quy chế ban hành kèm theo …"), as their step of a path."""


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"(?:(?P<many>các|những)\s+)?(?P<unit>{one_of(division_units(), whole=True)})", re.IGNORECASE)


@cache
def _number(unit: str, *, tight: bool = False, signed: bool = True) -> re.Pattern[str]:
    """How a unit is numbered, with the blank before the first number, which may be `signed`; `tight`: a comma without a blank goes on with
    the list ("các khoản 1,3,4"), and makes no decimal."""
    ways = [_NUMBERS[way] for way in sorted(division_units()[unit].numbering) if way in _NUMBERS]
    sign = r"số\s*:?\s*" if signed and "form" in division_units()[unit].numbering else r"(?:số\s*:?\s*)?"
    blank = r"\s+(?:từ\s+)?" if signed else ""
    return re.compile(
        rf"{blank}{sign}(?P<n>{'|'.join(ways)}){_TIGHT_END if tight else _END}", re.IGNORECASE if unit == "mẫu" else 0
    )


THIS_ONE = re.compile(rf"\s+{THIS}(?![{LETTER}])")
# A bare "phụ lục" is one of a document only where it says that it is carried along.
_CARRIED = re.compile(rf"\s*\(?\s*(?:được\s+)?(?:{ISSUES}\s+)?kèm")
_MORE = re.compile(r"\s*(?:[,;]\s*(?:(?:và|hoặc)\s+)?|\s(?:và|hoặc|đến)\s+(?:hết\s+)?)")
_JOINTS = re.compile(
    r"(?P<and>\s*(?:,\s*(?:và\s+|hoặc\s+)?|;\s*|\s(?:và|hoặc)\s+)(?:từ\s+)?)|(?P<to>\s+đến\s+(?:hết\s+)?)|(?P<of>\s+(?:(?:của|thuộc|tại)\s+)?)(?=\S)"
)
_BEFORE_WORD = re.compile(rf"(?P<word>[{LETTER}]+)\s+$")


def find_chains(text: str, start: int, end: int, places: Sequence[int] | None = None) -> Iterator[Chain]:
    """Yield the chains of text[start:end], in order; `places` are those of the words that may open them, where these are known."""
    at = start
    for place in opening_words(lower(text[start:end]), start) if places is None else places:
        head = _heads().match(text, place, end)
        if head is None or head.start() < at or (group := _group(text, head, end, "")) is None:
            continue
        groups = [group]
        while following := _joined(text, groups[-1], end):
            groups.append(following)
        yield Chain(tuple(_ranged(groups)), groups[-1].end)
        at = groups[-1].end


def opening_words(low: str, start: int = 0) -> list[int]:
    """Return where words stand that may open a group, in order, in a text in lower case that begins at `start`: a unit's with what may
    number it, and "các" before it."""
    opens = _opening().match
    units = (at for _, at, _ in _syllables().find_matches_as_indexes(low) if opens(low, at))
    return [start + (many.start() if (many := _MANY.search(low, max(0, at - 8), at)) else at) for at in units]


@cache
def _syllables() -> AhoCorasick:
    """A search for the first syllables of the units' words, of which none lies within another."""
    return AhoCorasick(sorted({unit.split()[0] for unit in division_units()}), matchkind=MatchKind.LeftmostFirst)


_MANY = re.compile(rf"(?<![{LETTER}])(?:các|những)\s+$")


@cache
def _opening() -> re.Pattern[str]:
    """A unit's word with the beginning of what may follow it in a group."""
    number = r"[0-9]|(?:[a-zđ][0-9]?|[ivxlc]{1,6}[a-zđ]?|từ|thứ|số|này)(?![^\W\d_])"
    return re.compile(rf"{one_of(division_units(), whole=True)}(?:\s+(?:{number})|\s*\(?\s*(?:được|ban|kèm))")


def _group(text: str, head: re.Match[str], end: int, joint: str) -> Group | None:
    unit = division_units()[" ".join(head["unit"].lower().split())]
    before = _BEFORE_WORD.search(text, max(0, head.start() - 12), head.start())
    if before and before["word"].lower() in unit.not_after:
        return None
    if this := THIS_ONE.match(text, head.end(), end):
        numbers: tuple[Number, ...] = (Number(head.start("unit"), this.end(), THIS),)
        return Group(unit, head.start("unit"), this.end(), numbers, joint)
    numbers = tuple(_numbers(text, unit, head, end))
    if not numbers and "none" in unit.numbering and not head["many"] and _CARRIED.match(text, head.end(), end):
        numbers = (Number(head.start("unit"), head.end(), ""),)
    return Group(unit, head.start("unit"), numbers[-1].end, numbers, joint) if numbers else None


def _numbers(text: str, unit: Unit, head: re.Match[str], end: int) -> Iterator[Number]:
    """Yield the numbers of a group: "5", "a, b và c", "từ 5 đến 9"."""
    tight = bool(head["many"] or _TIGHT.match(text, head.end(), end))
    further = _number(unit.name, tight=tight, signed=False)
    first = _number(unit.name, tight=tight).match(text, head.end(), end)
    if first is None:
        return
    last = Number(head.start("unit"), first.end(), first["n"])
    while joint := _MORE.match(text, last.end, end):
        number = further.match(text, joint.end(), end)
        if number is None or not (head["many"] or _bare_number_ends(text, number.end(), end)):
            break
        if "đến" in joint.group():
            last = replace(last, end=number.end(), to=number["n"])
            continue
        yield last
        last = Number(number.start(), number.end(), number["n"])
    yield last


_BEHIND = re.compile(
    rf"\s*(?:[,;.)”]|$|(?:và|hoặc|của|tại|thuộc|trong|vào|sau|trước|đến|này|như|thì|ban|kèm|được|có|phải|không|là)(?![{LETTER}])|[{UPPER}])"
)


def _bare_number_ends(text: str, at: int, end: int) -> bool:
    """Can a number without its unit's word end at `at`? Not where something is counted ("khoản 1 và 2 người")."""
    if _BEHIND.match(text, at, end):
        return True
    unit = behind_blanks(text, at)
    return at < unit < end and _heads().match(text, unit, end) is not None


def _joined(text: str, last: Group, end: int) -> Group | None:
    """The group that goes on with the chain: what the last one stands in, or another of the list."""
    joint = _JOINTS.match(text, last.end, end)
    if joint and joint["of"] is None and last.numbers[-1].printed == THIS:
        return None  # "khoản 3 Điều này và khoản 2 Điều 9 Luật Đất đai": the first is told by where it stands
    head = _heads().match(text, joint.end(), end) if joint else None
    if joint is None or head is None:
        return None
    kind = (
        "" if joint["of"] is not None else "to" if joint["to"] is not None else joint["and"].removesuffix("từ ").strip()
    )
    group = _group(text, head, end, kind)
    if group is None or (not kind and group.unit.rank > last.unit.rank):
        return None
    # "khoản 3, khoản 4 khoản 5": a comma is lost
    return replace(group, joint=",") if not kind and group.unit is last.unit else group


def _ranged(groups: Sequence[Group]) -> Iterator[Group]:
    """The groups, with "từ Điều 5 đến Điều 9" as one."""
    kept: list[Group] = []
    for group in groups:
        if group.joint == "to" and kept and kept[-1].unit is group.unit and kept[-1].numbers:
            first, last = kept[-1], group.numbers[0]
            ranged = replace(first.numbers[-1], end=last.end, to=last.printed)
            kept[-1] = replace(first, end=group.end, numbers=(*first.numbers[:-1], ranged))
        else:
            kept.append(group)
    return iter(kept)


def provisions_of(chain: Chain, place: Position) -> Iterator[tuple[int, int, str, Position]]:
    """Yield start, end, path and position of each provision that a chain names, which stands at `place`."""
    groups = chain.groups
    larger = next_larger(groups)
    for n, group in enumerate(groups):
        if n and _holds(group, groups[n - 1]):
            continue  # it says only what the one before stands in
        end = group.end
        k = n + 1
        while k < len(groups) and _holds(groups[k], groups[k - 1]):
            end = groups[k].end
            k += 1
        outer = surrounding(groups, n, larger, place)
        if outer is None:
            continue
        for number in group.numbers:
            last = number is group.numbers[-1]
            position = _position(outer, group.unit, number.printed, place)
            if position is None:
                continue
            path = path_of(position)
            if number.to is not None:
                path = f"{path}..{path_of(placed(outer, group.unit.slug, number_of(number.to)))}"
            yield number.start, end if last else number.end, path, position


def _holds(group: Group, before: Group) -> bool:
    """Does a group say in what the one before it stands ("khoản 2 Điều 5", "điểm 3, mục II")?"""
    return group.joint == "" or (group.joint == "," and group.unit.slug in _ABOVE.get(before.unit.slug, ()))


_ABOVE = {"tiet": ("diem",), "diem": ("khoan", "muc"), "khoan": ("dieu", "muc"), "muc": ("phan",)}
"""In what each unit usually stands, also behind a comma ("khoản 2, Điều 5", "điểm 3, mục II")."""


def next_larger(groups: Sequence[Group]) -> list[int]:
    """Return for each group of a chain the next one of a larger unit, or their number where none follows."""
    found, waiting = [len(groups)] * len(groups), list[int]()
    for n, group in enumerate(groups):
        while waiting and group.unit.rank < groups[waiting[-1]].unit.rank:
            found[waiting.pop()] = n
        waiting.append(n)
    return found


def surrounding(groups: Sequence[Group], n: int, larger: Sequence[int], place: Position) -> Position | None:
    """In what the n-th group of a chain stands: the nearest `larger` units behind it, else where the text stands."""
    outer: list[Group] = []
    inner = groups[n]
    while (n := larger[n]) < len(groups):
        group = groups[n]
        if group.joint and not (group.joint == "," and group.unit.slug in _ABOVE.get(inner.unit.slug, ())):
            break  # "Điều 19, Điều 23 và Phụ lục": another member of the list
        outer.append(group)
        inner = group
    position: Position = tuple(step for step in place if rank_of(step[0]) < inner.unit.rank)
    for group in reversed(outer):
        stands = _position(position, group.unit, group.numbers[0].printed, place)
        if stands is None:
            return None
        position = stands
    return position


def _position(outer: Position, unit: Unit, printed: str, place: Position) -> Position | None:
    """The position of a division within another; "này" is the one of its kind in which the text stands."""
    if printed != THIS:
        return placed(outer, unit.slug, number_of(printed.removeprefix("số").strip()))
    at = next((n for n, step in enumerate(place) if step[0] == unit.slug), None)
    return None if at is None else place[: at + 1]
