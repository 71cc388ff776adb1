"""Declared schedules of `torch.optim.lr_scheduler` objects, nested and resumed ones too."""

from __future__ import annotations

from typing import Any, List, Optional

from .spec import Kwargs, NotDeclarable, Spec, known_class, plain
from .torch_kwargs import TORCH_READERS

PREFIX = "torch.optim.lr_scheduler."

_COMPOSITE = {"SequentialLR": ("_schedulers", "_milestones"), "ChainedScheduler": ("_schedulers", None)}
_KNOWN = {**TORCH_READERS, **{name: lambda scheduler: {} for name in _COMPOSITE}}
_COMPUTES = ("get_lr", "_get_closed_form_lr", "step")


def torch_class(scheduler: object) -> Optional[str]:
    """The torch class whose rule the scheduler follows, or None where it is not one of torch's."""
    return known_class(scheduler, _KNOWN, "torch", _COMPUTES)


def torch_spec(scheduler: Any, continues: bool = False) -> Spec:
    """Reads `scheduler`, best right after it was constructed.

    `continues` says that the run counts on from an earlier job, so that a scheduler constructed with `last_epoch` is
    declared from its beginning, and not as one that starts in the middle.
    """
    spec: Spec = {
        "library": "torch",
        **_nested(scheduler),
        "base_lrs": plain(_base_lrs(scheduler)),
    }
    last_epoch = _constructed_at(scheduler)
    if last_epoch is not None and not continues:
        _resume(spec, scheduler, last_epoch)
    return spec


def _nested(scheduler: Any) -> Spec:
    name = torch_class(scheduler)
    if name is None:
        raise NotDeclarable(f"{type(scheduler).__name__} is not a scheduler of torch")
    return {"constructor": PREFIX + name, "kwargs": plain(_kwargs(scheduler, name))}


def _kwargs(scheduler: Any, name: str) -> Kwargs:
    if name not in _COMPOSITE:
        return TORCH_READERS[name](scheduler)
    children, milestones = _COMPOSITE[name]
    kwargs: Kwargs = {"schedulers": [_nested(child) for child in getattr(scheduler, children)]}
    if milestones:
        kwargs["milestones"] = list(getattr(scheduler, milestones))
    return kwargs


def _base_lrs(scheduler: Any) -> List[float]:
    """What the optimizer's groups held before the first scheduler was built on them."""
    first = scheduler
    while hasattr(first, "_schedulers"):
        first = first._schedulers[0]
    bases = getattr(first, "base_lrs", None)
    if bases is None:
        bases = [group.get("initial_lr", group["lr"]) for group in first.optimizer.param_groups]
    return [float(lr) for lr in bases]


def _constructed_at(scheduler: Any) -> Optional[int]:
    """The `last_epoch` argument of a scheduler that was constructed to resume and not stepped since, else None.

    CosineAnnealingWarmRestarts counts no steps, not even its constructor's; its optimizer's first one is noted, though.
    """
    if hasattr(scheduler, "_schedulers") or not hasattr(scheduler, "_step_count"):
        return None
    uncounted = scheduler._step_count == 0 and not getattr(scheduler.optimizer, "_opt_called", False)
    fresh = scheduler._step_count == 1 or uncounted
    return scheduler.last_epoch - 1 if fresh and scheduler.last_epoch > 0 else None


def _resume(spec: Spec, scheduler: Any, last_epoch: int) -> None:
    name = spec["constructor"][len(PREFIX) :]
    if name == "OneCycleLR":
        raise NotDeclarable("OneCycleLR resumed with last_epoch: its levels are in the optimizer's state")
    now = [float(group["lr"]) for group in scheduler.optimizer.param_groups]
    undo = _constructor_factor(scheduler, name, last_epoch + 1)
    if undo == 0:
        raise NotDeclarable(f"{name} resumed on a step that sets the LR to 0")
    spec["kwargs"]["last_epoch"] = last_epoch
    spec["resume"] = {"initial_lr": spec["base_lrs"], "group_lr": [lr / undo for lr in now]}


def _constructor_factor(scheduler: Any, name: str, epoch: int) -> float:
    """What the constructor's own step multiplies the groups' LRs by; the other classes leave or overwrite them."""
    if name == "StepLR":
        return float(scheduler.gamma) if epoch % scheduler.step_size == 0 else 1.0
    if name == "MultiStepLR":
        return float(scheduler.gamma ** scheduler.milestones[epoch])
    if name == "ConstantLR":
        return 1.0 / float(scheduler.factor) if epoch == scheduler.total_iters else 1.0
    return 1.0
