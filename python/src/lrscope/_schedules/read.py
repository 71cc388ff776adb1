"""From a scheduler object of torch, transformers or timm to the schedule that it declares."""

from __future__ import annotations

from typing import Any, Dict, Optional

from .accelerate_steps import accelerate_stepping, unwrap
from .spec import NotDeclarable, Spec
from .timm_spec import timm_spec
from .torch_spec import torch_class, torch_spec
from .transformers_spec import transformers_spec

_METRIC_DRIVEN = ("ReduceLROnPlateau", "GreedyLR", "PlateauLRScheduler")


def read_scheduler(
    scheduler: Any,
    unit: Optional[str] = None,
    monitor: Optional[str] = None,
    continues: bool = False,
    more: Optional[Dict[str, Any]] = None,
) -> Spec:
    """The spec, with `stepping` in `unit` ("step" unless the library says otherwise) and `more` of it.

    @raises NotDeclarable when the schedule is a function of the user's or not known
    """
    spec = _spec(unwrap(scheduler), continues)
    stepping = {"unit": unit} if unit else spec.get("stepping", {"unit": "step"})
    spec["stepping"] = {**stepping, **accelerate_stepping(scheduler), **(more or {})}
    if monitor is not None and follows_metric(spec):
        spec["monitor"] = monitor
    return spec


def follows_metric(spec: Spec) -> bool:
    """Whether the LR depends on what the scheduler is stepped with."""
    return str(spec.get("constructor", "")).split(".")[-1] in _METRIC_DRIVEN


def hides_start(scheduler: Any, spec: Spec) -> bool:
    """Whether the `base_lrs` may be what an earlier job had reached: of a ReduceLROnPlateau, which keeps none, once it
    was stepped; of any scheduler made for an optimizer that has a state, and other LRs than it was made with."""
    found = unwrap(scheduler)
    optimizer = getattr(found, "optimizer", None)
    if torch_class(found) == "ReduceLROnPlateau" and found.last_epoch > 0:
        return True
    made_with = getattr(optimizer, "defaults", {}).get("lr")
    return bool(getattr(optimizer, "state", None)) and any(lr != made_with for lr in spec.get("base_lrs", ()))


def _spec(scheduler: Any, continues: bool) -> Spec:
    spec = transformers_spec(scheduler, continues) or timm_spec(scheduler)
    if spec is not None:
        return spec
    if torch_class(scheduler) is None:
        kind = f"{type(scheduler).__module__}.{type(scheduler).__qualname__}"
        raise NotDeclarable(f"{kind} is not known: torch, transformers and timm are")
    return torch_spec(scheduler, continues)


def read_constant(optimizer: Any) -> Spec:
    """An optimizer without a scheduler: the LR of each param group for ever, in lrscope's own words."""
    lrs = [float(group["lr"]) for group in optimizer.param_groups]
    constants = [{"kind": "constant", "value": lr} for lr in lrs]
    if len(constants) == 1:
        return dict(constants[0])
    return {"kind": "groups", "groups": [{"spec": spec} for spec in constants]}
