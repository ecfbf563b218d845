"""English words for what the vocabulary calls things; their Vietnamese stands in the catalogue."""

from __future__ import annotations


def N_(message: str) -> str:
    """Marks a message for the catalogue."""
    return message


LEVELS = {
    "central": N_("Central"), "province": N_("Province"), "district": N_("District"), "commune": N_("Commune"),
    "department": N_("Department"), "": N_("Level unknown"),
}  # fmt: skip

# Vietnamese pages take the words for relations from the ontology and from labels.toml, so these are not in the catalogue.
RELATIONS = {
    "implements": "implements", "continues": "continues", "guides": "guides", "basedOn": "is based on",
    "reviews": "reviews", "consolidates": "consolidates", "amends": "amends", "replaces": "replaces",
    "repeals": "repeals", "corrects": "corrects", "cites": "cites",
}  # fmt: skip

INVERSES = {
    "implements": "is implemented by", "continues": "is continued by", "guides": "is guided by",
    "basedOn": "is a basis of", "reviews": "is reviewed by", "consolidates": "is consolidated in",
    "amends": "is amended by", "replaces": "is replaced by", "repeals": "is repealed by",
    "corrects": "is corrected by", "cites": "is cited by",
}  # fmt: skip

ACTS = {
    "issue": N_("issued"), "implement": N_("implemented"), "concretize": N_("put into concrete terms"),
    "disseminate": N_("disseminated"), "inspect": N_("inspected"), "review": N_("reviewed"), "amend": N_("amended"),
    "direct": N_("directed"), "cite": N_("cited"),
}  # fmt: skip

STATES = {"implemented": N_("Implemented"), "mentioned": N_("Mentioned"), "unknown": N_("Nothing known")}

COVERAGE_LEVELS = {
    "province": N_("Provinces and cities"), "department": N_("Departments of a province"), "district": N_("Districts"),
    "commune": N_("Communes"), "central": N_("Central bodies"),
}  # fmt: skip

STANDINGS = {
    "repealed": N_("Repealed"), "replaced": N_("Replaced"), "amended": N_("Amended"), "corrected": N_("Corrected"),
    "partly": N_("Repealed or replaced in part"), "consolidated": N_("Consolidated"), "continued": N_("Continued"),
}  # fmt: skip

COLUMNS = {
    "document": N_("Document"), "directive": N_("Directive"), "label": N_("Name"), "title": N_("Title"),
    "issuer": N_("Issued by"),
    "date": N_("Date"), "days": N_("Days"), "body": N_("Body"), "name": N_("Name"), "actor": N_("Body"),
    "action": N_("Act"),
    "sentence": N_("Sentence"), "source": N_("File"), "page": N_("Page"), "row": N_("Row"), "line": N_("Line"),
    "footnote": N_("Footnote"), "relation": N_("Relation"), "level": N_("Level"), "type": N_("Type"),
    "year": N_("Year"),
    "count": N_("Number"), "mentions": N_("Mentions"), "files": N_("Number of files"), "documents": N_("Documents"),
    "first": N_("First document"),
    "firstLabel": N_("First document"), "firstDate": N_("Its date"), "what": N_("What"), "one": N_("One says"),
    "other": N_("Another says"), "due": N_("Due"), "deadline": N_("Deadline"), "role": N_("Role"), "text": N_("Text"),
    "candidate": N_("May be"), "depth": N_("Step"), "predicate": N_("Relation"), "object": N_("Object"),
    "subject": N_("Subject"),
    "certainty": N_("Certainty"), "places": N_("Places"), "why": N_("Reason"), "target": N_("Document"), "by": N_("By"),
}  # fmt: skip
