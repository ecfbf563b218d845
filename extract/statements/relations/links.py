"""How the documents of a list share what is said of them, and what no document can do to another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from chidao.extract.language.order import older
from chidao.extract.language.patterns import ISSUES
from chidao.extract.language.symbols import stands_above
from chidao.extract.language.tables import CHANGES
from chidao.extract.model import Reference
from chidao.extract.statements.passage import Passage
from chidao.ontology.authority import types_of


def named_apart(first: Reference, other: Reference) -> bool:
    """Is the first a law that its number alone names, and the other one with a name of its own?

    "Luật A số 7/2006/QH11 được sửa đổi theo Luật số 6/2020/QH14 và Luật B số 3/2013/QH13": those that change a law are called by their
    numbers, so that B goes on with A.
    """
    return first.rule == "code" and other.rule == "law-number" and first.type == other.type


def objects(passage: Passage, first: int) -> Iterator[int]:
    """Yield a reference and those listed behind it ("thực hiện Nghị quyết 18, 19-NQ/TW")."""
    i = first
    yield i
    while i + 1 < len(passage.references) and passage.references[i].listed:
        following = i + 1
        if passage.parents[following] != passage.parents[i]:
            return
        i = following
        yield i


def subjects(passage: Passage, last: int) -> Iterator[int]:
    """Yield a reference and the ones before it that share what is said of it ("A, B, C về quy hoạch cán bộ theo D").

    What stands in another one's title shares nothing with what stands outside."""
    found, parents = passage.references, passage.parents
    i = last
    yield i
    while (
        i
        and found[i - 1].listed
        and parents[i - 1] == parents[last]
        and (found[i - 1].shared or (found[i - 1].title is None and found[last].title is None))
    ):
        i -= 1
        yield i


JUST_ISSUED = re.compile(rf"(?<!\w){ISSUES}\s+\Z", re.IGNORECASE)
"""What stands before a document that is issued there."""
_MOST, _MOST_PAIRS = 50, 2500
"""Documents that do something together at most, and what they do to how many: longer lists of both are no sentence that a clerk wrote."""


def pairs(doing: Iterable[int], done_to: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield each of the documents that do something with each of those to which it is done, which are the outer loop."""
    first = list(islice(doing, _MOST))
    return ((one, other) for other in islice(done_to, _MOST_PAIRS // max(1, len(first))) for one in first)


def impossible(subject: Reference, object_: Reference) -> bool:
    """Return whether the subject is the older one, which acts on nothing younger: "Chỉ thị 05-CT/TW (2016) … theo Kết luận 01-KL/TW
    (2021)" relates others."""
    return older((subject.date, subject.year), (object_.date, object_.year))


def outranked(subject: str | None, predicate: str, object_: Reference) -> bool:
    """Return whether the object stands above what would change it, as a law does above a decree: "… Luật Trồng trọt … được sửa đổi bởi
    Nghị định 33" speaks of the decree before.

    Only the National Assembly and its Standing Committee change their acts, and only they and the Government a decree (Luật Ban hành văn
    bản quy phạm pháp luật); a letter may correct one. `subject` is the type of the document that would do it."""
    statutes = types_of("statute")
    if object_.type == "Nghị định" and predicate in CHANGES - {"corrects"}:
        return subject is not None and subject not in statutes | {"Nghị quyết", "Nghị định"}
    statute = object_.type in statutes or (object_.type == "Nghị quyết" and "QH" in (object_.symbol or ""))
    below = subject is not None and subject not in statutes and subject != "Nghị quyết"
    return predicate in CHANGES and below and statute


def only_told(subject: Reference, predicate: str, object_: Reference) -> bool:
    """Is the subject a letter or report, which tells of what becomes of a decision, or asks for it ("Công văn A về việc sửa đổi Quyết định
    B")?"""
    ruling = object_.type in types_of("rule") | {"Nghị quyết"}
    return predicate in CHANGES - {"corrects"} and subject.type in types_of("correspondence") and ruling


def same_list(passage: Passage, previous: int, following: int) -> bool:
    """May `following` go on with the list that `previous` is in, rather than with one inside the title of `previous`?

    "Nghị định A quy định chi tiết Luật B và Luật C": what is of one kind is listed together, so C goes with B; but no title names what is
    younger than its document, or from below ("Kết luận số 13-KL/TW về Chỉ thị B và Chỉ thị số 12-CT/TU").
    """
    found, parents = passage.references, passage.parents
    if impossible(found[previous], found[following]) or stands_above(
        found[previous].symbol or "", found[following].symbol or ""
    ):
        return True
    last = following - 1
    if last > previous and parents[last] == previous and found[last].type == found[following].type:
        return False
    if found[following].type == found[previous].type:
        return True
    inside = (k for k in range(previous + 1, following) if parents[k] >= 0)
    return not any(found[k].type == found[following].type for k in inside)
