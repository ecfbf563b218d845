"""What stands in the title of another province's document is read with that province's eyes: its Tỉnh ủy, its NQ/TU.

"… báo cáo theo Kế hoạch số 33/KH-UBND của UBND tỉnh Nam Định thực hiện Nghị quyết số 08-NQ/TU của Tỉnh ủy" speaks of the committee of
Nam Định, whoever writes it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from chidao.extract.language.jurisdictions import Place, province_of
from chidao.extract.language.patterns import ABOUT, ORGANIZES
from chidao.extract.language.symbols import UNKNOWN, issuer_of
from chidao.extract.language.tables import CARRIES as CARRYING
from chidao.extract.language.verbs import verbs
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.citation import CitationDetails, read_citation
from chidao.extract.mentions.title_stops import Following
from chidao.extract.model import BodyMention, Reference

_CARRIES = re.compile(rf"\s+(?:(?:{ABOUT}|để|nhằm)\s+)?{ORGANIZES}{verbs('title', CARRYING)}\s+", re.IGNORECASE)
"""What a province's document does with another is done to its own: "Kế hoạch số 88-KH/TU thực hiện Kết luận số 9-KL/TU của Thành ủy"."""
_LONGEST_VERB = 60


def read_in_titles(
    text: str, before: Sequence[Reference], found: list[Reference], bodies: BodyFinder
) -> list[Reference]:
    """Return the references; those in a title of a document of which it was not known `before` that it is another province's are read
    with that province's eyes."""
    if all(f.scope == b.scope for b, f in zip(before, found, strict=True)):
        return found
    following = Following()
    for f in reversed(found):
        following.add(f.start, f.extent)
    return read_inner(text, found, following, bodies)


def read_inner(text: str, found: list[Reference], following: Following, bodies: BodyFinder) -> list[Reference]:
    """Documents in the title of another province's document are read with that province's eyes: its Tỉnh ủy, its NQ/TU."""
    read, top = list(found), bodies.places.top
    for i, outer in enumerate(found[:-1]):
        end = _end_of_title(text, outer, found[i + 1])
        place = province_of(outer.scope) if end else None
        if not _of_another(outer, place, top) or not end:
            continue
        theirs = BodyFinder(place)
        for j in range(i + 1, len(found)):
            f = found[j]
            if f.start >= end:
                break
            issuer = issuer_of(f.symbol) if f.symbol else None
            if f.kind == "numbered" and issuer and issuer.template:
                read[j] = _of_theirs(f, read_citation(text, f.end, theirs, following, symbol=f.symbol), place)
    return read


def _end_of_title(text: str, outer: Reference, following: Reference) -> int:
    """Where the title of a document ends in which the following one stands, or that one; 0 where it stands in none."""
    carried = 0 < following.start - outer.extent < _LONGEST_VERB and _CARRIES.fullmatch(
        text, outer.extent, following.start
    )
    end = following.end if carried else outer.extent if outer.title_start >= 0 else -1
    return end if end > following.start else 0


def _of_another(outer: Reference, place: Place | None, top: Place | None) -> bool:
    """Is a document another province's than the reader's, or one of a body of which nobody knows in which it is?"""
    return place != top if place else outer.scope == UNKNOWN and top is not None


def _of_theirs(f: Reference, details: CitationDetails, place: Place | None) -> Reference:
    """The reference read with the eyes of the province of the document around it, nobody's where that is not known."""
    of = details.issuer if details.issuer and details.issuer.key else None
    if of:
        extent = max(f.extent, details.extent)
        return replace(f, issuer=of.name, issuer_key=of.key, scope=of.scope or f.scope, extent=extent)
    if place is None:
        return replace(f, issuer=None, issuer_key=None, scope=UNKNOWN)
    return f if f.scope else replace(f, scope=place.key)


def bodies_in_titles(
    text: str, references: Sequence[Reference], found: list[BodyMention], bodies: BodyFinder
) -> list[BodyMention]:
    """Return the bodies; "Tỉnh ủy" in the title of another province's document is that province's, and of one that nobody knows
    nobody's."""
    starts = [body.start for body in found]
    read, nobodys, top = list(found), set[int](), bodies.places.top
    for outer in references:
        place = province_of(outer.scope) if outer.title_start >= 0 else None
        if outer.title_start < 0 or not _of_another(outer, place, top):
            continue
        theirs = BodyFinder(place)
        for i in range(bisect_left(starts, outer.title_start), bisect_left(starts, outer.extent)):
            again = theirs.read(text, starts[i])
            if again and again.end == found[i].end:
                read[i] = again
            elif place is None and again is None and top and found[i].scope == top.key:
                nobodys.add(i)
    return [body for i, body in enumerate(read) if i not in nobodys]
