"""Tables of printed pages: from ruled lines to rows, and over the end of a page."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.formats.page import Glyph, Line, TableCell, TableRow, join_rows, lay_out, row_line
from chidao.extract.formats.ruled import MAX_RULES, Rule, find_grids, lay_out_page


def typed(text: str, left: float, base: float, size: float = 14.0) -> list[Glyph]:
    """Text as a program writes it: each character half its size wide."""
    return [Glyph(c, left + i * size / 2, left + (i + 1) * size / 2, base, size) for i, c in enumerate(text)]


def flat(at: float, start: float, end: float) -> Rule:
    return Rule(False, at, start, end)


def upright(at: float, start: float, end: float) -> Rule:
    return Rule(True, at, start, end)


def box(left: float, bottom: float, right: float, top: float) -> list[Rule]:
    return [flat(bottom, left, right), flat(top, left, right), upright(left, bottom, top), upright(right, bottom, top)]


FULL = [*(flat(y, 50, 450) for y in (700, 650, 600)), *(upright(x, 600, 700) for x in (50, 250, 450))]
"""Two rows of two cells."""


def texts(lines: Sequence[Line]) -> list[str]:
    return [line.text for line in lines]


class TestGrids:
    @pytest.mark.parametrize(
        ("rules", "cells"),
        [
            pytest.param(FULL, 4, id="whole rules"),
            pytest.param([r for x in (50, 250) for y in (600, 650) for r in box(x, y, x + 200, y + 50)], 4, id="cell by cell"),
            pytest.param([*FULL[:3], *(upright(x, y, y + 49) for x in (50, 250, 450) for y in (600, 651))], 4, id="in pieces"),
            pytest.param([*FULL, *(flat(y + 1.5, 50, 450) for y in (700, 650, 600))], 4, id="double borders"),
            pytest.param([*FULL[:4], upright(250, 600, 650), FULL[5]], 3, id="two cells of the first row are one"),
            pytest.param([FULL[0], flat(650, 250, 450), *FULL[2:]], 3, id="a cell that reaches down two rows"),
            pytest.param([*FULL[1:3], *FULL[3:]], 4, id="no rule above"),
            pytest.param([*FULL[:3], FULL[4]], 4, id="no rules at the sides"),
            pytest.param(box(50, 50, 550, 800), None, id="a frame around the page"),
            pytest.param([flat(700, 50, 150), flat(100, 50, 150)], None, id="lines under a heading and over notes"),
            pytest.param([flat(y, 50, 450) for y in (700, 650, 600)], None, id="no upright rule"),
            pytest.param([*FULL[:3], upright(50, 600, 700)], None, id="one upright rule"),
            pytest.param([flat(n, 0, 9) for n in range(0, 9 * MAX_RULES, 9)] + FULL[3:], None, id="a drawing"),
            pytest.param([], None, id="nothing"),
        ],
    )  # fmt: skip
    def test_cells(self, rules: list[Rule], cells: int | None) -> None:
        for given_rules in (rules, rules[::-1]):
            found = find_grids(given_rules)
            assert [len(set(grid.cells.values())) for grid in found] == ([] if cells is None else [cells])

    def test_tables_apart_and_one_within_another(self) -> None:
        lower = [
            Rule(r.upright, r.at - 300 * (not r.upright), r.start - 300 * r.upright, r.end - 300 * r.upright)
            for r in FULL
        ]
        assert len(find_grids([*FULL, *lower])) == 2
        inner = [*(flat(y, 260, 440) for y in (690, 680, 660)), *(upright(x, 660, 690) for x in (260, 300, 440))]
        (grid,) = find_grids([*FULL, *inner])
        assert len(set(grid.cells.values())) == 4, "a table in a cell belongs to the cell"

    @given(
        st.lists(st.floats(5, 200), min_size=2, max_size=6),
        st.lists(st.floats(5, 200), min_size=1, max_size=6),
        st.randoms(use_true_random=False),
    )
    def test_any_grid_is_found_again(self, widths: list[float], heights: list[float], random: object) -> None:
        xs = [30.0]
        for width in widths:
            xs.append(xs[-1] + width)
        ys = [20.0]
        for height in heights:
            ys.append(ys[-1] + height)
        rules = [flat(y, xs[0], xs[-1]) for y in ys] + [upright(x, ys[0], ys[-1]) for x in xs]
        random.shuffle(rules)  # type: ignore[attr-defined]
        (grid,) = find_grids(rules)
        assert grid.across == pytest.approx(xs) and grid.down == pytest.approx(ys[::-1])
        for i, (a, b) in enumerate(zip(grid.down, grid.down[1:], strict=False)):
            for k, (c, d) in enumerate(zip(grid.across, grid.across[1:], strict=False)):
                assert grid.square((c + d) / 2, (a + b) / 2) == (i, k)
        assert grid.square(xs[0] - 1, ys[0]) is grid.square(xs[0], ys[-1] + 1) is None

    @given(
        st.lists(
            st.builds(Rule, st.booleans(), st.floats(0, 800), st.floats(0, 800), st.floats(0, 800)).filter(lambda r: r.start <= r.end),
            max_size=30,
        ),
        st.lists(
            st.builds(Glyph, st.sampled_from("a1Đ"), st.floats(0, 500), st.floats(501, 600), st.floats(0, 800), st.floats(5, 20)),
            max_size=15,
        ),
    )  # fmt: skip
    def test_no_glyph_is_lost(self, rules: list[Rule], glyphs: list[Glyph]) -> None:
        lines = lay_out_page(glyphs, rules)
        written = sorted(c for line in lines for c in line.text if not c.isspace() and c != "|")
        plain = sorted(c for line in lay_out(glyphs) for c in line.text if not c.isspace())
        assert [c for c in written if c.isalpha()] == [c for c in plain if c.isalpha()]
        assert len(written) == len(plain)


class TestRows:
    def test_a_row_is_a_line(self) -> None:
        glyphs = [
            *typed("Phụ lục", 50, 720), *typed("Nội dung", 55, 680), *typed("chủ trì", 255, 680), *typed("Rà soát quy", 55, 635),
            *typed("hoạch số 12/KH-", 55, 620), *typed("UBND", 55, 605), *typed("Sở Nội vụ", 255, 620), *typed("Trên đây", 50, 580),
        ]  # fmt: skip
        assert texts(lay_out_page(glyphs, FULL)) == [
            "Phụ lục",
            "Nội dung | chủ trì",
            "Rà soát quy hoạch số 12/KH-UBND | Sở Nội vụ",
            "Trên đây",
        ]

    def test_a_cell_of_two_rows_is_empty_in_the_second(self) -> None:
        rules = [FULL[0], flat(650, 50, 250), *FULL[2:]]
        glyphs = [*typed("Việc một", 55, 680), *typed("Việc hai", 55, 620), *typed("Sở Nội vụ", 255, 648)]
        assert texts(lay_out_page(glyphs, rules)) == ["Việc một | Sở Nội vụ", "Việc hai"]

    def test_a_heading_in_a_ruled_table_stays_as_printed(self) -> None:
        glyphs = [
            *typed("ỦY BAN NHÂN DÂN", 55, 685, 12), *typed("TỈNH A", 55, 670, 12), *typed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", 255, 685, 12),
            *typed("Số: 1/KH-UBND", 55, 620, 12), *typed("A, ngày 05 tháng 3 năm 2026", 255, 620, 12),
        ]  # fmt: skip
        assert "\n".join(texts(lay_out_page(glyphs, FULL))).split("\n") == [
            "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA",
            "TỈNH A | ",
            "Số: 1/KH-UBND | A, ngày 05 tháng 3 năm 2026",
        ]

    def test_a_drawing_keeps_its_words_as_lines(self) -> None:
        assert texts(lay_out_page(typed("Biểu đồ", 55, 680), FULL)) == ["Biểu đồ"]
        assert lay_out_page(typed("Biểu đồ", 55, 680), FULL)[0].row is None


EDGES = (50.0, 80.0, 250.0, 350.0)


def row(*cells: str, edges: tuple[float, ...] = EDGES) -> Line:
    """A row of a table; "\\n" parts the lines of a cell. Letters are 7 points wide."""
    made = []
    for text, left, right in zip(cells, edges, edges[1:], strict=False):
        lines = [Line(t, 600, 14, left + 5, left + 5 + 7 * len(t)) for t in text.split("\n") if t]
        made.append(TableCell(tuple(lines), right))
    return row_line(TableRow(tuple(made), edges, 580), 620)


HEADER = row("TT", "Nhiệm vụ", "Chủ trì")


class TestOverThePage:
    @pytest.mark.parametrize(
        ("above", "below"),
        [
            pytest.param(("2", "Rà soát để bảo", "Sở Nội vụ"), ("", "đảm đồng bộ", ""), id="a small letter"),
            pytest.param(("2", "Rà soát quy", "Sở Nội vụ"), ("", "ước, tập quán", ""), id="a small letter with marks"),
            pytest.param(
                ("2", "Thực hiện Kế hoạch ngày", "Sở Y tế"), ("", "Mười hai", ""), id="a word that ends nothing"
            ),
            pytest.param(("2", "Kế hoạch số 102", "Sở Y tế"), ("", "/KH-UBND", ""), id="a symbol in two"),
            pytest.param(("2", "Thực hiện Kế hoạch ban hành", "Sở Y tế"), ("", "12/4/2025 của tỉnh", ""), id="a date"),
            pytest.param(("2", "Đề án (Quyết định", "Sở Y tế"), ("", "Thủ tướng)", ""), id="an open bracket"),
            pytest.param(("2", "Đề án của tỉnh Lào", "Sở Y tế,"), ("", "", "Sở Nội vụ"), id="a list of bodies"),
            pytest.param(("2", "Nghị quyết Hội đồng nhân", "Sở Y tế"), ("", "Dân tỉnh", ""), id="a full line"),
        ],
    )
    def test_a_row_cut_in_two_is_one(self, above: tuple[str, ...], below: tuple[str, ...]) -> None:
        pages = join_rows([[HEADER, row(*above)], [row(*below), row("3", "Khác", "Sở Y tế")]])
        assert [len(lines) for lines in pages] == [2, 1]
        whole = pages[0][-1].row
        assert whole is not None
        assert whole.texts == tuple(tuple(t for t in pair if t) for pair in zip(above, below, strict=True))

    @pytest.mark.parametrize(
        ("above", "below"),
        [
            pytest.param(("2", "Rà soát quy định", "Sở Y tế"), ("3", "đầu tư", "Sở Nội vụ"), id="a number of its own"),
            pytest.param(("2", "Rà soát quy định.", "Sở Y tế"), ("", "Xây dựng đề án", ""), id="a sentence ends"),
            pytest.param(("2", "Rà soát", "Sở Y tế"), ("", "Xây dựng đề án", ""), id="a line that had room"),
            pytest.param(("2", "Rà soát", "Sở Y tế"), ("", "a) Xây dựng", ""), id="an item"),
            pytest.param(
                ("2", "Nghị quyết Hội đồng nhân", "Sở Y tế"), ("", "Đề án", "Sở Nội vụ"), id="a lead of its own"
            ),
        ],
    )
    def test_a_row_of_its_own_stays(self, above: tuple[str, ...], below: tuple[str, ...]) -> None:
        assert [len(lines) for lines in join_rows([[HEADER, row(*above)], [row(*below)]])] == [2, 1]

    def test_a_header_printed_again_is_left_out(self) -> None:
        numbers = row("(1)", "(2)", "(3)")
        first, second, third = row("1", "Một", "Sở"), row("2", "Hai", "Sở"), row("3", "Ba", "Sở")
        pages = join_rows([[HEADER, numbers, first], [HEADER, numbers, second], [HEADER, numbers, third]])
        assert [texts(lines) for lines in pages] == [texts([HEADER, numbers, first]), [second.text], [third.text]]

    def test_another_table_keeps_its_header(self) -> None:
        other = row("TT", "Nhiệm vụ", "Chủ trì", edges=(50.0, 100.0, 250.0, 350.0))
        between = Line("Phụ lục II", 500, 14, 50, 120)
        assert [len(p) for p in join_rows([[HEADER, row("1", "Một", "Sở")], [other]])] == [2, 1]
        assert [len(p) for p in join_rows([[HEADER, row("1", "Một", "Sở")], [between, HEADER]])] == [2, 2]
