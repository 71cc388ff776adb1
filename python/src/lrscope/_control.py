"""Carries out control requests between optimizer steps: what is the same in every framework."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple, Optional, Protocol

from ._in_force import InForce, meets, same_lr
from ._say import warn_once
from ._team import Alone, Team

#: The metric that holds the LR in use.
LR_METRIC = "lr"


class Rates(Protocol):
    """The LRs of an optimizer, one per param group."""

    def declared(self) -> list[float]:
        """What the schedule alone says for the next update."""

    def in_use(self) -> list[float]:
        """What the optimizer will do the next update with."""

    def install(self, in_force: Sequence[InForce]) -> None:
        """Makes the optimizer use `in_force` of what its schedule says, from the next update on."""


class Outcome(NamedTuple):
    """What one process made of a request: the LRs that it has now, and why it failed, or None."""

    lrs: list[float]
    failure: Optional[str]


class Controller:
    """Logs the LR of each update, and obeys the run's requests between updates. Never raises for a request.

    Where several processes train together each has one, and all call `obey` between the same updates: a request holds
    in all of them or in none.
    """

    def __init__(self, run: Any, rates: Rates, wait: float = 0.0, team: Optional[Team] = None) -> None:
        self.run = run
        self.rates = rates
        self.wait = wait
        self.team: Team = team or Alone()
        #: Optimizer updates done: the step that the next one has. A resumed run counts on.
        self.updates: int = run.step
        self.in_force = [InForce() for _ in rates.in_use()]
        self._stopped = False
        self._lost: Optional[str] = None

    @property
    def should_stop(self) -> bool:
        """The same in every process after an `obey`: else some would stop and the others wait for them."""
        return self._stopped or (self.team.size == 1 and bool(self.run.should_stop))

    def record(self, lrs: Sequence[float], step: Optional[int] = None) -> None:
        """Logs the LRs that update `step` was done with."""
        step = self.updates if step is None else step
        self.updates = step + 1
        self.run.lr = list(lrs)
        self.run.log(lr_metrics(lrs), step=step)

    def obey(self, wait: Optional[float] = None) -> None:
        """Takes what is asked of this run, and carries it out before the next update.

        Waits up to `wait` seconds (else what was given at first) for what the points logged so far give rise to, where
        a policy applies what it finds and the server answers.
        """
        self.run.wait_for_control(self.wait if wait is None else wait)
        requests = self.run.requests()
        refusal = self._lost or self.team.refusal
        if refusal is None:
            try:
                requests = self.team.share(requests)
                for request in requests:
                    self._settle(request)
                return
            except Exception as error:  # Another process is gone: training will notice by itself.
                refusal = self._lost = f"the other processes cannot be reached: {type(error).__name__}: {error}"
        for request in requests:
            self._failed(request, refusal)

    def _settle(self, request: Any) -> None:
        """Carries a request out in every process, and takes it back in all of them when one could not."""
        before = self.in_force
        outcomes = self.team.gather(self._outcome(request))
        failure = _failure(outcomes)
        if failure is not None:
            if len(outcomes) > 1 and self.in_force is not before:
                self.rates.install(before)
                self.in_force = before
            self._failed(request, failure)
        elif request.kind == "stop":
            self._stopped = True
            self.run.ack(request.id, "applied", step=self.updates)
        else:
            self.run.ack(request.id, "applied", lr=shown(outcomes[0].lrs), step=self.updates)

    def _outcome(self, request: Any) -> Outcome:
        try:
            failure = None if request.kind == "stop" else self._changed(request)
        except Exception as error:  # The optimizer's own code: training goes on as it was.
            failure = f"{type(error).__name__}: {error}"
        return Outcome(self.rates.in_use(), failure)

    def _changed(self, request: Any) -> Optional[str]:
        """Why it cannot be done, or None when it was."""
        before = self.rates.in_use()
        if request.group is not None and not request.group < len(before):
            return f"there is no param group {request.group}: there are {len(before)}"
        if not meets(request.expected_lr, before, request.group):
            return f"expected an LR of {request.expected_lr}, but it is {shown(before)}"
        declared = self.rates.declared()
        asked = [
            _after(force, request, lr, group) if request.group in (None, group) else force
            for group, (force, lr) in enumerate(zip(self._forces(len(declared)), declared))
        ]
        try:
            self.rates.install(asked)
        except Exception:
            self.rates.install(self.in_force)
            raise
        lrs = self.rates.in_use()
        wanted = [force.effective(lr) for force, lr in zip(asked, declared)]
        if not all(same_lr(lr, want) for lr, want in zip(lrs, wanted)):
            self.rates.install(self.in_force)
            return f"the optimizer has an LR of {shown(lrs)} instead of {shown(wanted)}"
        self.in_force = asked
        return None

    def _forces(self, groups: int) -> list[InForce]:
        """One for each param group; one that was added later follows the last."""
        return (self.in_force + self.in_force[-1:] * groups)[:groups]

    def _failed(self, request: Any, message: str) -> None:
        warn_once(f"control {request.id}", f"a request to {request.kind} was not carried out: {message}")
        lrs = self.rates.in_use()
        self.run.ack(request.id, "failed", lr=shown(lrs), step=self.updates, message=message)


def _failure(outcomes: Sequence[Outcome]) -> Optional[str]:
    """Why a request does not hold, as one process found; None when all did the same."""
    first = outcomes[0]
    for rank, (lrs, failure) in enumerate(outcomes):
        where = f"process {rank}: " if len(outcomes) > 1 else ""
        if failure is not None:
            return where + failure
        if not all(same_lr(lr, other) or lr == other for lr, other in zip(lrs, first.lrs)):
            return f"{where}its LR is {shown(lrs)}, that of process 0 is {shown(first.lrs)}"
    return None


def _after(force: InForce, request: Any, declared: float, group: int) -> InForce:
    if request.kind == "scale_lr":
        return force.scaled(float(request.factor), request.min_lr)
    if request.kind == "set_lr":
        lr = request.lr[group] if isinstance(request.lr, (list, tuple)) else request.lr
        return force.set_to(float(lr), declared, request.min_lr)
    raise ValueError(f"this client does not know how to {request.kind}")


def shown(lrs: Sequence[float]) -> Any:
    """One LR as a number, several as a list: the wire's form."""
    return lrs[0] if len(lrs) == 1 else list(lrs)


def lr_metrics(lrs: Sequence[float]) -> dict[str, float]:
    """The first param group's LR as `lr`, the others' as `lr/1`, `lr/2`, …; NaN stands for an LR that nobody knows."""
    return {f"{LR_METRIC}/{group}" if group else LR_METRIC: lr for group, lr in enumerate(lrs) if not math.isnan(lr)}


def active_run() -> Any:
    """The run that `lrscope.init` made last, unless it has ended; None without one."""
    import lrscope

    run = lrscope.run
    return run if run is not None and (run.active or run.mode == "disabled") else None


def current_run(run: Any = None) -> Any:
    """`run`, or the active one. RuntimeError without either."""
    if run is None:
        run = active_run()
    if run is None:
        raise RuntimeError("there is no run: call lrscope.init() first")
    return run
