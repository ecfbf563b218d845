"""What the names of files begin with, which nobody is told: they are named from there on."""

from __future__ import annotations

from collections.abc import Iterable

from chidao.extract.resolved import SOURCE


def common_folder(paths: Iterable[str]) -> str:
    """Return what the names of all files begin with, up to a slash; notes that people have written by hand are in none.

    >>> common_folder(["/home/lan/a/1.txt", "/home/lan/b/2.txt"])
    '/home/lan/'
    """
    names = [path.replace("\\", "/") for path in paths if path != SOURCE]
    shared: list[str] = []
    for first, last in zip(*(name.split("/")[:-1] for name in (min(names), max(names))), strict=False) if names else ():
        if first != last:
            break  # what all between them in order have in common is what these two have
        shared.append(first)
    return "".join(f"{part}/" for part in shared)
