"""What several tests of the site share."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chidao.graph.tables.asked import Tabled
from chidao.graph.write.build import build

NASTY = "về việc <script>window.hacked=1</script><img src=x onerror=window.hacked=1> \"'& {{ 7*7 }} đóng băng"
LETTER = f"""UBND TỈNH THÁI NGUYÊN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 77/KH-UBND
Thái Nguyên, ngày 02 tháng 3 năm 2023

KẾ HOẠCH
{NASTY}

Thực hiện Nghị quyết số 15-NQ/TW ngày 05/5/2022 của Bộ Chính trị về <b onclick="window.hacked=1">phương hướng</b>, Ủy ban nhân dân tỉnh ban hành Kế hoạch này.
"""

ALONE = """ỦY BAN NHÂN DÂN TỈNH THÁI NGUYÊN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 88/TB-UBND
Thái Nguyên, ngày 04 tháng 3 năm 2023

THÔNG BÁO
Về lịch trực ngày nghỉ

Ủy ban nhân dân tỉnh thông báo lịch trực ngày nghỉ để các đơn vị được biết.
"""


@pytest.fixture(scope="session")
def graph_of_strangers(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of the samples, of a letter that means harm, and of one that names no other."""
    files = tmp_path_factory.mktemp("files")
    for path in samples.iterdir():
        shutil.copy(path, files)
    (files / "<script>alert(1)<!--.txt").write_text(LETTER, encoding="utf-8")
    (files / "thong-bao.txt").write_text(ALONE, encoding="utf-8")
    graph = tmp_path_factory.mktemp("web") / "graph"
    build([files], graph, jobs=1)
    return graph


@pytest.fixture
def rows_read(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many rows of each question have been read from the tables: what a page costs, the same on every machine."""
    read: Counter[str] = Counter()

    def counting(method: str, size: Callable[[Any], int]) -> None:
        asked = getattr(Tabled, method)

        def count(self: Tabled, name: str, *given: Any) -> Any:
            found = asked(self, name, *given)
            read[name] += size(found) if found else 0
            return found

        monkeypatch.setattr(Tabled, method, count)

    counting("rows", len)
    counting("part", lambda found: len(found[0]))
    return read
