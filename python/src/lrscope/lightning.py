"""Lightning: `Trainer(logger=LrscopeLogger(project="…"), callbacks=[LrscopeCallback()])`."""

from __future__ import annotations

import weakref
from argparse import Namespace
from typing import Any, Callable, Optional, Union

try:
    from lightning.pytorch.callbacks import Callback
    from lightning.pytorch.loggers import Logger
    from lightning.pytorch.utilities import rank_zero_only
except ImportError:  # The package's former name.
    from pytorch_lightning.callbacks import Callback
    from pytorch_lightning.loggers import Logger
    from pytorch_lightning.utilities import rank_zero_only

from ._control import LR_METRIC, lr_metrics
from ._ending import interruption
from ._lightning_stepping import Calls, epoch_updates, stepping_of, total_updates
from ._owned import occupy, own_run, release, users_run
from ._say import warn_once
from ._schedules.spec import NotDeclarable
from ._team import Follower, is_first
from .torch import ServerControl, watch


class LrscopeLogger(Logger):
    """Sends what `self.log` and `save_hyperparameters` give. Keyword arguments are those of `lrscope.init`.

    The run is the one of `lrscope.init` where the script has made one; else each logger makes its own, which ends the
    one before, unless both are in one Trainer. A training that fails ends it as failed, Ctrl-C as killed; otherwise it
    goes on for `trainer.test`, and ends with the process, the next run or `lrscope.finish()`. What `trainer.validate`
    and `trainer.test` log is at the last step of the training.
    """

    def __init__(self, **init: Any) -> None:
        super().__init__()
        self._init = init
        self._run: Any = None
        self._trainer: Callable[[], Any] = lambda: None

    @property
    def experiment(self) -> Any:
        """The run; that of rank 0, where several processes train together."""
        if self._run is None:
            first = getattr(rank_zero_only, "rank", 0) == 0
            self._run = (users_run() or own_run(self._init)) if first else Follower()
            if first and not occupy(self._run, self):
                warn_once("loggers", "two loggers share the run of lrscope.init: the first one logs")
        return self._run

    @property
    def name(self) -> Optional[str]:
        return str(self.experiment.project)

    @property
    def version(self) -> Optional[Union[int, str]]:
        return str(self.experiment.id)

    @rank_zero_only
    def log_hyperparams(self, params: Union[dict[str, Any], Namespace], *args: Any, **kwargs: Any) -> None:
        self.experiment.config.update(params)

    @rank_zero_only
    def log_metrics(self, metrics: dict[str, float], step: Optional[int] = None) -> None:
        run = self.experiment
        values = {key: value for key, value in metrics.items() if key != "epoch"}
        if occupy(run, self):
            run.log(values, step=self._at(step), epoch=metrics.get("epoch"))

    @rank_zero_only
    def log_graph(self, model: Any, input_array: Any = None) -> None:
        """The Trainer gives it to every logger when it begins: the way to know which Trainer that is."""
        trainer = getattr(model, "trainer", None)
        self._trainer = (lambda: None) if trainer is None else weakref.ref(trainer)

    def _at(self, step: Optional[int]) -> Optional[int]:
        """Outside of a fit the Trainer's step is the next update's, which was not done."""
        trainer = self._trainer()
        if trainer is None or not step or trainer.state.fn not in ("validate", "test"):
            return step
        return step - 1 if step == trainer.fit_loop.epoch_loop._batches_that_stepped else step

    @rank_zero_only
    def finalize(self, status: str) -> None:
        if self._run is None:
            return
        release(self._run, self)
        if status == "failed":
            self._run.finish("killed" if interruption() else "failed")


class LrscopeCallback(Callback):
    """Declares the schedule that `configure_optimizers` returned, logs the LR of every update as `lr`, and obeys.

    Steps are what Lightning's loggers count: batches after which the optimizers stepped, however many these are, so
    that the LR and the metrics of a batch are at the same step. `wait` is how many seconds to wait at most after a
    validation for what it triggers. The reductions in force are kept in Lightning's checkpoints. With several
    optimizers it looks after the first, and logs the LRs of the others as `lr-optimizer2`, `lr-optimizer3`, …
    """

    def __init__(self, wait: float = 5.0) -> None:
        self._wait = wait
        self._run: Any = None
        self._control: Optional[ServerControl] = None
        self._saved: Optional[dict[str, Any]] = None
        self._calls: Optional[Calls] = None
        self._updates = 0
        self._validated = False

    def on_train_start(self, trainer: Any, pl_module: Any) -> None:
        self._control = self._calls = None
        if not trainer.optimizers:
            return
        optimizer = trainer.optimizers[0]
        configs = [
            config
            for config in trainer.lr_scheduler_configs
            if len(trainer.optimizers) == 1 or getattr(config.scheduler, "optimizer", None) is optimizer
        ]
        scheduler = configs[0].scheduler if configs else None
        if trainer.is_global_zero:
            loggers = [logger for logger in trainer.loggers if isinstance(logger, LrscopeLogger)]
            self._run = loggers[0].experiment if loggers else users_run() or own_run({})
            self._declare(trainer, optimizer, configs[0] if configs else None)
        elif is_first():
            return  # Processes that torch.distributed does not join cannot be told anything.
        self._updates = trainer.global_step
        self._control = ServerControl(optimizer, scheduler, self._run, every_rank=True)
        if self._saved:
            self._control.load_state_dict(self._saved)

    def on_train_batch_start(self, trainer: Any, *args: Any, **kwargs: Any) -> None:
        """Lightning validates after `on_train_batch_end`: what that triggered applies to the update of this batch."""
        if self._control:
            self._control.obey(self._wait if self._validated else 0)
            self._validated = False
        self._look_at_calls(trainer, None)

    def on_train_batch_end(
        self, trainer: Any, pl_module: Any, outputs: Any, batch: Any, batch_idx: int, *args: Any, **kwargs: Any
    ) -> None:
        if self._control and trainer.global_step > self._updates:
            self._updates = trainer.global_step
            # Lightning counts the batch once it has validated.
            step = trainer.fit_loop.epoch_loop._batches_that_stepped
            if self._run is not None and len(trainer.optimizers) > 1:
                self._run.log(_other_rates(trainer.optimizers[1:]), step=step)
            self._control.step(step)
            if self._control.should_stop:
                trainer.should_stop = True
        self._look_at_calls(trainer, batch_idx)

    def on_train_end(self, trainer: Any, pl_module: Any) -> None:
        self._look_at_calls(trainer, None)

    def on_validation_end(self, trainer: Any, pl_module: Any) -> None:
        self._validated = not trainer.sanity_checking

    def state_dict(self) -> dict[str, Any]:
        return {"in_force": self._control.state_dict() if self._control else None}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        self._saved = state_dict["in_force"]

    def _declare(self, trainer: Any, optimizer: Any, config: Any) -> None:
        per_epoch = epoch_updates(trainer)
        self._run.declare(lr_metric=LR_METRIC, total_steps=total_updates(trainer), steps_per_epoch=per_epoch)
        if config is None:
            watch(optimizer, self._run)
        elif not trainer.lightning_module.automatic_optimization:
            self._calls = Calls(config.scheduler)
        else:
            try:
                unit, more = stepping_of(trainer, config)
            except NotDeclarable as why:
                warn_once("schedule", f"the schedule is not declared, the server will infer it: {why}")
            else:
                watch(config.scheduler, self._run, unit=unit, monitor=config.monitor, stepping=more)

    def _look_at_calls(self, trainer: Any, batch_idx: Optional[int]) -> None:
        """In manual optimization the module steps its scheduler itself: the first time that it does tells when."""
        if self._calls is None or self._run is None:
            return
        found = self._calls.seen(batch_idx, trainer.num_training_batches)
        if found is not None:
            unit, more = found
            watch(self._calls.scheduler, self._run, unit=unit, stepping=more)
            self._calls = None


def _other_rates(optimizers: Any) -> dict[str, float]:
    """The LRs of all but the first optimizer, by Lightning's order."""
    found: dict[str, float] = {}
    for number, optimizer in enumerate(optimizers, 2):
        rates = lr_metrics([float(group["lr"]) for group in optimizer.param_groups])
        found.update({f"lr-optimizer{number}{key[len(LR_METRIC) :]}": lr for key, lr in rates.items()})
    return found
