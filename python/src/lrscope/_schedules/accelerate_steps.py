"""How often accelerate steps a prepared scheduler: once an update for each process, unless it splits the batches."""

from __future__ import annotations

import sys
from typing import Any, Dict

_NAME = "AcceleratedScheduler"


def unwrap(scheduler: Any) -> Any:
    """The scheduler inside of accelerate's, or the object itself."""
    return scheduler.scheduler if _is_wrapped(scheduler) else scheduler


def accelerate_stepping(wrapper: Any) -> Dict[str, Any]:
    """What `stepping` says besides its unit; nothing for a scheduler that accelerate did not prepare.

    DeepSpeed's engine steps its scheduler itself, once an update.
    """
    if not _is_wrapped(wrapper) or type(wrapper).__name__ != _NAME or not wrapper.step_with_optimizer:
        return {}
    calls = 1
    if not wrapper.split_batches:
        calls = int(sys.modules[type(wrapper).__module__].AcceleratorState().num_processes)
    stepping: Dict[str, Any] = {"calls": calls} if calls > 1 else {}
    inner = wrapper.scheduler
    if not wrapper.split_batches and hasattr(inner, "total_steps"):
        # By its count of calls, to which the batches of an update that is being accumulated are added.
        between = wrapper.gradient_state.num_steps - 1 if wrapper.gradient_state.adjust_scheduler else 0
        until = _one_cycle_end(int(inner.total_steps), calls, between)
        if calls > 1 or until < inner.total_steps:
            stepping["until"] = until
    return stepping


def _is_wrapped(scheduler: Any) -> bool:
    return any(cls.__name__ == _NAME for cls in type(scheduler).__mro__)


def _one_cycle_end(total: int, calls: int, between: int) -> int:
    """The steps that accelerate lets OneCycleLR do: none once its count is beyond the total."""
    count, done = 1, 0
    while count <= total:
        count += between
        step = min(calls, max(0, total + 1 - count))
        count, done = count + step, done + step
        if step < calls:
            break
    return done
