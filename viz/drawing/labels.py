"""What the pages call levels, families of document types and relations: read from assets/labels.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Relation:
    """How a relation reads from either end; `group` ("carry", "ground", "change", "tie") decides its line."""

    label: str
    inverse: str
    group: str


@dataclass(frozen=True, slots=True)
class Labels:
    """`levels` in drawing order, from the top; `families` maps a family to its label, `types` a type to its family;
    `relations` a predicate to its inverse wording and its group, the most telling first."""

    levels: dict[str, str]
    families: dict[str, str]
    types: dict[str, str]
    relations: dict[str, tuple[str, str]]

    def family(self, kind: str, type_: str) -> str:
        """The card shape's family: of a body, of a document type by the longest name it begins with, or "other"."""
        if kind == "body":
            return "body"
        words = type_.casefold().split()
        names = (" ".join(words[:length]) for length in range(len(words), 0, -1))
        return next((self.types[name] for name in names if name in self.types), "other")

    def relation(self, predicate: str, label: str) -> Relation:
        """The relation as shown; `label` is what the graph calls it."""
        label = label or predicate
        inverse, group = self.relations.get(predicate, (f"{label} (chiều ngược lại)", "tie"))
        return Relation(label, inverse, group)


@cache
def load() -> Labels:
    """The table, read once."""
    table = tomllib.loads((files("chidao.viz.drawing") / "assets" / "labels.toml").read_text(encoding="utf-8"))
    return Labels(
        levels=table["levels"],
        families={key: family["label"] for key, family in table["families"].items()},
        types={type_: key for key, family in table["families"].items() for type_ in family["types"]},
        relations={key: (row["inverse"], row["group"]) for key, row in table["relations"].items()},
    )
