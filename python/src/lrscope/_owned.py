"""The runs that callbacks and loggers make: each serves its own training, and none of the others."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from typing import Any

import lrscope

from ._control import active_run

_owned: weakref.WeakSet[Any] = weakref.WeakSet()


def users_run() -> Any:
    """The run of the script's own `lrscope.init`, unless it has ended; None where the active run is a callback's."""
    run = active_run()
    return None if run is None or run in _owned else run


def own_run(init: Mapping[str, Any]) -> Any:
    """A run of one's own, which ends the one before. It goes on after the training, for what is evaluated then, until
    the process, the next run or `lrscope.finish()` ends it."""
    run = lrscope.init(**init)
    _owned.add(run)
    return run
