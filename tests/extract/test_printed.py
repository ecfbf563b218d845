"""The records that the command line prints: the contract's fields, in the contract's order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chidao.extract import extract_path, extract_text, records, resolve
from chidao.extract.iris import BASE, body_iri, document_iri
from chidao.extract.model import Source

SAMPLES = Path(__file__).parents[2] / "samples"
FIELDS = {
    "document": "document type number symbol year date place issuer title signer signer_role recipients",
    "reference": "start end text type number symbol year date issuer title document rule",
    "body": "start end text name body rule",
    "relation": "subject predicate object start end text trigger rule",
    "action": "actor action document start end text trigger rule",
    "task": "start end text lead support deadline deadline_text rule",
}
TEXT = (
    "THÀNH ỦY HÀ NỘI\nSố 16-CTr/TU\nHà Nội, ngày 26 tháng 8 năm 2022\n\nCHƯƠNG TRÌNH HÀNH ĐỘNG\n"
    "thực hiện Nghị quyết số 15-NQ/TW ngày 05/5/2022 của Bộ Chính trị\n\n"
    "Ban Thường vụ Thành ủy chỉ đạo Kế hoạch số 83-KH/TU. Giao Sở Nội vụ rà soát bến thủy.\n"
)


def rows(text: str = TEXT, **options: Any) -> list[dict[str, Any]]:
    return list(records(resolve([extract_text(Source("a.txt", "", "", text))]), **options))


def test_fields_in_order() -> None:
    found = rows()
    assert {row["kind"] for row in found} == FIELDS.keys()
    for row in found:
        assert list(row) == ["kind", *FIELDS[row["kind"]].split()]


def test_document_comes_first_then_text_order() -> None:
    first, *rest = rows()
    assert first["kind"] == "document"
    assert [row["start"] for row in rest] == sorted(row["start"] for row in rest)


def test_the_document_itself() -> None:
    row = rows()[0]
    assert row["document"] == f"{BASE}document/ha-noi/chuong-trinh/16-ctr-tu/2022"
    assert (row["type"], row["date"], row["issuer"]) == ("Chương trình hành động", "2022-08-26", "Thành ủy Hà Nội")
    assert row["recipients"] is None


def test_relation_and_action_name_documents_by_iri() -> None:
    found = rows()
    documents = {row["document"] for row in found if row["kind"] in ("document", "reference")}
    for row in found:
        if row["kind"] == "relation":
            assert {row["subject"], row["object"]} <= documents
        if row["kind"] == "action":
            assert row["document"] in documents


def test_a_text_without_identity() -> None:
    row = rows("Thành ủy quán triệt Nghị quyết số 15-NQ/TW.")[0]
    assert row["document"] is None and row["type"] is None


def test_date_of_another_mention_is_filled_in() -> None:
    text = "Nghị quyết số 15-NQ/TW ngày 05/5/2022. Các cấp ủy quán triệt Nghị quyết số 15-NQ/TW."
    assert [r["date"] for r in rows(text) if r["kind"] == "reference"] == ["2022-05-05", "2022-05-05"]


def test_base_and_file_names() -> None:
    for row in rows(base="https://example.org/", name_files=True):
        assert row["file"] == "a.txt"
        if row["kind"] == "reference":
            assert row["document"].startswith("https://example.org/document/")


@pytest.mark.parametrize(
    ("key", "iri"),
    [
        ("vn/bo-chinh-tri", "https://w3id.org/chidao/id/body/vn/bo-chinh-tri"),
        ("ha-noi/cap-uy", "https://example.org/body/ha-noi/cap-uy"),
    ],
)
def test_body_iri(key: str, iri: str) -> None:
    from chidao.ontology.vocabulary import BODY

    expected = iri if not key.startswith("vn/") else f"{BODY}{key}"
    assert body_iri(key, "https://example.org/") == expected


def test_document_iri() -> None:
    assert document_iri("vn/nghi-quyet/15-nq-tw/2022") == f"{BASE}document/vn/nghi-quyet/15-nq-tw/2022"


def test_samples_make_plain_json() -> None:
    corpus = resolve(facts for path in sorted(SAMPLES.iterdir()) for facts in extract_path(path))
    lines = [json.dumps(row, ensure_ascii=False) for row in records(corpus, name_files=True)]
    assert len({json.loads(line)["file"] for line in lines}) == len(list(SAMPLES.iterdir()))
