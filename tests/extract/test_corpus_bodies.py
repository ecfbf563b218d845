"""What the tables know of bodies that the files name: level, parent, successors."""

from __future__ import annotations

import pytest

from chidao.extract import extract_text, resolve
from chidao.extract.corpus.bodies import canonical_name, level_of
from chidao.extract.model import Source
from chidao.extract.resolved import Body


def bodies(text: str, home: str | None = None) -> dict[str, Body]:
    return resolve([extract_text(Source("a", "", "", text), home)]).bodies


@pytest.mark.parametrize(
    ("scope", "level"),
    [
        ("vn", "central"), ("lao-cai", "province"), ("ha-noi/huyen-dong-anh", "district"),
        ("ha-noi/phuong-hang-trong", "commune"), (None, None), ("unknown", None),
    ],
)  # fmt: skip
def test_level(scope: str | None, level: str | None) -> None:
    assert level_of(scope) == level


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("lao-cai/so-noi-vu", "Sở Nội vụ tỉnh Lào Cai"), ("vn/bo-chinh-tri", "Bộ Chính trị"),
        ("lao-cai/to-khong-co", None), ("nowhere/so-noi-vu", None),
    ],
)  # fmt: skip
def test_canonical_name(key: str, name: str | None) -> None:
    assert canonical_name(key) == name


def test_a_merged_province_leads_to_its_successor() -> None:
    found = bodies("Quyết định số 9/QĐ-UBND ngày 02/3/2024 của Ủy ban nhân dân tỉnh Yên Bái.")
    assert found["yen-bai/uy-ban-nhan-dan"].successors == ("lao-cai/uy-ban-nhan-dan",)
    assert found["lao-cai/uy-ban-nhan-dan"].name == "Ủy ban nhân dân tỉnh Lào Cai"
    assert found["lao-cai/uy-ban-nhan-dan"].successors == ()


def test_a_department_leads_to_the_one_that_took_over() -> None:
    found = bodies("Sở Kế hoạch và Đầu tư tỉnh Yên Bái báo cáo.")
    (after,) = found["yen-bai/so-ke-hoach-va-dau-tu"].successors
    assert found[after].name == "Sở Tài chính tỉnh Lào Cai"
