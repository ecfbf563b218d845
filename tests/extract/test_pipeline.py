"""The layers as spaCy components, found through their entry points in anyone's pipeline."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any

import pytest
import spacy
from spacy.language import Language

from chidao.extract import ChidaoError
from chidao.extract.model import Action, BodyMention, Facts, Force, Provision, Reference, Relation, Task
from chidao.extract.pipeline import LAYERS, create

TEXT = "Thành ủy ban hành Chương trình số 16-CTr/TU ngày 26/8/2022 thực hiện Nghị quyết số 15-NQ/TW của Bộ Chính trị."
PLAN = "KẾ HOẠCH\nvề bến thủy\n\nThực hiện quy hoạch.\nSở Nội vụ chủ trì rà soát các bến thủy trên địa bàn thành phố.\n"
TYPES: dict[str, type] = {
    "references": Reference,
    "bodies": BodyMention,
    "relations": Relation,
    "actions": Action,
    "tasks": Task,
    "provisions": Provision,
    "force": Force,
}
LAW = "Điều 2. Hiệu lực\nQuyết định này có hiệu lực từ ngày 01/7/2026, trừ khoản 2 Điều 2 Quyết định này."
READS = {"tasks": PLAN, "provisions": LAW, "force": LAW}


def blank() -> Language:
    return spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})


def test_entry_points_name_real_factories() -> None:
    found = {e.name: e for e in entry_points(group="spacy_factories") if e.value.startswith("chidao.")}
    assert found.keys() == {f"chidao_{layer}" for layer in LAYERS}
    assert all(callable(entry.load()) for entry in found.values())


@pytest.mark.parametrize("layer", LAYERS)
def test_component_stands_alone(layer: str) -> None:
    nlp = blank()
    nlp.add_pipe(f"chidao_{layer}", config={"home": "Hà Nội"})
    doc = nlp(READS.get(layer, TEXT))
    assert set(doc.spans) == {layer}
    assert doc.spans[layer]
    spans: list[Any] = list(doc.spans[layer])
    for span in spans:
        fact = span._.chidao
        assert fact.text in span.text
        assert type(fact) is TYPES[layer]


def test_facts_of_the_document() -> None:
    doc = create("Hà Nội")(TEXT)
    facts = doc._.chidao
    assert isinstance(facts, Facts)
    assert set(doc.spans) == set(LAYERS)
    assert [len(doc.spans[layer]) for layer in LAYERS] == [len(getattr(facts, layer)) for layer in LAYERS]
    assert [(span.text, span.label_, span._.chidao.date) for span in doc.spans["references"]] == [
        ("Chương trình số 16-CTr/TU", "Chương trình", "2022-08-26"),
        ("Nghị quyết số 15-NQ/TW", "Nghị quyết", None),
    ]
    assert [span.label_ for span in doc.spans["relations"]] == ["implements"]
    assert [span.label_ for span in doc.spans["actions"]] == ["issue"]


@pytest.mark.parametrize(
    "text", ["", "   ", "Không có gì.", "(15-NQ/TW)", "“Nghị quyết số 15-NQ/TW”, Nghị định số 30/2020/NĐ-CP…"]
)
def test_any_text_makes_a_document(text: str) -> None:
    doc = create()(text)
    assert doc.text == text


def test_tokenizer_keeps_codes_whole() -> None:
    tokens = [token.text for token in create()("(Nghị quyết số 15-NQ/TW, 32/2021/NĐ-CP).")]
    assert tokens == ["(", "Nghị", "quyết", "số", "15-NQ/TW", ",", "32/2021/NĐ-CP", ")", "."]


def test_english_pipeline() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("chidao_references")
    doc = nlp("It cites Nghị quyết số 15-NQ/TW.")
    assert [span._.chidao.symbol for span in doc.spans["references"]] == ["NQ/TW"]


def test_pipe_and_batches() -> None:
    nlp = create("Hà Nội")
    assert [len(doc.spans["references"]) for doc in nlp.pipe([TEXT, "", TEXT])] == [2, 0, 2]


def test_unknown_home_fails_when_the_pipeline_is_built() -> None:
    with pytest.raises(ChidaoError, match="Atlantis"):
        blank().add_pipe("chidao_bodies", config={"home": "Atlantis"})
