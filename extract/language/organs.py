"""Organs of committees, which act and sign in the name of the whole: "Ban Thường vụ Tỉnh ủy", "Đoàn Chủ tịch"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import slug
from chidao.extract.language.tables import rows
from chidao.ontology.authority import body_templates

PLENUM = "Ban Chấp hành Trung ương"
"""The Central Committee, who issues what its plenums decide."""


@dataclass(frozen=True, slots=True)
class Organ:
    """`committee` is the slug of the committee whose documents the organ signs as its own (Hướng dẫn 36-HD/VPTW), or ""; a `central`
    one is there but once."""

    name: str
    committee: str
    example: str

    @property
    def slug(self) -> str:
        """Its name as keys have it."""
        return slug(self.name)

    @property
    def central(self) -> bool:
        """Is it an organ of the centre alone?"""
        return "trung-uong" in self.committee or "trung-uong" in self.slug


@cache
def organs() -> dict[str, Organ]:
    """Return the organs by their names in lower case.

    >>> organs()["ban thường vụ"].committee, organs()["bộ chính trị"].central
    ('cap-uy', True)
    """
    return {row["organ"].lower(): Organ(row["organ"], row["committee"], row["example"]) for row in rows("organs.csv")}


ORGAN = re.compile(rf"{one_of(organ.name for organ in organs().values())}(?!\w)\s*", re.IGNORECASE)
"""The name of an organ, up to whose it is."""


@cache
def council_boards() -> frozenset[str]:
    """Return how the boards of a people's council are called without whose they are.

    >>> "Ban Pháp chế" in council_boards(), "Ban Dân vận" in council_boards()
    (True, False)
    """
    councils = (t.name for t in body_templates() if t.parent == "hoi-dong-nhan-dan" and t.name.startswith("Ban "))
    return frozenset(name.partition(" Hội đồng nhân dân ")[0] for name in councils)
