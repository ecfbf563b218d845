"""Templates that are kept compiled, beside the bytecode of this package: else the first visitor of a page waits for that, up to a tenth of
a second.

Nothing is worked out while a template is compiled: a filter on a word that stands there would be, with the words of one language and by
this version of the filter. So what is kept follows from the template, and from which filters there are and what of the page they are given,
and is the same in each language.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from jinja2 import nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator
from jinja2.environment import Environment

from chidao import __version__
from chidao.extract.language.beside_bytecode import keep, read_kept


def keep_templates(environment: Environment, room: str) -> None:
    """Let an environment, which is set up but for its names, keep the templates of a room."""
    environment.optimized = False
    environment.code_generator_class = _AsItStands
    environment.bytecode_cache = _Kept(room)


class _AsItStands(CodeGenerator):
    def _output_child_to_const(self, node: nodes.Expr, frame: Any, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible()
        return super()._output_child_to_const(node, frame, finalize)


class _Kept(BytecodeCache):
    """The templates of a room: kept by what their environment is when it is asked for one, and by the versions that compiled them."""

    def __init__(self, room: str) -> None:
        self._room = room

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return under what a template is kept."""
        return f"{self._room}-{name.removesuffix('.html')}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what is kept, if that is of the same template."""
        if kept := read_kept(__file__, bucket.key, _about(bucket.environment)):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        keep(__file__, bucket.key, bucket.bytecode_to_string(), _about(bucket.environment))


def _about(environment: Environment) -> str:
    """What is compiled into a template besides its own words."""
    blanks = environment.trim_blocks, environment.lstrip_blocks
    settings = blanks, environment.undefined.__name__, environment.autoescape
    gettext = sorted(environment.extensions), getattr(environment, "newstyle_gettext", None)
    called = _marks(environment.filters), _marks(environment.tests)
    return repr((__version__, version("jinja2"), settings, gettext, called))


def _marks(called: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each name that a template may call, with what jinja2 is to give to what it names."""
    return sorted((name, str(getattr(function, "jinja_pass_arg", ""))) for name, function in called.items())
