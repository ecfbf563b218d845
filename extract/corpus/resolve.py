"""Decide which documents and bodies the references of all files mean. The only step that sees the corpus.

Identity is scope, type, number, symbol and year; everything here is a keyed join (`groups`), whose groups are kept by `joined`, and what
follows from them by `settled`. A reference without a date means a dated document only where one fits: first in the same file, then in the
corpus; title and issuer may decide between several, and nothing is dated after the document that cites it. Otherwise it stays a document of
its own that keeps its candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chidao.extract.corpus.settled import Settled
from chidao.extract.model import Corpus, Correction, Facts


def resolve(facts: Iterable[Facts], corrections: Sequence[Correction] = ()) -> Corpus:
    """Return what all the files together mean, with what people say of it by hand in the place of what the rules read."""
    given = {str(number): (one,) for number, one in enumerate(facts)}
    settled = Settled()
    for number, (name, said) in enumerate(given.items()):
        settled.put(name, "", number.to_bytes(8, "big"), said)
    settled.settle(corrections, given.__getitem__)
    files = [file for name, said in given.items() for file in settled.files(name, said)]
    documents = {document.key: document for document in settled.documents()}
    bodies = {body.key: body for body in settled.bodies()}
    return Corpus((*files, *settled.added), documents, bodies, settled.outcomes)
