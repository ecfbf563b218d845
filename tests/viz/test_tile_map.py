"""The map of squares, and what each says."""

from __future__ import annotations

from chidao.graph.answers.coverage import Cell, CellDocument, Row
from chidao.graph.answers.provinces import official_order
from chidao.viz.web.rendering.tile_map import GAP, HEIGHT, WIDTH, tile_map

DONE = CellDocument("urn:d", "Kế hoạch 1", None, None, "2025-03-01", 59, "implements", "explicit", 1, None, None)


def row(key: str) -> Row:
    cell = (
        Cell("implemented", (DONE,), (), None)
        if key == "da-nang"
        else Cell("unknown", (), (), None, files=key == "hue")
    )
    return Row(key, f"tỉnh {key}", None, (cell,))


ROWS = [row(key) for key in official_order()]


def test_an_archipelago_has_the_state_of_its_province() -> None:
    found = tile_map(ROWS)
    assert found
    squares = {square.name: square for square in found.squares}
    assert len(found.squares) == 36
    for name in ("Đà Nẵng", "Hoàng Sa"):
        assert (squares[name].progress, squares[name].days, squares[name].key) == ("implemented", 59, "da-nang")
    assert (squares["Hoàng Sa"].part, squares["Hoàng Sa"].full_name) == (True, "Hoàng Sa, tỉnh da-nang")
    assert (squares["Huế"].progress, squares["Cà Mau"].progress, squares["Trường Sa"].progress) == (
        "silent",
        "no-files",
        "no-files",
    )


def test_squares_do_not_meet_and_lie_within_the_drawing() -> None:
    found = tile_map(ROWS)
    assert found
    for square in found.squares:
        assert square.x % (WIDTH + GAP) == square.y % (HEIGHT + GAP) == 0
        assert square.x + WIDTH <= found.width
        assert square.y + HEIGHT <= found.height


def test_other_rows_have_no_map() -> None:
    assert tile_map(ROWS[:-1]) is None
    assert tile_map([*ROWS, row("ha-tay")]) is None, "the provinces of another day"
