"""What is made of the tables is made once for all who keep it, and of the same only."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator
from functools import partial

from chidao.extract.language.composing import one_of
from chidao.ontology.kept import KEPT, Made, made
from chidao.ontology.vocabulary import CHIDAO, RDF, SKOS, TABLES, Table


def within(known: Made, work: Callable[[], object]) -> tuple[object, Made]:
    """What work gives while this is known, and what it asked for."""
    asked = Made()
    token = KEPT.set((known, asked))
    try:
        return work(), asked
    finally:
        KEPT.reset(token)


def test_it_is_made_once_where_it_is_kept_and_else_each_time() -> None:
    times: list[int] = []

    def make() -> int:
        times.append(1)
        return len(times)

    assert [made(b"a", make), made(b"a", make)] == [1, 2]
    first, asked = within({}, lambda: made(b"a", make))
    again, _ = within(asked, lambda: made(b"a", make))
    other, _ = within(asked, lambda: made(b"b", make))
    assert (first, again, other) == (3, 3, 4)


def test_groups_of_phrases_are_the_same_in_whatever_order() -> None:
    phrases = ["chủ trì", "hủy bỏ", "chủ động"]
    group, asked = within({}, lambda: one_of(phrases))
    assert group == one_of(reversed(phrases)) and len(asked) == 1
    assert within(asked, lambda: one_of({*phrases, "chủ trì"}))[1] == asked
    others: tuple[Callable[[], str], ...] = (
        lambda: one_of(phrases, whole=True), lambda: one_of(phrases[:2]), lambda: one_of(phrases, spelled)
    )  # fmt: skip
    for differing in others:
        found, new = within(asked, differing)
        assert found == differing() != group and not new.keys() & asked.keys()


def spelled(phrase: str) -> Iterator[str]:
    yield from phrase


def test_tables_say_the_same_from_what_is_kept() -> None:
    """Whoever keeps it, it is plain data; names of blank nodes are others each time that a file is parsed."""
    for name in TABLES:
        fresh, asked = within({}, partial(Table, name))
        again, _ = within(marshal.loads(marshal.dumps(asked)), partial(Table, name))
        assert len(asked) == 1 and isinstance(again, Table) and isinstance(fresh, Table) and vars(again) == vars(fresh)
        once_more, kind = Table(name), CHIDAO.Body if name == "bodies" else SKOS.Concept
        assert [again.values(s, SKOS.prefLabel, "vi") for s in again.subjects(RDF.type, kind)] == [
            once_more.values(s, SKOS.prefLabel, "vi") for s in once_more.subjects(RDF.type, kind)
        ]
