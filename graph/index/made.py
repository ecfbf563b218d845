"""The index itself: two of tantivy's, one of names and one of passages, over numbered entries. In memory, or in a folder.

Words are plain before they enter it (`words`), so that "Nghị quyết", "nghi quyet" and "NGHI QUYET" are the same two words; what was
written with its marks is there beside them, to come first where it was typed with marks. Abbreviations that the ontology's tables know
("NQ", "UBND") stand for their words as well.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import tantivy

from chidao.extract.frozen import quick
from chidao.extract.language.patterns import UNIT
from chidao.extract.model import Facts
from chidao.graph.index.entries import Entry, entries
from chidao.graph.index.passages import passages
from chidao.graph.index.words import accented_words, bare, in_full, words
from chidao.graph.select import Store, tuples

_UNIT = re.compile(rf" {UNIT} ")
_ROMAN = {
    "ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "xi": 11, "xii": 12, "xiii": 13, "xiv": 14, "xv": 15, "xvi": 16,
}  # fmt: skip
_HEAP = 64 << 20
_HALF = 32
"""Signs of a checksum that tell one of a few texts from the others."""
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
    """The entries, by number, and the two indexes that find them. Made once, then only read. `texts` has by the checksum of each file
    that has passages the beginnings of two checksums: of its text, and of what else they were made from."""

    entries: list[Entry]
    names: tantivy.Index
    said: tantivy.Index
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Former:
    """What the next index takes over of one, whose names and passages the folder has already: its `Index.entries` and `Index.texts`. Where
    it is known, `touched` has the IRIs of all of which something else may be said now, or nothing any more."""

    entries: list[Entry]
    texts: Mapping[str, str]
    touched: Collection[str] | None = None


@quick
@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file: `version` is another one whenever the text may be, `read` gives it, None where there is none, or many as in a
    register."""

    sha256: str
    version: str
    read: Callable[[], Facts | None]


def make_index(
    store: Store, texts: Iterable[FileText], folder: Path | None = None, former: Former | None = None
) -> Index:
    """Index every document and body of a store, and the texts of files that are documents; in a `folder`, or in memory. What a `former`
    one has made that is as it was is taken from that."""
    own: dict[str, list[tuple[str, str]]] = {}
    for path, sha256, document in tuples(store, "internal/index-files", ("path", "sha256", "document")):
        own.setdefault(sha256, []).append((document, path))
    of = {sha256: named[0] for sha256, named in own.items() if len(named) == 1}
    files: dict[str, tuple[str, ...]] = {}
    for document, path in of.values():
        files[document] = (*files.get(document, ()), path.replace("\\", "/").rpartition("/")[2])
    known = entries(store, files, former.entries, former.touched) if former else entries(store, files)
    place = {entry.iri: entry for entry in known}
    names = _names(known, folder and folder / "names", former)
    entry_of = {sha256: place[document] for sha256, (document, _) in of.items()}
    same = set(map(id, former.entries)) if former else set()
    said, held = _said(entry_of, texts, folder and folder / "said", former.texts if former else {}, same)
    return Index(known, names, said, held)


def key_of(iri: str) -> int:
    """Return the number by which the engine knows a document or body; it stays when others come and go."""
    return int(hashlib.sha256(iri.encode()).hexdigest()[:13], 16)


def _new(schema: tantivy.Schema, folder: Path | None) -> tantivy.Index:
    index = tantivy.Index(schema) if folder is None else tantivy.Index(schema, path=str(folder), reuse=False)
    index.config_reader("manual")  # else a thread looks for what others add, and leaves its lock in the folder
    return index


def _opened(folder: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(folder))
    index.config_reader("manual")  # as above
    index.reload()
    return index


def _names(known: list[Entry], folder: Path | None, former: Former | None) -> tantivy.Index:
    """The names of entries. Those that the folder has already stay where an entry is found by the same as before."""
    before = {entry.iri: entry for entry in former.entries} if former else {}
    index = _opened(folder) if folder and former else _new(_names_schema(), folder)
    others: list[Entry] = []
    for entry in known:
        was = before.pop(entry.iri, None)
        if was is not entry and (was is None or _found_by(was) != _found_by(entry)):
            others.append(entry)
            if was:
                before[was.iri] = was
    if not (others or before):
        return index
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for iri in before:  # gone, or others now
        writer.delete_documents_by_term("entry", key_of(iri))
    for entry in others:
        writer.add_document(_document(entry))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


def _names_schema() -> tantivy.Schema:
    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("entry", fast=True, indexed=True)
    for name in ("exact", "kind", "day"):
        schema.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in _NAMED:
        schema.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("any", "glued", "accented"):
        schema.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    return schema.build()


def _found_by(entry: Entry) -> tuple[Any, ...]:
    """Everything of an entry that its words are made of."""
    e = entry
    return e.kind, e.label, e.number, e.title, e.issuer, e.files, e.signer, e.date, e.type, e.scope


def _document(entry: Entry) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("entry", key_of(entry.iri))
    for name, texts in _named(entry).items():
        for text in texts:
            document.add_text(name, text)
    return document


def _named(entry: Entry) -> dict[str, list[str]]:
    """The words of an entry by the fields in which they are looked for."""
    found: dict[str, list[str]] = {"kind": [entry.kind]}
    if entry.date:
        found["day"] = [entry.date]
    short = _UNIT.sub(" ", entry.label)  # "UBND Hà Nội", as people say for "Ủy ban nhân dân thành phố Hà Nội"
    called = [entry.label, entry.number, entry.title, *([short] if entry.kind == "body" else [])]
    found["exact"] = list(dict.fromkeys(bare(name) for name in called if name))
    texts = {
        "code": entry.number, "label": entry.label, "title": entry.title if entry.title != entry.label else None,
        "issuer": entry.issuer, "extra": _extra(entry), "file": " ".join(entry.files),
    }  # fmt: skip
    every: list[str] = []
    glued: list[str] = []
    for field, text in texts.items():
        if of_field := words(text or ""):
            found[field] = [" ".join(of_field)]
            every += of_field
            glued += ["".join(pair) for pair in pairwise(of_field) if not (pair[0].isdigit() or pair[1].isdigit())]
    found["any"] = [" ".join(dict.fromkeys(every))]
    found["glued"] = [" ".join(dict.fromkeys(glued))]
    found["accented"] = [" ".join(accented_words(" ".join(filter(None, (entry.label, entry.title, entry.issuer)))))]
    return found


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
    schema.add_unsigned_field("document", fast=True, indexed=True)
    schema.add_text_field("sha256", tokenizer_name="raw", index_option="basic")
    schema.add_text_field("said", tokenizer_name="whitespace", index_option="position")
    for name in ("accented", "full", "of"):
        schema.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    schema.add_bytes_field("passage", stored=True)
    return schema.build()


def _passages(facts: Facts, entry: Entry, about: str) -> Iterator[tantivy.Document]:
    for passage in passages(facts):
        document = tantivy.Document()
        document.add_unsigned("document", key_of(entry.iri))
        document.add_text("sha256", facts.source.sha256)
        document.add_text("said", " ".join(words(passage.text)))
        document.add_text("accented", " ".join(accented_words(passage.text)))
        document.add_text("full", " ".join(in_full(passage.text)))
        document.add_text("of", about)
        said = Said(facts.source.sha256, passage.start, passage.end, passage.text)
        document.add_bytes("passage", msgspec.msgpack.encode(said))
        yield document


def _said(
    own: Mapping[str, Entry], texts: Iterable[FileText], folder: Path | None, former: Mapping[str, str], same: Collection[int]
) -> tuple[tantivy.Index, dict[str, str]]:  # fmt: skip
    """The passages of each file that is one document; of a register the rows' titles are names already. What the folder has already of
    the `former` texts stays where nothing about them has changed; with the entry nothing has that is the `same` object as before."""
    index = _opened(folder) if folder and former else _new(_said_schema(), folder)
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    held: dict[str, str] = {}
    for text in texts:
        entry = own.get(text.sha256)
        if entry is None:
            continue
        was, version = former.get(text.sha256, ""), text.version[:_HALF]
        if was.startswith(version) and id(entry) in same:
            held[text.sha256] = was
            continue
        about = " ".join(filter(None, (*_about(entry), entry.issuer)))
        held[text.sha256] = version + hashlib.sha256(f"{entry.iri}\n{about}".encode()).hexdigest()[:_HALF]
        if was == held[text.sha256]:
            continue
        if text.sha256 in former:
            writer.delete_documents_by_term("sha256", text.sha256)
        if facts := text.read():
            for document in _passages(facts, entry, " ".join(words(about))):
                writer.add_document(document)
    for sha256 in former.keys() - held.keys():
        writer.delete_documents_by_term("sha256", sha256)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index, held
