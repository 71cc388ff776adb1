"""A lock on a folder that the operating system frees when its holder dies, however it dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Optional

NAME = "lock"


def _take(fd: int) -> None:
    """Raises OSError when another process has it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)


def lock_folder(folder: Path) -> Optional[int]:
    """The descriptor that holds the lock until it is closed; None when another process has the folder or it is gone."""
    path = folder / NAME
    try:
        fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:
        return None
    try:
        _take(fd)
        # Whoever had it before may have removed the folder while this one was opening the file.
        if os.path.samestat(os.fstat(fd), os.stat(path)):
            return fd
    except OSError:
        pass
    os.close(fd)
    return None
