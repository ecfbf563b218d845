"""What of a query's text is syntax: SERVICE wherever some engine may read it as a keyword, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chidao.graph.sparql.syntax import blanked, calls_a_service, misplaced_escape

CALLS = [
    "ASK { SERVICE <U> {} }",
    "ASK { service silent ?u { ?s ?p ?o } }",
    "ASK { SERVICE # {\n<U>#'\n{} }",
    "ASK { ?s ?p ?o SERVICE e:u {} }",
    "ASK { ?s ?p trueSERVICE<U>{} }",
    "ASK { ?s ?p 1SERVICESILENT?u{} }",
    "ASK { ?s ?p 'x'@en-SERVICE <U> {} }",
    # "e:" alone is a name where "e:SERVICE" would be no IRI: the engine calls the service here
    "PREFIX e: <http://x:80> ASK { ?s ?p e:SERVICE <U> {} }",
    "PREFIX e: <http://x:80> ASK { ?s e:trueSERVICE <U> {} }",
    "ASK { ?s ?p e:a.b.SERVICE <U> {} }",
    "ASK { ?s ?p SERVICE:u {} }",
    # a comment behind a comparison, or an IRI
    "ASK { FILTER(?a<?b#c>'''\n) SERVICE <U> {} #'''\n}",
    "ASK { ?s <a#b> ?o SERVICE <U> {} }",
    "ASK { ?s ?p '''' SERVICE <U> {} }",
    "ASK { ?s ?p e:\\' SERVICE <U> {} # '\n }",
    "ASK { # x\r SERVICE <U> {} }",
    "ASK { ?s <e:\\u0041> ?o SERV\\u0049CE <U> {} }",
]
NONE = [
    'ASK { ?s ?p \'SERVICE <U> {}\' , """a"SERVICE <U> {}""" }',
    "ASK { ?s a <http://e/Service> , <http://e/service/x#service> }",
    "ASK { ?service e:service ?o ; e:b.service $SERVICE }",
    "ASK { ?s ?p 'x'@service }",
    "ASK {} # SERVICE <U> {}",
    "ASK { ?s ?p _:service }",
    "ASK { ?s ?p '\\'SERVICE <U> {}' }",
]


@pytest.mark.parametrize("text", CALLS)
def test_a_call_is_found_in_every_reading(text: str) -> None:
    assert calls_a_service(text)


@pytest.mark.parametrize("text", NONE)
def test_a_name_or_a_string_calls_nothing(text: str) -> None:
    assert not calls_a_service(text)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("ASK { ?s <http://e/\\u0041> '\\u1EC7\\U0001F600' }", None),
        ("ASK { ?s ?p 'C:\\\\users\\\\under' }", None),
        ("ASK { ?s ?p \\u0061 }", "\\u0061"),
        ("ASK {} # \\u000A", "\\u000A"),
        ("ASK {} # \\u0041", "\\u0041"),
        ("ASK { ?s ?p 'a\\u0027' }", "\\u0027"),
        ("ASK { ?s ?p 'a\\u+041' }", "\\u+041"),
        ("ASK { ?s ?p 'a\\\\u0041' }", "\\\\u0041"),
        ("ASK { ?s <e:\\U0000003E> ?o }", "\\U0000003E"),
        ("ASK { ?s <e:\\uD800> ?o }", "\\uD800"),
        ("ASK { ?s \\u003Ce:\\u0041> ?o }", "\\u003C"),
    ],
)
def test_escapes_are_for_letters_in_strings_and_iris(text: str, at: str | None) -> None:
    assert misplaced_escape(text) == (None if at is None else text.index(at))


def test_what_is_blanked_keeps_its_length() -> None:
    text = "SELECT ?a { ?a <b#c> 'd' # e\n }"
    assert blanked(text) == "SELECT ?a { ?a " + " " * len("<b#c> 'd' # e") + "\n }"


@pytest.mark.parametrize(
    "unit", ["<a#b>", "<'''a>", "<a'b>", '<"""', "e:service # ", "service.", "'\\u0041'", "(<", "#", "\\'"]
)
def test_work_grows_with_the_text_only(unit: str, calls: Callable[[Callable[[], object]], int]) -> None:
    short, long = (
        calls(lambda text="ASK { ?s e:service " + unit * times: (calls_a_service(text), misplaced_escape(text)))  # type: ignore[misc]
        for times in (200, 800)
    )
    assert long < 4.5 * short + 100
