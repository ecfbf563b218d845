"""A file as it lies on this machine: only one of the graph's, with the bytes that were read."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from chidao.graph.write.build import build
from chidao.viz.web.pages.original import Compared
from chidao.viz.web.serving.app import make_app

pytestmark = pytest.mark.slow
NAME, PACKED = "Nghị quyết “15”.txt", "03-chuong-trinh-16-ctr-tu.txt"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """A file, and one in an archive; the graph of both is beside them."""
    made = tmp_path_factory.mktemp("original")
    shutil.copy(samples / "01-nghi-quyet-15-nq-tw.txt", made / NAME)
    with zipfile.ZipFile(made / "nén.zip", "w") as archive:
        archive.write(samples / PACKED, PACKED)
    build([made], made / "graph", jobs=1)
    return made


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with TestClient(make_app(folder / "graph")) as made:
        yield made


def address(data: bytes) -> str:
    return f"/original/{hashlib.sha256(data).hexdigest()}"


def test_it_is_sent_as_it_is_to_be_kept_and_not_shown(client: TestClient, folder: Path) -> None:
    data = (folder / NAME).read_bytes()
    answer = client.get(address(data))
    assert (answer.status_code, answer.content) == (200, data)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"Ngh_ quy_t _15_.txt\"; filename*=UTF-8''Ngh%E1%BB%8B%20quy%E1%BA%BFt%20%E2%80%9C15%E2%80%9D.txt"
    )


def test_a_file_in_an_archive(client: TestClient, samples: Path) -> None:
    data = (samples / PACKED).read_bytes()
    answer = client.get(address(data))
    assert (answer.status_code, answer.content) == (200, data)
    assert PACKED in answer.headers["content-disposition"]


def test_who_asks_for_many_members_of_archives_starts_no_process_for_each(folder: Path, samples: Path) -> None:
    app = make_app(folder / "graph")
    packed, plain = (address(path.read_bytes()) for path in (samples / PACKED, folder / NAME))

    async def ask() -> list[int]:
        for _ in range(2):
            await app.state.unpacking.acquire()  # as two that are being unpacked do
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
            third = asyncio.create_task(client.get(packed))
            await asyncio.wait([third], timeout=2)
            assert not third.done()
            beside = await client.get(plain)
            app.state.unpacking.release()
            return [beside.status_code, (await third).status_code]

    assert asyncio.run(ask()) == [200, 200]


class Unreadable(io.FileIO):
    """A file that nobody may read any more."""

    def readinto(self, buffer: object) -> int:
        raise AssertionError("it is read again")


@pytest.mark.skipif(os.name != "posix", reason="elsewhere each answer reads the file")
def test_a_file_is_not_read_again_before_it_is_sent_again(root: Path, tmp_path: Path) -> None:
    compared, old = Compared(), root / "LICENSE"
    if tmp_path.stat().st_ctime - old.stat().st_ctime < 10:
        pytest.skip("the checkout is too new for a file's age to tell")
    sha256 = hashlib.sha256(old.read_bytes()).hexdigest()
    with old.open("rb") as stream:
        assert compared.is_same(stream, sha256) and stream.tell() == 0
    again: Any
    with io.BufferedReader(Unreadable(old)) as again:
        assert compared.is_same(again, sha256)
    new = tmp_path / "a.txt"
    shutil.copy(old, new)
    with new.open("rb") as stream:
        assert compared.is_same(stream, sha256), "another file with these bytes"
    with io.BufferedReader(Unreadable(new)) as again, pytest.raises(AssertionError, match="read again"):
        compared.is_same(again, sha256)
    new.write_bytes(b"x")
    with new.open("rb") as stream:
        assert not compared.is_same(stream, sha256)


@pytest.mark.parametrize("asked", ["0" * 64, "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "A" * 64, "", NAME])
def test_nothing_else_is_sent(client: TestClient, asked: str) -> None:
    assert client.get(f"/original/{asked}").status_code == 404


def test_what_has_changed_since_is_not_sent(folder: Path, tmp_path: Path, samples: Path) -> None:
    file = tmp_path / "a.txt"
    shutil.copy(samples / PACKED, file)
    build([file], tmp_path / "graph", jobs=1)
    data = file.read_bytes()
    with TestClient(make_app(tmp_path / "graph")) as client:
        assert client.get(address(data)).status_code == 200
        file.write_bytes(data + b"\n")
        assert client.get(address(data)).status_code == 410
        assert client.get(address(data + b"\n")).status_code == 404
        file.unlink()
        os.mkfifo(file)
        assert client.get(address(data)).status_code == 410, "a pipe in its place is not waited for"
        file.unlink()
        assert client.get(address(data)).status_code == 410
