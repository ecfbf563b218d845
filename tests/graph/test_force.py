"""Whether a document or provision is in force on a day."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.graph.answers.force import Amendment, ForceEvent, amendments
from chidao.graph.answers.lookup import one_document
from chidao.graph.answers.standing import Standing, standing, standings
from chidao.graph.evidence import Evidence
from chidao.graph.store import read_store
from chidao.graph.validate import validate
from chidao.graph.write.build import build

ROOT = Path(__file__).parents[2]
SAID = Evidence(source="a.txt", line=1, sentence="Nghị định này có hiệu lực.")


@pytest.fixture(scope="module")
def store(law_graph: Path) -> pyoxigraph.Store:
    return read_store(law_graph)


def test_states(store: pyoxigraph.Store, law_cases: dict[str, Any]) -> None:
    for case in law_cases["states"]:
        iri = one_document(store, case["document"]).iri
        found = standings(store, [iri], date.fromisoformat(case["on"]), case.get("path", ""))[iri]
        known = {name: getattr(found, name) for name in ("state", "since", "until", "why", "ended", "left")}
        expected = dict.fromkeys(("since", "until", "why")) | {"ended": (), "left": ()}
        expected |= {
            k: tuple(x) if isinstance(x, list) else x for k, x in case.items() if k not in ("document", "on", "path")
        }
        assert known == expected, case


def test_the_shapes_hold(law_graph: Path) -> None:
    count, violations = validate(law_graph)
    assert count > 1000 and violations == []


def test_the_sentence_says_so(store: pyoxigraph.Store) -> None:
    iri = one_document(store, "34/2016/NĐ-CP").iri
    found = standings(store, [iri], date(2026, 1, 1))[iri]
    assert found.label == "Nghị định 200/2025/NĐ-CP"
    (event,) = found.events
    assert "trừ quy định tại Điều 40" in event.evidence.sentence
    assert event.evidence.provision == "khoản 2 Điều 5"
    assert event.plain()["apart"] == ["dieu-40"]


def test_amendments_hold_from_the_day_of_what_makes_them(store: pyoxigraph.Store) -> None:
    iri = one_document(store, "200/2025/NĐ-CP").iri
    found = amendments(store, [iri])[iri]
    assert [(a.path, a.operation, a.since) for a in found] == [
        ("dieu-3/khoan-1", "replace", "2026-03-01"),
        ("dieu-3a", "insert", "2026-03-01"),
        ("dieu-4", "repeal", "2026-03-01"),
    ]
    assert found[2].evidence.provision == "khoản 3 Điều 1"
    assert not found[0].happened("2026-02-28") and found[0].happened("2026-03-01")


def history(folder: Path, names: tuple[str, ...]) -> set[tuple[str | None, ...]]:
    """What a graph of these documents says changed in the decree that they are about."""
    cases = tomllib.loads((ROOT / "tests" / "extract" / "cases" / "consolidated.toml").read_text("utf-8"))
    for name in names:
        (folder / f"{name}.txt").write_text(re.sub(r"\{([0-9]+)\}", r"[\1]", cases[name]).lstrip(), encoding="utf-8")
    build([folder / f"{name}.txt" for name in names], folder / "-".join(names), jobs=1)
    store = read_store(folder / "-".join(names))
    iri = one_document(store, "20/2022/NĐ-CP").iri
    return {(a.path, a.operation, a.old, a.new, a.label, a.since) for a in amendments(store, [iri])[iri]}


@pytest.mark.slow
def test_a_consolidated_text_tells_the_history_that_the_amending_decrees_make(tmp_path: Path) -> None:
    told = history(tmp_path, ("consolidation",))
    assert told == history(tmp_path, ("base", "first", "second"))
    assert len(told) == 9 and all(since for *_, since in told)


@pytest.mark.slow
def test_a_consolidated_text_tells_the_force_of_its_base(tmp_path: Path) -> None:
    history(tmp_path, ("consolidation",))
    store = read_store(tmp_path / "consolidation")
    iri = one_document(store, "20/2022/NĐ-CP").iri
    found = standings(store, [iri], date(2022, 6, 1))[iri]
    assert (found.state, found.since) == ("in-force", "2022-05-01")


def event(kind: str, day: str | None, **known: Any) -> ForceEvent:
    values: dict[str, Any] = {
        "scope": (), "apart": (), "apart_words": (), "until": None, "until_words": None, "by": "urn:a", "label": "A", "by_date": None,
    } | known  # fmt: skip
    return ForceEvent(kind, day, evidence=SAID, **values)


# events, day, path, state
HISTORIES: list[tuple[str, list[ForceEvent], str, str, str]] = [
    ("nothing", [], "2026-01-01", "", "unknown"),
    ("an end is put off", [event("expires", "2025-01-01", by_date="2024-01-01"), event("extended", "2025-01-01", until="2026-06-30", by_date="2024-12-01")], "2026-01-01", "", "in-force"),
    ("and comes", [event("expires", "2025-01-01", by_date="2024-01-01"), event("extended", "2025-01-01", until="2026-06-30", by_date="2024-12-01")], "2026-07-01", "", "expired"),
    ("a later end counts", [event("extended", "2025-01-01", until="2026-06-30", by_date="2024-12-01"), event("expires", "2025-05-01", by_date="2025-03-01")], "2025-06-01", "", "expired"),
    ("an end without a day", [event("expires", None, by_date="2025-03-01")], "2025-03-01", "", "expired"),
    ("not before who says so", [event("expires", None, by_date="2025-03-01")], "2025-02-28", "", "unknown"),
    ("a rest is over", [event("in-force", "2020-01-01"), event("suspended", "2025-01-01", until="2025-06-30")], "2025-07-01", "", "in-force"),
    ("a rest", [event("in-force", "2020-01-01"), event("suspended", "2025-01-01", until="2025-06-30")], "2025-06-30", "", "suspended"),
    ("a provision later", [event("in-force", "2025-01-01", apart=("dieu-9",)), event("in-force", "2026-01-01", scope=("dieu-9",))], "2025-06-01", "dieu-9", "not-yet"),
    ("the rest now", [event("in-force", "2025-01-01", apart=("dieu-9",)), event("in-force", "2026-01-01", scope=("dieu-9",))], "2025-06-01", "", "in-force"),
    ("some provisions that are not named", [event("in-force", "2020-01-01"), event("partly-expires", "2025-01-01")], "2025-06-01", "", "partly"),
    ("nor is any of them", [event("in-force", "2020-01-01"), event("partly-expires", "2025-01-01")], "2025-06-01", "dieu-1", "unknown"),
    ("until a day", [event("in-force", "2020-01-01", until="2025-12-31")], "2025-12-31", "", "in-force"),
    ("which passes", [event("in-force", "2020-01-01", until="2025-12-31")], "2026-01-01", "", "expired"),
    ("unless it is put off", [event("in-force", "2020-01-01", until="2025-12-31"), event("extended", "2026-01-01", until="2026-12-31", by_date="2025-10-01")], "2026-06-01", "", "in-force"),
    ("no day", [event("in-force", None)], "2025-06-01", "", "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("events", "on", "path", "state"), [h[1:] for h in HISTORIES], ids=[h[0] for h in HISTORIES])
def test_histories(events: list[ForceEvent], on: str, path: str, state: str) -> None:
    assert standing(events, (), on, path).state == state


def change(operation: str, path: str, since: str | None, **known: Any) -> Amendment:
    return Amendment(operation, path, None, None, "urn:b", "B", known.get("by_date"), since, SAID)


HELD = {"chuong-iii": ["dieu-5", "dieu-6"]}
OWN = {"dieu-4", "dieu-5", "dieu-6", "dieu-8", "chuong-iii"}
BEGUN = event("in-force", "2020-01-01")
# what is said, changes, day, path, state, since
CASES: list[tuple[str, list[ForceEvent], list[Amendment], str, str, str, str | None]] = [
    ("an article of a chapter that is left", [event("partly-expires", "2025-01-01", apart=("chuong-iii",)), BEGUN], [], "2025-06-01", "dieu-5", "in-force", "2020-01-01"),
    ("one of the others", [event("partly-expires", "2025-01-01", apart=("chuong-iii",)), BEGUN], [], "2025-06-01", "dieu-4", "expired", "2025-01-01"),
    ("an article of a chapter that is repealed", [BEGUN], [change("repeal", "chuong-iii", "2025-01-01")], "2025-06-01", "dieu-5/khoan-1", "expired", "2025-01-01"),
    ("an article of a chapter that takes effect later", [event("in-force", "2020-01-01", apart=("chuong-iii",)), event("in-force", "2026-01-01", scope=("chuong-iii",))], [], "2025-06-01", "dieu-6", "not-yet", "2026-01-01"),
    ("repealed and put in again", [BEGUN], [change("repeal", "dieu-8", "2025-04-15"), change("insert", "dieu-8", "2025-11-01")], "2025-12-01", "dieu-8", "in-force", "2025-11-01"),
    ("between the two", [BEGUN], [change("repeal", "dieu-8", "2025-04-15"), change("insert", "dieu-8", "2025-11-01")], "2025-06-01", "dieu-8", "expired", "2025-04-15"),
    ("the document then is not partly ended", [BEGUN], [change("repeal", "dieu-8", "2025-04-15"), change("insert", "dieu-8", "2025-11-01")], "2025-12-01", "", "in-force", "2020-01-01"),
    ("not there yet", [BEGUN], [change("insert", "dieu-8a", "2025-11-01")], "2025-06-01", "dieu-8a", "not-yet", "2025-11-01"),
    ("there from its own day", [BEGUN], [change("insert", "dieu-8a", "2025-11-01")], "2025-12-01", "dieu-8a", "in-force", "2025-11-01"),
    ("goes on beyond the end", [event("expires", "2025-01-01"), event("continues", "2025-06-30", scope=("dieu-4",), until="2025-06-30", by_date="2024-12-01")], [], "2025-06-30", "dieu-4", "in-force", None),
    ("and not for ever", [event("expires", "2025-01-01"), event("continues", "2025-06-30", scope=("dieu-4",), until="2025-06-30", by_date="2024-12-01")], [], "2025-07-01", "dieu-4", "expired", "2025-07-01"),
    ("an extension that has lapsed", [event("in-force", "2020-01-01", until="2025-12-31", by_date="2019-12-01"), event("extended", "2026-01-01", until="2026-06-30", by_date="2025-10-01")], [], "2026-07-01", "", "expired", "2026-07-01"),
    ("one article rests", [BEGUN, event("suspended", "2025-01-01", scope=("dieu-4",), until="2025-12-31")], [], "2025-06-01", "", "partly-suspended", "2025-01-01"),
    ("an article but for a clause", [BEGUN, event("partly-expires", "2025-01-01", scope=("dieu-4",), apart=("dieu-4/khoan-2",))], [], "2025-06-01", "dieu-4", "partly", "2025-01-01"),
    ("another clause of it", [BEGUN, event("partly-expires", "2025-01-01", scope=("dieu-4",), apart=("dieu-4/khoan-2",))], [], "2025-06-01", "dieu-4/khoan-1", "expired", "2025-01-01"),
    ("the clause", [BEGUN, event("partly-expires", "2025-01-01", scope=("dieu-4",), apart=("dieu-4/khoan-2",))], [], "2025-06-01", "dieu-4/khoan-2", "in-force", "2020-01-01"),
    ("another article", [BEGUN, event("partly-expires", "2025-01-01", scope=("dieu-4",), apart=("dieu-4/khoan-2",))], [], "2025-06-01", "dieu-5", "in-force", "2020-01-01"),
    ("ends of two days", [BEGUN, event("partly-expires", "2025-01-01", scope=("dieu-4",)), event("partly-expires", "2025-02-01", scope=("dieu-5",))], [], "2025-06-01", "", "partly", None),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_what_follows(case: tuple[str, list[ForceEvent], list[Amendment], str, str, str, str | None]) -> None:
    _, events, changes, on, path, state, since = case
    found = standing(events, changes, on, path, HELD, OWN)
    assert (found.state, found.since) == (state, since)


def test_a_chapter_of_an_unknown_text_leaves_it_open() -> None:
    found = standing([BEGUN, event("partly-expires", "2025-01-01", apart=("chuong-iii",))], [], "2025-06-01", "dieu-5")
    assert (found.state, found.why) == ("unknown", "chapter")


def test_a_draft_ends_nothing() -> None:
    draft = replace(event("expires", None), issued=False)
    assert standing([BEGUN, draft], [], "2030-01-01").state == "in-force"
    assert standing([BEGUN, event("expires", None)], [], "2025-01-01").state == "in-force"
    assert standing([BEGUN, event("expires", None)], [], date.today().isoformat()).state == "expired"


DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31)).map(date.isoformat)
PATHS = st.sampled_from(["dieu-1", "dieu-2", "dieu-2/khoan-1", "dieu-2/khoan-1/diem-a"])
EVENTS = st.builds(
    event, st.sampled_from(["in-force", "expires", "partly-expires", "continues", "suspended", "extended"]), st.none() | DAYS,
    scope=st.just(()) | st.tuples(PATHS), apart=st.just(()) | st.tuples(PATHS), until=st.none() | DAYS, by_date=st.none() | DAYS,
)  # fmt: skip


def on_day(events: list[ForceEvent], on: str, path: str) -> Standing:
    return standing(events, (), on, path)


@given(st.lists(EVENTS, max_size=4), DAYS, st.just("") | PATHS)
def test_nothing_is_in_force_because_nothing_says_the_contrary(events: list[ForceEvent], on: str, path: str) -> None:
    found = on_day(events, on, path)
    if found.state == "in-force":
        assert found.events and (found.since is None or found.since <= on)
        assert any(e.kind != "suspended" for e in found.events)
    if found.state == "unknown":
        assert found.why in ("not-said", "no-day", "not-named")


@given(
    st.lists(EVENTS.filter(lambda e: e.kind not in ("extended", "continues")), max_size=4), DAYS, st.just("") | PATHS
)
def test_what_has_ended_stays_ended(events: list[ForceEvent], on: str, path: str) -> None:
    if on_day(events, on, path).state == "expired":
        later = (date.fromisoformat(on) + timedelta(days=400)).isoformat()
        assert on_day(events, later, path).state == "expired"


@given(st.lists(EVENTS, max_size=4), DAYS, PATHS)
def test_the_order_in_which_files_are_read_does_not_matter(events: list[ForceEvent], on: str, path: str) -> None:
    forth, back = on_day(events, on, path), on_day(events[::-1], on, path)
    assert forth.state == back.state
