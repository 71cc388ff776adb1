"""Carries out control requests between optimizer steps: what is the same in every framework."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Callable, Optional, Protocol

from ._in_force import InForce, meets, same_lr
from ._say import warn_once


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


class Controller:
    """Logs the LR of each update, and obeys the run's requests between updates. Never raises for a request.

    `refusal` says why nothing can be carried out at the moment, or None.
    """

    def __init__(
        self, run: Any, rates: Rates, wait: float = 0.0, refusal: Callable[[], Optional[str]] = lambda: None
    ) -> None:
        self.run = run
        self.rates = rates
        self.wait = wait
        self.refusal = refusal
        #: Optimizer updates done: the step that the next one has. A resumed run counts on.
        self.updates: int = run.step
        self.in_force = [InForce() for _ in rates.in_use()]

    def record(self, lrs: Sequence[float], step: Optional[int] = None) -> None:
        """Logs the LRs that update `step` was done with."""
        step = self.updates if step is None else step
        self.updates = step + 1
        self.run.lr = list(lrs)
        self.run.log(lr_metrics(lrs), step=step)

    def obey(self, wait: Optional[float] = None) -> None:
        """Takes what is asked of this run, and carries it out before the next update.

        Waits up to `wait` seconds (else what was given at first) for what the points logged so far give rise to.
        """
        wait = self.wait if wait is None else wait
        if wait > 0:
            self.run.flush(wait)
        for request in self.run.requests():
            try:
                self._carry_out(request)
            except Exception as error:  # The optimizer's own code: training goes on as it was.
                self._failed(request, f"{type(error).__name__}: {error}")

    def _carry_out(self, request: Any) -> None:
        refusal = self.refusal()
        if refusal is not None:
            self._failed(request, refusal)
            return
        if request.kind == "stop":
            self.run.ack(request.id, "applied", step=self.updates)
            return
        before = self.rates.in_use()
        if request.group is not None and not request.group < len(before):
            self._failed(request, f"there is no param group {request.group}: there are {len(before)}")
        elif not meets(request.expected_lr, before, request.group):
            self._failed(request, f"expected an LR of {request.expected_lr}, but it is {shown(before)}")
        else:
            self._change(request)

    def _change(self, request: Any) -> None:
        declared = self.rates.declared()
        asked = [
            _after(force, request, lr, group) if request.group in (None, group) else force
            for group, (force, lr) in enumerate(zip(self._forces(len(declared)), declared))
        ]
        self.rates.install(asked)
        lrs = self.rates.in_use()
        wanted = [force.effective(lr) for force, lr in zip(asked, declared)]
        if not all(same_lr(lr, want) for lr, want in zip(lrs, wanted)):
            self.rates.install(self.in_force)
            self._failed(request, f"the optimizer has an LR of {shown(lrs)} instead of {shown(wanted)}")
            return
        self.in_force = asked
        self.run.ack(request.id, "applied", lr=shown(lrs), step=self.updates)

    def _forces(self, groups: int) -> list[InForce]:
        """One for each param group; one that was added later follows the last."""
        return (self.in_force + self.in_force[-1:] * groups)[:groups]

    def _failed(self, request: Any, message: str) -> None:
        warn_once(f"control {request.id}", f"a request to {request.kind} was not carried out: {message}")
        lrs = self.rates.in_use()
        self.run.ack(request.id, "failed", lr=shown(lrs), step=self.updates, message=message)


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
    """The first param group's LR as `lr`, the others' as `lr/1`, `lr/2`, …"""
    return {f"{LR_METRIC}/{group}" if group else LR_METRIC: lr for group, lr in enumerate(lrs)}


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
