"""Templates that are kept compiled, beside the bytecode of this package: else the first visitor of a page waits for that, up to a tenth of
a second.

Nothing is worked out while a template is compiled: a filter on a word that stands there would be, with the words of one language and by
this version of the filter. So what is kept follows from the template alone, and is the same in each language.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from jinja2 import nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator
from jinja2.environment import Environment

from chidao.extract.language.beside_bytecode import keep, place_beside, read_kept


def keep_templates(environment: Environment, room: str) -> None:
    """Let an environment, which is set up but for its names, keep the templates of a room."""
    environment.optimized = False
    environment.code_generator_class = _AsItStands
    environment.bytecode_cache = _Kept(environment, room)


class _AsItStands(CodeGenerator):
    def _output_child_to_const(self, node: nodes.Expr, frame: Any, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible()
        return super()._output_child_to_const(node, frame, finalize)


class _Kept(BytecodeCache):
    """The templates of one environment: kept by what it is and by the version that compiled them."""

    def __init__(self, environment: Environment, room: str) -> None:
        self._room = room
        settings = (environment.trim_blocks, environment.lstrip_blocks, environment.undefined.__name__)
        self._about = repr((version("jinja2"), settings, environment.autoescape, sorted(environment.extensions)))

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return under what a template is kept."""
        return f"{self._room}-{name.removesuffix('.html')}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what is kept, if that is of the same template."""
        if kept := read_kept(place_beside(__file__, bucket.key), self._about):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        keep(place_beside(__file__, bucket.key), bucket.bytecode_to_string(), self._about)
