"""Adding documents on a page of the site: who may, what the forms do, and how a person does it."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Page
from starlette.testclient import TestClient

from chidao.graph.workspace import Settings, Workspace
from chidao.viz.web.guard.writing import FIELD, HEADER
from chidao.viz.web.pages import add_page
from chidao.viz.web.serving.app import make_app

Wait = Callable[[Callable[[], object]], None]
HERE = ("127.0.0.1", 50000)
FORMS = ("add", "build", "cancel", "watch", "settings", "remove")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    app = make_app(tmp_path / "graph", workspace=Workspace(tmp_path / "office"))
    with TestClient(app, base_url="http://localhost", client=HERE, follow_redirects=False) as made:
        yield made


def token_of(client: TestClient | httpx.Client) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/add").text)
    assert found
    return found[1]


def post(client: TestClient, form: str, **fields: str) -> Any:
    return client.post(f"/office/{form}", data={FIELD: token_of(client), **fields})


def settle(client: TestClient, wait_until: Wait) -> str:
    """Wait until no build runs; how the last one ended."""
    builds: Any = client.app.state.builds  # type: ignore[attr-defined]
    wait_until(lambda: builds.state.state != "running")
    state: str = builds.state.state
    return state


class TestWhoMay:
    @pytest.mark.parametrize("form", FORMS)
    @pytest.mark.parametrize(
        ("address", "headers", "token"),
        [
            (("10.0.0.7", 1), {}, True),
            (HERE, {"host": "office.example"}, True),
            (HERE, {"x-forwarded-for": "10.0.0.7"}, True),
            (HERE, {"origin": "https://evil.example"}, True),
            (HERE, {"sec-fetch-site": "cross-site"}, True),
            (HERE, {"sec-fetch-site": "same-site"}, True),
            (HERE, {}, False),
        ],
        ids=["another address", "another name", "through a proxy", "a foreign origin", "another site", "another port", "no token"],
    )  # fmt: skip
    def test_others_do_nothing(
        self, client: TestClient, tmp_path: Path, form: str, address: tuple[str, int], headers: dict[str, str], token: bool
    ) -> None:  # fmt: skip
        given = {FIELD: token_of(client)} if token else {}
        files = {"files": ("a.txt", b"x")} if form == "add" else None
        other = TestClient(client.app, base_url="http://localhost", client=address)
        answer = other.post(f"/office/{form}", data=given | {"folder": str(tmp_path)}, files=files, headers=headers)
        assert answer.status_code == 403
        assert client.app.state.builds.state.run == 0  # type: ignore[attr-defined]
        assert not (tmp_path / "office").exists()

    @pytest.mark.parametrize("path", ["/add", "/add/events"])
    def test_others_see_nothing(self, client: TestClient, path: str) -> None:
        other = TestClient(client.app, base_url="http://localhost", client=("10.0.0.7", 1))
        assert other.get(path).status_code == 403

    def test_who_may_only_read_has_none_of_it(self, sample_graph: Path) -> None:
        with TestClient(make_app(sample_graph), base_url="http://localhost", client=HERE) as client:
            assert "/add" not in client.get("/").text
            assert client.get("/add").status_code == client.get("/add/events").status_code == 403
            assert {client.post(f"/office/{form}", data={FIELD: "x"}).status_code for form in FORMS} == {403}


class TestForms:
    @pytest.mark.slow
    def test_files_are_kept_and_built(
        self, client: TestClient, samples: Path, tmp_path: Path, wait_until: Wait
    ) -> None:
        plan = (samples / "03-chuong-trinh-16-ctr-tu.txt").read_bytes()
        files = [
            ("files", ("đến/KH.txt", plan)),
            ("files", ("../../KH (bản sao).txt", plan)),
            ("files", ("x.exe", b"MZ\x90")),
        ]
        answer = client.post("/office/add", data={FIELD: token_of(client)}, files=files)
        assert (answer.status_code, answer.headers["location"]) == (303, "/add")
        assert [
            path.relative_to(tmp_path / "office/files").as_posix() for path in (tmp_path / "office/files").rglob("*.*")
        ] == ["đến/KH.txt"]
        assert settle(client, wait_until) == "done"
        text = client.get("/add").text
        for said in (
            "Đã nhận 1 tệp, không nhận 1 tệp",
            "trùng nội dung với đến/KH.txt",
            "Không phải văn bản.",
            "Chương trình hành động 16-CTr/TU",
        ):
            assert said in text
        assert "Chương trình hành động 16-CTr/TU" in client.get("/search").text

    def test_a_script_is_told_of_each_file_and_builds_when_it_is_done(self, client: TestClient) -> None:
        headers = {HEADER: token_of(client), "accept": "application/json"}
        files = [("files", ("a.txt", b"x")), ("files", ("b.py", b"x"))]
        made = client.post("/office/add", files=files, headers=headers).json()["files"]
        assert [(one["name"], one["state"], one["why"]) for one in made] == [
            ("a.txt", "new", ""),
            ("b.py", "refused", "Không phải văn bản."),
        ]
        assert client.app.state.builds.state.run == 0  # type: ignore[attr-defined]

    def test_limits(self, client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        given = {FIELD: token_of(client)}
        monkeypatch.setattr(add_page, "MOST_AT_ONCE", 1000)
        answer = client.post("/office/add", data=given, files={"files": ("a.txt", b"x" * 2000)})
        assert answer.status_code == 413
        endless = (
            part
            for part in [
                b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n',
                *[b"x" * 500] * 9,
            ]
        )
        answer = client.post(
            "/office/add", content=endless, headers={"content-type": "multipart/form-data; boundary=x"}
        )
        assert answer.status_code == 413
        monkeypatch.setattr(add_page, "MOST_AT_ONCE", 1 << 20)
        monkeypatch.setattr(add_page, "MOST_FILES", 2)
        answer = client.post("/office/add", data=given, files=[("files", (f"{n}.txt", b"x")) for n in range(3)])
        assert answer.status_code == 400
        assert not (tmp_path / "office").exists()

    @pytest.mark.parametrize("form", [b"", b"--y\r\n", b"--x\r\nnonsense"])
    def test_what_is_no_form(self, client: TestClient, form: bytes) -> None:
        headers = {HEADER: token_of(client), "content-type": "multipart/form-data; boundary=x"}
        assert client.post("/office/add", content=form, headers=headers).status_code in (303, 400)

    def test_a_folder_is_watched_and_no_more(self, client: TestClient, tmp_path: Path) -> None:
        watched = tmp_path / "Văn bản đến"
        watched.mkdir()
        post(client, "watch", folder=f"{watched}/")
        workspace = Workspace(tmp_path / "office")
        assert workspace.settings().watched == (str(watched),)
        assert str(watched) in client.get("/add").text
        post(client, "watch", folder=str(watched), off="1")
        assert workspace.settings().watched == ()

    @pytest.mark.parametrize(
        "folder",
        [
            "",
            "đến",
            "../office",
            "/",
            "/no/such/folder",
            "/etc/passwd",
            "/tmp\0/x",
            "OFFICE",
            "OFFICE/files",
            "ABOVE",
            "GRAPH",
        ],
    )
    def test_a_folder_that_cannot_be_watched(self, client: TestClient, tmp_path: Path, folder: str) -> None:
        Workspace(tmp_path / "office").prepare()
        (tmp_path / "graph").mkdir()
        places = {
            "OFFICE": tmp_path / "office",
            "OFFICE/files": tmp_path / "office/files",
            "ABOVE": tmp_path,
            "GRAPH": tmp_path / "graph",
        }
        answer = post(client, "watch", folder=str(places.get(folder, folder)))
        assert answer.status_code == 400 and 'role="alert"' in answer.text
        assert Workspace(tmp_path / "office").settings() == Settings()

    def test_settings(self, client: TestClient, tmp_path: Path) -> None:
        assert post(client, "settings", home="Lào Cai", by="  Văn   thư ").status_code == 303
        workspace = Workspace(tmp_path / "office")
        assert (workspace.settings().home, workspace.settings().by) == ("Lào Cai", "Văn thư")
        assert post(client, "settings", home="Atlantis").status_code == 400
        assert post(client, "settings", home="", by="").status_code == 303
        assert (workspace.settings().home, workspace.settings().by) == ("", None), "none at all is what was said"

    def test_a_failure_says_why_and_that_nothing_is_lost(self, client: TestClient, wait_until: Wait) -> None:
        post(client, "build")
        assert settle(client, wait_until) == "failed"
        text = client.get("/add").text
        assert "Chưa có tệp nào để đọc." in text and "Dữ liệu trước đó giữ nguyên." in text


# As a person does it, at a real server in a process of its own


@pytest.fixture
def office(tmp_path: Path, interruptible: None) -> Iterator[str]:
    """The address of a server that has begun without a graph."""
    command = [sys.executable, "-m", "chidao.cli", "serve", "--graph", str(tmp_path / "graph"), "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert server.stdout is not None and server.stderr is not None
    address = server.stdout.readline().split()[0]
    assert address.endswith("/add") and "documents are added" in server.stderr.readline()
    yield address.removesuffix("/add")
    server.send_signal(signal.SIGINT)
    _, errors = server.communicate()
    assert errors == ""


@pytest.fixture
def late() -> Iterator[list[httpx.Client]]:
    """Clients that leave when the server has ended."""
    made: list[httpx.Client] = []
    yield made
    for client in made:
        client.close()


@pytest.fixture
def page(browser: Browser, office: str) -> Iterator[Page]:
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    made = context.new_page()
    made.set_default_timeout(120_000)
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    made.on("request", lambda r: None if r.url.startswith((office, "data:", "blob:")) else wrong.append(r.url))
    made.goto(office)
    yield made
    context.close()
    assert wrong == []


def twenty(samples: Path) -> list[FilePayload]:
    """Twenty files: the samples, some letters, and one that is damaged."""
    found = [(path.name, path.read_bytes()) for path in sorted(samples.glob("*.txt"))]
    letters = [
        (f"Công văn {n}.txt", f"Công văn số {n}-CV/TU ngày 05/6/2025.\n".encode()) for n in range(1, 20 - len(found))
    ]
    damaged = [("hỏng.pdf", b"%PDF-1.7 and no more")]
    return [{"name": name, "mimeType": "text/plain", "buffer": data} for name, data in (*found, *letters, *damaged)]


FILES = "input[type=file]:not([webkitdirectory])"


@pytest.mark.browser
@pytest.mark.slow
class TestInABrowser:
    def test_from_an_empty_workspace_twenty_files_are_dropped_and_read(
        self, page: Page, office: str, samples: Path, tmp_path: Path
    ) -> None:
        assert page.inner_text("h1") == "Nạp văn bản", "the first page, without a graph"
        assert not Axe().run(page).response["violations"]
        files = [{"name": one["name"], "text": one["buffer"].decode("latin-1")} for one in twenty(samples)]
        page.evaluate(
            """files => {
                const data = new DataTransfer();
                for (const { name, text } of files) data.items.add(new File([Uint8Array.from(text, (c) => c.charCodeAt(0))], name));
                const drop = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
                document.querySelector(".drop").dispatchEvent(drop);
            }""",
            files,
        )
        page.wait_for_selector("progress:visible")
        page.wait_for_selector(".files-read li")
        page.wait_for_selector("#news")
        assert page.inner_text(".progress .counts") == "đọc được 19, không đọc được 1"
        assert "Tệp hỏng hoặc bị cắt cụt." in page.inner_text(".files-read .not")
        assert page.locator("#adding .progress li").count() == 20
        assert not Axe().run(page).response["violations"]
        assert len(list((tmp_path / "graph-workspace" / "files").iterdir())) == 20
        page.click("section[aria-labelledby=news] a:has-text('Nghị quyết 15-NQ/TW')")
        page.wait_for_url("**/document/**")
        page.goto(office + "/files?state=unread")
        assert page.locator(".filelist tbody tr").count() == 1
        assert not Axe().run(page).response["violations"]
        page.goto(office + "/")
        assert page.url == office + "/", "the pages have changed over"

    def test_a_wrong_date_is_corrected_and_stays_so_when_more_is_added(
        self, page: Page, samples: Path, office: str
    ) -> None:
        page.set_input_files(FILES, twenty(samples)[:2])
        page.click(".drop button")
        page.wait_for_selector("#news")
        page.goto(office + "/document/vn/nghi-quyet/15-nq-tw/2022")
        page.click(".facts dt:has-text('Ngày') + dd summary")
        page.fill(".facts details[open] input[name=new]", "2022-05-06")
        page.click(".facts details[open] button")
        page.click(".rebuild button >> nth=0")
        page.wait_for_selector("#adding[data-run='2'][data-state=done]")
        page.set_input_files(FILES, twenty(samples)[2:4])
        page.click(".drop button")
        page.wait_for_selector("#adding[data-run='3'][data-state=done]")
        page.goto(office + "/search?q=15-NQ/TW")
        page.click("main a:has-text('Nghị quyết 15-NQ/TW') >> nth=0")
        page.wait_for_url("**/document/**")
        assert page.inner_text(".facts dt:has-text('Ngày') + dd time") == "06/05/2022"

    def test_a_folder_with_folders(self, page: Page, samples: Path, tmp_path: Path) -> None:
        folder = tmp_path / "Văn bản đi"
        (folder / "2025").mkdir(parents=True)
        (folder / "2025" / "NQ 15.txt").write_bytes((samples / "01-nghi-quyet-15-nq-tw.txt").read_bytes())
        page.set_input_files("input[webkitdirectory]", folder)
        page.click(".drop button")
        page.wait_for_selector("#news")
        assert (tmp_path / "graph-workspace/files/Văn bản đi/2025/NQ 15.txt").is_file()

    def test_a_build_is_stopped_and_what_was_there_stays(self, page: Page, samples: Path, office: str) -> None:
        page.set_input_files(FILES, twenty(samples)[:2])
        page.click(".drop button")
        page.wait_for_selector("#news")
        page.set_input_files(FILES, twenty(samples)[2:])
        page.click(".drop button")
        page.click(".cancel button")
        page.wait_for_selector("h2:has-text('Đã dừng')")
        page.goto(office + "/files")
        assert page.locator(".filelist tbody tr").count() == 2
        page.goto(office + "/add")
        page.click("button:has-text('Quét lại')")
        page.wait_for_selector(".progress .counts:has-text('không đọc được 1')")
        page.wait_for_selector("h2:has-text('Đã đọc xong')")
        page.goto(office + "/files")
        assert page.locator(".filelist tbody tr").count() == 20

    def test_without_a_script(self, browser: Browser, office: str, samples: Path) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.goto(office)
        page.set_input_files(FILES, twenty(samples)[:3])
        page.click(".drop button")
        page.wait_for_selector("h2:has-text('Đang đọc')")
        page.wait_for_selector("h2:has-text('Đã đọc xong')")
        assert page.locator("section[aria-labelledby=news] .doc:visible").count() == 3
        context.close()

    def test_a_file_is_taken_away_and_taken_out(self, page: Page, samples: Path, office: str, tmp_path: Path) -> None:
        page.set_input_files(FILES, twenty(samples)[:2])
        page.click(".drop button")
        page.wait_for_selector("#news")
        page.goto(office + "/files")
        with page.expect_download() as loading:
            page.click(".filelist a:has-text('Tải về') >> nth=0")
        assert Path(loading.value.path()).read_bytes() == twenty(samples)[0]["buffer"]
        page.click("summary:has-text('Gỡ ra') >> nth=0")
        page.click(".filelist form button:visible")
        page.goto(office + "/add")
        page.wait_for_selector("h2:has-text('Đã đọc xong')")
        page.goto(office + "/files")
        assert page.locator(".filelist tbody tr").count() == 1
        assert len(list((tmp_path / "graph-workspace/removed").iterdir())) == 1


def plans() -> list[FilePayload]:
    """A directive, the plans of fourteen provinces that carry it out, and those of five about something else."""
    central = "BỘ CHÍNH TRỊ\n*\nSố 57-NQ/TW\nHà Nội, ngày 22 tháng 12 năm 2024\n\nNGHỊ QUYẾT\nvề đột phá phát triển khoa học\n\nNội dung.\n"
    carried = [
        "Lào Cai", "Lai Châu", "Sơn La", "Nghệ An", "Hà Tĩnh", "Gia Lai", "Đắk Lắk", "Lâm Đồng", "Đồng Nai", "Tây Ninh", "Đồng Tháp",
        "Vĩnh Long", "An Giang", "Cà Mau",
    ]  # fmt: skip
    silent = ["Cao Bằng", "Lạng Sơn", "Quảng Trị", "Khánh Hòa", "Điện Biên"]
    made = [("NQ 57.txt", central)]
    for i, province in enumerate((*carried, *silent), 1):
        about = (
            "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị"
            if province in carried
            else "về chăn nuôi"
        )
        head = f"ỦY BAN NHÂN DÂN\nTỈNH {province.upper()}\nSố: {i}/KH-UBND\n{province}, ngày {i} tháng 3 năm 2025\n\nKẾ HOẠCH\n{about}\n\n"
        task = f"Sở Nội vụ chủ trì rà soát mạng lưới cửa hàng số, hoàn thành trước ngày {i}/6/2099.\n"
        made.append((f"KH {i} {province}.txt", f"{head}1. {task}2. Các cơ quan phối hợp.\n"))
    return [{"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in made]


@pytest.mark.browser
@pytest.mark.slow
def test_the_whole_way_of_an_office(page: Page, office: str, follow: Callable[[Page, str], None]) -> None:
    """From an empty workspace to a printed page: what each step shows is tested where its page is."""
    assert len(plans()) == 20
    page.set_input_files(FILES, plans())
    page.click(".drop button")
    page.wait_for_selector("progress:visible")
    page.wait_for_selector("#news")
    assert page.inner_text(".progress .counts").startswith("đọc được 20")

    plan = office + "/document/lao-cai/ke-hoach/1-kh-ubnd/2025"
    page.goto(plan)
    page.click(".facts dt:has-text('Ngày') + dd summary")
    page.fill(".facts details[open] input[name=new]", "2025-03-11")
    page.click(".facts details[open] button")
    page.click(".rebuild button >> nth=0")
    page.wait_for_selector("#adding[data-run='2'][data-state=done]")
    page.goto(plan)
    assert page.inner_text(".facts dt:has-text('Ngày') + dd time") == "11/03/2025"

    page.goto(office)
    follow(page, "a.of-all")
    assert "57-NQ/TW" in page.inner_text("h1")
    unseen = page.locator(".unseen li:has-text('Cao Bằng')").bounding_box()
    assert unseen and unseen["y"] + unseen["height"] <= 768, "who has not is seen without scrolling"
    assert page.locator(".unseen li:has-text('Lào Cai')").count() == 0
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert len(printed) == 1

    page.goto(plan)
    follow(page, ".tasks a.in-text")
    assert "mạng lưới cửa hàng số" in page.inner_text(".s.asked")

    page.goto(office + "/search")
    page.fill("main input[name=q]", "“mang luoi cua hang so”")
    follow(page, "main form button >> nth=0")
    assert page.locator(".results .snippet mark").count() > 0

    page.goto(office + "/tasks")
    assert page.inner_text(".task-states [data-state=done] strong") == "0"
    task = "li.task:has-text('1/KH-UBND') >> nth=0"
    page.click(f"{task} >> .finish summary")
    page.fill(f"{task} >> input[name=day]", "2025-03-23")
    follow(page, f"{task} >> .finish form > button")
    assert page.inner_text(".task-states [data-state=done] strong") == "1"


@pytest.mark.slow
def test_streams_that_clients_left_hold_nothing_and_one_that_is_open_does_not_keep_the_server(
    late: list[httpx.Client], office: str
) -> None:
    with httpx.Client(base_url=office, timeout=None) as client:
        for _ in range(40):
            with client.stream("GET", "/add/events") as stream:
                assert stream.status_code == 200
                assert next(stream.iter_lines()).startswith("id: ")
    late.append(stays := httpx.Client(base_url=office, timeout=None))
    stays.send(stays.build_request("GET", "/add/events"), stream=True)


@pytest.mark.slow
def test_a_stream_that_was_cut_goes_on_where_it_was(office: str, samples: Path) -> None:
    with httpx.Client(base_url=office, timeout=None) as client:
        given = {FIELD: token_of(client)}
        files = [("files", (one["name"], one["buffer"])) for one in twenty(samples)[:4]]
        client.post("/office/add", data=given, files=files)
        seen: list[str] = []
        last, state = "", "running"
        while state == "running":
            with client.stream("GET", "/add/events", headers={"last-event-id": last}) as stream:
                assert stream.headers["content-type"].startswith("text/event-stream")
                for line in stream.iter_lines():
                    if line.startswith("id: "):
                        last = line.removeprefix("id: ")
                    if line.startswith("data: "):
                        told = json.loads(line.removeprefix("data: "))
                        seen += [row["name"] for row in told["files"]]
                        state = told["state"]
                        break  # cut after each
    assert state == "done"
    assert sorted(seen) == sorted(one["name"] for one in twenty(samples)[:4]), "each once"
