"""PyTorch: declares the schedule of a scheduler object, logs the LR in use, and obeys the server's requests.

    run = lrscope.init("digits")
    watch(scheduler)
    control = ServerControl(optimizer, scheduler)
    for batch in loader:
        ...
        optimizer.step()
        scheduler.step()
        control.step()
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Optional

from ._control import Controller, current_run, lr_metrics
from ._in_force import InForce
from ._found import declare_found
from ._say import warn_once
from ._schedules.accelerate_steps import unwrap
from ._schedules.read import follows_metric, hides_start, read_constant, read_scheduler
from ._schedules.resumed import with_known_start
from ._schedules.spec import NotDeclarable
from ._team import Follower, Ranks, is_first
from ._transparent import step_within

_MONITOR_MISSING = (
    "the metric that the scheduler follows is not known, so its cuts are not checked: say "
    'watch(scheduler, monitor="val/loss"), with the metric that it is stepped with'
)


def watch(
    scheduler: Any,
    run: Any = None,
    steps_per_epoch: Optional[float] = None,
    unit: Optional[str] = None,
    monitor: Optional[str] = None,
    stepping: Optional[dict[str, Any]] = None,
) -> None:
    """Declares the schedule of a scheduler of torch, transformers or timm; call it right after constructing that.
    Unless a ServerControl does it, or the script, points that are logged from then on get the LR of the last update.

    An optimizer without a scheduler is declared constant, in a resumed run from where that goes on. `unit` says what one call of `scheduler.step()` stands for:
    "step" (an optimizer update, the default but for timm's schedulers in epochs) or "epoch", which needs
    `steps_per_epoch` here or in `init`. `stepping` says more of when it is called: `{"every": 4}` for every fourth,
    `{"calls": 2}` for twice in a row. A scheduler that accelerate prepared says by itself how often it is stepped.
    `monitor` names the metric that a reduce-on-plateau follows. A schedule that is
    a function of your own cannot be declared: one warning says so, and the server infers it from the LR.
    """
    run = current_run(run)
    optimizer = _optimizer_of(scheduler)
    if optimizer is not None:
        run.log_rates(_LastUsed(optimizer).metrics)
    try:
        if hasattr(scheduler, "param_groups"):
            spec = read_constant(scheduler)
        else:
            spec = read_scheduler(scheduler, unit, monitor, run.step > 0, stepping)
            if hides_start(scheduler, spec):
                spec = with_known_start(spec, run.declared_schedule)
    except NotDeclarable as why:
        warn_once("schedule", f"the schedule is not declared, the server will infer it: {why}")
        return
    except Exception as error:  # Objects of other versions of the libraries.
        warn_once("schedule", f"the schedule could not be read: {type(error).__name__}: {error}")
        return
    if follows_metric(spec) and monitor is None:
        warn_once("monitor", _MONITOR_MISSING)
    declare_found(run, spec, steps_per_epoch=steps_per_epoch)


class ServerControl:
    """Logs the LR that each update was done with, as `lr`, and obeys the server's requests between updates.

    A reduction survives every scheduler: `effective(t) = max(declared(t) × scale, min_lr)`, per param group. Give the
    `scheduler`, so that it goes on from its own LRs and never sees the reduced ones.

    `wait` > 0 waits up to that many seconds for the server's answer, so that what a logged metric triggers applies
    before the next update. Where only a validation triggers anything, leave it at 0 and call `obey(wait=…)` after it.

    Where several processes train together (torch.distributed), construct one in each of them with `every_rank=True`,
    and let each make the same calls, as with any collective: rank 0 talks to the server, its run is the only one
    needed, and a request holds in all of them from the same update on, or in none. Without it requests are refused,
    since one process alone must not change its LR, or stop.
    """

    def __init__(
        self,
        optimizer: Any,
        scheduler: Any = None,
        run: Any = None,
        wait: float = 0.0,
        every_rank: bool = False,
    ) -> None:
        optimizer = getattr(optimizer, "optimizer", optimizer)
        scheduler = None if scheduler is None else unwrap(scheduler)
        self._rates = _GroupRates(optimizer, scheduler)
        run = Follower() if every_rank and not is_first() else current_run(run)
        run.log_rates(None)
        self._controller = Controller(run, self._rates, wait, Ranks(every_rank))
        self._used: Optional[list[float]] = None
        if hasattr(optimizer, "register_step_pre_hook"):
            optimizer.register_step_pre_hook(self._before_update)
        if scheduler is not None:
            step_within(scheduler, self._rates.as_declared)

    @property
    def updates(self) -> int:
        """Optimizer updates done so far: the `step` to log the next one's metrics with."""
        return self._controller.updates

    @property
    def should_stop(self) -> bool:
        """Whether the job was asked to stop; the same in every process, after the same `step` or `obey`."""
        return self._controller.should_stop

    def step(self, step: Optional[int] = None, wait: Optional[float] = None) -> None:
        """Call it once after each optimizer update, after `scheduler.step()`, with the update's number if you count.

        `wait` as in the constructor, for this call.
        """
        self.record(step)
        self.obey(wait)

    def record(self, step: Optional[int] = None) -> None:
        """Logs the LR of the update that was just done: the first half of `step`."""
        self._controller.record(self._used or self._rates.in_use(), step)
        self._used = None

    def obey(self, wait: Optional[float] = None) -> None:
        """Carries out what is asked: the second half of `step`, to call after a validation, for example."""
        self._controller.obey(wait)

    def state_dict(self) -> dict[str, Any]:
        """The reductions in force and the count of updates, for a checkpoint."""
        return {
            "in_force": [force.to_dict() for force in self._controller.in_force],
            "declared": self._rates.declared(),
            "updates": self._controller.updates,
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Goes on as checkpointed. Load the optimizer's and the scheduler's state first."""
        self._controller.updates = state["updates"]
        self._controller.in_force = [InForce.from_dict(force) for force in state["in_force"]]
        self._rates.restore(state["declared"])
        # The LRs that a `watch` found are reduced ones of those that the run declares.
        self._controller.run.declare_from_next_point(None)
        self._rates.install(self._controller.in_force)

    def _before_update(self, *_: Any) -> None:
        self._used = self._rates.in_use()


def _optimizer_of(watched: Any) -> Any:
    """torch's own, of a scheduler or of what accelerate prepared; None where there is none."""
    found = watched if hasattr(watched, "param_groups") else getattr(unwrap(watched), "optimizer", None)
    found = getattr(found, "optimizer", found)
    return found if hasattr(found, "param_groups") else None


class _LastUsed:
    """The LRs that the last update was done with; before the first, those that it will be done with."""

    def __init__(self, optimizer: Any) -> None:
        self._optimizer = optimizer
        self._used: Optional[list[float]] = None
        if hasattr(optimizer, "register_step_pre_hook"):
            optimizer.register_step_pre_hook(self._before_update)

    def metrics(self) -> dict[str, float]:
        return lr_metrics(self._used or self._now())

    def _before_update(self, *_: Any) -> None:
        self._used = self._now()

    def _now(self) -> list[float]:
        return [_rate(group["lr"]) for group in self._optimizer.param_groups]


class _GroupRates:
    """`optimizer.param_groups`: hold the LRs in use, while the declared ones are kept here."""

    def __init__(self, optimizer: Any, scheduler: Any) -> None:
        self._optimizer = optimizer
        self._scheduler = scheduler
        self._in_force: Sequence[InForce] = ()
        self._declared = self.in_use()
        self._written = self.in_use()

    def in_use(self) -> list[float]:
        return [_rate(group["lr"]) for group in self._optimizer.param_groups]

    def declared(self) -> list[float]:
        """An LR in a group that is not from here was set by the training's own code, which declares it."""
        groups = self.in_use()
        known = list(zip(self._written, self._declared))
        self._declared = [
            known[g][1] if g < len(known) and lr == known[g][0] else lr for g, lr in enumerate(groups)
        ]
        self._written = groups
        return list(self._declared)

    def install(self, in_force: Sequence[InForce]) -> None:
        self.declared()
        self._in_force = list(in_force)
        self._write([self._force(g).effective(lr) for g, lr in enumerate(self._declared)])

    def restore(self, declared: Sequence[float]) -> None:
        """Takes the groups' LRs to be reduced ones of `declared`."""
        self._declared = list(declared)
        self._written = self.in_use()

    @contextmanager
    def as_declared(self) -> Iterator[None]:
        """Within it the groups hold their declared LRs; what they hold at the end is declared from then on."""
        self._write(self.declared())
        try:
            yield
        finally:
            self._declared = self.in_use()
            self._write([self._force(g).effective(lr) for g, lr in enumerate(self._declared)])

    def _force(self, group: int) -> InForce:
        if not self._in_force:
            return InForce()
        return self._in_force[min(group, len(self._in_force) - 1)]

    def _write(self, lrs: Sequence[float]) -> None:
        for group, lr in zip(self._optimizer.param_groups, lrs):
            if _rate(group["lr"]) == lr or lr != lr:
                continue
            if hasattr(group["lr"], "fill_"):
                group["lr"].fill_(lr)
            else:
                group["lr"] = lr
        self._written = self.in_use()
        if hasattr(self._scheduler, "_last_lr"):
            # get_last_lr() is what trainers log; no scheduler reads it back.
            self._scheduler._last_lr = list(self._written)


def _rate(lr: Any) -> float:
    """NaN where the optimizer has none: transformers' Adafactor finds its own."""
    return math.nan if lr is None else float(lr)
