"""Who issue a document together."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from chidao.extract import extract_text
from chidao.extract.model import Source

CASES = tomllib.loads(Path(__file__).parent.joinpath("cases", "joint.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_issuers(case: dict[str, Any]) -> None:
    heading = extract_text(Source("", "", "", case["text"] + "\n\nCăn cứ tình hình thực tế.\n")).heading
    assert [heading.issuer, *(body.name for body in heading.jointly)] == case["issuers"]
    span = heading.places.issuer
    assert span is not None and case["text"][span[0] : span[1]].isupper()
