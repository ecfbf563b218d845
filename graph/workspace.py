"""What an office keeps beside its graph, and no build makes anew: the files that it added, its corrections, its settings.

    WORKSPACE/chidao-workspace.txt   says what the folder is
    WORKSPACE/files/                 files added by hand
    WORKSPACE/removed/               those of them that were taken out or replaced
    WORKSPACE/last-build.json        what the last build from the site did, and what was new by it
    WORKSPACE/corrections.jsonl      what the rules read wrongly, as people say (a `chidao.graph.journal`)
    WORKSPACE/done.jsonl             tasks that are done, as people say (likewise)
    WORKSPACE/seen.json              what its searches had found when somebody last looked
    WORKSPACE/settings.json          whose office it is, the folders it watches, what it searches again and again

The workspace of the graph `./chidao-graph` is `./chidao-graph-workspace` unless another one is named. It is made when something is first
kept in it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from chidao.extract.errors import ChidaoError
from chidao.graph import disk

_PATIENCE = 10.0
"""Seconds to wait for another writer, who is done at once."""
_MARKER = """This folder is what an office keeps beside its graph: added files, corrections, settings. Keep it, and keep a copy.
Thư mục này giữ tệp đã nạp, nội dung hiệu đính và thiết lập của cơ quan. Xin giữ lại và sao lưu.
"""


@dataclass(frozen=True, slots=True)
class Search:
    """A search that somebody makes again and again, and when it was last looked at (ISO 8601)."""

    name: str
    query: str
    seen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an office has set. `body` is the IRI of its own body, `by` how corrections are signed, `watched` folders from which files are
    read in place, `home` the jurisdiction of documents that do not say their own."""

    body: str | None = None
    by: str | None = None
    home: str | None = None
    watched: tuple[str, ...] = ()
    searches: tuple[Search, ...] = ()


class Workspace:
    """The places in a workspace."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.marker = self.path / "chidao-workspace.txt"
        self.files = self.path / "files"
        self.removed = self.path / "removed"
        self.incoming = self.path / "incoming"
        """Where a file lies while it is being received; nothing reads it there."""
        self.built = self.path / "last-build.json"
        self.corrections = self.path / "corrections.jsonl"
        self.done = self.path / "done.jsonl"
        self.seen = self.path / "seen.json"
        self._settings = self.path / "settings.json"

    def prepare(self) -> None:
        """Make the folder. Raises ChidaoError when it cannot be made, or holds other things than a workspace."""
        try:
            if not disk.is_file(self.marker):
                if self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
                    raise ChidaoError("holds other things than a workspace; name a new one", path=str(self.path))
                self.path.mkdir(parents=True, exist_ok=True)
                disk.write(self.marker, _MARKER.encode())
            self.files.mkdir(exist_ok=True)
        except OSError as error:
            raise ChidaoError(f"cannot be written ({error.strerror or error})", path=str(self.path)) from None

    def settings(self) -> Settings:
        """Return what is set; nothing where nothing was. Raises ChidaoError when the file cannot be read."""
        try:
            return msgspec.convert(json.loads(disk.read(self._settings)), Settings)
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError, RecursionError, msgspec.ValidationError) as error:
            raise ChidaoError(f"these settings cannot be read ({error})", path=str(self._settings)) from None

    def change(self, made: Callable[[Settings], Settings]) -> None:
        """Keep what `made` gives for the settings as they are: of two changes at the same time, from two windows, neither is lost. Raises
        ChidaoError."""
        self.prepare()
        try:
            with FileLock(self._settings.with_name(self._settings.name + ".lock"), timeout=_PATIENCE):
                self.save(made(self.settings()))
        except Timeout:
            raise ChidaoError("somebody else is writing; try again", path=str(self._settings)) from None

    def save(self, settings: Settings) -> None:
        """Keep these settings, whatever was set before. Raises ChidaoError."""
        self.prepare()
        text = json.dumps(asdict(settings), ensure_ascii=False, indent=2) + "\n"
        try:
            disk.write(self._settings, text.encode())
        except OSError as error:
            raise ChidaoError(f"cannot be written ({error.strerror or error})", path=str(self._settings)) from None


def workspace_of(graph_dir: str | Path) -> Workspace:
    """Return the workspace that belongs to a graph's folder where no other is named.

    >>> workspace_of("chidao-graph/").path.name
    'chidao-graph-workspace'
    """
    graph = Path(os.path.abspath(graph_dir))
    return Workspace(graph.with_name(f"{graph.name}-workspace"))
