"""The provinces of today as a map of squares, drawn without any map service: where each stands, and what its square says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chidao.graph.answers.coverage import Row
from chidao.graph.answers.provinces import tiles
from chidao.ontology.authority import jurisdictions

WIDTH, HEIGHT, GAP = 70, 34, 4


@dataclass(frozen=True, slots=True)
class Square:
    """A province's square, or that of an archipelago that belongs to it. `unit` is "TP." for a city, `days` are those that its first
    document took."""

    key: str
    name: str
    full_name: str
    x: int
    y: int
    progress: str
    days: int | None
    part: bool
    unit: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """The provinces as squares, on a grid so many squares wide and high."""

    squares: tuple[Square, ...]
    width: int
    height: int


def tile_map(rows: Sequence[Row]) -> TileMap | None:
    """Return the map of the first directive's column; None when the rows are not the provinces of today."""
    by_key = {row.key: row for row in rows}
    if by_key.keys() != {tile.province for tile in tiles()}:
        return None
    names = {j.slug: j.name for j in jurisdictions()}
    units = {j.slug: j.unit for j in jurisdictions()}
    squares = []
    for tile in tiles():
        row = by_key[tile.province]
        first = next((d for d in row.cells[0].documents if d.days is not None), None)
        squares.append(
            Square(
                tile.province, tile.part or names[tile.province], f"{tile.part}, {row.name}" if tile.part else row.name,
                tile.column * (WIDTH + GAP), tile.row * (HEIGHT + GAP), row.cells[0].progress,
                first.days if first else None, bool(tile.part),
                "" if tile.part or units[tile.province] == "tỉnh" else "TP.",
            )
        )  # fmt: skip
    return TileMap(tuple(squares), max(s.x for s in squares) + WIDTH, max(s.y for s in squares) + HEIGHT)
