"""Builds the golden files' scheduler objects with the installed libraries, and compares LR sequences."""

from __future__ import annotations

import importlib
import importlib.util
import json
import pathlib
import sys
import types
import warnings
from typing import Any, Dict, List, Optional

GOLDEN = pathlib.Path(__file__).resolve().parents[3] / "tests" / "golden"
TOLERANCE = 1e-12

Case = Dict[str, Any]


def cases(library: str) -> List[Case]:
    return [case for case in json.loads((GOLDEN / "schedules.json").read_text()) if case["library"] == library]


def optimizer_of(spec: Dict[str, Any]) -> Any:
    import torch

    lrs = spec.get("resume", {}).get("group_lr", spec["base_lrs"])
    groups = [{"params": [torch.nn.Parameter(torch.zeros(1))], "lr": lr} for lr in lrs]
    optimizer = torch.optim.SGD(groups, lr=lrs[0], momentum=0.9)
    for group, lr in zip(optimizer.param_groups, spec.get("resume", {}).get("initial_lr", [])):
        group["initial_lr"] = lr
    for group, scale in zip(optimizer.param_groups, spec.get("lr_scale", [])):
        group["lr_scale"] = scale
    return optimizer


def build(spec: Dict[str, Any], optimizer: Any) -> Any:
    """The scheduler of a golden `spec`, constructed as its author wrote it."""
    kwargs = dict(spec["kwargs"])
    name = spec["constructor"].split(".")[-1]
    if spec["constructor"].startswith("transformers."):
        import transformers

        return transformers.get_scheduler(optimizer=optimizer, **kwargs)
    if spec["constructor"].startswith("timm."):
        return getattr(timm_scheduler(), name)(optimizer, **kwargs)
    import torch

    if "schedulers" in kwargs:
        kwargs["schedulers"] = [build(child, optimizer) for child in kwargs["schedulers"]]
    if name == "ChainedScheduler":
        kwargs.pop("milestones", None)
        return torch.optim.lr_scheduler.ChainedScheduler(kwargs["schedulers"])
    if "lr_lambda" in kwargs:
        factor = kwargs["lr_lambda"]["const"]
        kwargs["lr_lambda"] = lambda epoch: factor
    return getattr(torch.optim.lr_scheduler, name)(optimizer, **kwargs)


def timm_scheduler() -> Any:
    """timm.scheduler, without the rest of timm, which wants torchvision. ImportError where there is no timm."""
    if "timm" not in sys.modules:
        found = importlib.util.find_spec("timm")
        if found is None or found.submodule_search_locations is None:
            raise ImportError("no timm")
        package = types.ModuleType("timm")
        package.__path__ = list(found.submodule_search_locations)
        package.__spec__ = found
        sys.modules["timm"] = package
    return importlib.import_module("timm.scheduler")


def constructed(case: Case) -> Optional[Any]:
    """The case's scheduler, or None where the library refuses to construct it, as many a case is there to show."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return build(case["spec"], optimizer_of(case["spec"]))
        except (ValueError, KeyError, ZeroDivisionError, AssertionError, TypeError, AttributeError):
            return None


def off(got: List[List[float]], want: List[List[float]]) -> Optional[str]:
    """Where two sequences part by more than the golden README's tolerance, or None."""
    if len(got) != len(want):
        return f"{len(got)} groups instead of {len(want)}"
    for group, (have, expected) in enumerate(zip(got, want)):
        if len(have) != len(expected):
            return f"{len(have)} LRs instead of {len(expected)}"
        largest = max((abs(lr) for lr in expected), default=0.0)
        for step, (a, b) in enumerate(zip(have, expected)):
            if not abs(a - b) <= TOLERANCE * (largest + abs(b)):
                return f"group {group}, step {step}: {a} instead of {b}"
    return None
