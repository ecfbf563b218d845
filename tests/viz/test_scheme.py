from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from chidao.graph.answers.network import to_networkx
from chidao.graph.answers.provinces import official_order
from chidao.graph.answers.surroundings import surroundings, surroundings_in
from chidao.graph.store import Folder
from chidao.graph.tables.asked import Tabled
from chidao.viz.drawing.scheme import CENTRAL, DEEP, Card, Scheme, scheme

CASES = tomllib.loads((Path(__file__).parent / "cases" / "schemes.toml").read_text("utf-8"))["case"]
TODAY = "2026-01-01"


def network_of(documents: list[str], says: list[str]) -> nx.MultiDiGraph[str]:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for line in documents:
        name, level, scope, date, *title = line.split(maxsplit=4)
        network.add_node(
            name, kind="document", label=name, number=name, level=level, scope=scope.strip("-"), date=date, title=" ".join(title), issuer=""
        )  # fmt: skip
    for line in says:
        subject, predicate, object_ = line.split()
        network.add_edge(subject, object_, key=predicate, predicate=predicate, certainty="explicit", evidence=[])
    return network


def crowd(size: int) -> nx.MultiDiGraph[str]:
    """A directive that every province carries out by a programme, a plan for that and as many plans for this plan as are left."""
    provinces = list(official_order())
    documents, says = ["f central vn 2024-05-01"], []
    for index in range(size):
        at, row = index % len(provinces), index // len(provinces)
        documents.append(f"{at}-{row} province {provinces[at]} 2024-06-{row % 28 + 1:02d}")
        says.append(f"{at}-{row} implements " + ("f" if row == 0 else f"{at}-{min(row - 1, 1)}"))
        says.append(f"{at}-{row} cites f")
    return network_of(documents, says)


def outline(found: Scheme) -> Iterator[str]:
    for zone, groups in found.zones.items():
        for group in groups:
            yield f"{zone} {group.key} {'open' if group.open else 'shut'} {group.count}"
            usual = "implements" if zone == "below" else group.key.removeprefix("~")
            for card in group.cards:
                yield from _lines(card, usual, 1)


def _lines(card: Card, usual: str, depth: int) -> Iterator[str]:
    said = f" {card.relation}" if card.relation != usual else ""
    yield "  " * depth + card.label + said + (f" qua {card.via}" if card.via else "")
    for below in card.below:
        yield from _lines(below, usual, depth + 1)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_where_each_document_stands(case: dict[str, Any]) -> None:
    network = network_of(case["documents"], case["says"])
    assert "\n".join(outline(scheme(surroundings_in(network, "f"), on=TODAY))) == case["scheme"].strip("\n")
    # The order in which a graph holds its nodes and edges decides nothing.
    turned = network_of(case["documents"][::-1], case["says"][::-1])
    assert scheme(surroundings_in(turned, "f"), on=TODAY) == scheme(surroundings_in(network, "f"), on=TODAY)


@pytest.mark.parametrize("size", [9, 169, 2000])
def test_a_crowd_stands_once_each_in_official_order(size: int) -> None:
    found = scheme(surroundings_in(crowd(size), "f"), on=TODAY)
    names = [card.iri for card in found.cards]
    assert len(names) == len(set(names)) == size == found.count("below")
    keys = [group.key for group in found.zones["below"]]
    assert keys == list(official_order())[:size]
    assert found.direct == min(size, len(official_order()))
    assert {group.open for group in found.zones["below"]} == {size <= 12}


@pytest.mark.parametrize(("most", "opened"), [(300, None), (300, "luoc-do-hue"), (2000, None)])
def test_of_a_crowd_nothing_is_asked_about_who_is_not_shown(most: int, opened: str | None) -> None:
    around, asked = surroundings_in(crowd(2000), "f"), set[str]()

    def tell(iris: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
        asked.update(iris)
        return around.tell(iris)

    every = scheme(around, on=TODAY)
    found = scheme(replace(around, tell=tell), on=TODAY, most=most, opened=opened)
    assert asked == {"f", *(card.iri for card in found.cards)}
    assert (found.cut, found.direct) == (most < 2000, every.direct)
    for group, whole in zip(found.zones["below"], every.zones["below"], strict=True):
        shown = not found.cut or group.name == opened
        assert group == (whole if shown else replace(whole, cards=()))


def test_the_office_s_own_province_is_open() -> None:
    found = scheme(surroundings_in(crowd(169), "f"), on=TODAY, own="hue")
    assert [group.key for group in found.zones["below"] if group.open] == ["hue"]
    assert not any(group.open for group in scheme(surroundings_in(crowd(169), "f"), on=TODAY, own="").zones["below"])


def test_a_group_of_central_bodies_comes_first() -> None:
    network = crowd(169)
    network.add_node("m", kind="document", label="m", level="central", scope=CENTRAL, date="2025-01-01")
    network.add_edge("m", "f", key="implements", predicate="implements", certainty="implied", evidence=[])
    first = scheme(surroundings_in(network, "f"), on=TODAY).zones["below"][0]
    assert (first.key, first.cards[0].certainty) == (CENTRAL, "implied")


def test_a_chain_may_be_as_long_as_it_likes() -> None:
    names = [f"d{index}" for index in range(3000)]
    documents = ["f central vn 2024-05-01", *(f"{name} province hue 2024-06-01" for name in names)]
    found = scheme(
        surroundings_in(
            network_of(documents, [f"{a} implements {b}" for a, b in zip(names, ["f", *names], strict=False)]), "f"
        ),
        on=TODAY,
    )
    assert found.count("below") == 3000
    card, depth = found.zones["below"][0].cards[0], 1
    while card.below:
        card, depth = card.below[0], depth + 1
    assert depth == DEEP


def test_twice_as_many_cost_twice_as_much(calls: Callable[[Callable[[], object]], int]) -> None:
    few, many = crowd(1000), crowd(2000)
    scheme(surroundings_in(few, "f"), on=TODAY)
    assert calls(lambda: scheme(surroundings_in(many, "f"), on=TODAY)) < 2.3 * calls(
        lambda: scheme(surroundings_in(few, "f"), on=TODAY)
    )


def test_of_one_day_they_stand_as_their_numbers_count() -> None:
    names = ["10/KH-UBND", "9/KH-UBND", "100/KH-UBND"]
    documents = ["f central vn 2024-05-01", *(f"{name} province hue 2024-06-01" for name in names)]
    (group,) = scheme(
        surroundings_in(network_of(documents, [f"{name} implements f" for name in names]), "f"), on=TODAY
    ).zones["below"]
    assert [card.number for card in group.cards] == ["9/KH-UBND", "10/KH-UBND", "100/KH-UBND"]


@pytest.mark.parametrize("tabled", [True, False])
def test_what_is_asked_around_a_document_gives_the_scheme_of_the_whole_network(
    sample_graph: Path, tabled: bool
) -> None:
    store = Tabled.open(Folder(sample_graph).current())
    whole = to_networkx(store, evidence=False)
    asked = store if tabled else store.rdf
    for iri in whole:
        assert scheme(surroundings(asked, iri), on=TODAY) == scheme(surroundings_in(whole, iri), on=TODAY)
    with pytest.raises(KeyError):
        surroundings(asked, "https://example.org/nothing")


def test_an_unknown_document() -> None:
    with pytest.raises(KeyError):
        scheme(surroundings_in(crowd(1), "nobody"), on=TODAY)
