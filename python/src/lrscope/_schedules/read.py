"""From a scheduler object of torch, transformers or timm to the schedule that it declares."""

from __future__ import annotations

from typing import Any, Dict, Optional

from .accelerate_steps import accelerate_stepping, unwrap
from .spec import NotDeclarable, Spec
from .timm_spec import timm_spec
from .torch_spec import found_on_its_way, torch_class, torch_spec
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


def hides_start(scheduler: Any) -> bool:
    """Whether the LRs that the spec begins with may be those that an earlier job had reached."""
    found = unwrap(scheduler)
    return torch_class(found) is not None and found_on_its_way(found)


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
