"""Vietnamese from before Unicode, in whatever file it stands: by its bytes, by its fonts, by its letters."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from chidao.extract import extract_path, read_source
from chidao.extract.formats.legacy import (
    _TCVN3_CODES,
    _TCVN3_LETTERS,
    from_tcvn3,
    from_vni,
    is_tcvn3,
    is_vni,
    restored,
)

Needs = Callable[..., str]
_CODES = str.maketrans(_TCVN3_LETTERS, _TCVN3_CODES)


def typed(text: str) -> str:
    """What is typed in an ABC font so that `text` is shown, in small letters where the font has no others."""
    return "".join(c if c.translate(_CODES) != c or c.isascii() else c.lower() for c in text).translate(_CODES)


OLD = "Uỷ ban nhân dân thành phố Hà Nội quyết định: ở, Đ, ư, ơ, ỵ, ễ, ặ"


def test_tcvn3() -> None:
    from chidao.extract.formats.legacy import _TCVN3_CODES, _TCVN3_LETTERS

    data = OLD.translate(str.maketrans(_TCVN3_LETTERS, _TCVN3_CODES)).encode("latin-1")
    assert is_tcvn3(data) and from_tcvn3(data) == OLD


def test_vni(tmp_path: Path) -> None:
    data = "Uûy ban nhaân daân tænh Ñoàng Nai quyeát ñònh veà vieäc ñöôïc pheùp".encode("cp1252")
    assert is_vni(data) and not is_tcvn3(data)
    assert from_vni(data) == "Ủy ban nhân dân tỉnh Đồng Nai quyết định về việc được phép"
    (tmp_path / "a.txt").write_bytes(data)
    assert read_source(tmp_path / "a.txt").encoding == "vni"
    assert not is_vni("déjà vu, élève, garçon".encode("cp1252"))


DECREE = (
    (".VnTimeH", "chủ tịch nước"),
    (".VnTime", "Số: 63/SL"),
    (".VnTimeH", "sắc lệnh"),
    (".VnTime", "Chiểu theo Sắc lệnh số 63 ngày 22 tháng 11 năm 1945, được ủy quyền;"),
    ("Times New Roman", "Căn cứ Luật số 72/2025/QH15 về chính quyền địa phương;"),
    ("VNI-Times", "Uûy ban nhaân daân tænh"),
    (".VnTime", "Ủy ban đã dán đoạn này ở dạng Unicode."),
    (".VnTime", "Điều 1 - Xét nghị định"),
)
SHOWN = (
    "CHỦ TỊCH NƯỚC", "Số: 63/SL", "SẮC LỆNH", "Chiểu theo Sắc lệnh số 63 ngày 22 tháng 11 năm 1945, được ủy quyền;",
    "Căn cứ Luật số 72/2025/QH15 về chính quyền địa phương;", "Ủy ban nhân dân tỉnh", "Ủy ban đã dán đoạn này ở dạng Unicode.",
    "Điều 1 - Xét nghị định",
)  # fmt: skip


def old_word(*, by_style: bool) -> bytes:
    """A Word document some of whose paragraphs are typed in fonts from before Unicode, which the runs or their style name."""
    document = Document()
    for number, (font, text) in enumerate(DECREE):
        old = font.startswith(".") and "Unicode" not in text
        run = document.add_paragraph().add_run(typed(text) if old else text)
        style = document.styles.add_style(f"S{number}", 1) if by_style else None
        named = style.font if style else run.font
        named.name = font
        named.element.rPr.rFonts.set(qn("w:hAnsi"), font)
        if style:
            document.paragraphs[-1].style = style
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("by_style", [False, True])
def test_fonts_of_word(tmp_path: Path, by_style: bool) -> None:
    (tmp_path / "a.docx").write_bytes(old_word(by_style=by_style))
    source = read_source(tmp_path / "a.docx")
    assert tuple(source.text.splitlines()) == SHOWN
    assert source.notes == ("not Unicode: read by the encoding of its fonts .VnTime, .VnTimeH, VNI-Times",)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf"])
def test_fonts_of_older_word_processors(needs: Needs, tmp_path: Path, suffix: str) -> None:
    needs("soffice")
    (tmp_path / "a.docx").write_bytes(old_word(by_style=False))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        suffix,
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    source = read_source(tmp_path / f"a.{suffix}")
    assert tuple(source.text.splitlines()) == SHOWN and ".VnTimeH" in "".join(source.notes)


LINES = (
    "S¾C LÖNH", "Sè: 12/Q§-UB", "UBND tØnh quyÕt ®Þnh:", "C¨n cø LuËt Tæ chøc chÝnh quyÒn ®Þa ph­¬ng;", "Giao Së Néi vô “chñ tr×”.",
)  # fmt: skip
READ = (
    "SẮC LỆNH",
    "Số: 12/QĐ-UB",
    "UBND tỉnh quyết định:",
    "Căn cứ Luật Tổ chức chính quyền địa phương;",
    "Giao Sở Nội vụ “chủ trì”.",
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_letters_taken_for_others(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_text("\n".join(LINES), encoding)
    source = read_source(tmp_path / "a.txt")
    assert tuple(source.text.splitlines()) == READ
    assert source.encoding == "tcvn3" and source.notes and len(source.text) == len("\n".join(LINES))


def test_only_the_lines_that_are_old_change() -> None:
    new = "Căn cứ Luật Tổ chức chính quyền địa phương «sửa đổi» ± 5 m² © 2025"
    text, notes = restored("\n".join([new, *LINES, new]))
    assert text.split("\n") == [new, *READ, new] and notes


@pytest.mark.parametrize(
    "text",
    [
        "Le préfet a signé l'arrêté à l'hôtel de ville: «déjà vu», élève, garçon, où, 5 m² © 2025, 25 °C ± 1.\n" * 20,
        "Trademark® and Copyright© of 2025; § 12, § 13 and §14; £100, ½ cup, µm.\n" * 20,
        "Căn cứ Luật Tổ chức chính quyền địa phương;\n" * 20,
        "UBND tinh quyet dinh ve viec giao dat.\n" * 20,
    ],
)
def test_what_is_none(text: str) -> None:
    assert restored(text) == (text, ())


def test_a_web_page(tmp_path: Path) -> None:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    (tmp_path / "a.html").write_text(f"<!doctype html><html><body>{body}</body></html>", "utf-8")
    source = read_source(tmp_path / "a.html")
    assert tuple(source.text.splitlines()) == READ and source.notes


def test_its_references_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(old_word(by_style=True))
    (facts,) = extract_path(tmp_path / "a.docx")
    assert ("72", "Luật", 2025) in [(r.number, r.type, r.year) for r in facts.references]
