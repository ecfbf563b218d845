"""Give up the network, for good: what a document links to is not fetched, whatever library reads it."""

from __future__ import annotations

import contextlib
import os
import sys

__all__ = ["leave_network"]

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000


def leave_network() -> bool:
    """Move this process, and what it will start, into a network of its own without any way out; return whether that was possible.

    It is on Linux, where the system lets a user have name spaces of his own. To be called before there are threads."""
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
    except (OSError, AttributeError):
        return False
    user, group = os.geteuid(), os.getegid()
    if user == 0:
        return bool(unshare(_NEW_NET) == 0)  # as root of a name space it could not read others' files any more
    if unshare(_NEW_USER | _NEW_NET):
        return False
    for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with contextlib.suppress(OSError), open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(line)
    return True
