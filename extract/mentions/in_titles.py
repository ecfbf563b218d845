"""What stands in the title of another province's document is read with that province's eyes: its Tỉnh ủy, its NQ/TU.

"… báo cáo theo Kế hoạch số 33/KH-UBND của UBND tỉnh Nam Định thực hiện Nghị quyết số 08-NQ/TU của Tỉnh ủy" speaks of the committee of
Nam Định, whoever writes it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from chidao.extract.language.jurisdictions import province_of
from chidao.extract.language.patterns import ABOUT, ORGANIZES
from chidao.extract.language.symbols import issuer_of
from chidao.extract.language.tables import CARRIES as CARRYING
from chidao.extract.language.verbs import verbs
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.citation import read_citation
from chidao.extract.mentions.title_ends import Following
from chidao.extract.model import BodyMention, Reference

_CARRIES = re.compile(rf"\s+(?:{ABOUT}\s+)?{ORGANIZES}{verbs('title', CARRYING)}\s+", re.IGNORECASE)
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
    read = list(found)
    for i, outer in enumerate(found[:-1]):
        end = outer.extent if outer.title_start >= 0 else -1
        if 0 < found[i + 1].start - outer.extent < _LONGEST_VERB and _CARRIES.fullmatch(
            text, outer.extent, found[i + 1].start
        ):
            end = found[i + 1].end
        place = province_of(outer.scope) if end > found[i + 1].start else None
        if place is None or place == bodies.places.top:
            continue
        theirs = BodyFinder(place)
        for j in range(i + 1, len(found)):
            f = found[j]
            if f.start >= end:
                break
            issuer = issuer_of(f.symbol) if f.symbol else None
            if f.kind == "numbered" and issuer and issuer.template:
                details = read_citation(text, f.end, theirs, following)
                of = details.issuer if details.issuer and details.issuer.key else None
                read[j] = (
                    replace(f, issuer=of.name, issuer_key=of.key, scope=of.scope or f.scope, extent=max(f.extent, details.extent))
                    if of
                    else f if f.scope else replace(f, scope=place.key)
                )  # fmt: skip
    return read


def bodies_in_titles(
    text: str, references: Sequence[Reference], found: list[BodyMention], bodies: BodyFinder
) -> list[BodyMention]:
    """Return the bodies; "Tỉnh ủy" in the title of another province's document is that province's."""
    starts = [body.start for body in found]
    read = list(found)
    for outer in references:
        place = province_of(outer.scope) if outer.title_start >= 0 else None
        if place is None or place == bodies.places.top:
            continue
        theirs = BodyFinder(place)
        for i in range(bisect_left(starts, outer.title_start), bisect_left(starts, outer.extent)):
            again = theirs.read(text, starts[i])
            if again and again.end == found[i].end:
                read[i] = again
    return read
