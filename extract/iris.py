"""The IRIs of documents, of their provisions, and of bodies."""

from __future__ import annotations

from chidao.ontology.vocabulary import BODY

BASE = "https://w3id.org/chidao/id/"
"""Where instance IRIs live unless the user sets another base."""


def document_iri(key: str, base: str = BASE) -> str:
    """Return the IRI of a document by its key."""
    return f"{base}document/{key}"


def provision_iri(document: str | None, path: str) -> str | None:
    """Return the IRI of a document's provision; None for a range, which is several."""
    return f"{document}/{path}" if document and path and ".." not in path else None


def body_iri(key: str, base: str = BASE) -> str:
    """Return the IRI of a body: of a central one ("vn/…") the shipped table's, of a local one that below the base."""
    return f"{BODY}{key}" if key.startswith("vn/") else f"{base}body/{key}"
