"""The regions of the country on a day with their provinces: `regions.csv`, each with what says so."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from chidao.ontology.authority import jurisdictions

_TODAY = "2025-07-01"
"""The day since which the provinces are today's."""


@cache
def regions_on(day: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the regions of a day (today's where it is not known) with their provinces, those with the longest names first."""
    text = files("chidao.graph.answers").joinpath("regions.csv").read_text("utf-8")
    found = [
        (row["region"], tuple(row["provinces"].split()))
        for row in csv.DictReader(text.splitlines())
        if row["valid_from"] <= (day or _TODAY) <= (row["valid_to"] or "9999")
    ]
    return sorted(found, key=lambda region: -len(region[0]))


def regions_of(keys: Iterable[str]) -> set[str]:
    """Return the regions of today in which provinces are, by their keys."""
    return {region for key in keys if (region := region_of(key))}


def region_of(key: str) -> str:
    """Return the region of today in which a province is; of a former one, that of the province that it is part of; "" of no province."""
    heirs = {j.slug: j.successor for j in jurisdictions()}
    now = heirs.get(key) or key
    return next((region for region, provinces in regions_on(_TODAY) if now in provinces), "")
