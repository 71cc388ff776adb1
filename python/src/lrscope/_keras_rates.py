"""The LR of a Keras optimizer: a variable, or a schedule object that is compiled into the training step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Callable, Optional, Protocol

import keras
from keras import ops

from ._in_force import InForce


class Rates(Protocol):
    """`_control.Rates`, with what the callback needs besides."""

    schedule: Any
    updates: int
    in_force: InForce
    moved: bool
    """Whether something else than the declared schedule and this client has moved the LR."""

    def declared(self) -> list[float]: ...

    def in_use(self) -> list[float]: ...

    def install(self, in_force: Sequence[InForce]) -> None: ...

    def begin_epoch(self, step: int) -> None: ...

    def begin_batch(self) -> None: ...

    def used(self, step: int) -> Optional[float]:
        """The LR that update `step` was done with, where it is worth logging."""


@keras.saving.register_keras_serializable("lrscope")
class ScaledSchedule(keras.optimizers.schedules.LearningRateSchedule):
    """`max(schedule(step) × scale, min_lr)`, or `held`; what a control request makes of an optimizer's schedule."""

    def __init__(self, schedule: Any, scale: float = 1.0, held: Optional[float] = None, min_lr: float = 0.0) -> None:
        self.schedule = schedule
        self.in_force = InForce(scale, held, min_lr)

    def __call__(self, step: Any) -> Any:
        declared = self.schedule(step)
        if self.in_force.held is not None:
            return ops.full_like(declared, self.in_force.held)
        target = declared * self.in_force.scale
        lr = ops.maximum(target, self.in_force.min_lr)
        return ops.where(target <= declared, ops.minimum(lr, declared), lr)

    def get_config(self) -> dict[str, Any]:
        return {"schedule": keras.optimizers.schedules.serialize(self.schedule), **self.in_force.to_dict()}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        inner = keras.optimizers.schedules.deserialize(config["schedule"])
        return cls(**{**config, "schedule": inner})


class ScheduleRates:
    """A LearningRateSchedule: the step is compiled again with each change, of which a run has few."""

    def __init__(self, model: Any, optimizer: Any) -> None:
        self._model = model
        self._optimizer = optimizer
        current = optimizer._learning_rate
        scaled = isinstance(current, ScaledSchedule)
        self.schedule = current.schedule if scaled else current
        self.in_force: InForce = current.in_force if scaled else InForce()
        self.updates = 0
        self.moved = False
        self._logged = -1

    def declared(self) -> list[float]:
        return [_number(self.schedule(self.updates))]

    def in_use(self) -> list[float]:
        return [_number(self._optimizer._learning_rate(self.updates))]

    def install(self, in_force: Sequence[InForce]) -> None:
        self.in_force = in_force[0]
        scaled = ScaledSchedule(self.schedule, self.in_force.scale, self.in_force.held, self.in_force.min_lr)
        self._optimizer.learning_rate = self.schedule if self.in_force.neutral else scaled
        self._model.make_train_function(force=True)
        self._logged = self.updates

    def begin_epoch(self, step: int) -> None:
        self._logged = step

    def begin_batch(self) -> None: ...

    def used(self, step: int) -> Optional[float]:
        """Only where an epoch begins and after a change: Keras takes up to 0.2 s to evaluate a schedule."""
        return _number(self._optimizer._learning_rate(step)) if step == self._logged else None


class PlainRates:
    """A learning rate that is a variable, and the callback that moves it, if one does."""

    schedule = None

    def __init__(self, model: Any, optimizer: Any, scheduler: Any) -> None:
        self._model = model
        self._optimizer = optimizer
        self.updates = 0
        self.moved = False
        self.in_force = InForce()
        self._declared = self._written = self._read()
        self._used = self._written
        for name in ("on_epoch_begin", "on_epoch_end", "on_train_batch_begin", "on_train_batch_end"):
            if scheduler is not None and name in vars(type(scheduler)):
                setattr(scheduler, name, self._as_declared(getattr(scheduler, name)))

    def declared(self) -> list[float]:
        lr = self._read()
        if lr != self._written:  # The training's own code has set it.
            self._declared = self._written = lr
            self.moved = True
        return [self._declared]

    def in_use(self) -> list[float]:
        return [self._read()]

    def install(self, in_force: Sequence[InForce]) -> None:
        self.declared()
        self.in_force = in_force[0]
        self._write(self.in_force.effective(self._declared))

    def begin_epoch(self, step: int) -> None:
        self._write(self.in_force.effective(self.declared()[0]))

    def begin_batch(self) -> None:
        """Other callbacks may have moved the LR. Not so on JAX, where that has no effect before the epoch has ended."""
        if not hasattr(self._model, "jax_state_sync"):
            self.declared()
        self._used = self._written

    def used(self, step: int) -> Optional[float]:
        return self._used

    def _as_declared(self, method: Callable[..., Any]) -> Callable[..., Any]:
        """Within `method` the optimizer has its declared LR; what it has at the end is declared from then on."""

        def surrounded(*args: Any, **kwargs: Any) -> Any:
            self._write(self.declared()[0])
            try:
                return method(*args, **kwargs)
            finally:
                self._declared = self._read()
                self._write(self.in_force.effective(self._declared))

        return surrounded

    def _read(self) -> float:
        self._synchronise()
        return _number(self._optimizer.learning_rate)

    def _write(self, lr: float) -> None:
        """The variable is float32: what is remembered is what it holds."""
        if self._read() != lr:
            self._optimizer.learning_rate = lr
        self._written = self._read()

    def _synchronise(self) -> None:
        """On JAX the variables are elsewhere while an epoch runs."""
        if hasattr(self._model, "jax_state_sync"):
            self._model.jax_state_sync()


def _number(value: Any) -> float:
    return float(keras.ops.convert_to_numpy(value))
