"""A committee that a paper calls by its bare word is the one of its letterhead."""

from __future__ import annotations

import pytest

from chidao.extract.facts import extract_text
from chidao.extract.model import Source


def issuer(letterhead: str, said: str) -> tuple[str | None, str | None]:
    """The issuer of the last document that a paper with that letterhead names, and its key."""
    own = "KH/ĐU" if "ĐẢNG" in letterhead else "KH-UBND"
    head = f"{letterhead}\nSố 15-{own}\nngày 05 tháng 3 năm 2026\n\nKẾ HOẠCH\nvề công tác kiểm tra\n\n"
    found = extract_text(Source("a", "", "", f"{head}{said}\n")).references[-1]
    return found.issuer, found.issuer_key


PROVINCE = "ỦY BAN NHÂN DÂN TỈNH LÀO CAI\nSỞ XÂY DỰNG"
COMMUNE = "ĐẢNG BỘ TỈNH LÀO CAI\nĐẢNG ỦY XÃ BÁT XÁT"


@pytest.mark.parametrize(
    ("letterhead", "said", "key"),
    [
        (COMMUNE, "Thực hiện Nghị quyết số 12-NQ/ĐU ngày 01/3/2025 của Đảng ủy về kinh tế.", "lao-cai/xa-bat-xat/cap-uy"),
        (COMMUNE, "Thực hiện Chỉ thị số 13-CT/ĐU của Ban Thường vụ Đảng ủy về kỷ luật.", "lao-cai/xa-bat-xat/ban-thuong-vu-cap-uy"),
        # the one above who issues
        ("ĐẢNG ỦY UBND TỈNH LÀO CAI\nCHI BỘ SỞ Y TẾ", "Thực hiện Nghị quyết số 12-NQ/ĐU của Đảng ủy.", "lao-cai/dang-uy-uy-ban-nhan-dan"),
        # its own name before
        (COMMUNE, "Đảng ủy xã Bát Xát đã họp.\nThực hiện Nghị quyết số 12-NQ/ĐU của Đảng ủy.", "lao-cai/xa-bat-xat/cap-uy"),
        (PROVINCE, "UBND tỉnh đã họp, Ủy ban nhân dân tỉnh Lào Cai yêu cầu.\nThực hiện Quyết định số 12/QĐ-UBND của Ủy ban.", "lao-cai/uy-ban-nhan-dan"),
        # a committee that no table has
        ("ĐẢNG BỘ CÁC CƠ QUAN ĐẢNG TỈNH LÀO CAI\nĐẢNG ỦY SỞ Y TẾ", "Thực hiện Nghị quyết số 12-NQ/ĐU của Đảng ủy.", "lao-cai/dang-uy-so-y-te-tinh-lao-cai"),
        ("ỦY BAN NHÂN DÂN\nXÃ MẪU SƠN", "Thực hiện Quyết định số 12/QĐ-UBND ngày 01/3/2025 của Ủy ban về quy chế.", "unknown/xa-mau-son/uy-ban-nhan-dan"),
    ],
)  # fmt: skip
def test_the_one_of_the_letterhead(letterhead: str, said: str, key: str) -> None:
    assert issuer(letterhead, said)[1] == key


@pytest.mark.parametrize(
    ("letterhead", "said"),
    [
        # two stand there
        ("ĐẢNG ỦY XÃ BÁT XÁT\nĐẢNG ỦY QUÂN SỰ", "Thực hiện Nghị quyết số 12-NQ/ĐU của Đảng ủy."),
        # none stands there
        ("TỈNH ỦY LÀO CAI\nHUYỆN ỦY BÁT XÁT", "Thực hiện Nghị quyết số 12-NQ/ĐU của Đảng ủy."),
        # the paragraph above speaks of another's
        (
            COMMUNE,
            "Đảng ủy Công an tỉnh Lào Cai lãnh đạo toàn diện.\n\nTriển khai Nghị quyết số 12-NQ/ĐU của Đảng ủy, Công an các xã vào cuộc.",
        ),
        (COMMUNE, "Đảng ủy xã Bát Xát Hạ đã họp.\nTriển khai Nghị quyết số 12-NQ/ĐU của Đảng ủy."),
        # those below by their short name
        (PROVINCE, "UBND xã Bát Xát thực hiện Quyết định số 12/QĐ-UBND của Ủy ban."),
        (PROVINCE, "UBND các xã thực hiện Quyết định số 12/QĐ-UBND của Ủy ban."),
        (PROVINCE, "UBND tỉnh Sơn La đã họp.\nThực hiện Quyết định số 12/QĐ-UBND của Ủy ban."),
        # the sentence speaks of another's
        (COMMUNE, "Đảng ủy Công an tỉnh đã triển khai Nghị quyết số 12-NQ/ĐU của Đảng ủy về kỷ luật."),
    ],
)
def test_nobody_knows_which(letterhead: str, said: str) -> None:
    assert issuer(letterhead, said) in (("Đảng ủy", None), (None, None))


def test_another_that_has_a_name() -> None:
    said = "Thực hiện Nghị quyết số 12-NQ/ĐU của Đảng ủy phường Sa Pa."
    assert issuer(COMMUNE, said) == ("Đảng ủy phường Sa Pa", "lao-cai/phuong-sa-pa/cap-uy")


def test_a_title_told_before_is_no_part_of_the_committees_name() -> None:
    said = "Đã triển khai Nghị quyết số 12-NQ/ĐU của Đảng ủy về kỷ luật.\nTiếp tục thực hiện Nghị quyết số 14-NQ/ĐU của Đảng ủy về kỷ luật."
    assert issuer(COMMUNE, said)[0] == "Đảng ủy xã Bát Xát"
