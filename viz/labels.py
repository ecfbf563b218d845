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
    """`levels` in drawing order, from the top; `families` maps a family to its label, `types` a type to its family."""

    levels: dict[str, str]
    families: dict[str, str]
    types: dict[str, str]
    relations: dict[str, Relation]

    def family(self, kind: str, type_: str) -> str:
        """The card shape's family: of a body, of a known document type, or "other"."""
        return "body" if kind == "body" else self.types.get(type_.casefold().strip(), "other")

    def relation(self, predicate: str, label: str) -> Relation:
        """The relation as shown; `label` is what the graph calls it, and wins over the table's wording."""
        known = self.relations.get(predicate)
        if known is None:
            return Relation(label or predicate, f"{label or predicate} (chiều ngược)", "tie")
        return Relation(label or known.label, known.inverse, known.group)


@cache
def load() -> Labels:
    """The table, read once."""
    table = tomllib.loads((files("chidao.viz") / "assets" / "labels.toml").read_text(encoding="utf-8"))
    return Labels(
        levels=table["levels"],
        families={key: family["label"] for key, family in table["families"].items()},
        types={type_: key for key, family in table["families"].items() for type_ in family["types"]},
        relations={key: Relation(**row) for key, row in table["relations"].items()},
    )
