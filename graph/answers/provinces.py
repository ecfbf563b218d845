"""The provinces of today in the order of official lists (the codes of Quyết định 19/2025/QĐ-TTg), each with its tile on a drawn map."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of the map: `province` is its key, `part` the name of an archipelago that belongs to it and has a square of its own."""

    province: str
    part: str
    code: str
    column: int
    row: int


@cache
def tiles() -> tuple[Tile, ...]:
    """Return every tile, in official order."""
    text = files("chidao.graph.answers").joinpath("provinces.csv").read_text("utf-8")
    return tuple(
        Tile(row["province"], row["part"], row["code"], int(row["column"]), int(row["row"]))
        for row in csv.DictReader(text.splitlines())
    )


@cache
def official_order() -> dict[str, int]:
    """Return the place of each of today's provinces in official lists, by its key."""
    return {key: place for place, key in enumerate(dict.fromkeys(tile.province for tile in tiles()))}
