"""A place is read from a query's row and said in words."""

from __future__ import annotations

import pytest

from chidao.graph.evidence import Evidence, Place

# the row of a query -> what the place is in English and in Vietnamese, below the folder C:/x/
PLACES: list[tuple[dict[str, str | None], str, str]] = [
    ({"source": "a.txt", "line": "7"}, "a.txt, line 7", "a.txt, dòng 7"),
    ({"source": "C:\\x\\y\\b.pdf", "line": "7", "page": "2", "row": None}, "y/b.pdf, page 2, line 7", "y/b.pdf, trang 2, dòng 7"),
    ({"source": "C:/x/so.xlsx", "line": "2", "page": None, "row": "0"}, "so.xlsx, row 1", "so.xlsx, dòng dữ liệu 1"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "en", "vi"), PLACES)
def test_words(row: dict[str, str | None], en: str, vi: str) -> None:
    place = Place.of(row)
    assert (place.words(folder="C:/x/"), place.words("vi", "C:/x/")) == (en, vi)


def test_an_evidence_is_printed_as_its_query_gave_it() -> None:
    row = {
        "source": "a.pdf",
        "page": "2",
        "row": None,
        "line": "31",
        "sentence": "Câu.",
        "quote": None,
        "footnote": "1",
    }
    assert Evidence.of(row).texts(*row) == row


def test_one_sentence_counts_once_however_sure_it_is() -> None:
    row = {"source": "a.txt", "line": "1", "sentence": "Câu."}
    assert Evidence.of(row | {"certainty": "implied"}) == Evidence.of(row | {"certainty": "explicit"})
