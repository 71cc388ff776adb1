"""JAX with optax: schedules that can be declared, and an optimizer whose LR the server can reduce.

    schedule = declared(optax.warmup_cosine_decay_schedule, 0.0, 0.1, 100, 1000)
    optimizer = controlled(optax.adamw, schedule, weight_decay=1e-4)
    control = ServerControl(schedule)
    ...
    params, opt_state = train_step(params, opt_state, batch)
    opt_state = control.step(opt_state)
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Mapping, Sequence
from typing import Any, Callable, Optional

import jax
import jax.numpy as jnp
import optax

from ._control import Controller, current_run
from ._in_force import InForce
from ._say import warn_once
from ._schedules.spec import NotDeclarable, Spec, plain

_STATE = ("lr_scale", "lr_held", "lr_floor")


class Declared:
    """An optax schedule that knows how it was made; called like any other, `schedule(count)`."""

    def __init__(self, schedule: Callable[[Any], Any], constructor: str, kwargs: Mapping[str, Any]) -> None:
        self._schedule = schedule
        self.constructor = constructor
        self.kwargs = kwargs

    def __call__(self, count: Any) -> Any:
        return self._schedule(count)

    @property
    def spec(self) -> Spec:
        """@raises NotDeclarable where a joined schedule was not made by `declared`"""
        kwargs = {key: _argument(value) for key, value in self.kwargs.items()}
        return {"library": "optax", "constructor": f"optax.{self.constructor}", "kwargs": kwargs}


def declared(constructor: Callable[..., Any], *args: Any, **kwargs: Any) -> Declared:
    """`constructor(*args, **kwargs)`, one of optax's schedules, remembered with its arguments.

    Schedules to be joined (`optax.join_schedules`) are made by `declared` themselves.
    """
    arguments = inspect.signature(constructor).bind(*args, **kwargs).arguments
    return Declared(constructor(*args, **kwargs), constructor.__name__, dict(arguments))


def controlled(factory: Callable[..., Any], learning_rate: Any, **arguments: Any) -> Any:
    """`factory(learning_rate, **arguments)`, an optax optimizer, with an LR that `ServerControl` can reduce.

    What is in force lives in the optimizer's state, so checkpoints keep it and the compiled step sees it.
    """

    def build(lr_scale: Any, lr_held: Any, lr_floor: Any) -> Any:
        def effective(count: Any) -> Any:
            return _effective(_value(learning_rate, count), lr_scale, lr_held, lr_floor)

        return factory(learning_rate=effective, **arguments)

    injected = optax.inject_hyperparams(build, hyperparam_dtype=jnp.float32)
    return injected(lr_scale=1.0, lr_held=math.nan, lr_floor=0.0)


class ServerControl:
    """Declares the schedule, logs the LR that each update was done with as `lr`, and obeys the server's requests.

    `wait` > 0 waits up to that many seconds for the server's answer, so that what a logged metric triggers applies
    before the next update; leave it at 0 where only a validation triggers anything, and give `step` its own.
    """

    def __init__(self, learning_rate: Any, run: Any = None, wait: float = 0.0) -> None:
        run = current_run(run)
        self._rates = _StateRates(learning_rate)
        self._controller = Controller(run, self._rates, wait)
        _declare(run, learning_rate)

    def step(self, opt_state: Any, step: Optional[int] = None, wait: Optional[float] = None) -> Any:
        """Call it once after each update. Returns the optimizer's state to go on with."""
        rates, controller = self._rates, self._controller
        rates.state, rates.count = opt_state, controller.updates if step is None else step
        controller.in_force = [rates.in_force]
        controller.record(rates.in_use(), step)
        rates.count = controller.updates
        controller.obey(wait)
        return rates.state


class _StateRates:
    """The optimizer's state, and the LR that follows from it for the update `count`."""

    def __init__(self, learning_rate: Any) -> None:
        self.state: Any = None
        self.count = 0
        self._declared = jax.jit(lambda count: jnp.asarray(_value(learning_rate, count), jnp.float32))
        self._effective = jax.jit(
            lambda count, scale, held, floor: _effective(_value(learning_rate, count), scale, held, floor)
        )

    @property
    def in_force(self) -> InForce:
        scale, held, floor = self._values()
        return InForce(scale, None if math.isnan(held) else held, floor)

    def declared(self) -> list[float]:
        return [float(self._declared(self.count))]

    def in_use(self) -> list[float]:
        return [float(self._effective(self.count, *self._values()))]

    def install(self, in_force: Sequence[InForce]) -> None:
        force = in_force[0]
        held = math.nan if force.held is None else force.held
        values = {"lr_scale": force.scale, "lr_held": held, "lr_floor": force.min_lr}
        arrays = {name: jnp.asarray(value, jnp.float32) for name, value in values.items()}
        self.state = optax.tree_utils.tree_set(self.state, **arrays)

    def _values(self) -> tuple[float, float, float]:
        if self.state is None:
            return 1.0, math.nan, 0.0
        scale, held, floor = (float(optax.tree_utils.tree_get(self.state, name, math.nan)) for name in _STATE)
        if math.isnan(scale):
            raise TypeError("this is not the state of an optimizer made by lrscope.optax.controlled")
        return scale, held, floor


def _value(learning_rate: Any, count: Any) -> Any:
    return learning_rate(count) if callable(learning_rate) else learning_rate


def _effective(lr: Any, scale: Any, held: Any, floor: Any) -> Any:
    """`InForce.effective`, traced."""
    target = lr * scale
    floored = jnp.maximum(target, floor)
    kept = jnp.where(target <= lr, jnp.minimum(floored, lr), floored)
    return jnp.where(jnp.isnan(held), kept, held)


def _declare(run: Any, learning_rate: Any) -> None:
    try:
        if isinstance(learning_rate, Declared):
            run.declare(schedule={**learning_rate.spec, "stepping": {"unit": "step"}})
        elif not callable(learning_rate):
            run.declare(schedule={"kind": "constant", "value": float(learning_rate)})
        else:
            raise NotDeclarable("make it with lrscope.optax.declared(optax.cosine_decay_schedule, …)")
    except NotDeclarable as why:
        warn_once("schedule", f"the schedule is not declared, the server will infer it: {why}")


def _argument(value: Any) -> Any:
    if isinstance(value, Declared):
        return {key: item for key, item in value.spec.items() if key != "library"}
    if isinstance(value, Mapping) and all(isinstance(key, int) for key in value):
        return [[key, plain(item)] for key, item in value.items()]
    if isinstance(value, Mapping):
        return {str(key): _argument(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_argument(item) for item in value]
    if callable(value):
        raise NotDeclarable("a schedule in it was not made by lrscope.optax.declared")
    return plain(value)
