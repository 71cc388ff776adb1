"""Lightning: `Trainer(logger=LrscopeLogger(project="…"), callbacks=[LrscopeCallback()])`."""

from __future__ import annotations

import weakref
from argparse import Namespace
from typing import Any, Optional, Union

try:
    from lightning.pytorch.callbacks import Callback
    from lightning.pytorch.loggers import Logger
    from lightning.pytorch.utilities import rank_zero_only
except ImportError:  # The package's former name.
    from pytorch_lightning.callbacks import Callback
    from pytorch_lightning.loggers import Logger
    from pytorch_lightning.utilities import rank_zero_only

import lrscope

from ._control import active_run
from ._say import warn_once
from ._team import Follower, is_first
from .torch import ServerControl, watch


# Runs that a logger has begun: they are not the next logger's.
_of_loggers: weakref.WeakSet[Any] = weakref.WeakSet()


class LrscopeLogger(Logger):
    """Sends what `self.log` and `save_hyperparameters` give. Keyword arguments are those of `lrscope.init`.

    The run is the one of `lrscope.init` where there is one; that of another logger, of the fold before for example,
    ends when this one's begins. A training that fails ends it as failed; otherwise it goes
    on for `trainer.test`, and ends with the process or with `lrscope.finish()`.
    """

    def __init__(self, **init: Any) -> None:
        super().__init__()
        self._init = init
        self._run: Any = None

    @property
    def experiment(self) -> Any:
        """The run; that of rank 0, where several processes train together."""
        if self._run is None:
            first = getattr(rank_zero_only, "rank", 0) == 0
            self._run = self._joined_or_made() if first else Follower()
        return self._run

    def _joined_or_made(self) -> Any:
        active = active_run()
        if active is not None and active not in _of_loggers:
            return active
        run = lrscope.init(**{"reinit": True, **self._init})
        _of_loggers.add(run)
        return run

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
        values = {key: value for key, value in metrics.items() if key != "epoch"}
        self.experiment.log(values, step=step, epoch=metrics.get("epoch"))

    @rank_zero_only
    def finalize(self, status: str) -> None:
        if status == "failed" and self._run is not None:
            self._run.finish("failed")


class LrscopeCallback(Callback):
    """Declares the schedule that `configure_optimizers` returned, logs the LR of every update as `lr`, and obeys.

    `wait` is how many seconds to wait after a validation for what it triggers. The reductions in force are kept in
    Lightning's checkpoints. With several optimizers it looks after the first.
    """

    def __init__(self, wait: float = 5.0) -> None:
        self._wait = wait
        self._run: Any = None
        self._control: Optional[ServerControl] = None
        self._saved: Optional[dict[str, Any]] = None
        self._updates = 0
        self._validated = False

    def on_train_start(self, trainer: Any, pl_module: Any) -> None:
        if not trainer.optimizers:
            return
        optimizer, configs = trainer.optimizers[0], trainer.lr_scheduler_configs
        if trainer.is_global_zero:
            loggers = [logger for logger in trainer.loggers if isinstance(logger, LrscopeLogger)]
            self._run = loggers[0].experiment if loggers else active_run() or lrscope.init()
            self._declare(trainer, optimizer, configs)
        elif is_first():
            return  # Processes that torch.distributed does not join cannot be told anything.
        self._updates = trainer.global_step
        scheduler = configs[0].scheduler if configs else None
        self._control = ServerControl(optimizer, scheduler, self._run, every_rank=True)
        if self._saved:
            self._control.load_state_dict(self._saved)

    def on_train_batch_start(self, trainer: Any, *args: Any, **kwargs: Any) -> None:
        """Lightning validates after `on_train_batch_end`: what that triggered applies to the update of this batch."""
        if self._control:
            self._control.obey(self._wait if self._validated else 0)
            self._validated = False

    def on_train_batch_end(self, trainer: Any, *args: Any, **kwargs: Any) -> None:
        if self._control and trainer.global_step > self._updates:
            self._updates = trainer.global_step
            self._control.step(self._updates - 1)
            if self._control.should_stop:
                trainer.should_stop = True

    def on_validation_end(self, trainer: Any, pl_module: Any) -> None:
        self._validated = not trainer.sanity_checking

    def state_dict(self) -> dict[str, Any]:
        return {"in_force": self._control.state_dict() if self._control else None}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        self._saved = state_dict["in_force"]

    def _declare(self, trainer: Any, optimizer: Any, configs: Any) -> None:
        per_epoch = trainer.num_training_batches / trainer.accumulate_grad_batches
        known = per_epoch not in (0, float("inf"))
        total = trainer.estimated_stepping_batches
        self._run.declare(
            total_steps=total if 0 < total < float("inf") else None, steps_per_epoch=per_epoch if known else None
        )
        if not configs:
            watch(optimizer, self._run)
        elif configs[0].frequency != 1:
            warn_once("schedule", f"a scheduler of frequency {configs[0].frequency} is not declared")
        else:
            watch(configs[0].scheduler, self._run, unit=configs[0].interval, monitor=configs[0].monitor)
