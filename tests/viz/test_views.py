"""What pages show, as plain data."""

from __future__ import annotations

from pathlib import Path

import pytest

from chidao.graph.store import Folder
from chidao.viz.web.pages.views import counted, dated, followed, province_name, provinces
from chidao.viz.web.snapshots import Snapshot, open_snapshot


@pytest.fixture(scope="module")
def snapshot(sample_graph: Path) -> Snapshot:
    return open_snapshot(Folder(sample_graph).current())


def test_directives_are_counted_where_their_day_is_known(snapshot: Snapshot) -> None:
    known = [row["document"] for row in followed(snapshot) if row["date"] and row["level"] == "central"]
    assert dated(followed(snapshot)) == known
    assert list(counted(snapshot)) == known
    assert {tally.of for tally in counted(snapshot).values()} == {1, 34, None}, (
        "that on the capital is for Hà Nội alone"
    )


def test_the_provinces_are_those_of_a_day() -> None:
    from datetime import date

    assert (len(provinces(date(2026, 1, 1))), len(provinces(date(2025, 6, 30)))) == (34, 63)
    assert province_name("yen-bai") == "tỉnh Yên Bái"
    assert province_name("atlantis") is None
