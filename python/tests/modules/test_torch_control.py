"""ServerControl: what is asked is what the optimizer does, under every kind of scheduler."""

from __future__ import annotations

import copy
import pickle
import warnings
from typing import Any, Callable, Optional

from .case import WAIT_S, ModuleCase, needs

try:
    import torch
    from torch.optim import lr_scheduler as S

    from lrscope.torch import ServerControl, watch
except ImportError:
    pass

STEPS = 40
CUT_AT = 12

SCHEDULERS: dict[str, Callable[[Any], Any]] = {
    "none": lambda optimizer: None,
    "step": lambda optimizer: S.StepLR(optimizer, 7, 0.5),
    "exponential": lambda optimizer: S.ExponentialLR(optimizer, 0.95),
    "cosine with a floor": lambda optimizer: S.CosineAnnealingLR(optimizer, 30, eta_min=0.01),
    "polynomial": lambda optimizer: S.PolynomialLR(optimizer, 50, 2.0),
    "linear": lambda optimizer: S.LinearLR(optimizer, 0.1, 1.0, 25),
    "restarts": lambda optimizer: S.CosineAnnealingWarmRestarts(optimizer, 9, 2),
    "one cycle": lambda optimizer: S.OneCycleLR(optimizer, [0.2, 0.3], total_steps=60),
    "cyclic": lambda optimizer: S.CyclicLR(optimizer, 0.01, 0.1, step_size_up=6, cycle_momentum=False),
    "lambda": lambda optimizer: S.LambdaLR(optimizer, lambda epoch: 1 / (1 + epoch)),
    "multiplicative": lambda optimizer: S.MultiplicativeLR(optimizer, lambda epoch: 0.97),
    "warmup then cosine": lambda optimizer: S.SequentialLR(
        optimizer, [S.LinearLR(optimizer, 0.1, 1.0, 8), S.CosineAnnealingLR(optimizer, 30)], [8]
    ),
    "chained": lambda optimizer: S.ChainedScheduler(
        [S.ConstantLR(optimizer, 0.5, 20), S.ExponentialLR(optimizer, 0.9)]
    ),
}


def step_after(control: Any, wait: float) -> None:
    """`control.step()`, once what was asked by hand is here."""
    control.record()
    if wait:
        control._controller.run.flush(wait)
    control.obey()


class Job:
    """A small training with two param groups, which keeps the LRs that its updates were done with."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        groups = [{"params": [torch.nn.Parameter(torch.ones(2))], "lr": lr} for lr in (0.1, 0.02)]
        self.optimizer = torch.optim.SGD(groups, lr=0.1, momentum=0.9)
        self.scheduler = make(self.optimizer)
        self.used: list[list[float]] = []

    def update(self, control: Optional[Any] = None, wait: float = 0.0) -> None:
        for group in self.optimizer.param_groups:
            group["params"][0].grad = torch.ones(2)
        self.used.append([group["lr"] for group in self.optimizer.param_groups])
        self.optimizer.step()
        if self.scheduler is not None:
            self.scheduler.step()
        if control is not None:
            step_after(control, wait)


@needs("torch")
class TorchControl(ModuleCase):
    def setUp(self) -> None:
        super().setUp()
        warnings.simplefilter("ignore")

    def test_a_cut_survives_every_scheduler(self) -> None:
        for name, make in SCHEDULERS.items():
            with self.subTest(name):
                alone, job = Job(make), Job(make)
                run = self.begin()
                watch(job.scheduler or job.optimizer, run)
                control = ServerControl(job.optimizer, job.scheduler, run)
                for step in range(STEPS):
                    alone.update()
                    if step == CUT_AT - 1:
                        self.ask(run, kind="scale_lr", factor=0.25)
                    job.update(control, WAIT_S if step == CUT_AT - 1 else 0)
                run.finish(timeout=WAIT_S)
                for group in (0, 1):
                    want = [lrs[group] * (1 if t < CUT_AT else 0.25) for t, lrs in enumerate(alone.used)]
                    self.assert_close([lrs[group] for lrs in job.used], want)
                    self.assert_close(self.logged(run, "lr/1" if group else "lr"), want)
                [request] = self.requests(run)
                self.assertEqual((request["status"], request["applied_step"]), ("verified", CUT_AT))
                if name not in ("lambda", "multiplicative"):
                    self.assertEqual(self.audit(run)["verdict"], "match")

    def test_a_local_reduce_on_plateau_goes_on_from_its_own_lr(self) -> None:
        def make(optimizer: Any) -> Any:
            return S.ReduceLROnPlateau(optimizer, factor=0.5, patience=2)

        alone, job = Job(make), Job(make)
        run = self.begin()
        control = ServerControl(job.optimizer, job.scheduler, run)
        for step in range(12):
            for one in (alone, job):
                one.optimizer.step()
                one.used.append([group["lr"] for group in one.optimizer.param_groups])
                one.scheduler.step(1.0)
            if step == 5:  # Not where the local rule has just cut: the request would be for another LR.
                self.ask(run, kind="scale_lr", factor=0.1)
            step_after(control, WAIT_S if step == 5 else 0)
        want = [lrs[0] * (1 if t < 6 else 0.1) for t, lrs in enumerate(alone.used)]
        self.assert_close([lrs[0] for lrs in job.used], want)
        self.assertEqual(job.scheduler.get_last_lr()[0], job.optimizer.param_groups[0]["lr"])

    def obeyed(self, make: Callable[[Any], Any], **body: Any) -> tuple[Job, Any]:
        """Three updates, then `body` asked, and three more; the request as the server has it in the end."""
        job = Job(make)
        run = self.begin()
        watch(job.scheduler or job.optimizer, run)
        control = ServerControl(job.optimizer, job.scheduler, run)
        for step in range(6):
            if step == 2:
                self.ask(run, **body)
            job.update(control, WAIT_S if step == 2 else 0)
        run.flush(WAIT_S)
        return job, self.requests(run)[0]

    def test_one_param_group_alone(self) -> None:
        job, request = self.obeyed(SCHEDULERS["none"], kind="scale_lr", factor=0.5, group=1)
        self.assertEqual(job.used[3], [0.1, 0.01])
        self.assertEqual(request["applied_lr"], [0.1, 0.01])

    def test_a_group_that_is_not_there(self) -> None:
        job, request = self.obeyed(SCHEDULERS["none"], kind="scale_lr", factor=0.5, group=7)
        self.assertEqual(job.used[3], [0.1, 0.02])
        self.assertEqual(request["status"], "failed")
        self.assertIn("param group 7", request["history"][-1]["note"])

    def test_set_lr_fixes_the_scale(self) -> None:
        job, request = self.obeyed(SCHEDULERS["exponential"], kind="set_lr", lr=0.05, group=0)
        self.assert_close([lrs[0] for lrs in job.used[3:]], [0.05, 0.05 * 0.95, 0.05 * 0.95**2])
        self.assertEqual(request["status"], "verified")

    def test_a_changed_lr_is_not_cut_again(self) -> None:
        job, request = self.obeyed(SCHEDULERS["none"], kind="scale_lr", factor=0.5, expected_lr=0.3)
        self.assertEqual(job.used[5], [0.1, 0.02])
        self.assertEqual(request["status"], "failed")

    def test_an_expected_lr_within_rounding(self) -> None:
        job, request = self.obeyed(SCHEDULERS["none"], kind="scale_lr", factor=0.5, expected_lr=0.10000000149)
        self.assertEqual(job.used[5], [0.05, 0.01])
        self.assertEqual(request["status"], "verified")

    def test_stop(self) -> None:
        job = Job(SCHEDULERS["none"])
        run = self.begin()
        control = ServerControl(job.optimizer, None, run)
        job.update(control)
        self.assertFalse(run.should_stop)
        self.ask(run, kind="stop")
        job.update(control, WAIT_S)
        self.assertTrue(run.should_stop)
        run.finish(timeout=WAIT_S)
        self.assertEqual(self.requests(run)[0]["status"], "verified")

    def test_an_lr_that_the_script_sets_is_the_declared_one(self) -> None:
        job = Job(SCHEDULERS["none"])
        run = self.begin()
        control = ServerControl(job.optimizer, None, run)
        job.update(control)
        self.ask(run, kind="scale_lr", factor=0.5)
        job.update(control, WAIT_S)
        job.optimizer.param_groups[0]["lr"] = 0.4
        job.update(control)
        self.ask(run, kind="scale_lr", factor=0.5)
        job.update(control, WAIT_S)
        self.assertEqual(job.optimizer.param_groups[0]["lr"], 0.1)

    def test_a_resumed_job_keeps_the_cut(self) -> None:
        for name in ("none", "cosine with a floor", "exponential", "warmup then cosine"):
            with self.subTest(name):
                alone, first = Job(SCHEDULERS[name]), Job(SCHEDULERS[name])
                run = self.begin(id=f"resumed-{id(first)}", resume="allow")
                control = ServerControl(first.optimizer, first.scheduler, run)
                first.update(control)
                self.ask(run, kind="scale_lr", factor=0.5)
                first.update(control, WAIT_S)
                kept = {"optimizer": first.optimizer.state_dict(), "control": control.state_dict()}
                if first.scheduler is not None:
                    kept["scheduler"] = first.scheduler.state_dict()
                kept = copy.deepcopy(kept)
                run.finish(timeout=WAIT_S)

                second = Job(SCHEDULERS[name])
                run = self.begin(id=run.id, resume="must")
                control = ServerControl(second.optimizer, second.scheduler, run)
                second.optimizer.load_state_dict(kept["optimizer"])
                if second.scheduler is not None:
                    second.scheduler.load_state_dict(kept["scheduler"])
                control.load_state_dict(kept["control"])
                for _ in range(10):
                    second.update(control)
                for _ in range(12):
                    alone.update()
                self.assert_close([lrs[0] for lrs in second.used], [lrs[0] * 0.5 for lrs in alone.used[2:]])
                run.finish(timeout=WAIT_S)
                self.assertEqual(len(self.logged(run)), 12)

    def test_the_scheduler_stays_what_it_was(self) -> None:
        for name, make in SCHEDULERS.items():
            plain, job = Job(make), Job(make)
            if plain.scheduler is None:
                continue
            with self.subTest(name):
                ServerControl(job.optimizer, job.scheduler, self.begin(mode="disabled"))
                self.assertEqual(set(job.scheduler.state_dict()), set(plain.scheduler.state_dict()))
                self.assertIsInstance(job.scheduler, type(plain.scheduler))
                if name not in ("lambda", "multiplicative"):
                    again = pickle.loads(pickle.dumps(job.scheduler))
                    self.assertIs(type(again), type(plain.scheduler))

    def test_a_function_of_the_users_is_not_declared(self) -> None:
        run = self.begin()
        watch(Job(SCHEDULERS["lambda"]).scheduler, run)
        run.finish(timeout=WAIT_S)
        self.assertNotEqual(self.server.run(run.id)["schedule_source"], "declared")
