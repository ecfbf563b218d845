"""Builds that lose their power, and builds on a disk that runs full, has a quota or takes no more, on a small file system of their own.

A file system lies in an image. When a build has come to one of its writes, it is halted and the image copied as it is: of what was
written only what had been synced, or what the system happened to write by itself, is in it, as after a loss of power. From the copy a
reader must get the old graph or the new one, and the next build must end as if nothing had been. Needs Linux, root, and loop devices.
Quotas are those of btrfs, which hold for root too.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from chidao.extract.errors import ChidaoError
from chidao.tests.torture.children import MEMORY, apart, at_write, in_child, killed
from chidao.tests.torture.graphs import Prepared, built, held, outcome_of, prepared, warm

_SIZE = 48 << 20
_QUOTA_SIZE = 160 << 20
"""The least that btrfs takes is 109 MB."""
_OPTIONS = ("", "data=writeback,noauto_da_alloc", "commit=300")
"""How the file system is mounted: what it promises of its own accord differs."""


def attack(seed: int, times: int) -> str:
    """Take away the power so often, and the room on the disk, from a process of its own, which has no threads when it forks."""
    return apart(__file__, seed, times)


def _attack(seed: int, times: int) -> str:
    if os.geteuid() or not shutil.which("mkfs.ext4"):
        return "not tried: needs root and mkfs.ext4"
    chance = random.Random(seed)
    outcome: Counter[str] = Counter()
    with TemporaryDirectory(prefix="chidao-power-", dir=MEMORY) as name:
        folder = Path(name)
        warm()
        empty = folder / "empty.img"
        with empty.open("wb") as stream:
            stream.truncate(_SIZE)
        _run("mkfs.ext4", "-q", "-F", empty)
        try:
            with _mounted(empty, folder / "disk"):
                pass
        except subprocess.CalledProcessError:
            return "not tried: no file system can be mounted here"
        ready = list(prepared(folder))
        points = {one.change.name: _writes(one, folder) for one in ready}
        for _ in range(times):
            one = chance.choice(ready)
            number = _point(points[one.change.name], chance)
            outcome[_lose_power(one, folder, empty, number, chance.choice(_OPTIONS))] += 1
        full = Counter(_run_full(chance.choice(ready), folder, empty, chance) for _ in range(times // 2))
        quota = _quotas(ready, folder, chance, times // 2)
    return (
        f"{times} losses of power at one of {sum(points.values())} writes or just after the build: {outcome['old']} left the old graph, {outcome['new']} the new one; "
        f"{times // 2} disks full or read-only: {full['refused']} in one line, {full['done']} had room; {quota}; 0 anything else"
    )


def _point(writes: int, chance: random.Random) -> int | None:
    """Which of so many writes; often one of the last, where a generation is published, or None: after the build."""
    return chance.choice((None, chance.randrange(max(writes - 12, 0), writes), chance.randrange(writes)))


def _run(*command: str | Path) -> str:
    try:
        return subprocess.run([str(word) for word in command], check=True, capture_output=True, encoding="utf-8").stdout
    except subprocess.CalledProcessError as error:
        error.add_note(error.stderr)
        raise


@contextmanager
def _mounted(image: Path, place: Path, options: str = "") -> Iterator[Path]:
    place.mkdir(exist_ok=True)
    _run("mount", "-o", ",".join(filter(None, ("loop", options))), image, place)
    try:
        yield place
    finally:
        _run("umount", place)


def _start(one: Prepared, disk: Path) -> Path:
    graph = disk / "graph"
    if one.base:
        shutil.copytree(one.base, graph)
    os.sync()
    return graph


def _writes(one: Prepared, folder: Path) -> int:
    graph = folder / "counted"
    shutil.rmtree(graph, ignore_errors=True)
    if one.base:
        shutil.copytree(one.base, graph)

    def count() -> int:
        met = at_write(graph, -1, killed)
        built(one.docs, graph, fresh=one.change.fresh)
        return len(met)

    return int(in_child(count)[1])


def _lose_power(one: Prepared, folder: Path, empty: Path, number: int | None, options: str) -> str:
    """Lose the power at a write, look, and build again; which graph was there."""
    image, copy = folder / "disk.img", folder / "copy.img"
    shutil.copyfile(empty, image)
    where = f"{one.change.name}, power lost {'after the build' if number is None else f'at write {number}'}, mounted with {options or 'nothing'}"
    with _mounted(image, folder / "disk", options) as disk:
        graph = _start(one, disk)

        def death() -> None:
            shutil.copyfile(image, copy)
            killed()

        def doomed() -> None:
            if number is not None:
                at_write(graph, number, death)
            built(one.docs, graph, fresh=one.change.fresh)
            death()

        ended, _ = in_child(doomed)
        assert ended, f"{where}: it was not stopped"
    with _mounted(copy, folder / "disk") as disk:
        found = outcome_of(one, disk / "graph", where)
    assert number is not None or found == "new" or one.before == one.after, f"{where}: a build that was done is lost"
    return found


def _run_full(one: Prepared, folder: Path, empty: Path, chance: random.Random) -> str:
    """Build where the disk has little room left, or takes nothing."""
    image = folder / "disk.img"
    shutil.copyfile(empty, image)
    room = chance.choice((None, _room(chance)))
    with _mounted(image, folder / "disk") as disk:
        graph = _start(one, disk)
        if room is None:
            _run("mount", "-o", "remount,ro", disk)
            return _short(one, graph, "read-only", lambda: _run("mount", "-o", "remount,rw", disk))
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        with (disk / "filler").open("wb") as stream:
            os.posix_fallocate(stream.fileno(), 0, max(free - room, 1))
        return _short(one, graph, f"{room} bytes free", (disk / "filler").unlink)


def _quotas(ready: list[Prepared], folder: Path, chance: random.Random, times: int) -> str:
    """Build so many times where a quota leaves little room; figures."""
    if not shutil.which("mkfs.btrfs"):
        return "quotas not tried: they need btrfs"
    image, outcome = folder / "quota.img", Counter[str]()
    with image.open("wb") as stream:
        stream.truncate(_QUOTA_SIZE)
    _run("mkfs.btrfs", "-q", image)
    with _mounted(image, folder / "quota") as disk:
        _run("btrfs", "quota", "enable", disk)
        for number in range(times):
            outcome[_beyond_quota(chance.choice(ready), disk / str(number), _room(chance))] += 1
    return f"{times} quotas: {outcome['refused']} in one line, {outcome['done']} had room"


def _beyond_quota(one: Prepared, part: Path, room: int) -> str:
    """Build in a part of the disk whose quota leaves so many bytes."""
    _run("btrfs", "subvolume", "create", part)
    try:
        graph = _start(one, part)
        _run("btrfs", "filesystem", "sync", part)
        name, used, *_ = _run("btrfs", "qgroup", "show", "--raw", "-f", part).splitlines()[-1].split()
        _run("btrfs", "qgroup", "limit", str(int(used) + room), name, part.parent)
        relieve = partial(
            _run, "btrfs", "qgroup", "limit", "none", name, part.parent
        )  # said of the full part, it is refused
        return _short(one, graph, f"a quota with {room} bytes left", relieve)
    finally:
        _run("btrfs", "subvolume", "delete", part)


def _room(chance: random.Random) -> int:
    return chance.choice((chance.randrange(0, 4 << 20), chance.randrange(0, 200_000)))


def _short(one: Prepared, graph: Path, scarce: str, relieve: Callable[[], object]) -> str:
    """Build where room is scarce: "done", or "refused" in one line with the old graph in place; and again when there is room."""
    where = f"{one.change.name}, {scarce}"

    def build() -> Any:
        try:
            return bool(built(one.docs, graph, fresh=one.change.fresh))
        except ChidaoError as error:
            assert "\n" not in str(error) and "cannot be written" in str(error), str(error)
            return False

    try:
        died, done = in_child(build)
    except AssertionError as error:
        raise AssertionError(f"{where}: {error}") from None
    assert not died, f"{where}: it died of signal {died}"
    found = in_child(lambda: held(graph))[1]
    assert found == (one.after if done else one.before), f"{where}: neither the old graph nor the new one"
    relieve()
    outcome_of(one, graph, where)
    return "done" if done else "refused"


if __name__ == "__main__":
    print(_attack(int(sys.argv[1]), int(sys.argv[2])))
