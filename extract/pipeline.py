"""The layers as spaCy components, for people who build pipelines of their own.

Each component stands alone: it reads the document's text, sets a span group, and keeps what it knows of every span in a
custom attribute. Layers that build on others read these themselves, once for each document.

    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    nlp.add_pipe("chidao_references", config={"home": "Hà Nội"})
    doc = nlp("Kế hoạch số 83-KH/TU ngày 27/5/2022 của Thành ủy")
    [(span.text, span._.chidao.date) for span in doc.spans["references"]]

Span groups: "references" (`span._.chidao` is a `Reference`), "bodies" (`BodyMention`), "relations" (`Relation`), "actions"
(`Action`), "tasks" (`Task`), "provisions" (`Provision`), "force" (`Force`); `doc._.chidao` is the whole `Facts`. Offsets in those facts
are characters of `doc.text`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span

from chidao.extract.facts import Reading, facts_of
from chidao.extract.language.jurisdictions import home_place
from chidao.extract.model import Facts, Source

LAYERS = ("references", "bodies", "relations", "actions", "tasks", "provisions", "force")

_PREFIX = re.compile(r"""[(\[{“”"'‘’«»*_…]|[-–—](?=\s)""")
_SUFFIX = re.compile(r"""[)\]}“”"'‘’«»*_…,;:!?.⁰¹²³⁴⁵⁶⁷⁸⁹]$""")


def _extensions() -> None:
    if not Doc.has_extension("chidao"):
        Doc.set_extension("chidao", getter=document_facts)
    if not Span.has_extension("chidao"):
        Span.set_extension("chidao", default=None)


def document_facts(doc: Doc, home: str | None = None) -> Facts:
    """Return the facts of a spaCy document; read once and kept with it."""
    kept = doc.user_data.get("chidao_facts")
    if isinstance(kept, Facts):
        return kept
    source = Source("", "", "", doc.text)
    facts = facts_of(source, Reading(source.text, home_place(home)))
    doc.user_data["chidao_facts"] = facts
    return facts


def _component(layer: str, home: str | None) -> Callable[[Doc], Doc]:
    _extensions()
    home_place(home)  # an unknown home is an error when the pipeline is built, not at the first document

    def component(doc: Doc) -> Doc:
        spans = []
        for fact in getattr(document_facts(doc, home), layer):
            span = doc.char_span(fact.start, fact.end, label=_label(layer, fact), alignment_mode="expand")
            if span is not None:
                span._.chidao = fact
                spans.append(span)
        doc.spans[layer] = spans
        return doc

    return component


def _label(layer: str, fact: Any) -> str:
    if layer == "references":
        return fact.type or "văn bản"
    if layer == "relations":
        return str(fact.predicate)
    if layer == "tasks":
        return "TASK"
    if layer == "provisions":
        return "PROVISION"
    if layer == "force":
        return str(fact.event)
    return str(fact.action) if layer == "actions" else "BODY"


@Language.factory("chidao_references", default_config={"home": None})
def references_component(nlp: Language, name: str, home: str | None) -> Callable[[Doc], Doc]:
    """Sets `doc.spans["references"]`."""
    return _component("references", home)


@Language.factory("chidao_bodies", default_config={"home": None})
def bodies_component(nlp: Language, name: str, home: str | None) -> Callable[[Doc], Doc]:
    """Sets `doc.spans["bodies"]`."""
    return _component("bodies", home)


@Language.factory("chidao_relations", default_config={"home": None})
def relations_component(nlp: Language, name: str, home: str | None) -> Callable[[Doc], Doc]:
    """Sets `doc.spans["relations"]`."""
    return _component("relations", home)


@Language.factory("chidao_actions", default_config={"home": None})
def actions_component(nlp: Language, name: str, home: str | None) -> Callable[[Doc], Doc]:
    """Sets `doc.spans["actions"]`."""
    return _component("actions", home)


@Language.factory("chidao_tasks", default_config={"home": None})
def tasks_component(nlp: Language, name: str, home: str | None) -> Callable[[Doc], Doc]:
    """Sets `doc.spans["tasks"]`."""
    return _component("tasks", home)


@Language.factory("chidao_provisions", default_config={"home": None})
def provisions_component(nlp: Language, name: str, home: str | None) -> Callable[[Doc], Doc]:
    """Sets `doc.spans["provisions"]`."""
    return _component("provisions", home)


@Language.factory("chidao_force", default_config={"home": None})
def force_component(nlp: Language, name: str, home: str | None) -> Callable[[Doc], Doc]:
    """Sets `doc.spans["force"]`."""
    return _component("force", home)


def tokenizer(nlp: Language) -> Tokenizer:
    """Return a tokenizer for official text: splits on blanks, takes punctuation off, keeps codes such as 15-NQ/TW whole."""
    return Tokenizer(nlp.vocab, prefix_search=_PREFIX.match, suffix_search=_SUFFIX.search)


def create(home: str | None = None) -> Language:
    """Return a pipeline with all layers: `create("Hà Nội")(text).spans["relations"]`."""
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    nlp.tokenizer = tokenizer(nlp)
    nlp.max_length = 100_000_000
    for layer in LAYERS:
        nlp.add_pipe(f"chidao_{layer}", config={"home": home})
    return nlp
