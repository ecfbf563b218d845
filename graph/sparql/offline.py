"""Take the network from a process that evaluates what others wrote: a query that gets past every screen then reaches nobody.

Two ways, each enough by itself. On Linux (x86-64 and 64-bit ARM) the kernel is told to refuse sockets to this process and to all it starts,
for good: seccomp needs no rights. Where there are limits of descriptors (Linux, macOS) none may be opened any more once the store is open,
and a socket is one. On Windows there is neither, and the screen stands alone.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import platform
import struct
import sys

_PR_SET_NO_NEW_PRIVS, _SECCOMP_SET_MODE_FILTER = 38, 1
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
"""Instructions of the kernel's packet filter (linux/bpf_common.h)."""
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_NUMBER, _ARCHITECTURE = 0, 4
"""Where a system call's number and its architecture stand in what a filter sees (linux/seccomp.h)."""
_X32 = 0x40000000
"""From here on numbers of x86-64's other calling convention."""
# machine -> architecture (linux/audit.h), then the numbers of seccomp; and of socket, connect, io_uring_setup, which opens sockets, too
_CALLS = {
    "x86_64": (0xC000003E, 317, (41, 42, 425)),
    "aarch64": (0xC00000B7, 277, (198, 203, 425)),
}
_MANY = 10_240
"""Descriptors that a store may want; macOS grants no process more."""


def refuse_sockets() -> bool:
    """Let no thread of this process, nor what it starts, make a socket any more. Return whether the system does that."""
    if sys.platform != "linux" or platform.machine() not in _CALLS:
        return False
    architecture, seccomp, refused = _CALLS[platform.machine()]
    steps = [(_LOAD, 0, 0, _ARCHITECTURE), (_JUMP_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _REFUSE)]
    steps += [(_LOAD, 0, 0, _NUMBER), (_JUMP_AT_LEAST, len(refused) + 1, 0, _X32)]
    steps += [(_JUMP_EQUAL, len(refused) - at, 0, number) for at, number in enumerate(refused)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("HP", len(steps), ctypes.addressof(code)))
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(system.syscall(seccomp, _SECCOMP_SET_MODE_FILTER, 0, program) == 0)


def allow_files(allowed: bool) -> None:
    """Let this process open files, or nothing any more, where the system can see to that; what is open stays."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        most = _MANY if hard == resource.RLIM_INFINITY else min(_MANY, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most if allowed else 0, hard))


def open_now() -> int:
    """Return how many descriptors this process has open, 0 where that is not to be seen."""
    with contextlib.suppress(OSError):
        return len(os.listdir("/dev/fd"))
    return 0
