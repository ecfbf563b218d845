"""Decide which documents and bodies the references of all files mean. The only step that sees the corpus.

Identity is scope, type, number, symbol and year; everything here is a keyed join (`groups`), whose groups are kept by `joined`, and what
follows from them by `settled`. A reference without a date means a dated document only where one fits: first in the same file, then in the
corpus; title and issuer may decide between several, and nothing is dated after the document that cites it. Otherwise it stays a document of
its own that keeps its candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chidao.extract.corpus.settled import Load, Settled
from chidao.extract.model import Facts
from chidao.extract.resolved import Corpus, Correction


def resolve(facts: Iterable[Facts], corrections: Sequence[Correction] = ()) -> Corpus:
    """Return what all the files together mean, with what people say of it by hand in the place of what the rules read."""
    settled, load = settle(facts, corrections)
    files = [file for name in settled.sources() for file in settled.files(name, load(name))]
    documents = {document.key: document for document in settled.documents()}
    bodies = {body.key: body for body in settled.bodies()}
    return Corpus((*files, *settled.added), documents, bodies, settled.outcomes)


def settle(facts: Iterable[Facts], corrections: Sequence[Correction] = ()) -> tuple[Settled, Load]:
    """Decide in memory what files mean that are at hand; return that, and what gives the facts of each by its name there."""
    given = {str(number): (one,) for number, one in enumerate(facts)}
    settled = Settled()
    for number, (name, said) in enumerate(given.items()):
        settled.put(name, "", number.to_bytes(8, "big"), said)
    settled.settle(corrections, given.__getitem__)
    return settled, given.__getitem__
