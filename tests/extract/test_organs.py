"""Organs of committees, from their table."""

from __future__ import annotations

import re

import pytest

from chidao.extract import extract_text
from chidao.extract.language.composing import one_of
from chidao.extract.language.organs import Organ, organs
from chidao.extract.model import Source

ORGANS = organs().values()
COMMITTEES = {
    "cap-uy": "TỈNH ỦY LÀO CAI",
    "uy-ban-mat-tran-to-quoc": "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH LÀO CAI",
    "ban-chap-hanh-trung-uong": "BAN CHẤP HÀNH TRUNG ƯƠNG",
}


@pytest.mark.parametrize("organ", ORGANS, ids=lambda organ: organ.name)
def test_example(organ: Organ) -> None:
    read = re.search(one_of(o.name for o in ORGANS), organ.example, re.IGNORECASE)
    assert read and read.group().lower() == organ.name.lower()


@pytest.mark.parametrize("organ", [o for o in ORGANS if o.committee], ids=lambda organ: organ.name)
def test_who_signs_for_the_committee_issued_its_document(organ: Organ) -> None:
    text = (
        f"{COMMITTEES[organ.committee]}\nSố 12-KL/X\nngày 5 tháng 6 năm 2026\n\nKẾT LUẬN\nvề chuyển đổi số\n\nMột.\n\n"
        f"T/M {organ.name.upper()}\nNguyễn Văn Mẫu\n"
    )
    issuer = extract_text(Source("", "", "", text)).heading.issuer
    assert issuer and issuer.startswith(organ.name)
