"""Corrections by hand take the place of what the rules read, follow into keys and joins, and are never lost."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

from chidao.extract import extract_text, resolve
from chidao.extract.corpus.bodies import named_by
from chidao.extract.corpus.by_hand import read_number
from chidao.extract.corpus.facts_by_hand import before, facts_of_kind, quoted, told
from chidao.extract.model import SELF, Facts, Source
from chidao.extract.resolved import Corpus, Correction, File

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases" / "by_hand.toml").read_text("utf-8"))[
    "case"
]


def read(texts: dict[str, str]) -> dict[str, Facts]:
    return {
        name: extract_text(Source(f"{name}.txt", hashlib.sha256(text.encode()).hexdigest(), "utf-8", text))
        for name, text in texts.items()
    }


def corrections(given: list[dict[str, Any]], files: dict[str, Facts]) -> list[Correction]:
    """The corrections of a case, about the files as they were."""
    made = []
    for n, said in enumerate(given):
        said = {"id": f"c{n}", **said, "bodies": tuple(said.get("bodies", ()))}
        if (name := said.pop("file", None)) is not None:
            facts = files[name]
            said |= {"file": facts.source.sha256, "source": facts.source.path}
            if "nth" in said:
                fact = facts_of_kind(facts, said["fact"])[said.pop("nth")]
                start = facts.sentences[fact.sentence].start
                said |= {"told": told(facts, fact), "quote": quoted(facts, fact)}
                said |= {"prefix": before(facts.source.text, start)}
        made.append(Correction(**said))
    return made


def says(file: File) -> list[str]:
    """The relations and tasks of a file."""

    def key(index: int) -> str | None:
        return file.own if index == SELF else file.documents[index]

    facts = file.facts
    return [f"{key(r.subject)} {r.predicate} {key(r.object)}" for r in facts.relations] + [
        " | ".join(("; ".join(p.name for p in t.lead), "; ".join(p.name for p in t.support), t.deadline or ""))
        for t in facts.tasks
    ]


@pytest.fixture(params=CASES, ids=lambda case: case["name"])
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param
    return found


@pytest.fixture
def corpus(case: dict[str, Any]) -> Corpus:
    files = read(case["texts"])
    return resolve(
        read(case["then"] if "then" in case else case["texts"]).values(), corrections(case["correct"], files)
    )


def test_outcomes(case: dict[str, Any], corpus: Corpus) -> None:
    assert [" ".join(filter(None, (o.state, o.why))) for o in corpus.outcomes] == case["outcomes"]
    assert [o.now for o in corpus.outcomes if o.now] == case.get("now", [o.now for o in corpus.outcomes if o.now])


def test_documents(case: dict[str, Any], corpus: Corpus) -> None:
    assert set(case.get("keys", ())) <= corpus.documents.keys()
    assert corpus.documents.keys().isdisjoint(case.get("gone", ()))
    assert {key: corpus.documents[key].title for key in case.get("titles", {})} == case.get("titles", {})
    assert {key: corpus.documents[key].issuer for key in case.get("issuers", {})} == case.get("issuers", {})


def test_bodies(case: dict[str, Any], corpus: Corpus) -> None:
    gone = set(case.get("gone_bodies", ()))
    assert set(case.get("bodies", ())) <= corpus.bodies.keys() and corpus.bodies.keys().isdisjoint(gone)
    of_facts = {key for file in corpus.files for key in named_by(file.facts)}
    assert (of_facts | {b.parent for b in corpus.bodies.values()}).isdisjoint(gone)
    assert {d.issuer_key for d in corpus.documents.values()}.isdisjoint(gone)


def test_facts(case: dict[str, Any], corpus: Corpus) -> None:
    if "says" in case:
        assert says(corpus.files[0]) == case["says"]
    added = [line for file in corpus.files if file.facts.source.path == "corrections.jsonl" for line in says(file)]
    assert added == case.get("added", [])


def test_without_corrections_it_is_as_the_rules_read_it(case: dict[str, Any]) -> None:
    files = read(case["texts"])
    given = corrections(case["correct"], files)
    plain = resolve(files.values())
    assert plain == resolve(files.values(), []) and not plain.outcomes
    assert len(given) == len(resolve(files.values(), given).outcomes)


def test_every_kind_has_a_case() -> None:
    kinds = {said["kind"] for case in CASES for said in case["correct"]}
    assert kinds == {"field", "reject", "task", "same", "apart", "name", "relation"}
    reasons = {outcome.split()[1] for case in CASES for outcome in case["outcomes"] if " " in outcome}
    assert reasons >= {
        "not-two",
        "no-such-day",
        "sentence-gone",
        "file-changed",
        "document-gone",
        "fact-gone",
        "body-gone",
        "own-file",
    }


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("16-NQ/TU", ("16", None, "NQ/TU")),
        ("68/2021/NĐ-CP", ("68", 2021, "NĐ-CP")),
        ("12", ("12", None, None)),
        ("số 12", None),
        ("", None),
    ],
)
def test_a_number_as_a_clerk_types_it(printed: str, read: tuple[str, int | None, str | None] | None) -> None:
    assert read_number(printed) == read
