"""threading.Event, but its `set` may interrupt itself: what a signal handler logs comes through it too."""

from __future__ import annotations

import threading
from typing import Any, Optional


def is_mine(lock: Any) -> bool:
    """Whether this thread holds a reentrant lock, or a condition of one."""
    return bool(lock._is_owned())


class Flag:
    def __init__(self) -> None:
        # With a reentrant lock, where threading.Event has one on which the same thread would wait for itself.
        self._condition = threading.Condition(threading.RLock())
        self._is_set = False

    def is_set(self) -> bool:
        return self._is_set

    @property
    def is_mine(self) -> bool:
        """Whether this thread was interrupted in it."""
        return is_mine(self._condition)

    def set(self) -> None:
        with self._condition:
            self._is_set = True
            self._condition.notify_all()

    def clear(self) -> None:
        self._is_set = False

    def wait(self, timeout: Optional[float] = None) -> bool:
        with self._condition:
            return self._condition.wait_for(lambda: self._is_set, timeout)
