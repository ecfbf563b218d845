"""The scheme of a document (lược đồ), as plain data: cards in zones around it, whatever their number.

Above stands what it carries out and rests on, at its sides what it changes and what changes it, below what carries it out, by
province, with what carries that out in turn; then what rests on it, and what is merely cited. A pure function of its surroundings; how it
looks, `assets/scheme.html` and a style sheet say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, NamedTuple

from chidao.graph.answers.coverage_rows import heir_of_province
from chidao.graph.answers.provinces import official_order
from chidao.graph.answers.surroundings import Edge, Surroundings
from chidao.ontology.authority import jurisdictions
from chidao.viz.words import drawn_level, words

FEW = 12
"""Up to so many cards, all groups of a zone are open."""
DEEP = 4
"""How many cards stand one under the other; what is further down stands beside the last of them."""
CENTRAL = "vn"
ZONES = ("above", "changed", "changes", "below", "resting", "tied")
_NUMBER = re.compile(r"[0-9]{1,9}")


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
    """Documents of one relation ("~implements" is one read from its object), or of one province by its key: `CENTRAL` for central bodies,
    "" where it is not known whose they are. `count` says how many they are, with what is below their cards; of a group that is shut the
    cards may be left out."""

    key: str
    cards: tuple[Card, ...]
    open: bool
    count: int

    @property
    def name(self) -> str:
        """What it is called in the address that leads to it."""
        return f"luoc-do-{self.key.replace('~', '-') or 'khac'}"

    @property
    def every(self) -> Iterator[Card]:
        """Its cards with all that is below them."""
        waiting = list(self.cards)
        while waiting:
            yield (card := waiting.pop())
            waiting += card.below


@dataclass(frozen=True, slots=True)
class Scheme:
    """`zones` has those of `ZONES` that hold anything, each with its groups in the order in which they are read; `direct` says how many
    documents carry the focus out themselves, `cut` that cards of groups that are shut are left out."""

    focus: Card
    zones: Mapping[str, tuple[Group, ...]] = field(default_factory=dict)
    direct: int = 0
    cut: bool = False

    @property
    def cards(self) -> Iterator[Card]:
        """Every card but the focus."""
        for groups in self.zones.values():
            for group in groups:
                yield from group.every

    def count(self, zone: str) -> int:
        """Return how many documents a zone has."""
        return sum(group.count for group in self.zones.get(zone, ()))


class _Link(NamedTuple):
    """The statement by which a document stands where it does."""

    edge: Edge
    certainty: str


_Members = dict[str, _Link]
"""The documents of a group; what one stands under comes before it."""
_Told = Mapping[str, Mapping[str, Any]]


def scheme(
    around: Surroundings, *, on: str, own: str | None = None, most: int | None = None, opened: str | None = None
) -> Scheme:
    """Return the scheme of a document. `on` is the day whose provinces the groups are, `own` the province whose group is open in any case.
    Of more documents than `most`, groups that are shut have no cards, but for the one that is called `opened`."""
    parents = _parents(around)
    zones = _beside(around, parents)
    zones["below"] = _by_province(around, parents, on)
    few = {zone: sum(map(len, groups.values())) <= FEW for zone, groups in zones.items()}
    cut = most is not None and sum(len(members) for groups in zones.values() for members in groups.values()) > most

    def is_open(zone: str, key: str) -> bool:
        if zone == "below":
            return few[zone] or (bool(own) and key == own)
        return few[zone] and not key.endswith("cites")

    planned = {
        zone: [(Group(key, (), is_open(zone, key), len(members)), members) for key, members in zones[zone].items()]
        for zone in ZONES
        if zones[zone]
    }

    def is_shown(group: Group) -> bool:
        return not cut or group.open or group.name == opened

    shown = [members for groups in planned.values() for group, members in groups if is_shown(group)]
    told = around.tell({around.iri}.union(*shown))
    labels = {step.iri: step.label for step in around.steps}
    made = {
        zone: tuple(
            replace(group, cards=_cards(members, around.iri, told, labels)) if is_shown(group) else group
            for group, members in groups
        )
        for zone, groups in planned.items()
    }
    direct = sum(link.edge[1] == around.iri for link in parents.values())
    return Scheme(_card(around.iri, told), made, direct, cut)


@cache
def _order() -> dict[str, int]:
    return {name: at for at, name in enumerate(words().relations)}


def _rank(predicate: str) -> int:
    return _order().get(predicate, len(_order()))


def _parents(around: Surroundings) -> _Members:
    """What carries the document out, itself or through others, by the statement about the one that it stands under. That is one of those
    nearest to the document: which its title names, or else the oldest."""
    depth = {around.iri: 0} | {step.iri: step.depth for step in around.steps}
    ways = {step.iri: [_Link((step.iri, step.via, step.relation), step.certainty)] for step in around.steps}
    for link in around.again:
        if depth[link.lower] == depth[link.upper] + 1:
            ways[link.lower].append(_Link((link.lower, link.upper, link.relation), link.certainty))
    several = {lower: links for lower, links in ways.items() if len(links) > 1}
    told = around.tell({*several, *(link.edge[1] for links in several.values() for link in links)}) if several else {}

    def nearest(link: _Link) -> tuple[bool, int, _Age]:
        lower, upper, key = link.edge
        number = str(told[upper].get("number") or "")
        named = bool(number) and number in str(told[lower].get("title") or "")
        return not named, _rank(key), _age(told, upper)

    return {lower: min(links, key=nearest) if len(links) > 1 else links[0] for lower, links in ways.items()}


_Age = tuple[str, int, str, str]


def _age(told: _Told, name: str) -> _Age:
    """The date, then the number as people count: 2/KH-UBND before 10/KH-UBND."""
    data = told[name]
    number = _NUMBER.match(str(data.get("number") or ""))
    return str(data.get("date") or "9999"), int(number[0]) if number else -1, str(data.get("label") or ""), name


def _zone(group: str, outgoing: bool) -> str:
    if group == "change":
        return "changed" if outgoing else "changes"
    if group in ("carry", "ground"):
        return "above" if outgoing else "resting"
    return "tied"


def _beside(around: Surroundings, parents: Collection[str]) -> dict[str, dict[str, _Members]]:
    """The documents one step away, but for those that carry it out: each once in a zone, by its most telling relation."""
    found: dict[str, dict[str, _Members]] = {zone: defaultdict(dict) for zone in ZONES}
    seen: set[tuple[str, str]] = set()
    beside = sorted(around.beside, key=lambda edge: (_rank(edge[2]), edge[2], edge[0] != around.iri))
    for edge in beside:
        subject, object_, key = edge
        outgoing = subject == around.iri
        zone, other = _zone(words().relation(key).group, outgoing), object_ if outgoing else subject
        once = (other, "" if zone in ("above", "resting", "tied") else zone)
        if once not in seen:
            seen.add(once)
            found[zone][key if outgoing else f"~{key}"][other] = _Link(edge, around.beside[edge])
    taken = {*parents}.union(*(members for zone in ZONES[:3] for members in found[zone].values()))
    for zone, known in (("resting", parents), ("tied", taken)):
        left = {
            key: {name: link for name, link in members.items() if name not in known}
            for key, members in found[zone].items()
        }
        found[zone] = {key: members for key, members in left.items() if members}
    return found


def _by_province(around: Surroundings, parents: _Members, on: str) -> dict[str, _Members]:
    """What carries the document out by whose it is, in official order."""
    found: dict[str, _Members] = defaultdict(dict)
    for step in around.steps:
        found[_province(step.scope or "", step.level, on)][step.iri] = parents[step.iri]
    order = {CENTRAL: -1} | official_order()
    return {key: found[key] for key in sorted(found, key=lambda key: (not key, order.get(key, len(order)), key))}


def _province(scope: str, level: str | None, on: str) -> str:
    """The key of the province of the day that a document is of."""
    slug = scope.split("/")[0]
    if slug in (known := _jurisdictions()):
        return heir_of_province(known[slug], on).slug
    return CENTRAL if slug == CENTRAL or level == "central" else ""


@cache
def _jurisdictions() -> dict[str, Any]:
    return {j.slug: j for j in jurisdictions() if j.slug != CENTRAL}


def _cards(members: _Members, focus: str, told: _Told, labels: Mapping[str, str]) -> tuple[Card, ...]:
    """The cards of a group, by age; each stands under the one through which it is there, where that is in the group too."""
    under: dict[str, str] = {}
    depth: dict[str, int] = {}
    below: dict[str, list[str]] = defaultdict(list)
    roots: list[str] = []
    parents = {name: object_ if subject == name else subject for name, ((subject, object_, _), _) in members.items()}
    for name, parent in parents.items():
        if parent not in members:
            roots.append(name)
            depth[name] = 1
        else:
            under[name] = parent if depth[parent] < DEEP else under[parent]
            below[under[name]].append(name)
            depth[name] = depth[under[name]] + 1

    def aged(names: Iterable[str]) -> Iterator[Card]:
        return (made[name] for name in sorted(names, key=lambda name: _age(told, name)))

    made: dict[str, Card] = {}
    for name in reversed(parents):
        via = "" if parents[name] in (focus, under.get(name)) else labels[parents[name]]
        made[name] = _card(name, told, members[name], via, aged(below[name]))
    return tuple(aged(roots))


def _card(name: str, told: _Told, link: _Link | None = None, via: str = "", below: Iterable[Card] = ()) -> Card:
    data = told[name]

    def text(key: str) -> str:
        return str(data.get(key) or "")

    return Card(
        name, text("label") or text("title") or name, text("number"), text("title"), text("issuer"), text("date"),
        drawn_level(data.get("level")), link.edge[2] if link else "", link.certainty if link else "explicit", via,
        link.edge if link else None, tuple(below),
    )  # fmt: skip
