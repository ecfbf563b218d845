"""Patterns that are kept compiled: they find what freshly compiled ones do, and damage costs time only."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from chidao.extract.language import kept_patterns as kept
from chidao.extract.language.beside_bytecode import place_beside
from chidao.extract.language.composing import Part

inner: Any = re._compiler  # type: ignore[attr-defined]

PATTERNS = [
    (r"(?P<number>[0-9]{1,5})(?:/(?P<year>(?:19|20)[0-9]{2}))?-NQ/TW", 0, "Nghị quyết số 15-NQ/TW, 18/2021-NQ/TW"),
    (r"(?i:căn\s+cứ)(?!\w)|(?<![a-zà-ỹ])theo", 0, "CĂN CỨ Luật; theo đề nghị"),
    ("kính gửi", re.IGNORECASE | re.MULTILINE, "KÍNH GỬI: Sở Nội vụ"),
    (r"^(\S+) (\1)$", re.MULTILINE, "một một\nhai ba"),
    (Part("[IVX]{1,6}", "IV"), 0, "khóa XIII"),
]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    yield place_beside(kept.__file__, "trial")
    assert inner.compile.__module__ == "re._compiler"


def compiled() -> tuple[list[re.Pattern[str]], int]:
    """The patterns, as a block of imports gets them, and how many had to be compiled."""
    re.purge()
    count = 0
    former = inner._code

    def counted(*given: Any) -> Any:
        nonlocal count
        count += 1
        return former(*given)

    inner._code = counted
    try:
        with kept.kept_patterns("trial"):
            return [re.compile(pattern, flags) for pattern, flags, _ in PATTERNS], count
    finally:
        inner._code = former
        re.purge()


def told(patterns: list[re.Pattern[str]]) -> list[Any]:
    return [
        (p.pattern, p.flags, p.groups, dict(p.groupindex), [(m.span(), m.groups(), m.lastgroup) for m in p.finditer(text)])
        for p, (_, _, text) in zip(patterns, PATTERNS, strict=True)
    ]  # fmt: skip


def test_what_is_kept_finds_the_same_and_is_compiled_once() -> None:
    fresh = [re.compile(pattern, flags) for pattern, flags, _ in PATTERNS]
    (first, all_of), (second, none) = compiled(), compiled()
    assert told(first) == told(second) == told(fresh) and all(found for *_, found in told(fresh))
    assert (all_of, none) == (len(PATTERNS), 0)


@pytest.mark.parametrize(
    "damage",
    [lambda data: b"", lambda data: data[:-1], lambda data: data[:40] + b"X" + data[41:], lambda data: data[32:]],
)
def test_what_is_damaged_is_compiled_and_kept_anew(place: Path, damage: Callable[[bytes], bytes]) -> None:
    compiled()
    place.write_bytes(damage(place.read_bytes()))
    assert compiled()[1] == len(PATTERNS) and compiled()[1] == 0
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_what_is_not_asked_for_any_more_is_not_kept(place: Path) -> None:
    with kept.kept_patterns("trial"):
        re.compile("a pattern of former rules")
    compiled()
    assert b"former" not in place.read_bytes()


def test_another_version_of_python_takes_nothing_over(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled()
    monkeypatch.setattr(sys, "version", "3.99")
    assert compiled()[1] == len(PATTERNS)


def test_who_asks_for_a_part_leaves_the_rest(place: Path) -> None:
    """Such a process had loaded some of the rules before."""
    compiled()
    with kept.kept_patterns("trial"):
        re.compile(*PATTERNS[0][:2])
    with kept.kept_patterns("trial"):
        pass
    assert compiled()[1] == 0


def test_who_writes_no_bytecode_keeps_none(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert compiled()[1] == compiled()[1] == len(PATTERNS) and not place.exists()


def test_where_nothing_can_be_written_all_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "file"))
    assert compiled()[1] == len(PATTERNS)


def test_another_re_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(inner, "_code")
    with kept.kept_patterns("trial"):
        assert inner.compile.__module__ == "re._compiler"


def test_a_broken_pattern_is_told_as_ever() -> None:
    with kept.kept_patterns("trial"), pytest.raises(re.error, match="unterminated"):
        re.compile("(?P<number>[0-9")


def elsewhere(does: Callable[[], object]) -> None:
    """Do this in another thread, to its end."""
    thread = threading.Thread(target=does)
    thread.start()
    thread.join()


@pytest.mark.parametrize("first_to_leave", [0, 1])
def test_of_blocks_at_the_same_time_none_stays(first_to_leave: int) -> None:
    before = inner.compile
    blocks = [kept.kept_patterns("trial"), kept.kept_patterns("other")]
    blocks[0].__enter__()
    elsewhere(blocks[1].__enter__)
    for block in blocks if first_to_leave == 0 else reversed(blocks):
        block.__exit__(None, None, None)
    assert inner.compile is before
    assert compiled()[1] == len(PATTERNS)  # and the next block is as any


def test_what_other_threads_compile_is_not_kept(place: Path) -> None:
    with kept.kept_patterns("trial"):
        re.compile("a pattern of rules")
        elsewhere(lambda: re.compile("what a notebook looks for"))
    assert b"of rules" in place.read_bytes() and b"notebook" not in place.read_bytes()


def test_what_is_compiled_after_a_block_is_not_noted(place: Path) -> None:
    """Also by who took hold of the function meanwhile, and keeps its own in its place."""
    before = inner.compile
    with kept.kept_patterns("trial"):
        held = inner.compile
        inner.compile = theirs = lambda pattern, flags=0: held(pattern, flags)
    try:
        assert inner.compile is theirs
        asked = next(cell.cell_contents for cell in held.__closure__ if isinstance(cell.cell_contents, dict))
        assert re.compile("what a notebook looks for").match("what") is None and not asked
    finally:
        inner.compile = before


def test_a_block_that_fails_gives_way_to_the_next() -> None:
    with pytest.raises(ImportError), kept.kept_patterns("trial"):
        raise ImportError
    assert (compiled()[1], compiled()[1]) == (len(PATTERNS), 0)
