"""The sums of a file by its parts: what they tell, and which of them are made anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from chidao.graph import sums
from chidao.graph.sums import agree, copy, others, sums_again, sums_of, total


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
        changed = write(tmp_path / "b", other)
        assert agree(changed, found) is (other == text) is (total(sums_of(changed)) == total(found))


def test_of_a_large_file_some_parts_are_looked_at_and_each_of_them_at_some_time(tmp_path: Path) -> None:
    path = write(tmp_path / "a", "abcdefghijklmnopqrst")
    found = sums_of(path)
    for at in range(0, 20, 4):
        damaged = write(tmp_path / "b", path.read_text()[:at] + "X" + path.read_text()[at + 1 :])
        told = {agree(damaged, found, 8) for _ in range(200)}
        assert told == {True, False} and not agree(damaged, found)


@pytest.mark.parametrize("text", ["", "a", "abcd", "abcde", "abcdefgh"])
def test_a_copy_is_the_same_and_has_the_same_sums(tmp_path: Path, text: str) -> None:
    path = write(tmp_path / "a", text)
    copy(path, tmp_path / "b")
    assert sums_of(tmp_path / "b") == sums_of(path) and (tmp_path / "b").read_text() == text
    assert sums_of(path, [1, 5]) == sums_of(path)[1:2]
    with pytest.raises(FileExistsError):
        copy(path, tmp_path / "b")


WRITTEN = {
    "abcdefgh": [], "abXdefgh": [0], "abcdefghij": [], "abcd": [], "abc": [], "": [], "abcdefgX": [1], "XbcdefgX": [0, 1],
    "abcdefghijklm": [2, 3], "Xbcdefghijklm": [0], "abcdeX": [1], "Xbc": [0, 1],
}  # fmt: skip


@pytest.mark.parametrize("now", WRITTEN)
def test_where_some_parts_were_written_the_sums_are_those_that_the_file_has_by_itself(tmp_path: Path, now: str) -> None:
    """Also where it ends somewhere else now."""
    path = write(tmp_path / "a", "abcdefgh")
    found = sums_of(path)
    assert sums_again(write(path, now), found, WRITTEN[now]) == sums_of(path)


def test_a_part_that_was_not_written_keeps_its_sum_and_is_not_looked_at(tmp_path: Path) -> None:
    """So damage there is found by who compares the file with them."""
    path = write(tmp_path / "a", "abcdefghijkl")
    found = sums_of(path)
    write(path, "abcdefXhijkL")
    assert sums_again(path, found, [2])[:2] == found[:2] and not agree(path, sums_again(path, found, [2]))


def test_which_parts_are_others() -> None:
    assert others([], []) == [] and others(["1", "2", "3"], ["1", "x", "3"]) == [1]
    assert others(["1", "2"], ["1", "2", "3"]) == others(["1", "2", "3"], ["1", "2"]) == [2]
