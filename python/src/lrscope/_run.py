"""A run, as the training script sees it."""

from __future__ import annotations

import time as clock
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Optional, Union

from ._declare import any_applies, config_body, declared, policies, whole_step
from ._limits import FINISH_S, MAX_STEP, MAX_TIME
from ._mappings import Config, Summary
from ._outlet import Outlet
from ._plain import as_float, dumps
from ._point import PointEncoder
from ._requests import LR, Inbox, Request, ack_body, rates
from ._say import never_raises, told, warn_once

_TICK_S = 1e-6


class Run:
    """Made by `lrscope.init`. No method raises, or waits for the server, but those that take a timeout.

    In a forked child, such as a DataLoader's worker, a run does nothing: its parent logs.
    """

    def __init__(self, body: Mapping[str, Any], url: str, mode: str, outlet: Outlet, inbox: Inbox) -> None:
        self.id: str = body["id"]
        self.name: Optional[str] = body.get("name")
        self.project: str = body["project"]
        self.group: Optional[str] = body.get("group")
        self.tags: list[str] = list(body.get("tags", ()))
        self.notes: str = body.get("notes", "")
        self.mode = mode
        self.url = url
        self.config = Config(body.get("config", {}), self._config_changed)
        self.summary = Summary(self._summary_set, self._last_values)
        self._outlet = outlet
        self._inbox = inbox
        self._encoder = PointEncoder()
        self._config_dirty = False
        self._next_step = 0
        self._last_step = 0
        self._last_time = 0.0
        self._lr_metric: Optional[str] = body.get("lr_metric")
        self._lr: Optional[LR] = None
        self._policy_applies = any_applies(body.get("plateau"))
        self._finished = False
        self.in_training = False
        """Set by callbacks: a run that ends meanwhile, and nobody says how, was left by an exception."""

    def log(
        self,
        data: Mapping[str, Any],
        step: Optional[int] = None,
        epoch: Optional[float] = None,
        time: Optional[float] = None,
        commit: bool = True,
    ) -> None:
        """Logs one point: metrics at a step (counted from 0), at `time` in Unix seconds.

        Without `step` the run counts by itself; `commit=False` leaves the counter where it is. What is logged is on
        disk, or with the operating system, when this returns.
        """
        try:
            self._log(data, step, epoch, time, commit)
        except Exception as error:
            warn_once(f"log {type(error).__name__}", f"a point was not logged ({told(error)})")

    def declare(
        self,
        schedule: Optional[Mapping[str, Any]] = None,
        lr_metric: Optional[str] = None,
        total_steps: Optional[int] = None,
        steps_per_epoch: Optional[float] = None,
        plateau: Any = None,
    ) -> None:
        """Says, or corrects, what the LR should do; in order with the points. Plateau policies replace the earlier."""
        said = {"schedule": schedule, "lr_metric": lr_metric}
        with never_raises("a declaration"):
            body = declared({**said, "total_steps": total_steps, "steps_per_epoch": steps_per_epoch})
            if body:
                self._lr_metric = lr_metric or self._lr_metric
                self._outlet.update(body)
            chosen = None if plateau is None else policies(plateau)
            if chosen is not None:
                self._policy_applies = any_applies(chosen)
                self._outlet.plateau(dumps({"policies": chosen}))

    def withdraw_schedule(self) -> None:
        """Nothing is declared any more: the server infers the schedule from the LR."""
        with never_raises("a declaration"):
            self._outlet.update({"schedule": None})

    @property
    def active(self) -> bool:
        """Whether what is logged is kept: not once finished, disabled, or in a forked child."""
        return self._outlet.open

    @property
    def finished(self) -> bool:
        return self._finished

    def abandon(self) -> None:
        """In a forked child: from now on this run does nothing here."""
        self._outlet.abandon()

    @property
    def step(self) -> int:
        """The step that the next point without one will have."""
        return self._next_step

    @property
    def lr(self) -> Optional[LR]:
        """The last known LR: what was assigned here, else what was logged as `lr_metric` or under a usual name."""
        if self._lr is not None:
            return self._lr
        key = self._lr_metric or self._encoder.lr_key()
        return None if key is None else self._encoder.last_values().get(key)

    @lr.setter
    def lr(self, value: object) -> None:
        self._lr = rates(value)

    def requests(self) -> list[Request]:
        """What the server asks of the job, each once; acknowledge with `ack`. No network: replies bring them."""
        self.poll()
        return self._inbox.take()

    @property
    def pending(self) -> bool:
        """Whether `requests` has something to hand out."""
        return self._inbox.waiting

    @property
    def should_stop(self) -> bool:
        """Whether the job was asked to stop. Reading it takes a waiting request to stop and acknowledges it."""
        self.poll()
        for request in self._inbox.take("stop"):
            self.ack(request.id, "applied", step=self._last_step)
        return self._inbox.stop_taken

    def ack(
        self, id: str, outcome: str, lr: object = None, step: Optional[int] = None, message: Optional[str] = None
    ) -> None:
        """Tells the server what became of a request: "applied", with the LR read back and the first step taken with
        it, or "failed" and why. Sent at once, in order with the points."""
        with never_raises("an acknowledgement"):
            self._outlet.ack(dumps(ack_body(str(id), outcome, lr, step, message)))

    def poll(self) -> None:
        """From now on asks the server for requests also while nothing is logged. `requests` implies it."""
        self._outlet.poll()

    def flush(self, timeout: Optional[float] = None) -> bool:
        """Waits for at most `timeout` seconds until the server has acknowledged all that was logged so far, and says
        whether it has. Requests that those points caused are then in `requests()`."""
        self.save_config()
        return self._outlet.flush(timeout)

    def wait_for_control(self, timeout: float) -> None:
        """Waits for at most `timeout` seconds for what the points logged so far give rise to. Only where a plateau
        policy applies what it finds, and while the server answers: the first failure ends all waiting until it does."""
        if self._policy_applies and timeout > 0:
            self.save_config()
            self._outlet.flush(timeout, while_answering=True)

    def finish(
        self,
        status: Union[str, int, None] = "finished",
        timeout: float = FINISH_S,
        exit_code: Optional[int] = None,
        **_: Any,
    ) -> None:
        """Ends the run as "finished", "failed" or "killed" and sends what is left, for at most `timeout` seconds. What
        could not be sent stays on disk for `lrscope sync`."""
        if self._finished:
            return
        self.save_config()
        self._finished = True
        code = status if isinstance(status, int) else exit_code
        word = status if status in ("failed", "killed") else "failed" if code or self.in_training else "finished"
        self._outlet.finish(dumps({"status": word, "time": clock.time()}), timeout)

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self, kind: Optional[type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.finish(status_after(error))

    def _log(self, data: Any, step: Any, epoch: Any, time: Any, commit: bool) -> None:
        outlet = self._outlet
        if not outlet.open or self._finished:
            if self._finished:
                warn_once(f"finished {self.id}", f"the run {self.id} has ended; what is logged now is not kept")
            return
        if self._config_dirty:
            self.save_config()
        if type(data) is not dict:
            data = _mapping(data)
        with outlet.mutex:
            at = (
                self._next_step
                if step is None
                else step
                if type(step) is int and 0 <= step <= MAX_STEP
                else whole_step(step)
            )
            if at is None:
                warn_once("step", f"a point was not logged: its step, {_told(step)}, is no whole number from 0 on")
                return
            self._last_step = at
            self._next_step = at + 1 if commit else at
            parts = self._encoder.encode(data)
            if parts:
                outlet.points(at, self._time(time), _epoch(epoch), parts)

    def _time(self, given: Any) -> float:
        """Unix seconds. Strictly later than the point before, so that of two at one step the later one counts."""
        if given is not None:
            chosen = as_float(given)
            if chosen is not None and 0 <= chosen <= MAX_TIME:
                return chosen
            warn_once("time", f"{_told(given)} is no time in Unix seconds; now stands in")
        now = clock.time()
        if now <= self._last_time:
            now = self._last_time + _TICK_S
        self._last_time = now
        return now

    def _last_values(self) -> dict[str, float]:
        return self._encoder.last_values()

    def _summary_set(self, items: Mapping[str, Any]) -> None:
        if items:
            following = self._next_step
            self.log(items, step=self._last_step)
            self._next_step = following

    def _config_changed(self, _: Mapping[str, Any]) -> None:
        self._config_dirty = True
        self._outlet.notify()

    def save_config(self) -> None:
        """Many changes in a row are one update: it is written with the next point, or when the sender looks."""
        if self._config_dirty and not self._finished:
            self._config_dirty = False
            with never_raises("a change of the config"):
                self._outlet.update({"config": config_body(self.config.as_dict())})

    def named(self, name: object) -> None:
        """The name that the server chose."""
        if isinstance(name, str):
            self.name = name

    def told_whether_policies_apply(self, answer: object) -> None:
        """By the server, which knows of policies that were not declared here too."""
        self._policy_applies = self._policy_applies or answer is True

    def count_from(self, last_step: object) -> None:
        """Goes on after the last step of a run that is resumed."""
        if isinstance(last_step, int):
            self._last_step, self._next_step = last_step, last_step + 1


def status_after(error: Optional[BaseException]) -> str:
    if error is None or (isinstance(error, SystemExit) and error.code in (None, 0)):
        return "finished"
    return "killed" if isinstance(error, KeyboardInterrupt) else "failed"


def _epoch(value: Any) -> Optional[float]:
    if value is None:
        return None
    number = as_float(value)
    if number is not None and 0 <= number < float("inf"):
        return number
    warn_once("epoch", f"{_told(value)} is no epoch; it is left out")
    return None


def _mapping(data: Any) -> Mapping[Any, Any]:
    if isinstance(data, Mapping):
        return data
    warn_once("data", f"log() takes a dictionary of metrics, not {type(data).__name__}")
    return {}


def _told(value: object) -> str:
    """For messages: only what is safe to print is printed."""
    return repr(value) if isinstance(value, (int, float, str)) else type(value).__name__
