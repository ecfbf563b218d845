"""The trigger tables, both ways: every trigger works on its own example, and in every place where its row says that it can stand."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path

import pytest

from chidao.extract import extract_text
from chidao.extract.language.jurisdictions import home_place
from chidao.extract.language.tables import (
    CARRIES,
    CHANGES,
    FORMS,
    ActionTrigger,
    RelationTrigger,
    TaskPhrase,
    action_triggers,
    key,
    read_relation,
    relation_triggers,
    rows,
    task_phrases,
)
from chidao.extract.language.verbs import saying, spelled
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import SELF, Facts, Source
from chidao.extract.statements.addressees.addressees import read_addressees
from chidao.extract.statements.predicates import starts_work
from chidao.extract.statements.sections import section_of
from chidao.extract.statements.task_tables.by_cells import acts, speaks_against
from chidao.extract.statements.task_tables.columns import field_of

RELATIONS = list(relation_triggers().values())
ACTIONS = list(action_triggers().values())
PREDICATES = {
    "implements", "continues", "based_on", "guides", "amends", "replaces", "repeals", "corrects", "consolidates", "reviews",
}  # fmt: skip
OPERATIONS = {"insert", "replace", "repeal", "renumber"}
ACTS = {"issue", "implement", "concretize", "disseminate", "inspect", "review", "amend", "direct"}
FRAMES = tomllib.loads(Path(__file__).parent.joinpath("cases", "frames.toml").read_text("utf-8"))
A, B, C = (f"Quyết định số {n}/QĐ-UBND" for n in (12, 10, 11))
# Where a trigger can stand: the words around it, and what they say (subject, object; documents counted from 0).
SENTENCES = {
    "active": [(f"{A} {{v}} {B}.", 0, 1), (f"{A} ngày 05/01/2022 về việc {{v}} {B}.", 0, 1)],
    "passive": [(f"{B} được {{v}} bởi {A}.", 1, 0), (f"{B} đã được {{v}} tại {A}.", 1, 0)],
    "preamble": [(f"{{V}} Nghị quyết số 57-NQ/TW, Ủy ban nhân dân tỉnh đã ban hành {A}.", 1, 0)],
}
TITLES = {
    "title": ["Về việc {v} Quyết định số 10/QĐ-UBND", "{V} Quyết định số 10/QĐ-UBND"],
    "within": ["{V} mục đích sử dụng đất tại Quyết định số 10/QĐ-UBND"],
}
ARTICLES = {
    "clause": [
        f"Điều 2. Quyết định này {{v}} {B}.",
        f"Điều 2. {{V}} {B}, {C}.",
        f"Điều 2. {{V}} các văn bản sau đây:\na) {B};\nb) {C}.",
        f"Điều 2. {{V}} các văn bản sau: {B}; {C}.",
    ],
    "passive": [
        f"Điều 2. {B} được {{v}} bằng Quyết định này.",
        f"Điều 2. {B} bị {{v}} bởi Quyết định này.",
        f"Điều 2. Các văn bản sau đây bị {{v}}:\na) {B};\nb) {C}.",
        f"Điều 2. Các Quyết định sau được {{v}} bằng Quyết định này: {B}; {C}.",
    ],
    "state": [
        f"Điều 2. {B} {{v}} kể từ ngày Quyết định này có hiệu lực.",
        f"Điều 2. Các văn bản sau {{v}}: {B}; {C}.",
    ],
}
OPENINGS = {"preamble": ["{V} Nghị quyết số 15-NQ/TU, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:"]}


def read(text: str) -> Facts:
    return extract_text(Source("", "", "", text), "Hà Nội")


def framed(frame: str, **words: str) -> Facts:
    return read(FRAMES[frame]["text"].format(**FRAMES[frame] | words))


def put(template: str, row: RelationTrigger) -> str:
    return template.format(v=row.trigger, V=row.trigger[0].upper() + row.trigger[1:])


def triples(facts: Facts) -> set[tuple[int, str, int]]:
    return {(r.subject, r.predicate, r.object) for r in facts.relations}


def places(forms: dict[str, list[str]], rows: list[RelationTrigger]) -> list[object]:
    """Every row in every place of its forms; a verb that governs another needs one, and is tried by its example."""
    return [
        pytest.param(row, template, id=f"{row.trigger}-{form}-{n}")
        for row in rows
        for form, templates in forms.items()
        if form in row.forms and "governing" not in row.forms
        for n, template in enumerate(templates)
    ]


@pytest.mark.parametrize("row", RELATIONS, ids=lambda row: row.trigger)
class TestRelation:
    def test_example_gives_it(self, row: RelationTrigger) -> None:
        if "provision" in row.forms and not row.forms & {"active", "clause"}:
            (amendment,) = framed("decision", article=row.example).amendments
            assert (amendment.document, amendment.operation) == (0, row.operation)
            return
        if "active" in row.forms:
            facts = read(f"{row.example}.")
            assert len(facts.references) == 2
            expected = (0, 1) if row.direction == "forward" else (1, 0)
        else:
            words = {"title": "title", "preamble": "preamble"}
            part = next((words[form] for form in words if form in row.forms), "article")
            facts = framed("decision" if part == "article" else "plan", **{part: row.example})
            expected = (SELF, 0)
        (relation,) = facts.relations
        assert (relation.subject, relation.predicate, relation.object) == (expected[0], row.predicate, expected[1])
        assert relation.certainty == row.certainty
        assert read_relation(relation.trigger).trigger == row.trigger

    def test_evidence_holds_trigger_and_documents(self, row: RelationTrigger) -> None:
        facts = read(f"{row.example}.")
        for relation in facts.relations:
            assert relation.trigger in relation.text
            for i in {relation.subject, relation.object} - {SELF}:
                reference = facts.references[i]
                assert relation.start <= reference.start and reference.end <= relation.end
            assert relation.text in facts.sentences[relation.sentence].text

    def test_row_is_well_formed(self, row: RelationTrigger) -> None:
        assert row.trigger == " ".join(row.trigger.lower().split()) == unicodedata.normalize("NFC", row.trigger)
        assert row.predicate in PREDICATES
        assert row.direction in ("forward", "backward")
        assert row.certainty in ("explicit", "implied")
        assert row.example == unicodedata.normalize("NFC", row.example)
        assert row.forms and row.forms <= FORMS.keys()
        assert ("provision" in row.forms) == (row.operation in OPERATIONS)
        assert row.event in ("", "expires", "extended")


@pytest.mark.parametrize(
    ("row", "template", "subject", "object_"),
    [
        pytest.param(row, *case, id=f"{row.trigger}-{form}-{n}")
        for row in RELATIONS
        for form, cases in SENTENCES.items()
        if form in row.forms and "governing" not in row.forms and row.direction == "forward"
        for n, case in enumerate(cases)
        # "đã được thực hiện tại B" tells where, and "sơ kết 05 năm thực hiện" needs its years.
        if row.predicate in CHANGES | CARRIES
    ],
)
def test_verbs_in_sentences(row: RelationTrigger, template: str, subject: int, object_: int) -> None:
    assert triples(read(put(template, row))) == {(subject, row.predicate, object_)}


@pytest.mark.parametrize(
    ("row", "template"), places(TITLES, [r for r in RELATIONS if r.predicate in CHANGES | CARRIES])
)
def test_verbs_in_titles(row: RelationTrigger, template: str) -> None:
    part = " tại " in template and row.predicate in ("replaces", "repeals")
    assert triples(framed("decision", title=put(template, row))) == {(SELF, "amends" if part else row.predicate, 0)}


@pytest.mark.parametrize(("row", "template"), places(ARTICLES, [r for r in RELATIONS if r.predicate in CHANGES]))
def test_verbs_in_articles(row: RelationTrigger, template: str) -> None:
    facts = framed("decision", article=put(template, row))
    assert triples(facts) == {(SELF, row.predicate, i) for i in range(len(facts.references))} != set()


@pytest.mark.parametrize(("row", "template"), places(OPENINGS, RELATIONS))
def test_verbs_in_openings(row: RelationTrigger, template: str) -> None:
    assert triples(framed("plan", preamble=put(template, row))) == {(SELF, row.predicate, 0)}


@pytest.mark.parametrize("row", [r for r in RELATIONS if {"passive", "clause"} <= r.forms], ids=lambda row: row.trigger)
def test_a_document_rests_on_what_was_changed_and_not_on_what_changed_it(row: RelationTrigger) -> None:
    facts = framed("decision", preamble=f"Căn cứ {B} đã được {row.trigger} theo {A};")
    assert triples(facts) == {(SELF, "based_on", 0), (1, row.predicate, 0)}


@pytest.mark.parametrize(
    ("printed", "trigger"),
    [
        ("được sửa đổi và bổ sung một số điều bởi", "sửa đổi, bổ sung"),
        ("Sửa đổi  bổ sung", "sửa đổi, bổ sung"),
        ("huỷ bỏ", "hủy bỏ"),
        ("cụ thể hoá", "cụ thể hóa"),
        ("bị bãi bỏ theo", "bãi bỏ"),
    ],
)
def test_one_row_reads_every_way_of_printing_it(printed: str, trigger: str) -> None:
    assert read_relation(printed).trigger == trigger
    assert re.search(spelled(trigger), printed, re.IGNORECASE)


def test_what_is_no_trigger() -> None:
    with pytest.raises(KeyError):
        read_relation("được khen thưởng bởi")


@pytest.mark.parametrize("row", ACTIONS, ids=lambda row: row.trigger)
class TestAction:
    def test_example_gives_it(self, row: ActionTrigger) -> None:
        facts = read(f"{row.example}.")
        found = [(a.action, a.document, key(a.trigger)) for a in facts.actions]
        assert found == [(row.action, 0, key(row.trigger))]

    def test_example_names_the_document_once(self, row: ActionTrigger) -> None:
        assert len(read(f"{row.example}.").references) == 1

    def test_row_is_well_formed(self, row: ActionTrigger) -> None:
        assert row.trigger == " ".join(row.trigger.lower().split()) == unicodedata.normalize("NFC", row.trigger)
        assert row.action in ACTS

    def test_what_it_is_not(self, row: ActionTrigger) -> None:
        for words in row.unless:
            facts = read(f"Thành ủy {row.trigger} {words} Luật Thủ đô.")
            assert row.trigger not in {key(a.trigger) for a in facts.actions}


def test_every_predicate_and_action_has_a_trigger() -> None:
    assert {row.predicate for row in RELATIONS} == PREDICATES
    assert {row.action for row in ACTIONS} == ACTS


def test_the_longest_trigger_is_taken_over_any_blanks() -> None:
    match = re.compile(saying("active"), re.IGNORECASE).search("về Tiếp tục\u00a0thực  hiện Nghị quyết")
    assert match and key(match.group()) == "tiếp tục thực hiện"


def test_key() -> None:
    assert key("Triển  khai\nThực hiện") == "triển khai thực hiện"


TASKS = list(task_phrases("work", "duty", "before", "give", "call", "heading").values())


NAMES = list(task_phrases("name").values())


@pytest.mark.parametrize("row", NAMES, ids=lambda row: row.phrase)
def test_what_is_part_of_a_name_begins_no_work(row: TaskPhrase) -> None:
    addressees, end = read_addressees(row.example, 0, BodyFinder(None))
    assert row.phrase in addressees[-1].name
    assert starts_work(row.example, end, len(row.example))


@pytest.mark.parametrize("row", TASKS, ids=lambda row: f"{row.use}: {row.phrase}")
def test_example_of_a_task_phrase_gives_a_task(row: TaskPhrase) -> None:
    """Each example in a plan of a province; below a heading an item follows."""
    heading = "ỦY BAN NHÂN DÂN TỈNH LÀO CAI\nSố: 12/KH-UBND\nLào Cai, ngày 05 tháng 3 năm 2026\n\nKẾ HOẠCH\nvề bến thủy\n\nThực hiện quy hoạch.\n"
    item = "\n- Rà soát toàn bộ bến thủy trên địa bàn tỉnh." if row.use == "heading" else ""
    before = "1. " if row.use == "heading" else ""
    (task,) = extract_text(Source("", "", "", f"{heading}{before}{row.example}{item}\n")).tasks
    assert task.rule == {"heading": "body-heading", "give": "called", "call": "called"}.get(row.use, "subject")
    assert [a.name for a in task.lead] == ["Sở Nội vụ tỉnh Lào Cai"]
    assert row.phrase == " ".join(row.phrase.lower().split())
    assert key(row.phrase) in key(row.example)


@pytest.mark.parametrize("row", list(rows("addressees.csv")), ids=lambda row: row["head"])
def test_example_of_an_addressee(row: dict[str, str]) -> None:
    """A head opens the name of its example, alone on its line; what is none opens no name."""
    addressees, end = read_addressees(row["example"], 0, BodyFinder(home_place("Lào Cai")), heading=True)
    assert key(row["example"].removeprefix("các ").removeprefix("Các ")).startswith(key(row["head"]))
    assert row["kind"] == "none" or end == len(row["example"])
    assert bool(addressees) == (row["kind"] != "none")
    assert row["kind"] in ("body", "unit", "office", "group", "whole", "none")


@pytest.mark.parametrize("row", list(rows("sections.csv")), ids=lambda row: row["heading"])
def test_example_of_a_section(row: dict[str, str]) -> None:
    said = re.split(r"[.)] ", row["example"])[-1]
    assert section_of(said) == row["kind"]
    assert key(row["heading"]) in key(row["example"])


@pytest.mark.parametrize("row", list(rows("task_columns.csv")), ids=lambda row: f"{row['field']}: {row['header']}")
def test_example_of_a_column_of_tasks(row: dict[str, str]) -> None:
    """A header begins with its row's words; what is said of bodies and times tells what they do there."""
    field, said = row["field"], key(row["example"])
    assert key(row["header"]) in said
    if field != "acts" and not field.startswith(("of ", "not ")):
        assert said.startswith(key(row["header"]))
    said_of = {
        "of lead": {"lead"},
        "of support": {"support"},
        "of other": {"other"},
        "not due": {"other"},
        "of done": {"other"},
        "who": {"who", "lead"},
    }
    if field in ("not lead", "not tasks"):
        assert speaks_against(row["example"], "bodies" if field == "not lead" else "all")
    elif field == "acts":
        assert acts(row["example"])
    else:
        assert field_of(row["example"]) in said_of.get(field, {field})
