"""The server's plateau rules against the libraries' own classes, over drawn arguments and metrics.

Every counter after every metric has to agree. `LRSCOPE_CASES` draws more, `LRSCOPE_SEED` others.
"""

from __future__ import annotations

import math
import os
import warnings
from random import Random
from typing import Any, Callable, Optional

from . import plateau_cases as draw
from .case import ModuleCase, needs
from .golden import timm_scheduler

try:
    import torch
except ImportError:
    pass

# Before any test of the process imports Keras, as TensorBoard does where TensorFlow is installed.
os.environ.setdefault("KERAS_BACKEND", "torch")

CASES = int(os.environ.get("LRSCOPE_CASES") or 60)
SEED = int(os.environ.get("LRSCOPE_SEED") or 1)

TORCH_COUNTERS = ("best", "num_bad_epochs", "cooldown_counter")
GREEDY_COUNTERS = (*TORCH_COUNTERS, "num_good_epochs", "warmup_counter", "reset_start")
OPTAX_COUNTERS = ("best_value", "plateau_count", "cooldown_count", "count", "avg_value")

#: LRs after construction and after each metric, by group; the counters after each metric.
Outcome = tuple[list[list[float]], draw.Counters]


class PlateauRules(ModuleCase):
    #: Below this the library has 0: XLA flushes what is smaller.
    smallest = 0.0

    def compare(self, library: str, run: Callable[[Random, int], tuple[dict[str, Any], list[float], Outcome]]) -> None:
        for case in range(CASES):
            random = Random(f"{library} {SEED} {case}")
            spec, metrics, (lrs, counters) = run(random, 60)
            with self.subTest(case=case, spec=spec):
                answer = self.server.call(
                    "POST", "/plateau/backtest", {"policy": spec, "metrics": [wire(value) for value in metrics]}
                )
                got = answer.get("lrs_after_by_group") or [answer["lrs_after"]]
                for name, values in counters.items():
                    self.assert_same(name, answer["state"][name], values)
                for group, want in enumerate(lrs):
                    self.assert_same(f"lr of group {group}", got[group], want[1:])
                    drops = [t for t in range(len(metrics)) if self.smallest <= want[t + 1] < want[t]]
                    events = answer["events_by_group"][group] if len(lrs) > 1 else answer["events"]
                    self.assertEqual([t for t in events if got[group][t] >= self.smallest], drops)

    def assert_same(self, name: str, got: list[Any], want: list[Any]) -> None:
        for index, (ours, theirs) in enumerate(zip(got, want)):
            same = ours == wire(theirs) or (theirs == 0 and abs(ours) < self.smallest)
            self.assertTrue(same, f"{name} after metric {index}: {ours} instead of {theirs}")
        self.assertEqual(len(got), len(want), name)


def wire(value: Any) -> Any:
    number = float(value)
    if math.isfinite(number):
        return value
    return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"


def of_torch(
    constructor: str,
    make: Callable[..., Any],
    config: Callable[[Random, list[float]], dict[str, Any]],
    names: tuple[str, ...],
    threshold: float,
) -> Callable[[Random, int], tuple[dict[str, Any], list[float], Outcome]]:
    def run(random: Random, count: int) -> tuple[dict[str, Any], list[float], Outcome]:
        base_lrs = draw.drawn_lrs(random)
        chosen = config(random, base_lrs)
        metrics = draw.drawn_metrics(random, count)
        metrics = draw.on_the_threshold(random, metrics, chosen.get("threshold", threshold))
        groups = [{"params": [torch.nn.Parameter(torch.ones(1))], "lr": lr} for lr in base_lrs]
        optimizer = torch.optim.SGD(groups, lr=0.1)
        scheduler = make(optimizer, **chosen)
        counters: draw.Counters = {}
        lrs = [[group["lr"]] for group in optimizer.param_groups]
        for index, metric in enumerate(metrics):
            if constructor.startswith("timm"):
                scheduler.step(index + 1, metric)
            else:
                scheduler.step(metric)
            draw.collect(counters, getattr(scheduler, "lr_scheduler", scheduler), names)
            for seen, group in zip(lrs, optimizer.param_groups):
                seen.append(group["lr"])
        return {"constructor": constructor, "config": chosen, "base_lrs": base_lrs}, metrics, (lrs, counters)

    return run


@needs("torch")
class TorchRules(PlateauRules):
    def test_torch(self) -> None:
        from torch.optim.lr_scheduler import ReduceLROnPlateau

        name = "torch.optim.lr_scheduler.ReduceLROnPlateau"
        self.compare("torch", of_torch(name, ReduceLROnPlateau, draw.torch_config, TORCH_COUNTERS, 1e-4))

    @needs("timm")
    def test_timm(self) -> None:
        name = "timm.scheduler.PlateauLRScheduler"
        make = timm_scheduler().PlateauLRScheduler
        self.compare("timm", of_torch(name, make, draw.timm_config, TORCH_COUNTERS, 1e-4))

    @needs("transformers")
    def test_greedy(self) -> None:
        from transformers import optimization

        greedy: Optional[Any] = getattr(optimization, "GreedyLR", None)
        if greedy is None:
            self.skipTest("this transformers has no GreedyLR")
        name = "transformers.optimization.GreedyLR"
        self.compare("greedy", of_torch(name, greedy, draw.greedy_config, GREEDY_COUNTERS, 1e-6))


@needs("keras", "torch")
class KerasRule(PlateauRules):
    def test_keras(self) -> None:
        import keras

        model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])

        def run(random: Random, count: int) -> tuple[dict[str, Any], list[float], Outcome]:
            [base] = draw.drawn_lrs(random, most=1)
            config = draw.keras_config(random)
            metrics = draw.drawn_metrics(random, count)
            metrics = draw.on_the_threshold(random, metrics, config.get("min_delta", 1e-4))
            model.compile(keras.optimizers.SGD(base), loss="mse")
            callback = keras.callbacks.ReduceLROnPlateau("val_loss", **config)
            callback.set_model(model)
            callback.on_train_begin()
            counters: draw.Counters = {}
            rate = lambda: float(keras.ops.convert_to_numpy(model.optimizer.learning_rate))  # noqa: E731
            lrs = [rate()]
            for epoch, metric in enumerate(metrics):
                callback.on_epoch_end(epoch, {"val_loss": metric})
                draw.collect(counters, callback, ("best", "wait", "cooldown_counter"))
                lrs.append(rate())
            spec = {"constructor": "keras.callbacks.ReduceLROnPlateau", "config": config, "base_lrs": [base]}
            return spec, metrics, ([lrs], counters)

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.compare("keras", run)


@needs("jax", "optax")
class OptaxRule(PlateauRules):
    def follow(self, dtype: str) -> None:
        import jax
        import jax.numpy as jnp
        from optax.contrib import reduce_on_plateau

        def run(random: Random, count: int) -> tuple[dict[str, Any], list[float], Outcome]:
            config = draw.optax_config(random)
            metrics = draw.drawn_metrics(random, count)
            metrics = draw.on_the_threshold(random, metrics, config.get("rtol", 1e-4))
            self.smallest = float(jnp.finfo(dtype).tiny)
            metrics = [0.0 if abs(metric) < self.smallest else metric for metric in metrics]
            rule = reduce_on_plateau(**config)
            weights = jnp.ones(1, dtype)
            state = rule.init(weights)
            step = jax.jit(lambda state, value: rule.update(weights, state, value=value)[1])
            counters: draw.Counters = {}
            scales = [1.0]
            for metric in metrics:
                state = step(state, jnp.asarray(metric, dtype))
                for name in OPTAX_COUNTERS:
                    counters.setdefault(name, []).append(getattr(state, name).item())
                scales.append(state.scale.item())
            spec = {"constructor": "optax.contrib.reduce_on_plateau", "config": config, "base_lrs": [1.0]}
            return {**spec, "dtype": dtype}, metrics, ([scales], counters)

        with jax.enable_x64(True):
            self.compare(f"optax {dtype}", run)

    def test_optax(self) -> None:
        self.follow("float64")

    def test_optax_in_float32(self) -> None:
        self.follow("float32")
