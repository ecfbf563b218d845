"""Whose documents are here, and of which days."""

from __future__ import annotations

from pathlib import Path

import pytest

from chidao.graph.answers.own_documents import OwnDocuments, count_since, days_by_row, own_documents, surely_since
from chidao.graph.store import read_store
from chidao.graph.write.build import build

REGISTER = """Số ký hiệu,Ngày ban hành,Trích yếu,Cơ quan ban hành
15-CTr/TU,11/03/2024,Chương trình hành động thực hiện Nghị quyết số 88-NQ/TW ngày 10/01/2024 về chuyển đổi xanh,Tỉnh ủy Lào Cai
16-CTr/TU,,Chương trình không ghi ngày,Tỉnh ủy Lào Cai
"""


@pytest.mark.slow
def test_a_row_of_a_register_is_here_and_what_it_cites_is_not(tmp_path: Path) -> None:
    (tmp_path / "so.csv").write_text(REGISTER, encoding="utf-8")
    build([tmp_path / "so.csv"], tmp_path / "graph", jobs=1)
    (found,) = own_documents(read_store(tmp_path / "graph"))
    assert (found.days, found.scope) == (("2024-03-11",), "lao-cai")
    assert [iri.rpartition("/body/")[2] for iri in found.issuers] == ["lao-cai/cap-uy"]


def test_days_stand_in_order_by_row_and_what_has_no_row_is_left_out() -> None:
    made = [
        OwnDocuments(scope, issuers, days)
        for scope, issuers, days in (
            ("a", ("x",), ("2024-05-01", "2025-02-01", "2025-02-01")), ("a", ("y",), ("2024-01-01",)), ("b", (), ("2025-02-01",)),
            (None, (), ("2024-01-01",)),
        )
    ]  # fmt: skip
    place = lambda scope, issuers: scope  # noqa: E731
    every = {"a": ["2024-01-01", "2024-05-01", "2025-02-01", "2025-02-01"], "b": ["2025-02-01"]}
    assert days_by_row(made, place) == days_by_row(made, place, "2025-02-01") == every
    assert days_by_row(made, place, "2025-01-31") == {"a": every["a"][:2]}


@pytest.mark.parametrize(
    ("since", "count"), [("2024-01-01", 3), ("2024-01-02", 2), ("2025-02-01", 2), ("2025-02-02", 0), (None, None)]
)
def test_the_day_itself_counts(since: str | None, count: int | None) -> None:
    assert count_since(["2024-01-01", "2025-02-01", "2025-02-01"], since) == count


@pytest.mark.parametrize(
    ("day", "year", "since"),
    [
        ("2024-12-22", None, "2024-12-22"),
        ("2024-12-22", "2023", "2024-12-22"),
        (None, "2024", "2025-01-01"),
        (None, "khóa XIII", None),
        (None, "9999", None),
        (None, "²", None),
    ],
)
def test_of_a_year_alone_only_the_next_is_surely_later(day: str | None, year: str | None, since: str | None) -> None:
    assert surely_since(day, year) == since
