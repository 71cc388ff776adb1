"""The runs that callbacks and loggers make: each serves its own training, and none of the others."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from typing import Any

import lrscope

from ._control import active_run

_owned: weakref.WeakSet[Any] = weakref.WeakSet()
_busy: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()
"""The runs that something logs to which has not said that its training is over."""


def occupy(run: Any, by: Any) -> bool:
    """Whether `run` is now `by`'s to log to: not while somebody else does."""
    return _busy.setdefault(run, by) is by


def release(run: Any, by: Any) -> None:
    if _busy.get(run) is by:
        del _busy[run]


def users_run() -> Any:
    """The run of the script's own `lrscope.init`, unless it has ended; None where the active run is a callback's."""
    run = active_run()
    return None if run is None or run in _owned else run


def own_run(init: Mapping[str, Any]) -> Any:
    """A run of one's own, which ends the one before unless that is still being logged to. It goes on after the
    training, for what is evaluated then, until the process, the next run or `lrscope.finish()` ends it."""
    if any(not run.finished for run in _busy):
        for run in [run for run in _owned if run not in _busy]:
            run.finish()
        init = {"reinit": "create_new", **init}
    run = lrscope.init(**init)
    _owned.add(run)
    return run
