"""The index itself: two of tantivy's, one of names and one of passages, over numbered entries. In memory, or in a folder.

Words are plain before they enter it (`words`), so that "Nghị quyết", "nghi quyet" and "NGHI QUYET" are the same two words; what was
written with its marks is there beside them, to come first where it was typed with marks. Abbreviations that the ontology's tables know
("NQ", "UBND") stand for their words as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath

import msgspec
import tantivy

from chidao.extract.language.patterns import UNIT
from chidao.extract.model import Facts
from chidao.graph.index.entries import Entry, entries
from chidao.graph.index.passages import passages
from chidao.graph.index.words import accented_words, bare, in_full, words
from chidao.graph.select import Store, rows

_UNIT = re.compile(rf" {UNIT} ")
_ROMAN = {
    "ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "xi": 11, "xii": 12, "xiii": 13, "xiv": 14, "xv": 15, "xvi": 16,
}  # fmt: skip
_HEAP = 64 << 20
_NAMED = ("code", "label", "title", "issuer", "extra", "file")
"""Where the words of an entry stand."""


@dataclass(frozen=True, slots=True)
class Said:
    """A passage of the file with this checksum, and where in its text it stands."""

    sha256: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Index:
    """The entries, by number, and the two indexes that find them. Made once, then only read."""

    entries: list[Entry]
    names: tantivy.Index
    said: tantivy.Index


def make_index(store: Store, texts: Iterable[list[Facts]], folder: Path | None = None) -> Index:
    """Index every document and body of a store, and the texts of files that are documents; in a `folder`, or in memory."""
    own: dict[str, list[tuple[str, str]]] = {}
    for row in rows(store, "internal/table-sources"):
        if row["document"]:
            own.setdefault(row["sha256"], []).append((row["document"], row["path"]))
    of = {sha256: named[0] for sha256, named in own.items() if len(named) == 1}
    files: dict[str, tuple[str, ...]] = {}
    for document, path in of.values():
        files[document] = (*files.get(document, ()), PurePosixPath(path.replace("\\", "/")).name)
    known = entries(store, files)
    place = {entry.iri: number for number, entry in enumerate(known)}
    names = _written(_names_schema(), folder and folder / "names", (_named(n, e) for n, e in enumerate(known)))
    said = _written(_said_schema(), folder and folder / "said", _said(known, place, of, texts))
    return Index(known, names, said)


def _written(schema: tantivy.Schema, folder: Path | None, documents: Iterator[tantivy.Document]) -> tantivy.Index:
    index = tantivy.Index(schema) if folder is None else tantivy.Index(schema, path=str(folder), reuse=False)
    index.config_reader("manual")  # else a thread looks for what others add, and leaves its lock in the folder
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for document in documents:
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


def _names_schema() -> tantivy.Schema:
    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("entry", fast=True)
    for name in ("exact", "kind", "day"):
        schema.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in _NAMED:
        schema.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("any", "glued", "accented"):
        schema.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    return schema.build()


def _named(number: int, entry: Entry) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("entry", number)
    document.add_text("kind", entry.kind)
    if entry.date:
        document.add_text("day", entry.date)
    short = _UNIT.sub(" ", entry.label)  # "UBND Hà Nội", as people say for "Ủy ban nhân dân thành phố Hà Nội"
    names = [entry.label, entry.number, entry.title, *([short] if entry.kind == "body" else [])]
    for name in dict.fromkeys(bare(name) for name in names if name):
        document.add_text("exact", name)
    texts = {
        "code": entry.number, "label": entry.label, "title": entry.title if entry.title != entry.label else None,
        "issuer": entry.issuer, "extra": _extra(entry), "file": " ".join(entry.files),
    }  # fmt: skip
    every: list[str] = []
    glued: list[str] = []
    for field, text in texts.items():
        if found := words(text or ""):
            document.add_text(field, " ".join(found))
            every += found
            glued += ["".join(pair) for pair in pairwise(found) if not (pair[0].isdigit() or pair[1].isdigit())]
    document.add_text("any", " ".join(dict.fromkeys(every)))
    document.add_text("glued", " ".join(dict.fromkeys(glued)))
    document.add_text(
        "accented", " ".join(accented_words(" ".join(filter(None, (entry.label, entry.title, entry.issuer)))))
    )
    return document


def _extra(entry: Entry) -> str:
    """Words by which an entry may be looked for though it is not called so: signer, year, place, type, abbreviations and numerals in
    other words."""
    called = (entry.number, entry.label, entry.title)
    roman = [str(_ROMAN[word]) for text in called for word in words(text or "") if word in _ROMAN]
    parts = [entry.signer, *_about(entry), *roman, *(word for text in called for word in in_full(text))]
    return " ".join(part for part in parts if part)


def _about(entry: Entry) -> tuple[str | None, ...]:
    return (entry.date or "")[:4], entry.type, (entry.scope or "").replace("-", " ").replace("/", " ")


def _said_schema() -> tantivy.Schema:
    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("entry", fast=True, indexed=True)
    schema.add_text_field("said", tokenizer_name="whitespace", index_option="position")
    for name in ("accented", "full", "of"):
        schema.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    schema.add_bytes_field("passage", stored=True)
    return schema.build()


def _said(
    known: list[Entry], place: dict[str, int], of: dict[str, tuple[str, str]], texts: Iterable[list[Facts]]
) -> Iterator[tantivy.Document]:
    """The passages of each file that is one document; of a register the rows' titles are names already."""
    for facts in texts:
        if len(facts) != 1 or facts[0].row is not None or facts[0].source.sha256 not in of:
            continue
        number = place[of[facts[0].source.sha256][0]]
        entry = known[number]
        about = " ".join(words(" ".join(filter(None, (*_about(entry), entry.issuer)))))
        for passage in passages(facts[0]):
            document = tantivy.Document()
            document.add_unsigned("entry", number)
            document.add_text("said", " ".join(words(passage.text)))
            document.add_text("accented", " ".join(accented_words(passage.text)))
            document.add_text("full", " ".join(in_full(passage.text)))
            document.add_text("of", about)
            said = Said(facts[0].source.sha256, passage.start, passage.end, passage.text)
            document.add_bytes("passage", msgspec.msgpack.encode(said))
            yield document
