"""Drafts that visitors hand in: read under bounds, told of, forgotten."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from starlette.testclient import TestClient

from chidao.viz.web.serving.app import make_app

FAULTY = "Thực hiện Nghị quyết số 15-NQ/TW ngày 31/2/2022 của Bộ Chính trị."


@pytest.fixture(scope="module")
def small(sample_graph: Path) -> Iterator[TestClient]:
    """A site that takes drafts of 100,000 bytes."""
    with TestClient(make_app(sample_graph, max_upload=100_000)) as client:
        yield client


def docx(text: str) -> bytes:
    document = Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


WAYS = [
    {"json": {"text": FAULTY}},
    {"data": {"text": FAULTY}},
    {"files": {"file": ("dự thảo.txt", FAULTY.encode())}},
    {"files": {"file": ("dự thảo.docx", docx(FAULTY))}},
    {"content": FAULTY.encode(), "headers": {"content-type": "text/plain"}},
    {"content": docx(FAULTY), "headers": {"content-type": "application/octet-stream"}},
]


@pytest.mark.parametrize("way", WAYS, ids=["json", "form", "text file", "docx file", "bytes", "docx bytes"])
def test_every_way_of_sending_gives_the_same_findings(site: TestClient, way: dict[str, object]) -> None:
    answer = site.post("/api/check", **way)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    (finding,) = [f for f in answer.json()["findings"] if f["rule"] == "impossible-date"]
    assert finding["severity"] == "error"
    assert "31/2/2022" in finding["excerpt"]


def test_the_mildest_findings_can_be_left_out(site: TestClient) -> None:
    text = FAULTY + " Căn cứ Quyết định số …/QĐ-UBND."
    everything = site.post("/api/check", json={"text": text}).json()["findings"]
    errors = site.post("/api/check?level=error", json={"text": text}).json()["findings"]
    assert {f["severity"] for f in errors} == {"error"}
    assert len(errors) < len(everything)


def test_the_commented_copy(site: TestClient) -> None:
    answer = site.post("/api/check?format=docx", files={"file": ("a.docx", docx(FAULTY))})
    assert answer.headers["content-disposition"] == 'attachment; filename="draft-check.docx"'
    document = Document(io.BytesIO(answer.content))
    assert [c.text for c in document.comments], "the findings are comments"


WRONG = [
    ({"json": {"txt": "x"}}, 400, "text"),
    ({"json": ["x"]}, 400, "text"),
    ({"content": b"{", "headers": {"content-type": "application/json"}}, 400, "text"),
    ({"content": b"", "headers": {"content-type": "text/plain"}}, 400, "No draft was sent"),
    ({"data": {"text": "  "}}, 400, "No draft was sent"),
    ({"content": b"x", "headers": {"content-type": "multipart/form-data; boundary=b"}}, 400, ""),
    ({"content": b"x", "headers": {"content-type": "video/mp4"}}, 415, "video/mp4"),
    ({"files": {"file": ("a.exe", b"MZ\x90\x00" + bytes(200))}}, 400, ""),
    (
        {"files": {"file": ("so.csv", "Số,Ngày,Trích yếu\n1/QĐ-UBND,01/02/2024,Về việc một\n".encode())}},
        400,
        "register",
    ),
    ({"json": {"text": FAULTY, "home": "Atlantis"}}, 404, "Atlantis"),
    ({"json": {"text": FAULTY + "\x04"}}, 400, "control characters"),
    ({"files": {"file": ("a.txt", (FAULTY + "\x04").encode())}}, 400, "control characters"),
    ({"json": {"text": FAULTY}, "params": {"level": "worst"}}, 400, "level is one of"),
    ({"data": {"text": "Không có gì.", "level": "worst"}}, 400, "level is one of"),
    ({"json": {"text": FAULTY}, "params": {"format": "pdf"}}, 400, "format is one of"),
    ({"json": {"text": FAULTY}, "params": {"lvl": "error"}}, 400, "no parameter is called 'lvl'"),
]


@pytest.mark.parametrize(("way", "status", "said"), WRONG)
def test_what_cannot_be_read_is_said(site: TestClient, way: dict[str, object], status: int, said: str) -> None:
    answer = site.post("/api/check", **way)  # type: ignore[arg-type]
    assert answer.status_code == status, answer.text
    assert said in answer.json()["error"]
    assert tempfile.gettempdir() not in answer.text, "where it lay is nobody's business"


@pytest.mark.parametrize("path", ["/api/check", "/check"])
def test_too_much_is_refused(small: TestClient, path: str) -> None:
    for way in (
        {"files": {"file": ("a.txt", b"a" * 200_000)}},
        {"content": iter([b"a" * 60_000] * 4), "headers": {"content-type": "text/plain"}},
    ):
        assert small.post(path, **way).status_code == 413


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "C:\\a\\b.txt", "a" * 300, "x\x00.txt", '"><script>.txt', "con"]
)
def test_a_name_is_no_path(site: TestClient, name: str) -> None:
    answer = site.post("/check", files={"file": (name, FAULTY.encode())})
    assert answer.status_code == 200
    assert "<script>." not in answer.text
    assert "31/2/2022" in answer.text


def test_nothing_is_left_behind(site: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert site.post("/api/check", files={"file": ("a.docx", docx(FAULTY))}).status_code == 200
    assert site.post("/api/check?format=docx", files={"file": ("a.docx", docx(FAULTY))}).status_code == 200
    assert site.post("/api/check", files={"file": ("a.docx", b"PK\x03\x04 no archive")}).status_code == 400
    assert not list(tmp_path.iterdir())


class TestPage:
    def test_it_shows_the_findings_with_their_places(self, site: TestClient) -> None:
        answer = site.post("/check", files={"file": ("dự thảo.txt", FAULTY.encode())})
        assert "<mark>ngày 31/2/2022</mark>" in answer.text
        assert "dự thảo.txt" in answer.text

    def test_markup_in_a_draft_stays_text(self, site: TestClient) -> None:
        answer = site.post("/check", data={"text": f"<img src=x onerror=alert(1)> {FAULTY}"})
        assert "<img" not in answer.text
        assert "&lt;img" in answer.text

    def test_what_cannot_be_read_is_said_on_the_page(self, site: TestClient) -> None:
        answer = site.post("/check", data={"text": ""})
        assert answer.status_code == 400
        assert 'role="alert"' in answer.text

    def test_the_commented_copy_is_a_button_away(self, site: TestClient) -> None:
        answer = site.post("/check", data={"text": FAULTY, "format": "docx"})
        assert answer.content[:2] == b"PK"
