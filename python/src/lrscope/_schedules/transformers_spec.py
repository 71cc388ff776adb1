"""Declared schedules of `transformers.get_scheduler`: LambdaLR over functions that are known by name."""

from __future__ import annotations

import functools
from typing import Any, Dict, List, Optional

from .spec import Kwargs, NotDeclarable, Spec, attributes, one_or_each, plain

#: Function in transformers.optimization → the name that get_scheduler knows it by.
_NAMES: Dict[str, str] = {
    "_get_constant_lambda": "constant",
    "_get_constant_schedule_with_warmup_lr_lambda": "constant_with_warmup",
    "_get_linear_schedule_with_warmup_lr_lambda": "linear",
    "_get_cosine_schedule_with_warmup_lr_lambda": "cosine",
    "_get_cosine_with_hard_restarts_schedule_with_warmup_lr_lambda": "cosine_with_restarts",
    "_get_polynomial_decay_schedule_with_warmup_lr_lambda": "polynomial",
    "_get_inverse_sqrt_schedule_lr_lambda": "inverse_sqrt",
    "_get_cosine_with_min_lr_schedule_with_warmup_lr_rate_lambda": "cosine_warmup_with_min_lr",
    "_get_wsd_scheduler_lambda": "warmup_stable_decay",
}

_GREEDY = attributes(
    *("mode", "factor", "patience", "threshold", "threshold_mode", "cooldown", "warmup", "eps"),
    *("smooth", "window_size"),
    reset_start="reset_start_original",
)


def transformers_spec(scheduler: Any, continues: bool = False) -> Optional[Spec]:
    """The spec of a scheduler that transformers made, or None where it made none of it. See `torch_spec`."""
    if type(scheduler).__module__.startswith("transformers.") and type(scheduler).__name__ == "GreedyLR":
        return _greedy(scheduler)
    lambdas = getattr(scheduler, "lr_lambdas", None)
    if not lambdas or not all(_is_ours(function) for function in lambdas):
        return None
    calls = [_call(function) for function in lambdas]
    if any(call != calls[0] for call in calls):
        raise NotDeclarable("the param groups follow different schedules")
    if scheduler._step_count == 1 and scheduler.last_epoch > 0 and not continues:
        raise NotDeclarable("a schedule constructed with last_epoch on a new run")
    bases = [float(lr) for lr in scheduler.base_lrs]
    return {
        "library": "transformers",
        "constructor": "transformers.get_scheduler",
        "kwargs": plain(_get_scheduler(calls[0], bases)),
        "base_lrs": bases,
    }


def _greedy(scheduler: Any) -> Spec:
    bounds = {"min_lr": one_or_each(scheduler.min_lrs), "max_lr": one_or_each(scheduler.max_lrs)}
    return {
        "library": "transformers",
        "constructor": "transformers.optimization.GreedyLR",
        "kwargs": plain({**_GREEDY(scheduler), **bounds}),
        "base_lrs": plain(list(scheduler._init_lrs)),
    }


def _is_ours(function: Any) -> bool:
    function = function.func if isinstance(function, functools.partial) else function
    return getattr(function, "__module__", "") == "transformers.optimization"


def _call(function: Any) -> Kwargs:
    """The function's keywords, with the schedule's own name as `name`."""
    keywords = dict(function.keywords) if isinstance(function, functools.partial) else {}
    inner = function.func if isinstance(function, functools.partial) else function
    # Before 4.38 the constant schedule was a lambda.
    constant = inner.__qualname__.startswith("get_constant_schedule.")
    name = "constant" if constant else _NAMES.get(inner.__name__)
    if name is None:
        raise NotDeclarable(f"transformers' {inner.__name__} is not known")
    if name == "cosine" and keywords.get("min_lr_rate"):
        name = "cosine_with_min_lr"
    elif name == "cosine":
        keywords.pop("min_lr_rate", None)
    return {"name": name, **keywords}


def _get_scheduler(call: Kwargs, bases: List[float]) -> Kwargs:
    """The keywords as arguments of get_scheduler, which keeps what is special to a schedule apart."""
    special = {key: value for key, value in call.items() if value is not None}
    name, warmup = special.pop("name"), special.pop("num_warmup_steps", None)
    total = special.pop("num_training_steps", None)
    if name == "warmup_stable_decay":
        total = warmup + special["num_stable_steps"] + special["num_decay_steps"]
    if name == "polynomial":
        # Only the ratio to the optimizer's default LR counts, and the server takes that to be the first group's.
        special["lr_end"] *= bases[0] / float(special.pop("lr_init"))
    kwargs: Kwargs = {"name": name}
    if warmup is not None:
        kwargs["num_warmup_steps"] = warmup
    if total is not None:
        kwargs["num_training_steps"] = total
    return {**kwargs, "scheduler_specific_kwargs": special} if special else kwargs
