"""A run, as the training script sees it."""

from __future__ import annotations

import time as clock
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Callable, Optional, Union

from ._axes import Axes
from ._declare import any_applies, config_body, declared, policies, whole_step
from ._ending import seconds_for, status_after
from ._given import epoch as given_epoch
from ._given import holds_numbers, metrics
from ._given import told as shown
from ._harmless import Harmless, nothing
from ._limits import MAX_STEP
from ._mappings import Config, Summary
from ._moments import Moments
from ._outlet import Outlet
from ._plain import dumps
from ._point import PointEncoder
from ._requests import LR, Inbox, Request, ack_body, rates
from ._said import Said, Tags
from ._say import never_raises, told, warn_once
from ._summaries import Summaries
from ._wandb.run import WandbRun
from ._watched import Read, Watched


class Run(WandbRun):
    """Made by `lrscope.init`. No method raises, or waits for the server, but those that take a timeout.

    In a forked child, such as a DataLoader's worker, only `log` has an effect: what it logs goes to the same run.
    """

    def __init__(self, body: Mapping[str, Any], url: str, mode: str, outlet: Outlet, inbox: Inbox) -> None:
        self.id: str = body["id"]
        self.project: str = body["project"]
        self.mode = mode
        self.url = url
        self.start_time = clock.time()
        self.declared_schedule: Optional[Mapping[str, Any]] = body.get("schedule")
        """As it goes over the wire: what was declared last, else what an earlier job of a resumed run declared."""
        self.config = Config(body.get("config", {}), self._config_changed)
        self.summary = Summary(self._summary_set, self._last_values)
        self._said = Said(body)
        self._outlet = outlet
        self._inbox = inbox
        self._encoder = PointEncoder()
        self._axes = Axes()
        self._summaries = Summaries()
        self._watched = Watched(self._encoder)
        self._dirty = self._config_dirty = False
        self._next_step = 0
        self._last_step = 0
        self._moments = Moments()
        self._lr_metric: Optional[str] = body.get("lr_metric")
        self._lr: Optional[LR] = None
        self._policy_applies = any_applies(body.get("plateau"))
        self._schedule_from: Optional[Callable[[int], Mapping[str, Any]]] = None
        self._finished = False
        self.in_training = False
        """Set by callbacks: a run that ends meanwhile, and nobody says how, was left by an exception."""

    @property
    def name(self) -> str:
        """The id, where neither the script nor the server has named the run when it is first asked for."""
        return self._said.name_or(self.id)

    @name.setter
    def name(self, value: object) -> None:
        self._say_of_it(name=value)

    @property
    def group(self) -> Optional[str]:
        return self._said.group

    @group.setter
    def group(self, value: object) -> None:
        self._say_of_it(group=value)

    @property
    def notes(self) -> str:
        return self._said.notes

    @notes.setter
    def notes(self, value: object) -> None:
        self._say_of_it(notes="" if value is None else value)

    @property
    def tags(self) -> Tags:
        """A list that also takes what wandb's tuple takes: `run.tags += ("a",)`, `run.tags = run.tags + ("a",)`."""
        return self._said.tags

    @tags.setter
    def tags(self, value: object) -> None:
        self._say_of_it(tags=() if value is None else value)

    def log(
        self,
        data: Optional[Mapping[str, Any]] = None,
        step: Optional[int] = None,
        epoch: Optional[float] = None,
        time: Optional[float] = None,
        commit: Optional[bool] = True,
        **_: Any,
    ) -> None:
        """Logs one point: metrics at a step (counted from 0), at `time` in Unix seconds.

        Without `step` the run counts by itself; `commit=False` leaves the counter where it is. A step that lies behind
        the counter is stored as such, and leaves the counter where it is. What is logged is on disk, or with the
        operating system, when this returns.
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
            if "schedule" in body:
                self._schedule_is(body["schedule"])
            chosen = None if plateau is None else policies(plateau)
            if chosen is not None:
                self._policy_applies = any_applies(chosen)
                self._outlet.plateau(dumps({"policies": chosen}))

    def withdraw_schedule(self) -> None:
        """Nothing is declared any more: the server infers the schedule from the LR."""
        with never_raises("a declaration"):
            self._outlet.update({"schedule": None})
            self._schedule_is(None)

    def declare_from_next_point(self, schedule_from: Optional[Callable[[int], Mapping[str, Any]]]) -> None:
        """Declares `schedule_from(step)` with the next point: only that says at which step a resumed job goes on, which
        may be before the last one logged. None: nothing after all."""
        self._schedule_from = schedule_from

    def _schedule_is(self, schedule: Any) -> None:
        self.declared_schedule, self._schedule_from = schedule, None

    @property
    def active(self) -> bool:
        """Whether what is logged is kept: not once finished, or disabled."""
        return self._outlet.open

    @property
    def is_mine(self) -> bool:
        """Whether this thread was interrupted in the middle of a call of this run."""
        return self._outlet.is_mine

    @property
    def finished(self) -> bool:
        return self._finished

    def forked(self, begins: Callable[[], None]) -> None:
        """In a forked child: the run is the parent's to describe, to obey for and to end. `begins` is called when the
        child logs something."""
        self._inbox = Inbox()
        self._dirty = self._config_dirty = False
        self._outlet.forked(begins)

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
        self.save_changes()
        return self._outlet.flush(timeout)

    def wait_for_control(self, timeout: float) -> None:
        """Waits for at most `timeout` seconds for what the points logged so far give rise to. Only where a plateau
        policy applies what it finds, and while the server answers: the first failure ends all waiting until it does."""
        if self._policy_applies and timeout > 0:
            self.save_changes()
            self._outlet.flush(timeout, while_answering=True)

    def finish(
        self,
        status: Union[str, int, None] = "finished",
        timeout: Optional[float] = None,
        exit_code: Optional[int] = None,
        **_: Any,
    ) -> None:
        """Ends the run as "finished", "failed" or "killed" and sends what is left, for at most `timeout` seconds:
        15, or 4 of a killed run. What could not be sent stays on disk for `lrscope sync`."""
        if self._finished:
            return
        self.save_changes()
        self._finished = True
        code = status if isinstance(status, int) else exit_code
        word = status if status in ("failed", "killed") else "failed" if code or self.in_training else "finished"
        self._outlet.finish(dumps({"status": word, "time": clock.time()}), seconds_for(word, timeout))

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self, kind: Optional[type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.finish(status_after(error))

    def define_metric(
        self,
        name: Any = "*",
        step_metric: Any = None,
        step_sync: Any = None,
        hidden: Any = None,
        summary: Any = None,
        goal: Any = None,
        *_: Any,
        **__: Any,
    ) -> Any:
        """From now on the x of the metrics `name`, a pattern such as `val/*`, is the value of `step_metric`, and the
        run's summary shows the `summary` of their values: "min", "max", "mean", "best" by `goal`, "first", "last" or
        "none", several of them with commas between. The run's own counter of steps stays what it is."""
        with never_raises("define_metric"):
            pattern = getattr(name, "name", name)
            if step_metric is not None:
                self._axes.define(pattern, getattr(step_metric, "name", step_metric))
            if summary is not None:
                self._summaries.define(pattern, summary, goal)
        return nothing()

    def log_rates(self, read: Optional[Read]) -> None:
        """From now on a point that has no LR gets what `read` gives, until the script logs an LR. None: never, for
        somebody else logs the LR of each update."""
        if read is None:
            self._watched.close()
        else:
            self._watched.begin(read)

    def _log(self, data: Any, step: Any, epoch: Any, time: Any, commit: Any) -> None:
        outlet = self._outlet
        if not outlet.open or self._finished:
            if self._finished:
                warn_once(f"finished {self.id}", f"the run {self.id} has ended; what is logged now is not kept")
            return
        if self._dirty:
            self.save_changes()
        if type(data) is not dict:
            data = metrics(data)
        if epoch is True or epoch is False:  # wandb's third argument.
            epoch, commit = None, epoch
        with outlet.mutex:
            at = self._counted(step, commit)
            if at is None:
                warn_once("step", f"a point was not logged: its step, {shown(step)}, is no whole number from 0 on")
            elif not self._axes:
                self._put(data, at, epoch, time)
            else:
                for part in self._axes.split(data, step is not None):
                    on = part.epoch if epoch is None else epoch
                    self._put(part.data, at if part.step is None else part.step, on, time, part.step is None)

    def _counted(self, step: Any, commit: Any) -> Optional[int]:
        """The step of a point; None where what was given is none. The counter never goes back: a late point is stored
        where it belongs."""
        following = self._next_step
        at = following if step is None else step if type(step) is int and 0 <= step <= MAX_STEP else whole_step(step)
        if at is not None and at >= following:
            self._next_step = at if commit is False else at + 1
        return at

    def _put(self, data: Any, at: int, epoch: Any, time: Any, own_step: bool = True) -> None:
        if at > self._last_step:
            self._last_step = at
        parts = self._encoder.encode(data)
        if parts:
            if self._watched and own_step:
                parts += self._watched.parts(at, parts)
            if self._summaries:
                self._summaries.see(parts)
            if self._schedule_from is not None and own_step:
                self.declare(schedule=self._schedule_from(at))
            self._outlet.points(at, self._moments.of(time), None if epoch is None else given_epoch(epoch), parts)

    def _last_values(self) -> dict[str, Any]:
        return self._summaries.shown(self._encoder.last_values())

    def _summary_set(self, items: Mapping[str, Any]) -> None:
        """Numbers are metrics at the last step; other values are kept with the config, as `summary`."""
        numbers = {key: value for key, value in items.items() if holds_numbers(value)}
        if numbers:
            following = self._next_step
            self.log(numbers, step=self._last_step)
            self._next_step = following
        others = {key: value for key, value in items.items() if key not in numbers and not isinstance(value, Harmless)}
        if self._said.summarise(others):
            self._config_changed({})

    def _config_changed(self, _: Mapping[str, Any]) -> None:
        self._dirty = self._config_dirty = True
        self._outlet.notify()

    def _say_of_it(self, **said: object) -> None:
        with never_raises(f"a change of {', '.join(said)}"):
            self._said.set(said)
            self._dirty = True
            self._outlet.notify()

    def save_changes(self) -> None:
        """Many changes in a row are one update: it is written with the next point, or when the sender looks."""
        if self._finished:
            return
        self._dirty = False
        with never_raises("a change of the run"):
            changes = self._said.take_changes()
            if self._config_dirty:
                self._config_dirty = False
                changes["config"] = config_body(self._said.with_summary(self.config.as_dict()))
            if changes:
                self._outlet.update(changes)

    def named(self, name: object) -> None:
        """The name that the server chose."""
        if isinstance(name, str):
            self._said.named(name)

    def kept_in(self, folder: Optional[Path]) -> None:
        """Where the spools are; None when nothing is kept."""
        self._folder = folder

    def told_whether_policies_apply(self, answer: object) -> None:
        """By the server, which knows of policies that were not declared here too."""
        self._policy_applies = self._policy_applies or answer is True

    def goes_on(self, earlier: Mapping[str, Any]) -> None:
        """With what the server answers of a run that is resumed: after its last step."""
        if self.declared_schedule is None and earlier.get("schedule_source") == "declared":
            self.declared_schedule = earlier.get("schedule")
        last_step = earlier.get("last_step")
        if isinstance(last_step, int):
            self.resumed = True
            self._last_step, self._next_step = last_step, last_step + 1
            self.starting_step = self._next_step
