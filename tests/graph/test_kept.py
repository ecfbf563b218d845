"""Kept facts are what was kept, or they are not there; they are never code."""

from __future__ import annotations

import pickle
import zlib
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract import RULES, extract_path
from chidao.extract.errors import SourceError
from chidao.extract.model import Facts, Heading, Source
from chidao.graph.write import kept
from chidao.graph.write.kept import DamagedFactsError, KeptFacts, decode, encode

KEY = "a" * 64
PLAIN = [Facts(Source("x.txt", "1" * 64, "utf-8", "Căn cứ"), Heading(title="Về việc"), row=3)]


def test_everything_comes_back_but_the_text(samples: Path) -> None:
    for path in sorted(samples.iterdir()):
        facts = extract_path(path)
        bare = [replace(f, source=replace(f.source, text="")) for f in facts]
        assert decode(KEY, encode(KEY, facts), facts[0].source.path) == bare


def test_the_path_may_be_no_unicode() -> None:
    odd = [replace(PLAIN[0], source=replace(PLAIN[0].source, path="b\udcff.txt"))]
    assert decode(KEY, encode(KEY, odd), "b\udcff.txt")[0].source.path == "b\udcff.txt"
    with pytest.raises(SourceError, match="halves of characters"):
        encode(KEY, [replace(PLAIN[0], heading=Heading(title="\ud800"))])


@given(st.integers(0, 8 * len(encode(KEY, PLAIN)) - 1))
def test_a_bit_anywhere_is_seen(at: int) -> None:
    data = bytearray(encode(KEY, PLAIN))
    data[at // 8] ^= 1 << at % 8
    with pytest.raises(DamagedFactsError):
        decode(KEY, bytes(data), "x")


@given(st.integers(0, len(encode(KEY, PLAIN)) - 1))
def test_a_cut_is_seen(size: int) -> None:
    with pytest.raises(DamagedFactsError):
        decode(KEY, encode(KEY, PLAIN)[:size], "x")


def test_they_stand_under_their_own_key() -> None:
    with pytest.raises(DamagedFactsError):
        decode("b" * 64, encode(KEY, PLAIN), "x")


class Spiteful:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return exec, ("raise SystemExit('code ran')",)


ODD = {
    "a pickle": pickle.dumps(Spiteful()),
    "a pickle, zipped": zlib.compress(pickle.dumps(Spiteful())),
    "nothing": zlib.compress(b""),
    "other types": zlib.compress(msgspec.msgpack.encode([{"source": 3}])),
    "no list": zlib.compress(msgspec.msgpack.encode(3)),
    "an extension type": zlib.compress(msgspec.msgpack.encode(msgspec.msgpack.Ext(1, b"x"))),
    "deep": zlib.compress(b"\x91" * 100_000),
    "cut": zlib.compress(bytes(100_000))[:-9],
}


@pytest.mark.parametrize("packed", ODD.values(), ids=ODD)
def test_what_no_build_wrote_is_no_facts(packed: bytes) -> None:
    """Also where the checksum fits."""
    data = kept._FORM + kept._sum(KEY, packed) + packed
    with pytest.raises(DamagedFactsError):
        decode(KEY, data, "x")


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 1 << 20)
    packed = zlib.compress(bytes(2 << 20))
    with pytest.raises(DamagedFactsError):
        decode(KEY, kept._FORM + kept._sum(KEY, packed) + packed, "x")


def test_the_folder(tmp_path: Path) -> None:
    folder = KeptFacts(tmp_path)
    assert not folder.holds(KEY)
    with pytest.raises(DamagedFactsError):
        folder.load(KEY, "x")
    folder.put(KEY, encode(KEY, PLAIN))
    folder.last([KEY])
    assert folder.holds(KEY) and folder.load(KEY, "x")[0].row == 3
    folder.forget([KEY])
    assert folder.holds(KEY)
    folder.forget([])
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_its_own_stays(tmp_path: Path) -> None:
    names = ("công văn.docx", "a" * 64, f"{'b' * 64}.facts", f"{'c' * 64}.facts.docx", ".hidden")
    for name in names:
        (tmp_path / name).write_bytes(b"mine")
    (tmp_path / f"{'d' * 64}.facts").symlink_to(tmp_path / names[0])
    (tmp_path / f"{'e' * 64}.facts").mkdir()
    before = sorted(tmp_path.iterdir())
    KeptFacts(tmp_path).forget([])
    assert sorted(tmp_path.iterdir()) == before


def test_another_shape_of_facts_is_another_version() -> None:
    shape = list(kept._shape(Facts, set()))
    assert "deadline: str | None" in shape and "path: str" in shape and "number: Span | None" in shape
    assert kept.VERSION.startswith(f"{RULES}.")
