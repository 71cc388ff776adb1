"""torch's schedulers in a second job: whichever way the checkpoint is loaded, the run keeps the LR that it began with."""

from __future__ import annotations

from typing import Any

import lrscope

from .case import WAIT_S, ModuleCase, needs

try:
    import torch
    from torch.optim import lr_scheduler as S

    from lrscope.torch import ServerControl, watch
except ImportError:
    pass


def optimizer_at(*lrs: float, momentum: float = 0.9) -> Any:
    weight = [torch.nn.Parameter(torch.ones(1)) for _ in lrs]
    for parameter in weight:
        parameter.grad = torch.ones(1)
    groups: Any = weight if len(lrs) == 1 else [{"params": [p], "lr": lr} for p, lr in zip(weight, lrs)]
    return torch.optim.SGD(groups, lr=lrs[0], momentum=momentum)


@needs("torch")
class TorchResumedTest(ModuleCase):
    def declared(self, scheduler: Any, run: Any) -> Any:
        watch(scheduler, run, unit="epoch", monitor="val/loss")
        return run.declared_schedule["base_lrs"]

    def test_a_reduced_lr_is_not_where_the_run_began(self) -> None:
        for lrs in ((0.5,), (0.5, 0.1)):
            first = self.init(mode="offline", reinit="create_new", steps_per_epoch=1)
            optimizer = optimizer_at(*lrs)
            scheduler = S.ReduceLROnPlateau(optimizer, factor=0.5, patience=0)
            self.assertEqual(self.declared(scheduler, first), list(lrs))
            for _ in range(3):
                optimizer.step()
                scheduler.step(1.0)
            saved = optimizer.state_dict(), scheduler.state_dict()
            for momentum, loads_before_watch in ((0.9, True), (0.9, False), (0.0, True)):
                run = self.init(mode="offline", reinit="create_new")
                run.goes_on({"schedule": first.declared_schedule, "schedule_source": "declared", "last_step": 2})
                again = optimizer_at(*lrs, momentum=momentum)
                again.load_state_dict(saved[0])
                if momentum == 0.0:
                    again.state.clear()
                resumed = S.ReduceLROnPlateau(again, factor=0.5, patience=0)
                if loads_before_watch:
                    resumed.load_state_dict(saved[1])
                self.assertLess(again.param_groups[0]["lr"], lrs[0])
                self.assertEqual(self.declared(resumed, run), list(lrs), (momentum, loads_before_watch))

    def test_another_scheduler_or_a_new_start_replaces(self) -> None:
        for make, stepped, want in (
            (lambda o: S.ReduceLROnPlateau(o, factor=0.5), False, [0.2, 0.02]),
            (lambda o: S.ReduceLROnPlateau(o, factor=0.5), True, [0.5, 0.1]),
            (lambda o: S.ReduceLROnPlateau(o, factor=0.1), True, [0.2, 0.02]),
            (lambda o: S.StepLR(o, 5), False, [0.2, 0.02]),
        ):
            run = self.init(mode="offline", reinit="create_new")
            self.declared(S.ReduceLROnPlateau(optimizer_at(0.5, 0.1), factor=0.5), run)
            optimizer = optimizer_at(0.2, 0.02)
            scheduler = make(optimizer)
            if stepped:
                optimizer.step()
                scheduler.step(1.0)
            self.assertEqual(self.declared(scheduler, run), want)

    def test_any_scheduler_that_is_watched_before_its_own_state_is_loaded(self) -> None:
        for lr, want in ((0.5, 0.5), (0.05, 0.05)):
            run = self.init(mode="offline", reinit="create_new")
            self.declared(S.StepLR(optimizer_at(0.5), 5), run)
            loaded = optimizer_at(lr)
            loaded.step()
            loaded.param_groups[0]["lr"] = 0.05
            self.assertEqual(self.declared(S.StepLR(loaded, 5), run), [want])

    def test_the_resumed_run_matches_its_declaration(self) -> None:
        saved: Any = None
        for job in (0, 1):
            run = self.begin(id=f"resumed-{self.dir.name}", resume="allow", steps_per_epoch=1)
            optimizer = optimizer_at(0.5)
            scheduler = S.ReduceLROnPlateau(optimizer, factor=0.5, patience=1)
            if saved:
                optimizer.load_state_dict(saved[0])
                scheduler.load_state_dict(saved[1])
            watch(scheduler, unit="epoch", monitor="val/loss")
            for step in range(10 * job, 10 * job + 10):
                optimizer.step()
                run.log({"val/loss": 1.0}, step=step)
                scheduler.step(1.0)
            saved = optimizer.state_dict(), scheduler.state_dict()
            lrscope.finish(timeout=WAIT_S)
        self.assertEqual(self.server.run(run.id)["schedule"]["base_lrs"], [0.5])
        self.assertEqual(self.audit(run)["verdict"], "match")

    def test_a_constant_that_the_control_reduced_is_the_declared_one_still(self) -> None:
        run = self.init(mode="offline")
        watch(optimizer_at(0.1), run)
        optimizer = optimizer_at(0.05)
        watch(optimizer, run)
        control = ServerControl(optimizer, None, run)
        control.load_state_dict({"updates": 9, "in_force": [{"scale": 0.5}], "declared": [0.1]})
        control.step()
        self.assertEqual(run.declared_schedule, {"kind": "constant", "value": 0.1})
