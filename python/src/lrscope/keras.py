"""Keras 3: `model.fit(…, callbacks=[…, LrscopeCallback(project="…")])`, the last of the callbacks."""

from __future__ import annotations

from typing import Any, Optional

import keras

from ._control import LR_METRIC, Controller
from ._found import declare_found
from ._keras_rates import PlainRates, Rates, ScheduleRates
from ._owned import own_run, users_run
from ._say import warn_once
from ._schedules.keras_spec import keras_callback_spec, keras_spec
from ._schedules.resumed import with_known_start
from ._schedules.spec import NotDeclarable, Spec


class LrscopeCallback(keras.callbacks.Callback):
    """Logs Keras' logs at the end of each epoch and the LR in use as `lr`, and obeys the server.

    Declares the optimizer's LearningRateSchedule, whose LR is logged once an epoch and after each change; any other LR
    is logged for every update. A callback that moves the LR (ReduceLROnPlateau, LearningRateScheduler) goes into the
    list before this one and is given here as `scheduler`: then it is declared, and never sees a reduced LR. Where
    something moves the LR that was not given here, nothing is declared. Uses the run of `lrscope.init`, or makes one
    with the keyword arguments given here and finishes it with the training. `wait` is how many seconds to wait at most
    after an epoch for what its metrics trigger.
    """

    def __init__(self, scheduler: Any = None, wait: float = 5.0, **init: Any) -> None:
        super().__init__()
        self._scheduler = scheduler
        self._wait = wait
        self._init = init
        self._run: Any = None
        self._owns_run = False
        self._rates: Rates
        self._control: Controller
        self._epoch_start = 0
        self._constant = False
        """Whether the LR was declared to stay as it is."""

    def on_train_begin(self, logs: Optional[dict[str, Any]] = None) -> None:
        self._run = users_run()
        self._owns_run = self._run is None
        if self._owns_run:
            self._run = own_run(self._init)
        self._run.in_training = self._owns_run
        optimizer = getattr(self.model.optimizer, "inner_optimizer", self.model.optimizer)
        schedule = getattr(optimizer, "_learning_rate", None)
        if isinstance(schedule, keras.optimizers.schedules.LearningRateSchedule):
            self._rates = ScheduleRates(self.model, optimizer)
        else:
            self._rates = PlainRates(self.model, optimizer, self._scheduler)
        steps, epochs = self.params.get("steps"), self.params.get("epochs")
        self._run.config.update({"optimizer": optimizer.get_config(), "epochs": epochs})
        total = steps * epochs if steps and epochs else None
        spec = self._spec(begun=int(optimizer._iterations) > 0)
        self._constant = spec is not None and spec.get("kind") == "constant"
        declare_found(self._run, spec, steps_per_epoch=steps, total_steps=total, lr_metric=LR_METRIC)
        self._control = Controller(self._run, self._rates)
        self._control.in_force = [self._rates.in_force]
        self._control.updates = int(optimizer._iterations)

    def on_epoch_begin(self, epoch: int, logs: Optional[dict[str, Any]] = None) -> None:
        self._epoch_start = self._control.updates
        self._rates.begin_epoch(self._epoch_start)
        self._withdraw_if_moved()

    def on_train_batch_begin(self, batch: int, logs: Optional[dict[str, Any]] = None) -> None:
        self._rates.updates = self._control.updates
        self._control.obey()
        self._rates.begin_batch()

    def on_train_batch_end(self, batch: int, logs: Optional[dict[str, Any]] = None) -> None:
        for step in range(self._control.updates, self._epoch_start + batch + 1):
            lr = self._rates.used(step)
            if lr is None:
                self._control.updates = step + 1
            else:
                self._control.record([lr], step)
        self._withdraw_if_moved()
        self.model.stop_training = self.model.stop_training or self._run.should_stop

    def on_epoch_end(self, epoch: int, logs: Optional[dict[str, Any]] = None) -> None:
        values = {key: value for key, value in (logs or {}).items() if key != "learning_rate"}
        self._run.log(values, step=max(self._control.updates - 1, 0), epoch=epoch + 1)
        self._rates.updates = self._control.updates
        self._control.obey(self._wait)

    def on_train_end(self, logs: Optional[dict[str, Any]] = None) -> None:
        self._run.in_training = False
        if self._owns_run:
            self._run.finish()

    def _withdraw_if_moved(self) -> None:
        if self._constant and self._rates.moved:
            self._constant = False
            self._run.withdraw_schedule()

    def _spec(self, begun: bool) -> Optional[Spec]:
        declared = self._rates.schedule
        try:
            if declared is not None:
                return keras_spec(declared)
            lr = self._rates.in_use()[0]
            if not self._scheduler:
                return {"kind": "constant", "value": lr}
            spec = keras_callback_spec(self._scheduler, lr)
            return with_known_start(spec, self._run.declared_schedule) if begun else spec
        except NotDeclarable as why:
            warn_once("schedule", f"the schedule is not declared, the server will infer it: {why}")
            return None


def __getattr__(name: str) -> Any:
    """`import lrscope as wandb` makes this wandb.keras too."""
    from ._wandb import keras_callbacks

    return getattr(keras_callbacks, name)
