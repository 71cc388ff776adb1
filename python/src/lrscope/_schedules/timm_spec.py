"""Declared schedules of `timm.scheduler` objects."""

from __future__ import annotations

from typing import Any, Dict, Optional

from .spec import Kwargs, NotDeclarable, Reader, Spec, attributes, known_class, plain

_COMMON = ("warmup_t", "warmup_lr_init", "warmup_prefix", "t_in_epochs")
_CYCLES = ("t_initial", "lr_min", "cycle_mul", "cycle_decay", "cycle_limit", *_COMMON)


def _plateau(scheduler: Any) -> Kwargs:
    rule = scheduler.lr_scheduler
    return {
        "decay_rate": rule.factor,
        "patience_t": rule.patience,
        "threshold": rule.threshold,
        "cooldown_t": rule.cooldown,
        "lr_min": rule.min_lrs[0],
        "mode": rule.mode,
        "warmup_t": scheduler.warmup_t,
        "warmup_lr_init": scheduler.warmup_lr_init,
    }


_READERS: Dict[str, Reader] = {
    "CosineLRScheduler": attributes("k_decay", *_CYCLES),
    "PolyLRScheduler": attributes("power", "k_decay", *_CYCLES),
    "TanhLRScheduler": attributes("lb", "ub", *_CYCLES),
    "StepLRScheduler": attributes("decay_t", "decay_rate", *_COMMON),
    "MultiStepLRScheduler": attributes("decay_t", "decay_rate", *_COMMON),
    "PlateauLRScheduler": _plateau,
}


def timm_spec(scheduler: Any) -> Optional[Spec]:
    """The spec of a timm scheduler, or None where it is not one of timm's."""
    name = known_class(scheduler, _READERS, "timm", ("_get_lr", "_get_values", "step", "step_update"))
    if name is None:
        return None
    if scheduler.noise_range_t is not None:
        raise NotDeclarable(f"{name} with noise, which is drawn at random")
    spec: Spec = {
        "library": "timm",
        "constructor": f"timm.scheduler.{name}",
        "kwargs": plain(_READERS[name](scheduler)),
        "base_lrs": plain(list(scheduler.base_values)),
        "stepping": {"unit": "epoch" if scheduler.t_in_epochs else "step"},
    }
    groups = scheduler.optimizer.param_groups
    if any("lr_scale" in group for group in groups):
        spec["lr_scale"] = plain([group.get("lr_scale", 1.0) for group in groups])
    return spec
