"""The list of files: what was read of each, and what was not and why."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from chidao.graph.building import build_workspace
from chidao.graph.workspace import Settings, Workspace
from chidao.viz.web.serving.app import make_app

pytestmark = pytest.mark.slow
HERE = ("127.0.0.1", 50000)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("list")
    workspace = Workspace(folder / "office")
    workspace.prepare()
    for path in samples.glob("0*.txt"):
        shutil.copy(path, workspace.files)
    shutil.copy(samples / "01-nghi-quyet-15-nq-tw.txt", workspace.files / "Nghị quyết, bản sao.txt")
    (workspace.files / "sub").mkdir()
    (workspace.files / "sub" / "hỏng.pdf").write_bytes(b"%PDF-1.7 and no more")
    (folder / "đến").mkdir()
    shutil.copy(samples / "10-bao-cao-huyen-uy-dong-anh.txt", folder / "đến")
    (folder / "đến" / "rỗng.txt").write_text(" ")
    workspace.save(Settings(watched=(str(folder / "đến"),)))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(workspace.path)
        build_workspace(folder / "graph", workspace, jobs=1, tell=lambda told: None)
    app = make_app(folder / "graph", workspace=workspace)
    with TestClient(app, base_url="http://localhost", client=HERE) as made:
        yield made


def rows(client: TestClient, query: str = "") -> dict[str, str]:
    """What stands beside each name."""
    text = client.get(f"/files{query}").text
    found = re.findall(r'<th scope="row">(.*?)</th>\s*<td>(.*?)</td>', text, re.S)
    return {re.sub("<.*?>", "", name): " ".join(re.sub("<.*?>", "", said).split()) for name, said in found}


def test_each_file_with_what_was_read_of_it(client: TestClient) -> None:
    found = rows(client)
    assert len(found) == 13
    assert found["files/01-nghi-quyet-15-nq-tw.txt"] == "1 văn bản, 5 viện dẫn, 4 nhiệm vụ"
    assert found["đến/10-bao-cao-huyen-uy-dong-anh.txt"] == "1 văn bản, 25 viện dẫn, 0 nhiệm vụ"
    assert found["files/Nghị quyết, bản sao.txt"] == "trùng nội dung với files/01-nghi-quyet-15-nq-tw.txt"


def test_what_was_not_read_why_and_what_to_do_and_no_path_of_the_machine(client: TestClient) -> None:
    found = rows(client, "?state=unread")
    assert found == {
        "files/sub/hỏng.pdf": "Tệp hỏng hoặc bị cắt cụt. Chép lại từ bản gốc rồi nạp lại.",
        "đến/rỗng.txt": "Tệp rỗng, không có chữ nào. Kiểm tra lại tệp gốc.",
    }
    assert "/office/" not in re.sub(r'action="/office/\w+"', "", client.get("/files").text)


@pytest.mark.parametrize(
    ("query", "count"),
    [("?q=nghi+quyet", 4), ("?q=NGHỊ+QUYẾT&state=read", 4), ("?q=zzz", 0), ("?q=hong", 1), ("?page=2", 0)],
)
def test_search_and_pages(client: TestClient, query: str, count: int) -> None:
    assert len(rows(client, query)) == count


@pytest.mark.parametrize("query", ["?state=x", "?page=0", "?q=a&q=b"])
def test_what_cannot_be_understood(client: TestClient, query: str) -> None:
    assert client.get(f"/files{query}").status_code == 400


def test_only_added_files_can_be_taken_out_and_only_from_here(client: TestClient) -> None:
    text = client.get("/files").text
    assert set(re.findall(r'name="file" value="(.*?)"', text)) == {
        *(name.removeprefix("files/") for name in rows(client) if name.startswith("files/"))
    }
    elsewhere = TestClient(client.app, base_url="http://localhost", client=("10.0.0.7", 1))
    assert "/office/remove" not in elsewhere.get("/files").text
    assert len(rows(elsewhere)) == 13
