"""The methods of dataclasses that are kept compiled: they do what freshly compiled ones do, and only a block's own thread gets them."""

from __future__ import annotations

import dataclasses
import threading
from types import CodeType
from typing import Any

import pytest

from chidao.extract import frozen
from chidao.extract.language.kept_methods import Methods, looked_up


def made() -> tuple[type[Any], type[Any]]:
    """Two classes, with methods that only their own fields and defaults tell apart."""

    @dataclasses.dataclass(frozen=True, slots=True)
    class Place:
        name: str
        level: str = "province"

    @frozen.quick
    @dataclasses.dataclass(frozen=True, slots=True)
    class Span:
        start: int
        end: int = 7

    return Place, Span


def told(classes: tuple[type[Any], type[Any]]) -> list[Any]:
    place, span = classes[0]("Hà Nội"), classes[1](3)
    with pytest.raises(dataclasses.FrozenInstanceError):
        place.name = "Huế"
    with pytest.raises(dataclasses.FrozenInstanceError):
        span.end = 9
    return [
        (repr(one).rpartition(".")[2], one == type(one)(*dataclasses.astuple(one)), hash(one), dataclasses.astuple(one))
        for one in (place, span, dataclasses.replace(place, level="commune"), dataclasses.replace(span, start=4))
    ]


def test_what_is_kept_does_the_same_and_is_compiled_once() -> None:
    first, second = Methods(), Methods()
    with looked_up({}, first):
        fresh = told(made())
    with looked_up(first, second):
        assert told(made()) == fresh == told(made())
    assert fresh[0][3] == ("Hà Nội", "province") and fresh[3][3] == (4, 7)
    assert len(first) > 6 and second == first and all(second[text] is first[text] for text in second)


def test_only_what_its_own_thread_makes_is_noted_and_nothing_stays() -> None:
    asked = Methods()
    with looked_up({}, asked):
        other = threading.Thread(target=made)
        other.start()
        other.join()
        assert not asked
        inner = Methods()
        with looked_up({}, inner):  # a block in a block leaves the first one alone
            made()
        assert asked and not inner
    many = len(asked)
    assert told(made()) and len(asked) == many
    assert not [maker for maker in (dataclasses, frozen) if "exec" in vars(maker)]


def test_code_is_run_as_it_is() -> None:
    asked: dict[str, CodeType] = {}
    names: dict[str, Any] = {}
    with looked_up({}, asked):
        vars(dataclasses)["exec"](compile("number = 15", "<string>", "exec"), names)
    assert names["number"] == 15 and not asked
