"""The arguments of torch's scheduler classes, read back off their objects."""

from __future__ import annotations

from typing import Any, Dict

from .spec import Kwargs, NotDeclarable, Reader, attributes, one_or_each

_WHOLE = 1e-9


def _multi_step(scheduler: Any) -> Kwargs:
    return {"milestones": sorted(scheduler.milestones.elements()), "gamma": scheduler.gamma}


def _one_cycle(scheduler: Any) -> Kwargs:
    """The levels live in the param groups; the fractions follow from where the phases end (pct_start·total − 1)."""
    groups = scheduler.optimizer.param_groups
    phases = scheduler._schedule_phases
    strategy = getattr(scheduler, "_anneal_func_type", None) or (
        "cos" if "cos" in scheduler.anneal_func.__name__ else "linear"
    )
    kwargs = {
        "max_lr": one_or_each([float(group["max_lr"]) for group in groups]),
        "total_steps": scheduler.total_steps,
        "pct_start": (phases[0]["end_step"] + 1) / scheduler.total_steps,
        "anneal_strategy": strategy,
        "div_factor": float(groups[0]["max_lr"]) / float(groups[0]["initial_lr"]),
        "final_div_factor": float(groups[0]["initial_lr"]) / float(groups[0]["min_lr"]),
        "three_phase": len(phases) == 3,
        "cycle_momentum": scheduler.cycle_momentum,
    }
    if scheduler.cycle_momentum:
        kwargs["base_momentum"] = one_or_each([group["base_momentum"] for group in groups])
        kwargs["max_momentum"] = one_or_each([group["max_momentum"] for group in groups])
    return kwargs


def _cyclic(scheduler: Any) -> Kwargs:
    if getattr(scheduler, "_scale_fn_custom", None) is not None:
        raise NotDeclarable("CyclicLR with a scale_fn of your own")
    up = _whole(scheduler.total_size * scheduler.step_ratio)
    kwargs = {
        "base_lr": one_or_each([float(lr) for lr in scheduler.base_lrs]),
        "max_lr": one_or_each([float(lr) for lr in scheduler.max_lrs]),
        "step_size_up": up,
        "step_size_down": _whole(scheduler.total_size - up),
        "mode": scheduler.mode,
        "gamma": scheduler.gamma,
        "cycle_momentum": scheduler.cycle_momentum,
    }
    if scheduler.cycle_momentum:
        kwargs["base_momentum"] = one_or_each(scheduler.base_momentums)
        kwargs["max_momentum"] = one_or_each(scheduler.max_momentums)
    return kwargs


def _whole(value: float) -> float:
    """Undoes the rounding of `total · (up / total)` for the usual whole lengths."""
    nearest = round(value)
    return nearest if abs(value - nearest) <= _WHOLE * max(1.0, abs(value)) else value


def _plateau(scheduler: Any) -> Kwargs:
    kwargs = attributes("mode", "factor", "patience", "threshold", "threshold_mode", "cooldown", "eps")(scheduler)
    return {**kwargs, "min_lr": one_or_each(scheduler.min_lrs)}


def _lambdas(scheduler: Any) -> Kwargs:
    raise NotDeclarable(f"{type(scheduler).__name__} follows a function of your own")


#: Class name → reader. SequentialLR and ChainedScheduler are read in torch_spec, which reads what they contain.
TORCH_READERS: Dict[str, Reader] = {
    "StepLR": attributes("step_size", "gamma"),
    "MultiStepLR": _multi_step,
    "ConstantLR": attributes("factor", "total_iters"),
    "LinearLR": attributes("start_factor", "end_factor", "total_iters"),
    "ExponentialLR": attributes("gamma"),
    "PolynomialLR": attributes("total_iters", "power"),
    "CosineAnnealingLR": attributes("T_max", "eta_min"),
    "CosineAnnealingWarmRestarts": attributes("T_0", "T_mult", "eta_min"),
    "OneCycleLR": _one_cycle,
    "CyclicLR": _cyclic,
    "ReduceLROnPlateau": _plateau,
    "LambdaLR": _lambdas,
    "MultiplicativeLR": _lambdas,
}
