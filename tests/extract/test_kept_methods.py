"""The methods of dataclasses that are kept compiled: they do what freshly compiled ones do, and only a block's own thread gets them."""

from __future__ import annotations

import dataclasses
import os
import sys
import threading
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from chidao.extract import frozen
from chidao.extract.language import kept_methods, kept_patterns
from chidao.extract.language.beside_bytecode import place_beside
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


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where methods are kept beside the bytecode."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    return place_beside(kept_patterns.__file__, "trial")


def compiled(monkeypatch: pytest.MonkeyPatch) -> tuple[list[Any], int]:
    """What two classes do that are made where methods are kept, and how many methods are compiled for it."""
    many = 0

    def compile_(*text: Any, **how: Any) -> Any:
        nonlocal many
        many += 1
        return compile(*text, **how)

    with monkeypatch.context() as patched:
        patched.setattr(kept_methods, "compile", compile_, raising=False)
        with kept_patterns.kept_patterns("trial"):
            classes = made()
    return told(classes), many


def test_they_are_kept_beside_the_bytecode_and_nobody_but_the_owner_may_write_them(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = os.umask(0)
    try:
        (fresh, all_of), (again, none) = compiled(monkeypatch), compiled(monkeypatch)
    finally:
        os.umask(former)
    assert fresh == again and all_of > 6 and none == 0
    assert not place.stat().st_mode & 0o022


@pytest.mark.parametrize("at", [0, 40, -1])
def test_damaged_ones_are_not_run_but_compiled_anew(place: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    fresh, all_of = compiled(monkeypatch)
    data = bytearray(place.read_bytes())
    data[at] ^= 1
    place.write_bytes(data)
    assert compiled(monkeypatch) == (fresh, all_of) and compiled(monkeypatch) == (fresh, 0)


@pytest.mark.parametrize("hindered", ["a file in the folder's place", "no bytecode is written"])
def test_where_none_can_be_kept_they_are_compiled_as_ever(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hindered: str
) -> None:
    if hindered == "no bytecode is written":
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
    else:
        (tmp_path / "file").write_text("")
        monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "file"))
    first, second = compiled(monkeypatch), compiled(monkeypatch)
    assert first == second and first[1] > 6 and not place.exists()
