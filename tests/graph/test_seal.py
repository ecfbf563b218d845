"""Nothing of a sealed generation changes unseen."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

from chidao.graph import seal
from chidao.graph.store import Folder


@pytest.fixture(scope="module")
def sealed(sample_graph: Path) -> Path:
    return Folder(sample_graph).current()


@pytest.fixture
def copy(sealed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sealed, tmp_path / "0001"))


def kept_files(generation: Path) -> list[Path]:
    return [p for p in sorted(generation.iterdir()) if p.name not in ("LOCK", "LOG")]


def test_a_sound_generation(sealed: Path) -> None:
    found = seal.check(sealed)
    assert found.quads > 1000 and {stamp.name for stamp in found.files} >= {"CURRENT", "IDENTITY"}
    assert list(seal.damage(sealed)) == []
    assert len(seal.built(sealed)["entries"]) == 12 and len(seal.mark(sealed)) == 16


def test_a_bit_anywhere_is_seen(sealed: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    for path in kept_files(sealed):
        data = path.read_bytes()
        for at in chance.sample(range(len(data) * 8), min(4, len(data) * 8)):
            copy = Path(shutil.copytree(sealed, tmp_path / "0001"))
            flipped = bytearray(data)
            flipped[at // 8] ^= 1 << at % 8
            (copy / path.name).write_bytes(flipped)
            assert seal.mark(copy) != seal.mark(sealed) or len(list(seal.damage(copy))) == 1, (path.name, at)
            shutil.rmtree(copy)


def test_a_part_is_looked_at_each_time(copy: Path) -> None:
    harmed = [path for path in kept_files(copy) if path.stat().st_size > 70_000]
    for path in harmed:
        data = bytearray(path.read_bytes())
        data[100] ^= 1
        path.write_bytes(data)
    assert harmed and len(list(seal.damage(copy, 10**12))) == len(harmed)
    assert len(list(seal.damage(copy, 1))) <= 1


def test_no_more_is_looked_at_than_was_asked_for_and_every_file_at_some_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file may be larger than that, and is then looked at alone."""
    sizes = {
        "000001.sst": 700,
        "000002.sst": 20,
        "000003.sst": 0,
        "000004.sst": 900,
        "000005.sst": 500,
        "000006.sst": 30,
    }
    for name, size in sizes.items():
        (tmp_path / name).write_bytes(bytes(size))
    seal.seal(tmp_path, 0, None)
    looked_at: list[str] = []
    stamp = seal._stamp

    def noting(path: Path) -> seal.Stamp:
        looked_at.append(path.name)
        return stamp(path)

    monkeypatch.setattr(seal, "_stamp", noting)
    times = dict.fromkeys(sizes, 0)
    for _ in range(300):
        looked_at.clear()
        assert not list(seal.damage(tmp_path, 600))
        assert len(looked_at) == len(set(looked_at))
        assert sum(sizes[name] for name in looked_at) <= 600 or len([name for name in looked_at if sizes[name]]) == 1
        for name in looked_at:
            times[name] += 1
    assert all(times.values()), times
    looked_at.clear()
    assert not list(seal.damage(tmp_path, 10_000)) and sorted(looked_at) == list(sizes)


def test_opening_sees_what_is_cut_or_gone_or_grown(sealed: Path, tmp_path: Path) -> None:
    for path in kept_files(sealed):
        data = path.read_bytes()
        for other in (None, data[:-1], data[1:], data + b"\0", b"")[: 5 if data else 1]:
            copy = Path(shutil.copytree(sealed, tmp_path / "0001"))
            (copy / path.name).unlink() if other is None else (copy / path.name).write_bytes(other)
            with pytest.raises(seal.Damaged) as caught:
                seal.check(copy)
                seal.built(copy)
            assert caught.value.file == copy / path.name
            shutil.rmtree(copy)


def test_opening_sees_a_bit_at_the_end_of_a_table(copy: Path) -> None:
    """The engine checks what it reads of a table but the last bytes, which say where its index is."""
    for table in copy.glob("*.sst"):
        data = bytearray(table.read_bytes())
        data[-20] ^= 16
        table.write_bytes(data)
        with pytest.raises(seal.Damaged, match="not as it was written"):
            seal.check(copy)
        data[-20] ^= 16
        table.write_bytes(data)
    seal.check(copy)


def test_a_link_is_no_file_of_a_generation(copy: Path, tmp_path: Path) -> None:
    (copy / "IDENTITY").rename(tmp_path / "elsewhere")
    (copy / "IDENTITY").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(seal.Damaged, match="missing"):
        seal.check(copy)


def test_what_the_engine_writes_for_itself_is_not_sealed(copy: Path) -> None:
    (copy / "LOG").unlink()
    (copy / "LOCK").write_bytes(b"x")
    assert list(seal.damage(copy)) == []


@pytest.mark.parametrize(
    "head", ["[]", "3", '["generation", "5", "", ""]', '["site", "4", "", ""]', "[" * 100_000, "\0"]
)
def test_an_odd_head(copy: Path, head: str) -> None:
    _, *rest = (copy / seal.NAME).read_bytes().splitlines(keepends=True)
    (copy / seal.NAME).write_bytes(b"".join((head.encode() + b"\n", *rest)))
    (found,) = seal.damage(copy)
    assert "\n" not in str(found)


def test_only_own_files_are_given(copy: Path) -> None:
    own = {path.name for path in seal.own(copy)}
    assert next(seal.own(copy)).name == seal.NAME
    assert own == {path.name for path in copy.iterdir()}
    for name in ("notes.txt", "000001.sst.docx", "CURRENT.bak", "LOG.txt", "a.log"):
        (copy / name).write_text("mine")
    (copy / "000099.sst").symlink_to(copy / "notes.txt")
    assert {path.name for path in seal.own(copy)} == own


def test_a_name_that_is_no_unicode(copy: Path) -> None:
    seal.seal(copy, 3, {"path": "b\udcff.txt"})
    assert seal.built(copy) == json.loads(json.dumps({"path": "b\udcff.txt"})) and seal.check(copy).quads == 3
