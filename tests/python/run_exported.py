"""Runs exported schedules in the real libraries.

Reads JSON from standard input, [{"target", "code", "steps", "stepping", "groups", "values"?}], and prints one JSON
list: for each case {"lrs": [[...] per param group]} with the LR of each of the steps 0 ... steps-1, or {"skip": why}
where the library is not installed, or {"error": traceback}. A scheduler that follows a metric is given `values`, one a
step. With the argument --probe it prints which targets can be run.
"""

import importlib
import json
import math
import os
import sys
import traceback
import types

os.environ.setdefault("KERAS_BACKEND", "jax")

NEEDS = {
    "torch": ["torch"],
    "transformers": ["torch", "transformers"],
    "timm": ["torch", "timm.scheduler"],
    "keras": ["jax", "keras"],
    "optax": ["jax", "optax"],
}


def load(name):
    try:
        importlib.import_module(name)
    except Exception:
        if name != "timm.scheduler":
            raise
        # timm's package imports torchvision, which its schedulers do not need.
        package = types.ModuleType("timm")
        package.__path__ = [os.path.join(path, "timm") for path in sys.path if os.path.isdir(os.path.join(path, "timm"))]
        for loaded in [key for key in sys.modules if key == "timm" or key.startswith("timm.")]:
            del sys.modules[loaded]
        sys.modules["timm"] = package
        importlib.import_module(name)


def missing(target):
    try:
        for name in NEEDS[target]:
            load(name)
    except Exception as error:
        return f"{target}: {error}"
    return None


def optimizer_of(groups):
    import torch

    parameters = [{"params": [torch.nn.Parameter(torch.zeros(1))]} for _ in range(groups)]
    return torch.optim.SGD(parameters, lr=0.5, momentum=0.9)


def stepped(case, optimizer, scheduler):
    by_group = [[] for _ in optimizer.param_groups]
    for step in range(case["steps"]):
        for group, lrs in zip(optimizer.param_groups, by_group):
            lrs.append(finite(float(group["lr"])))
        optimizer.step()
        value = case.get("values", [])[step : step + 1]
        if case["target"] != "timm":
            scheduler.step(*value)
        elif case["stepping"] == "epoch":
            scheduler.step(step + 1, *value)
        else:
            scheduler.step_update(step + 1)
    return by_group


def finite(value):
    """JSON has no NaN: what is not finite becomes null, which equals no LR."""
    return value if math.isfinite(value) else None


def lrs_of(case):
    names = {}
    if case["target"] in ("torch", "transformers", "timm"):
        names["optimizer"] = optimizer_of(case["groups"])
    exec(compile(case["code"], "exported.py", "exec"), names)
    if "scheduler" in names:
        return stepped(case, names["optimizer"], names["scheduler"])
    # Compiled, as a training step would be: that it can be traced is part of what is checked.
    import jax
    import jax.numpy as jnp

    schedule = jax.jit(names["schedule"])
    count = jnp.int64 if jax.config.jax_enable_x64 else jnp.int32
    return [[finite(float(schedule(count(step)))) for step in range(case["steps"])]]


def run(case, unavailable):
    if unavailable[case["target"]]:
        return {"skip": unavailable[case["target"]]}
    try:
        return {"lrs": lrs_of(case)}
    except Exception:
        return {"error": traceback.format_exc()}


def main():
    if "--probe" in sys.argv:
        print(json.dumps({target: missing(target) is None for target in NEEDS}))
        return
    cases = json.load(sys.stdin)
    unavailable = {target: missing(target) for target in {case["target"] for case in cases}}
    print(json.dumps([run(case, unavailable) for case in cases], allow_nan=False))


if __name__ == "__main__":
    import warnings

    warnings.simplefilter("ignore")
    main()
