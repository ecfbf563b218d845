"""The trigger tables, both ways: every trigger works on its own example, and every example's fact is found."""

from __future__ import annotations

import re
import unicodedata

import pytest

from chidao.extract import extract_text
from chidao.extract.language.tables import (
    ActionTrigger,
    RelationTrigger,
    TaskPhrase,
    action_triggers,
    alternation,
    key,
    relation_triggers,
    task_phrases,
)
from chidao.extract.model import Facts, Source

RELATIONS = list(relation_triggers().values())
ACTIONS = list(action_triggers().values())
PREDICATES = {
    "implements", "continues", "based_on", "guides", "amends", "replaces", "repeals", "corrects", "consolidates", "reviews",
}  # fmt: skip
ACTS = {"issue", "implement", "concretize", "disseminate", "inspect", "review", "amend", "direct"}


def read(text: str) -> Facts:
    return extract_text(Source("", "", "", f"{text}."), "Hà Nội")


@pytest.mark.parametrize("row", RELATIONS, ids=lambda row: row.trigger)
class TestRelation:
    def test_example_gives_it(self, row: RelationTrigger) -> None:
        facts = read(row.example)
        assert len(facts.references) == 2
        subject, object_ = (0, 1) if row.direction == "forward" else (1, 0)
        found = [(r.subject, r.predicate, r.object, key(r.trigger), r.certainty) for r in facts.relations]
        assert found == [(subject, row.predicate, object_, row.trigger, row.certainty)]

    def test_evidence_holds_trigger_and_both_documents(self, row: RelationTrigger) -> None:
        facts = read(row.example)
        (relation,) = facts.relations
        assert relation.trigger in relation.text
        for reference in facts.references:
            assert relation.start <= reference.start and reference.end <= relation.end
        assert relation.text in facts.sentences[relation.sentence].text

    def test_row_is_well_formed(self, row: RelationTrigger) -> None:
        assert row.trigger == key(row.trigger) == unicodedata.normalize("NFC", row.trigger)
        assert row.predicate in PREDICATES
        assert row.direction in ("forward", "backward")
        assert row.certainty in ("explicit", "implied")
        assert row.example == unicodedata.normalize("NFC", row.example)


@pytest.mark.parametrize("row", ACTIONS, ids=lambda row: row.trigger)
class TestAction:
    def test_example_gives_it(self, row: ActionTrigger) -> None:
        facts = read(row.example)
        found = [(a.action, a.document, key(a.trigger)) for a in facts.actions]
        assert found == [(row.action, 0, row.trigger)]

    def test_example_names_the_document_once(self, row: ActionTrigger) -> None:
        assert len(read(row.example).references) == 1

    def test_row_is_well_formed(self, row: ActionTrigger) -> None:
        assert row.trigger == key(row.trigger) == unicodedata.normalize("NFC", row.trigger)
        assert row.action in ACTS


def test_every_predicate_and_action_has_a_trigger() -> None:
    assert {row.predicate for row in RELATIONS} == PREDICATES
    assert {row.action for row in ACTIONS} == ACTS


def test_alternation_takes_the_longest_trigger_over_any_blanks() -> None:
    pattern = re.compile(alternation(relation_triggers()), re.IGNORECASE)
    match = pattern.search("về Tiếp tục\u00a0thực  hiện Nghị quyết")
    assert match and key(match.group()) == "tiếp tục thực hiện"


def test_key() -> None:
    assert key("Triển  khai\nThực hiện") == "triển khai thực hiện"


TASKS = list(task_phrases("work", "call", "heading").values())


@pytest.mark.parametrize("row", TASKS, ids=lambda row: f"{row.use}: {row.phrase}")
def test_example_of_a_task_phrase_gives_a_task(row: TaskPhrase) -> None:
    """Each example in a plan of a province; below a heading an item follows."""
    heading = "ỦY BAN NHÂN DÂN TỈNH LÀO CAI\nSố: 12/KH-UBND\nLào Cai, ngày 05 tháng 3 năm 2026\n\nKẾ HOẠCH\nvề bến thủy\n\nThực hiện quy hoạch.\n"
    item = "\n- Rà soát toàn bộ bến thủy trên địa bàn tỉnh." if row.use == "heading" else ""
    before = "1. " if row.use == "heading" else ""
    (task,) = extract_text(Source("", "", "", f"{heading}{before}{row.example}{item}\n")).tasks
    assert task.rule == {"work": "subject", "call": "called", "heading": "body-heading"}[row.use]
    assert [a.name for a in task.lead] == ["Sở Nội vụ tỉnh Lào Cai"]
    assert row.phrase == key(row.phrase) and row.phrase in key(row.example)
