"""Files of every format to text: what a person reads on the page, and one line for what cannot be read."""

from __future__ import annotations

import io
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement

from chidao.extract import SourceError, extract_path, read_source
from chidao.extract.errors import NotADocumentError
from chidao.extract.formats import archive, sandbox
from chidao.extract.formats.docx import _figure, read_docx
from chidao.extract.formats.html import read_html
from chidao.extract.formats.kinds import Kind, kind_of, text_kind
from chidao.extract.formats.lines import row_lines

Needs = Callable[..., str]


def word(make: Callable[..., None]) -> bytes:
    document = Document()
    make(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def letter(document: object) -> None:
    """A plan with a heading in a borderless table, numbers that Word writes, and a signature block."""
    table = document.add_table(rows=2, cols=2)  # type: ignore[attr-defined]
    left, right = table.rows[0].cells
    left.text = "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI"
    right.text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    left, right = table.rows[1].cells
    left.text, right.text = "Số: 12/KH-UBND", "Lào Cai, ngày 05 tháng 3 năm 2026"
    document.add_paragraph("KẾ HOẠCH")  # type: ignore[attr-defined]
    document.add_paragraph("Về bến thủy")  # type: ignore[attr-defined]
    paragraph = document.add_paragraph("Thực hiện Nghị quyết số 57-NQ/TW")  # type: ignore[attr-defined]
    run = paragraph.add_run("1")
    run.font.superscript = True
    paragraph.add_run(" ngày 22/12/2024, Ủy ban nhân dân tỉnh ban hành Kế hoạch.")
    for text in ("Rà soát bến thủy", "Kiểm tra phương tiện"):
        document.add_paragraph(text, style="List Number")  # type: ignore[attr-defined]
    document.add_paragraph("quyết định").runs[0].font.all_caps = True  # type: ignore[attr-defined]
    hidden = document.add_paragraph("thấy").add_run(" không thấy")  # type: ignore[attr-defined]
    hidden.font.hidden = True


class TestWord:
    def test_what_a_reader_sees(self) -> None:
        text = read_docx(word(letter)).text
        assert text.startswith(
            "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "TỈNH LÀO CAI | Độc lập - Tự do - Hạnh phúc\n"
            "Số: 12/KH-UBND | Lào Cai, ngày 05 tháng 3 năm 2026\nKẾ HOẠCH\n"
        )
        assert "57-NQ/TW¹ ngày" in text
        assert "\n1. Rà soát bến thủy\n2. Kiểm tra phương tiện\n" in text
        assert "QUYẾT ĐỊNH\nthấy\n" in text

    def test_its_heading_and_references_are_read(self, tmp_path: Path) -> None:
        path = tmp_path / "a.dat"  # chosen by content
        path.write_bytes(word(letter))
        (facts,) = extract_path(path)
        h = facts.heading
        assert (h.type, h.number, h.symbol, h.date) == ("Kế hoạch", "12", "KH-UBND", "2026-03-05")
        assert h.issuer == "Ủy ban nhân dân tỉnh Lào Cai"
        (reference,) = facts.references
        assert (reference.symbol, reference.date) == ("NQ/TW", "2024-12-22")
        assert facts.source.format == "docx"

    def test_tracked_deletions_page_breaks_and_footnotes(self) -> None:
        def make(document: object) -> None:
            paragraph = document.add_paragraph("Còn ")  # type: ignore[attr-defined]
            deleted = OxmlElement("w:del")
            deleted.append(paragraph.add_run("bỏ").element)
            paragraph._p.append(deleted)
            paragraph.add_run("lại")
            document.add_page_break()  # type: ignore[attr-defined]
            document.add_paragraph("Trang hai")  # type: ignore[attr-defined]

        found = read_docx(word(make))
        assert found.text.startswith("Còn lại\n")
        assert len(found.pages) == 2 and found.text[found.pages[1] :].strip() == "Trang hai"

    def test_numbers_of_nested_lists(self) -> None:
        assert [_figure(28, form) for form in ("decimal", "lowerLetter", "upperLetter", "lowerRoman")] == [
            "28", "bb", "BB", "xxviii",
        ]  # fmt: skip

    @pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
    def test_truncated(self, tmp_path: Path, share: float) -> None:
        data = word(letter)
        path = tmp_path / "a.docx"
        path.write_bytes(data[: int(len(data) * share)])
        with pytest.raises(SourceError, match="damaged or truncated") as caught:
            read_source(path)
        assert str(caught.value).startswith(str(path)) and "\n" not in str(caught.value)


def package(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return stream.getvalue()


def hostile(document_xml: str) -> bytes:
    """A Word document whose main part is `document_xml`."""
    parts: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(word(lambda d: None))) as whole:
        for name in whole.namelist():
            parts[name] = whole.read(name)
    parts["word/document.xml"] = document_xml
    return package(parts)


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + f']><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>'
)
OUTSIDE = (
    f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{W}"><w:body>'
    "<w:p><w:r><w:t>Trong: &x;</w:t></w:r></w:p></w:body></w:document>"
)


class TestHostile:
    """Bounded memory and time, nothing fetched, one line that names the file and why."""

    @pytest.mark.parametrize("xml", [LAUGHS, OUTSIDE], ids=["billion laughs", "external entity"])
    def test_entities_are_not_expanded(self, tmp_path: Path, xml: str) -> None:
        path = tmp_path / "a.docx"
        path.write_bytes(hostile(xml))
        try:
            text = read_source(path).text
        except SourceError as error:
            assert "\n" not in str(error)
        else:
            assert "root:" not in text and len(text) < 1000

    def test_a_word_document_that_unpacks_to_too_much(self, tmp_path: Path) -> None:
        path = tmp_path / "a.docx"
        path.write_bytes(
            hostile(f'<w:document xmlns:w="{W}"><w:body>' + "<w:p/>" * 12_000_000 + "</w:body></w:document>")
        )
        with pytest.raises(SourceError) as caught:
            read_source(path)
        assert "times its size" in str(caught.value)

    def test_a_zip_bomb(self, tmp_path: Path) -> None:
        path = tmp_path / "a.zip"
        path.write_bytes(package({"big.txt": b"0" * 60_000_000, "small.txt": "Nghị quyết số 57-NQ/TW"}))
        assert [n.rsplit("!")[-1] for n in archive.member_names(path)] == ["big.txt", "small.txt"]
        with pytest.raises(SourceError, match="times its size"):
            read_source(f"{path}!big.txt")
        assert read_source(f"{path}!small.txt").text.startswith("Nghị quyết")

    def test_archives_without_end(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archive, "MAX_MEMBERS", 5)
        path = tmp_path / "a.zip"
        path.write_bytes(package({f"{i}.txt": "x" for i in range(9)}))
        with pytest.raises(SourceError, match="more than 5 files"):
            archive.member_names(path)

    def test_password(self) -> None:
        stream = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le")
        with pytest.raises(SourceError, match="password"):
            kind_of(stream)

    def test_a_password_on_a_zip(self, tmp_path: Path) -> None:
        data = bytearray(package({"a.txt": "x"}))
        for at in (data.find(b"PK\x03\x04") + 6, data.find(b"PK\x01\x02") + 8):
            data[at] |= 1
        path = tmp_path / "a.zip"
        path.write_bytes(bytes(data))
        with pytest.raises(SourceError, match="password"):
            read_source(f"{path}!a.txt")


class TestArchives:
    def test_members_are_files_of_their_own(self, tmp_path: Path) -> None:
        inner = package({"sâu/nghị quyết.txt": "Nghị quyết số 59-NQ/TW ngày 24/01/2025"})
        path = tmp_path / "a.zip"
        path.write_bytes(
            package(
                {
                    "1.txt": "Nghị quyết số 57-NQ/TW",
                    "2.docx": word(letter),
                    "trong.dat": inner,
                    ".ẩn": "x",
                    "__MACOSX/1": "x",
                }
            )
        )
        names = archive.member_names(path)
        assert [n.removeprefix(str(path)) for n in names] == ["!1.txt", "!2.docx", "!trong.dat!sâu/nghị quyết.txt"]
        (facts,) = extract_path(names[2])
        assert facts.references[0].date == "2025-01-24" and facts.source.path == names[2]
        with pytest.raises(SourceError, match="no such file"):
            read_source(f"{path}!2.txt")

    def test_the_list_of_members_is_read_once(self, tmp_path: Path, calls: Callable[..., int]) -> None:
        """Not for each member: what an archive costs grows as its members do."""

        def cost(count: int) -> int:
            path = tmp_path / f"{count}.zip"
            path.write_bytes(package({f"{i}.txt": "Nghị quyết số 57-NQ/TW" for i in range(count)}))
            return calls(lambda: [read_source(name) for name in archive.member_names(path)])

        assert cost(400) < 5 * cost(100)

    def test_an_archive_that_changes_is_read_again(self, tmp_path: Path) -> None:
        path = tmp_path / "a.zip"
        for text in ("Nghị quyết số 57-NQ/TW", "Chỉ thị số 12-CT/TU ngày 01/02/2024"):
            path.write_bytes(package({"a.txt": text}))
            assert read_source(f"{path}!a.txt").text == text

    def test_a_name_with_an_exclamation_mark(self, tmp_path: Path) -> None:
        path = tmp_path / "gấp!.txt"
        path.write_text("Nghị quyết số 57-NQ/TW", encoding="utf-8")
        assert read_source(path).text.startswith("Nghị quyết")


PAGE = """<!doctype html><html><head><title>x</title><script>var a = "Nghị quyết số 1-NQ/TW";</script></head><body>
<table><tr><td><p>CHÍNH PHỦ</p><p>-------</p></td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</td></tr></table>
<h1>NGHỊ QUYẾT</h1><p>Căn cứ Nghị quyết số
57-NQ/TW<sup>1</sup> ngày 22/12/2024;</p><div hidden>ẩn</div><ol><li>Một</li><li>Hai</li></ol>
<table><tr><th>TT</th><th>Nhiệm vụ</th></tr><tr><td>1</td><td>Rà soát<br>bến</td></tr></table></body></html>"""


class TestHtml:
    def test_what_a_reader_sees(self) -> None:
        text = read_html(PAGE.encode()).text
        assert text.startswith(
            "CHÍNH PHỦ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n------- | Độc lập - Tự do - Hạnh phúc\nNGHỊ QUYẾT\n"
        )
        assert (
            "Căn cứ Nghị quyết số 57-NQ/TW¹ ngày 22/12/2024;\n1. Một\n2. Hai\nTT | Nhiệm vụ\n1 | Rà soát bến\n" in text
        )
        assert "var a" not in text and "ẩn" not in text

    def test_cells_over_several_rows_leave_the_columns_in_their_places(self) -> None:
        page = (
            "<table><tr><th rowspan=2>TT<th rowspan=2>Nhiệm vụ<th colspan=2>Đơn vị<th rowspan=2>Hạn</tr><tr><th>Chủ trì<th>Phối hợp</tr>"
            "<tr><td>1<td>Rà soát<td rowspan=2>Sở Y tế<td>Sở Nội vụ<td>2026</tr><tr><td>2<td>Lập<td><td>2027</tr>"
            "<tr><td rowspan=0>3<td rowspan=x>Sửa<td>Sở Y tế<td><td></tr></table>"
        )
        assert read_html(f"<html><body>{page}</body></html>".encode()).text.split("\n")[:5] == [
            "TT | Nhiệm vụ | Đơn vị | Hạn",
            " |  | Chủ trì | Phối hợp | ",
            "1 | Rà soát | Sở Y tế | Sở Nội vụ | 2026",
            "2 | Lập |  |  | 2027",
            "3 | Sửa | Sở Y tế |  | ",
        ]

    def test_by_content(self, tmp_path: Path) -> None:
        path = tmp_path / "a.doc"
        path.write_bytes(PAGE.encode("utf-16"))
        source = read_source(path)  # UTF-16 of a page is told by its mark: text, and its tags stay
        assert source.encoding == "utf-16"
        path.write_bytes(PAGE.encode())
        assert read_source(path).format == "html"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.4\n", "pdf"), (b"\n\n%PDF-1.4", "pdf"), (b"{\\rtf1", "rtf"), (b"\x89PNG\r\n\x1a\n", "image"), (b"<html>", "html"),
        (b"  <!DOCTYPE html>", "html"), (b"<p>Quy dinh</p>", "text"), (b"<p>Quy dinh</p>\n<p>So 1</p>", "html"), ("Nghị quyết".encode(), "text"), (b"PK", "text"),
        (b"<table><tr><td>UBND</td></tr></table>\n\n# KE HOACH\n", "text"), (b"\n<TABLE border=1><tr><td>So</td></tr></table>KE HOACH", "text"),
        (b"<table><tr><td>UBND</td></tr></table>\n<p>KE HOACH</p>", "html"), (b"<table><tr><td>1</td></tr></table>\n", "html"),
        (b"<table><tr><td>1</td></tr></table><table><tr><td>2</td></tr></table>\n# KE HOACH", "text"),
    ],
)  # fmt: skip
def test_kind(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("so.csv", "KẾ HOẠCH", Kind.CSV), ("SO.TSV", "{}", Kind.CSV), ("so.json", "KẾ HOẠCH", Kind.CSV), ("so.jsonl", " {}", Kind.JSON),
        ("so.txt", "KẾ HOẠCH", Kind.TEXT), ("so.txt", "số,trích yếu", Kind.CSV), ("so.txt", "[số]", Kind.JSON),
    ],
)  # fmt: skip
def test_which_text_is_a_table(name: str, text: str, kind: Kind) -> None:
    assert text_kind(name, text, lambda text, _: "số" in text) is kind


@pytest.mark.parametrize("data", [b"\x7fELF", b"GIF89a", b"SQLite format 3\x00", b"7z\xbc\xaf\x27\x1c"])
def test_what_is_no_document(data: bytes) -> None:
    with pytest.raises(NotADocumentError):
        kind_of(data)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf"])
def test_office_formats(needs: Needs, tmp_path: Path, suffix: str) -> None:
    needs("soffice")
    made = tmp_path / "a.docx"
    made.write_bytes(word(letter))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(tmp_path), str(made)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    source = read_source(tmp_path / f"a.{suffix}")
    assert source.format == suffix
    (facts,) = extract_path(tmp_path / f"a.{suffix}")
    assert (facts.heading.number, facts.heading.symbol, facts.heading.date) == ("12", "KH-UBND", "2026-03-05")
    assert "1. Rà soát bến thủy" in source.text


def linked(address: str) -> bytes:
    """An OpenDocument text with a picture that lies elsewhere."""
    ns = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{ns}:office:1.0" xmlns:text="{ns}:text:1.0" xmlns:draw="{ns}:drawing:1.0" '
        f'xmlns:svg="{ns}:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body>'
        '<office:text><text:p>Nghị quyết số 57-NQ/TW<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm">'
        f'<draw:image xlink:href="{address}/picture.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
        "</draw:frame></text:p></office:text></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{ns}:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" '
        'manifest:media-type="text/xml"/></manifest:manifest>'
    )
    mime = "application/vnd.oasis.opendocument.text"
    return package({"mimetype": mime, "content.xml": content, "META-INF/manifest.xml": manifest})


@pytest.mark.slow
class TestLinks:
    """What a document links to is not fetched."""

    @pytest.fixture
    def listener(self) -> Iterator[tuple[str, list[str]]]:
        """The address of a server on this machine, and the requests that came to it."""
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                asked.append(self.requestline)
                self.send_error(404)

            do_GET = do_HEAD = do_OPTIONS = do_PROPFIND = answer

            def log_message(self, *arguments: object) -> None:
                pass

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}", asked
            server.shutdown()

    def made(self, kind: Kind, address: str, soffice: str, folder: Path) -> bytes:
        if kind is Kind.ODT:
            return linked(address)
        page = folder / "a.html"
        page.write_text(f'<p>Nghị quyết số 57-NQ/TW</p><img src="{address}/picture.png">', encoding="utf-8")
        command = [
            soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--infilter=HTML (StarWriter)",
            "--convert-to", "doc:MS Word 97", "--outdir", str(folder), str(page),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (folder / "a.doc").read_bytes()

    @pytest.mark.parametrize("kind", [Kind.ODT, Kind.DOC])
    def test_are_not_followed(
        self, needs: Needs, listener: tuple[str, list[str]], tmp_path: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from chidao.extract.formats import office

        address, asked = listener
        data = self.made(kind, address, needs("soffice"), tmp_path)
        asked.clear()
        assert "57-NQ/TW" in sandbox.convert(kind, data).text
        assert asked == []
        assert (
            "57-NQ/TW" in office.read_office(data, f".{kind.value}").text
        )  # as on a system that lets nobody give up the network
        assert asked == []
        monkeypatch.setattr(office, "_SETTINGS", ())
        monkeypatch.setattr(office, "_NO_PROXY", {})
        office.read_office(data, f".{kind.value}")
        assert asked, "this document shows nothing: LibreOffice would not have followed its link"


def test_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    from chidao.extract.formats import office

    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(SourceError, match="needs LibreOffice, which is not installed: install it"):
        office.read_rtf(b"{\\rtf1}")


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        ([["a"], [], ["b", "c"]], ["a |  | b c"]),
        ([["a"], [], []], ["a"]),
        ([[], []], []),
        ([["Nơi nhận:", "- Như trên;"], ["KT. CHỦ TỊCH"]], ["Nơi nhận: | KT. CHỦ TỊCH", "- Như trên; | "]),
        ([["một", "hai"]], ["một", "hai"]),
    ],
)
def test_row_lines(cells: list[list[str]], lines: list[str]) -> None:
    assert row_lines(cells) == lines


def test_footnotes_of_word_follow_the_body() -> None:
    """A footnote written as Word writes it: its part, its relation, its mark."""
    base = word(lambda d: d.add_paragraph("Theo Nghị quyết số 57-NQ/TW"))
    parts: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(base)) as whole:
        for name in whole.namelist():
            parts[name] = whole.read(name)
    xml = bytes(parts["word/document.xml"]).decode()  # type: ignore[arg-type]
    parts["word/document.xml"] = xml.replace(
        "57-NQ/TW</w:t></w:r>", '57-NQ/TW</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    parts["word/footnotes.xml"] = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2"><w:p><w:r><w:t>Ngày 22/12/2024.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    rels = bytes(parts["word/_rels/document.xml.rels"]).decode()  # type: ignore[arg-type]
    parts["word/_rels/document.xml.rels"] = rels.replace(
        "</Relationships>",
        '<Relationship Id="rIdF" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/></Relationships>',
    )
    types = bytes(parts["[Content_Types].xml"]).decode()  # type: ignore[arg-type]
    parts["[Content_Types].xml"] = types.replace(
        "</Types>",
        '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>',
    )
    text = read_docx(package(parts)).text
    assert "57-NQ/TW¹\n" in text and text.endswith("\n¹ Ngày 22/12/2024.\n")


def test_every_reader_exists() -> None:
    from importlib import import_module

    for place in sandbox.READERS.values():
        module, name = place.split(":")
        assert callable(getattr(import_module(f"chidao.extract.formats.{module}"), name))
