"""`watch(scheduler)`: the points of the run get the LR, unless somebody logs it better."""

from __future__ import annotations

import contextlib
import io
import json
from typing import Any, Callable
from unittest import mock

import lrscope
from lrscope import _say
from lrscope._batch import POINT
from lrscope._journal import START, read_records
from lrscope.torch import ServerControl, watch

from .case import ClientCase


class Optimizer:
    """As torch's, with two param groups."""

    def __init__(self) -> None:
        self.param_groups: list[dict[str, Any]] = [{"lr": 0.5}, {"lr": 0.25}]
        self._hooks: list[Callable[..., None]] = []

    def register_step_pre_hook(self, hook: Callable[..., None]) -> None:
        self._hooks.append(hook)

    def step(self) -> None:
        for hook in self._hooks:
            hook(self, (), {})


class Scheduler:
    def __init__(self, optimizer: Optimizer) -> None:
        self.optimizer = optimizer

    def step(self) -> None:
        for group in self.optimizer.param_groups:
            group["lr"] /= 2


class WatchTest(ClientCase):
    def setUp(self) -> None:
        super().setUp()
        self.run_ = self.init(mode="offline")
        self.optimizer = Optimizer()
        self.scheduler = Scheduler(self.optimizer)

    def points(self) -> list[tuple[int, dict[str, Any]]]:
        (folder,) = self.spools()
        points = [json.loads(record.payload) for record in read_records(folder, START) if record.kind == POINT]
        return [(point["step"], point["metrics"]) for point in points]

    def update(self) -> None:
        self.optimizer.step()
        self.scheduler.step()

    def test_each_point_has_the_lr_that_the_last_update_was_done_with_once_a_step(self) -> None:
        for watched in (self.scheduler, self.optimizer):
            watch(watched)
        self.run_.log({"before": 1.0})
        self.update()
        self.update()
        self.run_.log({"loss": 1.0}, step=5)
        self.run_.log({"acc": 1.0}, step=5)
        self.run_.log({})
        want = [
            (0, {"before": 1.0, "lr": 0.5, "lr/1": 0.25}),
            (5, {"loss": 1.0, "lr": 0.25, "lr/1": 0.125}),
            (5, {"acc": 1.0}),
        ]
        self.assertEqual(self.points(), want)
        self.assertEqual(self.run_.lr, 0.25)

    def test_a_script_that_logs_an_lr_of_its_own_is_left_alone(self) -> None:
        watch(self.scheduler)
        self.run_.log({"loss": 1.0})
        self.run_.log({"train": {"learning_rate": 0.3}})
        self.run_.log({"loss": 1.0})
        watch(self.scheduler)
        self.run_.log({"loss": 1.0})
        lrs = [[key for key in metrics if "l" in key and "loss" not in key] for _, metrics in self.points()]
        self.assertEqual(lrs, [["lr", "lr/1"], ["train/learning_rate"], [], []])

    def test_control_logs_each_update_instead_whichever_comes_first(self) -> None:
        for first in (True, False):
            if first:
                watch(self.scheduler)
            control = ServerControl(self.optimizer, self.scheduler, self.run_)
            watch(self.scheduler)
            self.run_.log({"loss": 1.0})
            control.record()
        self.assertEqual([list(metrics) for _, metrics in self.points()], [["loss"], ["lr", "lr/1"]] * 2)

    def test_a_metric_with_an_x_of_its_own_gets_none(self) -> None:
        watch(self.scheduler)
        self.run_.define_metric("val/*", step_metric="seen")
        self.run_.log({"val/loss": 1.0, "seen": 900})
        self.assertEqual(self.points(), [(900, {"val/loss": 1.0}), (0, {"seen": 900, "lr": 0.5, "lr/1": 0.25})])

    def test_what_follows_a_metric_that_was_not_named_is_mentioned_once(self) -> None:
        for constructor, monitor, want in (
            ("torch.optim.lr_scheduler.ReduceLROnPlateau", None, 1),
            ("torch.optim.lr_scheduler.ReduceLROnPlateau", "val/loss", 0),
            ("torch.optim.lr_scheduler.StepLR", None, 0),
        ):
            _say._said.clear()
            said = io.StringIO()
            read = mock.Mock(return_value={"library": "torch", "constructor": constructor, "kwargs": {}})
            with contextlib.redirect_stderr(said), mock.patch("lrscope._schedules.read._spec", read):
                for _ in range(2):
                    lrscope.watch(self.scheduler, monitor=monitor)
            self.assertEqual(said.getvalue().count("watch(scheduler, monitor="), want, said.getvalue())
