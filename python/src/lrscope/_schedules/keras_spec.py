"""Declared schedules of Keras: `keras.optimizers.schedules`, and the callback that reduces the LR on a plateau."""

from __future__ import annotations

from typing import Any

from .spec import NotDeclarable, Spec, plain

_SCHEDULES = (
    *("ExponentialDecay", "PiecewiseConstantDecay", "PolynomialDecay"),
    *("InverseTimeDecay", "CosineDecay", "CosineDecayRestarts"),
)
_PLATEAU = ("factor", "patience", "mode", "min_delta", "cooldown", "min_lr")


def keras_spec(schedule: Any) -> Spec:
    """The spec of a LearningRateSchedule object, from its own `get_config`."""
    name = type(schedule).__name__
    if name not in _SCHEDULES or type(schedule).__module__.split(".")[0] not in ("keras", "tf_keras"):
        raise NotDeclarable(f"{name} is a schedule of your own")
    config = {key: plain(value) for key, value in schedule.get_config().items() if key != "name"}
    return {
        "library": "keras",
        "constructor": f"keras.optimizers.schedules.{name}",
        "kwargs": {key: value for key, value in config.items() if value is not None},
        "stepping": {"unit": "step"},
    }


def keras_callback_spec(callback: Any, lr: float) -> Spec:
    """The spec of a ReduceLROnPlateau; any other callback that moves the LR follows a function."""
    if type(callback).__name__ != "ReduceLROnPlateau":
        raise NotDeclarable(f"{type(callback).__name__} follows a function of your own")
    kwargs = {argument: plain(getattr(callback, argument)) for argument in _PLATEAU}
    if getattr(getattr(callback, "monitor_op", None), "__name__", "") == "less":
        # Keras turns the sign at the end of the first epoch, and a second fit finds it so.
        kwargs["min_delta"] = -kwargs["min_delta"]
    return {
        "library": "keras",
        "constructor": "keras.callbacks.ReduceLROnPlateau",
        "kwargs": kwargs,
        "base_lrs": [lr],
        "stepping": {"unit": "epoch"},
        "monitor": callback.monitor,
    }
