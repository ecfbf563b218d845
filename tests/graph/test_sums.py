"""The sums of a file by its parts: what they tell, and what of a former file's they take over."""

from __future__ import annotations

from pathlib import Path

import pytest

from chidao.graph import sums
from chidao.graph.sums import ChangedError, agree, others, sums_from, sums_of


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sums, "PART", 4)


def write(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


@pytest.mark.parametrize("text", ["", "a", "abcd", "abcde", "abcdefgh"])
def test_a_file_has_its_own_sums_and_no_other_has_them(tmp_path: Path, text: str) -> None:
    path = write(tmp_path / "a", text)
    found = sums_of(path)
    assert agree(path, found) and agree(path, found, 4)
    for other in (text + "x", "x" + text[1:], text[:-1]):
        assert agree(write(tmp_path / "b", other), found) is (other == text)


def test_of_a_large_file_some_parts_are_looked_at_and_each_of_them_at_some_time(tmp_path: Path) -> None:
    path = write(tmp_path / "a", "abcdefghijklmnopqrst")
    found = sums_of(path)
    for at in range(0, 20, 4):
        damaged = write(tmp_path / "b", path.read_text()[:at] + "X" + path.read_text()[at + 1 :])
        told = {agree(damaged, found, 8) for _ in range(200)}
        assert told == {True, False} and not agree(damaged, found)


@pytest.mark.parametrize(
    "now", ["abcdefgh", "abXdefgh", "abcdefghij", "abcd", "", "abcdefgX", "XXXXXXXX", "abcdefghijklm"]
)
def test_a_file_made_from_another_one_has_the_sums_that_it_has_by_itself(tmp_path: Path, now: str) -> None:
    former, path = write(tmp_path / "a", "abcdefgh"), write(tmp_path / "b", now)
    assert sums_from(path, former, sums_of(former)) == sums_of(path)


@pytest.mark.parametrize("now", ["ABcdeXgh", "abcdeXgH", "abcdeXgh", "abcd", "", "abcdeXghijkl", "abcdEFGH"])
def test_damage_of_the_former_file_is_found_wherever_it_is(tmp_path: Path, now: str) -> None:
    """Whether what was made from it has left the place as it was, has changed it, or has it no more."""
    former = write(tmp_path / "a", "abcdefgh")
    known = sums_of(former)
    former.write_text("abcdeXgh")
    with pytest.raises(ChangedError):
        sums_from(write(tmp_path / "b", now), former, known)


def test_which_parts_are_others() -> None:
    assert others([], []) == [] and others(["1", "2", "3"], ["1", "x", "3"]) == [1]
    assert others(["1", "2"], ["1", "2", "3"]) == others(["1", "2", "3"], ["1", "2"]) == [2]
