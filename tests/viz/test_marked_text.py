"""Marks nest, overlap and cross each other; no character of the text is lost, doubled or taken for markup."""

from __future__ import annotations

import itertools
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.viz.web.rendering.marked_text import Shown, marked_text

PIECES = [
    "Sở Nội vụ",
    " ",
    "\n",
    "**",
    "| a | b |\n",
    "| --- | --- |\n",
    "## 1. ",
    "<b>",
    "</span>",
    "&amp;",
    '"',
    "'",
    "Đ",
    "e\u0302",
    "𝄞",
]
KINDS = ("document", "body", "provision", "task", "deadline")


class Read(HTMLParser):
    """The text of a piece of HTML, and its tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[str] = []
        self.links = 0
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("a", "span") and not (tag == "a" and "a" in self.open), "links do not nest"
        assert {name for name, _ in attrs} <= {"class", "href", "id", "title", "data-n", "aria-label"}
        self.names += [value or "" for name, value in attrs if name == "id"]
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Read:
    found = Read()
    found.feed(str(html))  # of a Markup the parser would escape what it has read
    found.close()
    assert found.open == []
    return found


@st.composite
def passages(draw: st.DrawFn) -> tuple[str, list[Shown], list[tuple[int, int]], list[int]]:
    text = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30)))
    place = st.integers(0, len(text))
    spans = [sorted(span) for span in draw(st.lists(st.tuples(place, place), max_size=8))]
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=len(spans), max_size=len(spans)))
    marks = [
        Shown(start, end, kind, f"{kind}-1", '"><b>', int(kind == "task"))
        for (start, end), kind in zip(spans, kinds, strict=True)
        if start < end
    ]
    sentences = [(a, b) for a, b in (sorted(s) for s in draw(st.lists(st.tuples(place, place), max_size=5))) if a < b]
    return text, marks, sentences, sorted({0, len(text), *draw(st.lists(place, max_size=4))})


@given(passages())
def test_every_character_once(given: tuple[str, list[Shown], list[tuple[int, int]], list[int]]) -> None:
    text, marks, sentences, cuts = given
    found = [read(marked_text(text, start, end, marks, sentences, (1, 2))) for start, end in itertools.pairwise(cuts)]
    assert "".join(piece.text for piece in found) == text
    names = [name for piece in found for name in piece.names]
    assert sorted(names) == sorted({f"s{start}" for start, _ in sentences}), "each sentence can be led to, by one name"


def test_the_shortest_mark_is_where_a_place_leads() -> None:
    text = "Giao Sở Nội vụ rà soát"
    marks = [Shown(0, 22, "task", "task-1", "Nhiệm vụ 1", 1), Shown(5, 14, "body", "body-1", "Sở Nội vụ")]
    assert marked_text(text, 0, len(text), marks, [(0, 22)], (3, 4)) == (
        '<span class="s asked" id="s0"><a class="flag" href="#task-1" aria-label="Nhiệm vụ 1" data-n="1"></a>'
        '<span class="m-task">Giao </span><a class="m m-body m-task" href="#body-1" title="Sở Nội vụ">Sở Nội vụ</a>'
        '<span class="m-task"> rà soát</span></span>'
    )


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("## **Mục** 1", ["## ", "**", "**"]),
        ("| a | b |\n", ["|", "|"]),
        ("|---|---|", ["|---|---|"]),
        ("a * b | c # d", []),
    ],
)
def test_markdown_is_there_and_not_seen(text: str, hidden: list[str]) -> None:
    html = marked_text(text, 0, len(text))
    assert [part.partition("</span>")[0] for part in html.split('<span class="md">')[1:]] == hidden
    assert read(html).text == text
