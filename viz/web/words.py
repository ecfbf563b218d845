"""English words for what the vocabulary calls things; their Vietnamese stands in the catalogue or in the ontology."""

from __future__ import annotations


def N_(message: str) -> str:
    """Marks a message for the catalogue."""
    return message


LEVELS = {
    "central": N_("Central"), "province": N_("Province"), "district": N_("District"), "commune": N_("Commune"),
    "department": N_("Department"), "": N_("Level unknown"),
}  # fmt: skip

RELATIONS = {
    "implements": N_("implements"), "continues": N_("continues"), "guides": N_("guides"), "basedOn": N_("is based on"),
    "reviews": N_("reviews"), "consolidates": N_("consolidates"), "amends": N_("amends"), "replaces": N_("replaces"),
    "repeals": N_("repeals"), "corrects": N_("corrects"), "cites": N_("cites"),
}  # fmt: skip

INVERSES = {
    "implements": N_("is implemented by"), "continues": N_("is continued by"), "guides": N_("is guided by"),
    "basedOn": N_("is a basis of"), "reviews": N_("is reviewed by"), "consolidates": N_("is consolidated in"),
    "amends": N_("is amended by"), "replaces": N_("is replaced by"), "repeals": N_("is repealed by"),
    "corrects": N_("is corrected by"), "cites": N_("is cited by"),
}  # fmt: skip

ACTS = {
    "issue": N_("issued"), "implement": N_("implemented"), "concretize": N_("put into concrete terms"),
    "disseminate": N_("disseminated"), "inspect": N_("inspected"), "review": N_("reviewed"), "amend": N_("amended"),
    "direct": N_("directed"),
}  # fmt: skip

STATES = {"implemented": N_("Implemented"), "mentioned": N_("Mentioned"), "unknown": N_("Nothing known")}
