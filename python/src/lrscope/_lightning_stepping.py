"""When a Lightning training steps its scheduler, as the `stepping` of a declared schedule has it."""

from __future__ import annotations

import math
from typing import Any, Optional

from ._schedules.spec import NotDeclarable

Stepping = tuple[str, dict[str, Any]]
"""The unit, and what else there is to say."""


def epoch_updates(trainer: Any) -> Optional[float]:
    """The steps of an epoch: batches, or as many as are accumulated into one. What is left over is one more."""
    batches = trainer.num_training_batches
    if batches in (0, float("inf")):
        return None
    if trainer.strategy.handles_gradient_accumulation:
        return float(batches / trainer.accumulate_grad_batches)
    return float(math.ceil(batches / trainer.accumulate_grad_batches))


def total_updates(trainer: Any) -> Optional[int]:
    """None where they are not known: `max_steps` counts the steps of every optimizer in manual optimization."""
    total = trainer.estimated_stepping_batches
    if not trainer.lightning_module.automatic_optimization and trainer.max_steps > 0:
        return None
    return int(total) if 0 < total < float("inf") else None


def stepping_of(trainer: Any, config: Any) -> Stepping:
    """What Lightning makes of an `lr_scheduler` config; NotDeclarable where it follows no rule that can be told.

    `frequency` counts epochs, or batches of an epoch, from its first; of batches that are accumulated only the last of
    each lot counts.
    """
    if config.reduce_on_plateau:
        return _plateau(trainer, config)
    frequency = int(config.frequency)
    if config.interval == "epoch":
        return "epoch", {"every": frequency} if frequency > 1 else {}
    accumulated = int(trainer.accumulate_grad_batches)
    together = math.lcm(frequency, accumulated)
    batches = trainer.num_training_batches
    every = together // accumulated
    more = {"every": every} if every > 1 else {}
    if together == accumulated or batches % together == 0:
        left_over = batches % accumulated if batches != float("inf") else 0
        if left_over and frequency > 1 and batches % frequency:
            raise NotDeclarable(f"frequency {frequency} does not divide the {batches} batches of an epoch")
        return "step", more
    if batches == float("inf") or (accumulated > 1 and batches % accumulated):
        raise NotDeclarable(f"frequency {frequency} does not go together with accumulating {accumulated} batches")
    return "step", {**more, "each_epoch": True}


def _plateau(trainer: Any, config: Any) -> Stepping:
    """Declarable where it is given each value of its metric once."""
    between = trainer.val_check_batch if trainer.enable_validation else float("inf")
    epochs = trainer.check_val_every_n_epoch
    if config.interval == "step":
        fits = between == config.frequency and epochs in (1, None)
    else:
        once = between >= trainer.num_training_batches
        fits = once and epochs == config.frequency if trainer.enable_validation else config.frequency == 1
    if not fits:
        raise NotDeclarable("the scheduler is stepped at other times than its metric is logged")
    return config.interval, {}


class Calls:
    """Counts the calls of a scheduler's `step`, which manual optimization leaves to the module."""

    def __init__(self, scheduler: Any) -> None:
        self.scheduler = scheduler
        self._before = _count(scheduler)
        self._batches = 0
        """Of this epoch, as far as they were seen from its first on."""

    def seen(self, batch_idx: Optional[int], per_epoch: float) -> Optional[Stepping]:
        """Once the scheduler was stepped: when that was. `batch_idx` is that of the batch that has ended, None where
        the next is about to begin."""
        if batch_idx is not None:
            self._batches = 1 if batch_idx == 0 else self._batches + 1 if batch_idx == self._batches else 0
        calls = _count(self.scheduler) - self._before
        if calls == 0:
            return None
        batches, self._before = self._batches, self._before + calls
        more = {"calls": calls} if calls > 1 else {}
        if batches == per_epoch or batch_idx is None:
            return "epoch", more
        if batches == 0:
            return None  # In an epoch whose beginning was not seen.
        return "step", {**more, "every": batches} if batches > 1 else more


def _count(scheduler: Any) -> int:
    return int(getattr(scheduler, "last_epoch", 0))
