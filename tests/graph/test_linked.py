"""All documents and what they say of each other, as numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from chidao.graph.answers.linked import Known, Linked, linked
from chidao.graph.store import Folder
from chidao.graph.tables.asked import Tabled

DOCUMENTS = [Known(f"https://e/{n}", f"{n}/KH-UBND", "", "", "", "", "", "") for n in range(4)]


@pytest.mark.parametrize(
    ("told", "links"),
    [
        ([], {}),
        ([("cites", 3, 1, True)], {"cites": [(3, 1, True)]}),
        ([("cites", 3, 1, False), ("cites", 0, 2, True)], {"cites": [(0, 2, True), (3, 1, False)]}),
        ([("cites", 3, 1, False), ("cites", 3, 1, True), ("cites", 3, 1, False)], {"cites": [(3, 1, True)]}),
        (
            [("cites", 3, 1, False), ("implements", 3, 1, True)],
            {"cites": [(3, 1, False)], "implements": [(3, 1, True)]},
        ),
        ([("cites", 3, 3, True), ("cites", 1, 3, True)], {"cites": [(1, 3, True), (3, 3, True)]}),
    ],
)
def test_a_link_is_one_number_in_order_and_told_outright_where_it_is_once(
    told: list[tuple[str, int, int, bool]], links: dict[str, list[tuple[int, int, bool]]]
) -> None:
    found = Linked.of(DOCUMENTS, told)
    assert {name: [found.ends(link) for link in of] for name, of in found.links.items()} == links
    assert all(of.itemsize == 8 for of in found.links.values())


@pytest.mark.parametrize("of", ["tables", "rdf"])
def test_titles_are_left_out_but_of_what_is_called_nothing_else(sample_graph: Path, of: str) -> None:
    store = Tabled.open(Folder(sample_graph).current())
    asked = store if of == "tables" else Tabled(store.rdf)
    every, plain = linked(asked), linked(asked, titled=False)
    assert any(one.title for one in every.documents) and any(one.issuer for one in every.documents)
    assert plain.links == every.links
    assert plain.documents == [one._replace(title="" if one.label else one.title, issuer="") for one in every.documents]
    dates = [one.date for one in every.documents if one.date]
    assert len(set(map(id, dates))) == len(set(dates)) < len(dates)  # what many have in common is held once
