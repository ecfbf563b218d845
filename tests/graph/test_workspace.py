"""The workspace: made when something is kept in it, and nothing else's folder."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from chidao.extract.errors import ChidaoError
from chidao.graph.workspace import Search, Settings, Workspace, workspace_of


def test_it_lies_beside_its_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert workspace_of("graph/").path == tmp_path / "graph-workspace"
    assert workspace_of(tmp_path / "graph").path == tmp_path / "graph-workspace"


def test_reading_makes_nothing(tmp_path: Path) -> None:
    assert Workspace(tmp_path / "w").settings() == Settings()
    assert not (tmp_path / "w").exists()


def test_settings_are_kept(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w")
    settings = Settings(
        body="https://w3id.org/chidao/body/x", by="Văn thư", watched=("/a",), searches=(Search("s", "q"),)
    )
    workspace.save(settings)
    assert workspace.settings() == settings
    assert workspace.marker.is_file() and workspace.files.is_dir()


def test_changes_from_many_windows_lose_none_of_them(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w")
    workspace.prepare()

    def add(name: str) -> None:
        Workspace(tmp_path / "w").change(lambda now: replace(now, searches=(*now.searches, Search(name, "q"))))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, (f"s{number}" for number in range(40))))
    assert {search.name for search in workspace.settings().searches} == {f"s{number}" for number in range(40)}


def test_a_change_that_fails_changes_nothing(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w")
    workspace.save(Settings(by="Văn thư"))

    def refuse(_settings: Settings) -> Settings:
        raise ChidaoError("no")

    with pytest.raises(ChidaoError, match="no"):
        workspace.change(refuse)
    assert workspace.settings() == Settings(by="Văn thư")


def test_another_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(ChidaoError, match="other things"):
        Workspace(tmp_path).save(Settings())
    assert [place.name for place in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"body": 1}', '{"searches": [{}]}', "\udcff"])
def test_settings_that_cannot_be_read_are_named(tmp_path: Path, text: str) -> None:
    workspace = Workspace(tmp_path / "w")
    workspace.prepare()
    (workspace.path / "settings.json").write_text(text, "utf-8", errors="surrogateescape")
    with pytest.raises(ChidaoError, match="settings.json"):
        workspace.settings()
