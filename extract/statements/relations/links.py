"""What a stated relation is, and how references hang together: one inside another's title, several in one list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chidao.extract.mentions.references import Found


@dataclass(frozen=True, slots=True)
class Link:
    """`subject` and `object` are indices of the references, or SELF; `start`..`end` the passage (reading offsets)."""

    subject: int
    predicate: str
    object: int
    start: int
    end: int
    trigger: str
    certainty: str
    rule: str


def nesting(found: Sequence[Found]) -> list[int]:
    """For each reference the index of the one whose title holds it, or -1."""
    parents: list[int] = []
    open_: list[int] = []
    for i, f in enumerate(found):
        while open_ and found[open_[-1]].extent <= f.start:
            open_.pop()
        parents.append(open_[-1] if open_ else -1)
        open_.append(i)
    return parents


def objects(found: Sequence[Found], parents: Sequence[int], first: int) -> Iterator[int]:
    """A reference and those listed behind it ("thực hiện Nghị quyết 18, 19-NQ/TW")."""
    i = first
    yield i
    while i + 1 < len(found) and found[i].listed:
        following = i + 1
        if parents[following] != parents[i]:
            return
        i = following
        yield i


def subjects(found: Sequence[Found], last: int) -> Iterator[int]:
    """A reference and the ones before it that share what is said of it ("A, B, C về quy hoạch cán bộ theo D")."""
    i = last
    yield i
    while (
        i
        and found[i - 1].listed
        and (found[i - 1].shared or (found[i - 1].title is None and found[last].title is None))
    ):
        i -= 1
        yield i


def impossible(subject: Found, object_: Found) -> bool:
    """A document acts on what is there already: "Chỉ thị 05-CT/TW (2016) … theo Kết luận 01-KL/TW (2021)" relates others."""
    return bool(subject.date and object_.date and subject.date < object_.date)


# Only the National Assembly and its Standing Committee change their acts (Luật Ban hành văn bản quy phạm pháp luật).
_STATUTES = frozenset(["Hiến pháp", "Luật", "Bộ luật", "Pháp lệnh"])
_BELOW = frozenset(["Nghị định", "Thông tư", "Thông tư liên tịch", "Quyết định", "Chỉ thị"])
_CHANGES = frozenset(["amends", "replaces", "repeals", "corrects"])


def outranked(subject: str | None, predicate: str, object_: Found) -> bool:
    """A decree does not change a law: "… Luật Trồng trọt … được sửa đổi bởi Nghị định 33" speaks of the decree before.

    `subject` is the type of the document that would do it."""
    statute = object_.type in _STATUTES or (object_.type == "Nghị quyết" and "QH" in (object_.symbol or ""))
    return predicate in _CHANGES and subject in _BELOW and statute


def same_list(found: Sequence[Found], parents: Sequence[int], previous: int, following: int) -> bool:
    """May `following` go on with the list that `previous` is in, rather than with one inside the title of `previous`?

    "Nghị định A quy định chi tiết Luật B và Luật C": what is of one kind is listed together, so C goes with B.
    """
    last = following - 1
    if last > previous and parents[last] == previous and found[last].type == found[following].type:
        return False
    if found[following].type == found[previous].type:
        return True
    inside = (k for k in range(previous + 1, following) if parents[k] >= 0)
    return not any(found[k].type == found[following].type for k in inside)
