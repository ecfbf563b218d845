"""One document says the same as a web page, as a Word document, and printed by a word processor and by a browser.

Legal bases are printed in italics, whose letters and marks hang over the next blank: there blanks were lost. The fonts have the
widths of Times New Roman and Arial, and one has wide accents.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chidao.extract import extract_path, records, resolve

pytestmark = [pytest.mark.slow, pytest.mark.browser]

FONTS = ("Liberation Serif", "Liberation Sans", "DejaVu Sans")
STYLES = ("normal", "italic")
HEAD = ("ỦY BAN NHÂN DÂN TỈNH LÀO CAI", "Số: 77/QĐ-UBND", "Lào Cai, ngày 21 tháng 11 năm 2025", "QUYẾT ĐỊNH",
        "Về việc ứng dụng hóa đơn điện tử", "ỦY BAN NHÂN DÂN TỈNH LÀO CAI")  # fmt: skip
BASES = (
    "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16 tháng 6 năm 2025;",
    "Căn cứ Thông tư số 87/2025/TT-BTC ngày 08 tháng 9 năm 2025 của Bộ trưởng Bộ Tài chính;",
    "Căn cứ Nghị định số 123/2020/NĐ-CP ngày 19 tháng 10 năm 2020 của Chính phủ quy định về hóa đơn, chứng từ được sửa đổi, bổ sung "
    "bởi Nghị định số 70/2025/NĐ-CP ngày 20 tháng 3 năm 2025 của Chính phủ;",
    "Theo đề nghị của Giám đốc Sở Tài chính tại Tờ trình số 512/TTr-STC ngày 03 tháng 11 năm 2025.",
)
BODY = (
    "QUYẾT ĐỊNH:",
    "Điều 1. Quyết định này thay thế Quyết định số 12/QĐ-UBND ngày 05 tháng 3 năm 2021 của Ủy ban nhân dân tỉnh Lào Cai.",
    "Điều 2. Bãi bỏ Quyết định số 45/QĐ-UBND ngày 07 tháng 8 năm 2022 của Ủy ban nhân dân tỉnh Lào Cai.",
)


@pytest.fixture(scope="module")
def made(needs: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the document in each font and style: .html, .docx, .pdf of LibreOffice, .browser.pdf of Chromium."""
    office, browser = needs("soffice"), needs("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    folder = tmp_path_factory.mktemp("alike")
    pages = []
    for font in FONTS:
        for style in STYLES:
            page = folder / f"{font}-{style}.html"
            rules = f'body {{ font: {style} 14pt "{font}"; text-align: justify; width: 165mm }}'
            lines = "".join(f"<p>{line}</p>" for line in (*HEAD, *BASES, *BODY))
            page.write_text(f"<!doctype html><meta charset=utf-8><style>{rules}</style>{lines}", "utf-8")
            pages.append(page)
            run(browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                f"--user-data-dir={folder / 'browser'}", f"--print-to-pdf={page.with_suffix('.browser.pdf')}", page.as_uri())  # fmt: skip
    soffice = (office, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless")
    into = ("--outdir", str(folder))
    run(*soffice, "--infilter=HTML (StarWriter)", "--convert-to", "odt:writer8", *into, *map(str, pages))
    texts = [str(page.with_suffix(".odt")) for page in pages]
    run(*soffice, "--convert-to", "docx", *into, *texts)
    run(*soffice, "--convert-to", "pdf", *into, *texts)
    return folder


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=240)


def said(path: Path) -> list[dict[str, Any]]:
    """References and relations of a file, without the places where they stand."""
    found = records(resolve(extract_path(path)))
    kept = {"kind", "type", "number", "symbol", "year", "date", "issuer", "title", "subject", "predicate", "object"}
    return [{k: v for k, v in r.items() if k in kept} for r in found if r["kind"] in ("reference", "relation")]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("font", FONTS)
def test_every_format_says_the_same(made: Path, font: str, style: str) -> None:
    as_html = said(made / f"{font}-{style}.html")
    assert [r["number"] for r in as_html if r["kind"] == "reference"] == ["72", "87", "123", "70", "512", "12", "45"]
    assert sum(r["kind"] == "relation" for r in as_html) >= 6
    for suffix in ("docx", "pdf", "browser.pdf"):
        assert said(made / f"{font}-{style}.{suffix}") == as_html, suffix
