"""The document that is read when all rules are loaded: it has what most documents have, so that what these need is there."""

from __future__ import annotations

import sys

import pytest

from chidao.extract.facts import extract_text
from chidao.extract.model import Source
from chidao.extract.paths import extract_file
from chidao.extract.ready import DOCUMENT, ready

FACTS = extract_text(Source("", "0" * 64, "utf-8", DOCUMENT))


@pytest.mark.parametrize("layer", ["references", "bodies", "relations", "actions", "tasks", "provisions", "force"])
def test_it_has_something_of_each_layer(layer: str) -> None:
    assert getattr(FACTS, layer)


def test_its_heading_is_read() -> None:
    assert (FACTS.heading.type, FACTS.heading.number, FACTS.heading.date) == ("Kế hoạch", "18", "2025-03-10")
    assert FACTS.heading.title and FACTS.heading.signer and FACTS.heading.recipients


def test_what_reads_files_is_what_everybody_reads_them_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # nor patterns
    assert ready("trial") is extract_file
