"""The scheme of a document (lược đồ), as plain data: cards in zones around it, whatever their number.

Above stands what it carries out and rests on, at its sides what it changes and what changes it, below what carries it out, by
province, with what carries that out in turn; then what rests on it, and what is merely cited. A pure function of the network; how it looks,
`assets/scheme.html` and a style sheet say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import networkx as nx

from chidao.graph.answers.coverage_rows import heir_of_province
from chidao.graph.answers.provinces import official_order
from chidao.ontology.authority import jurisdictions
from chidao.viz.words import drawn_level, words

FEW = 12
"""Up to so many cards, all groups of a zone are open."""
DEEP = 4
"""How many cards stand one under the other; what is further down stands beside the last of them."""
CENTRAL = "vn"
ZONES = ("above", "changed", "changes", "below", "resting", "tied")
_NUMBER = re.compile(r"[0-9]{1,9}")
Edge = tuple[str, str, str]
"""Subject, object and predicate of a statement, as networks name it."""


@dataclass(frozen=True, slots=True)
class Card:
    """A document. Its `label` ends with its `number`, where it has one. `relation` is the predicate of the statement `edge` between it and
    the focus, or what it carries out in turn: what it stands under, or `via`, by its label, where that is elsewhere. `below` has what
    carries it out in turn, within the group."""

    iri: str
    label: str
    number: str
    title: str
    issuer: str
    date: str
    level: str
    relation: str = ""
    certainty: str = "explicit"
    via: str = ""
    edge: Edge | None = None
    below: tuple[Card, ...] = ()

    @property
    def count(self) -> int:
        """How many documents it is, with what is below it."""
        return 1 + sum(card.count for card in self.below)


@dataclass(frozen=True, slots=True)
class Group:
    """Cards of one relation, or of one province by its key: `CENTRAL` for central bodies, "" where it is not known whose they are."""

    key: str
    cards: tuple[Card, ...]
    open: bool

    @property
    def every(self) -> Iterator[Card]:
        """Its cards with all that is below them."""
        waiting = list(self.cards)
        while waiting:
            yield (card := waiting.pop())
            waiting += card.below

    @property
    def count(self) -> int:
        """How many documents its cards stand for."""
        return sum(card.count for card in self.cards)


@dataclass(frozen=True, slots=True)
class Scheme:
    """`zones` has those of `ZONES` that hold anything, each with its groups in the order in which they are read; `direct` says how many
    documents carry the focus out themselves."""

    focus: Card
    zones: Mapping[str, tuple[Group, ...]] = field(default_factory=dict)
    direct: int = 0

    @property
    def cards(self) -> Iterator[Card]:
        """Every card but the focus."""
        for groups in self.zones.values():
            for group in groups:
                yield from group.every

    def count(self, zone: str) -> int:
        """Return how many documents a zone has."""
        return sum(group.count for group in self.zones.get(zone, ()))


def scheme(network: nx.MultiDiGraph[str], focus: str, *, on: str, own: str | None = None) -> Scheme:
    """Return the scheme of a document. `on` is the day whose provinces the groups are, `own` the province whose group is open in any case.
    Raises KeyError for an unknown document."""
    if focus not in network:
        raise KeyError(focus)
    made = _Cards(network)
    beside = made.beside(focus)
    parents = _parents(network, focus)
    taken = parents.keys() | {other for zone in ZONES[:3] for others in beside[zone].values() for other, _ in others}
    for zone, known in (("resting", parents.keys()), ("tied", taken)):
        beside[zone] = {key: [one for one in others if one[0] not in known] for key, others in beside[zone].items()}
    groups = {
        zone: made.by_relation(beside[zone]) if zone in beside else made.by_province(parents, focus, on, own)
        for zone in ZONES
    }
    direct = sum(parent == focus for parent, _ in parents.values())
    return Scheme(made.card(focus), {zone: groups[zone] for zone in ZONES if groups[zone]}, direct)


_Beside = dict[str, list[tuple[str, Edge]]]
"""By relation the other documents with the statement; "~implements" is one read from its object."""


@cache
def _order() -> dict[str, int]:
    return {name: at for at, name in enumerate(words().relations)}


def _rank(predicate: str) -> int:
    return _order().get(predicate, len(_order()))


@cache
def carrying() -> frozenset[str]:
    """Return the relations by which documents carry out others."""
    return frozenset(name for name, relation in words().relations.items() if relation.group == "carry")


def _parents(network: nx.MultiDiGraph[str], focus: str) -> dict[str, tuple[str, str]]:
    """What carries the focus out, itself or through others: each document with the one that it stands under, and the predicate. That is one
    of those nearest to the focus: which its title names, or else the oldest."""
    found: dict[str, tuple[str, str]] = {}
    waiting = {focus}
    while waiting:
        reached: dict[str, list[tuple[bool, int, _Age, str]]] = defaultdict(list)
        for parent in waiting:
            age, number = _age(network, parent), str(network.nodes[parent].get("number") or "")
            for child, _, key in network.in_edges(parent, keys=True):
                if key in carrying() and child != focus and child not in found:
                    named = bool(number) and number in str(network.nodes[child].get("title") or "")
                    reached[child].append((not named, _rank(key), age, key))
        for child in sorted(reached):
            _, _, (*_, parent), key = min(reached[child])
            found[child] = parent, key
        waiting = set(reached)
    return found


_Age = tuple[str, int, str, str]


def _age(network: nx.MultiDiGraph[str], name: str) -> _Age:
    """The date, then the number as people count: 2/KH-UBND before 10/KH-UBND."""
    data = network.nodes[name]
    number = _NUMBER.match(str(data.get("number") or ""))
    return str(data.get("date") or "9999"), int(number[0]) if number else -1, str(data.get("label") or ""), name


def _zone(group: str, outgoing: bool) -> str:
    if group == "change":
        return "changed" if outgoing else "changes"
    if group in ("carry", "ground"):
        return "above" if outgoing else "resting"
    return "tied"


@dataclass(frozen=True, slots=True)
class _Cards:
    """Makes the cards of one network."""

    network: nx.MultiDiGraph[str]

    def card(self, name: str, edge: Edge | None = None, via: str = "", below: Iterable[Card] = ()) -> Card:
        data = self.network.nodes[name]

        def text(key: str) -> str:
            return str(data.get(key) or "")

        certainty = str(self.network.edges[edge].get("certainty") or "explicit") if edge else "explicit"
        return Card(
            name, text("label") or text("title") or name, text("number"), text("title"), text("issuer"), text("date"),
            drawn_level(data.get("level")), edge[2] if edge else "", certainty, via, edge, tuple(below),
        )  # fmt: skip

    def beside(self, focus: str) -> dict[str, _Beside]:
        """The documents one step away, but for those that carry it out: each once in a zone, by its most telling relation."""
        edges = [(o, (s, o, key), True) for s, o, key in self.network.out_edges(focus, keys=True)]
        edges += [
            (s, (s, o, key), False) for s, o, key in self.network.in_edges(focus, keys=True) if key not in carrying()
        ]
        found: dict[str, _Beside] = {zone: defaultdict(list) for zone in ZONES if zone != "below"}
        seen: set[tuple[str, str]] = set()
        for other, edge, outgoing in sorted(
            edges, key=lambda one: (_rank(one[1][2]), not one[2], _age(self.network, one[0]))
        ):
            zone = _zone(words().relation(edge[2]).group, outgoing)
            once = (other, "" if zone in ("above", "resting", "tied") else zone)
            if other == focus or once in seen or self.network.nodes[other].get("kind") == "body":
                continue
            seen.add(once)
            found[zone][edge[2] if outgoing else f"~{edge[2]}"].append((other, edge))
        return found

    def by_relation(self, relations: _Beside) -> tuple[Group, ...]:
        few = sum(map(len, relations.values())) <= FEW
        telling = {key: [self.card(other, edge) for other, edge in edges] for key, edges in relations.items() if edges}
        return tuple(Group(key, tuple(cards), few and not key.endswith("cites")) for key, cards in telling.items())

    def by_province(
        self, parents: dict[str, tuple[str, str]], focus: str, on: str, own: str | None
    ) -> tuple[Group, ...]:
        """What carries the focus out by whose it is; within a group each document stands under the one through which it does."""
        group = {name: self._province(name, on) for name in parents}
        under: dict[str, str] = {}
        depth: dict[str, int] = {}
        below: dict[str, list[str]] = defaultdict(list)
        roots: dict[str, list[str]] = defaultdict(list)
        for name, (parent, _) in parents.items():  # a parent comes before what stands under it
            if parent == focus or group[parent] != group[name]:
                roots[group[name]].append(name)
                depth[name] = 1
            else:
                under[name] = parent if depth[parent] < DEEP else under[parent]
                below[under[name]].append(name)
                depth[name] = depth[under[name]] + 1
        made: dict[str, Card] = {}
        for name in reversed(parents):
            parent, key = parents[name]
            via = "" if parent in (focus, under.get(name)) else str(self.network.nodes[parent].get("label") or "")
            made[name] = self.card(name, (name, parent, key), via, (made[child] for child in self._aged(below[name])))
        few = len(parents) <= FEW
        order = {CENTRAL: -1} | official_order()
        return tuple(
            Group(key, tuple(made[name] for name in self._aged(roots[key])), few or (bool(own) and key == own))
            for key in sorted(roots, key=lambda key: (not key, order.get(key, len(order)), key))
        )

    def _aged(self, names: Sequence[str]) -> list[str]:
        return sorted(names, key=lambda name: _age(self.network, name))

    def _province(self, name: str, on: str) -> str:
        """The key of the province of the day that a document is of."""
        data: Mapping[str, Any] = self.network.nodes[name]
        scope = str(data.get("scope") or "").split("/")[0]
        if scope in (known := _jurisdictions()):
            return heir_of_province(known[scope], on).slug
        return CENTRAL if scope == CENTRAL or data.get("level") == "central" else ""


@cache
def _jurisdictions() -> dict[str, Any]:
    return {j.slug: j for j in jurisdictions() if j.slug != CENTRAL}
