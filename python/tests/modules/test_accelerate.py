"""Schedulers that accelerate prepared: what is declared is what happens at every update."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Callable
from unittest import mock

from .case import WAIT_S, ModuleCase, needs

try:
    import accelerate.scheduler
    import torch
    from accelerate.state import AcceleratorState, GradientState, PartialState
    from torch.optim import lr_scheduler as S

    from lrscope.torch import ServerControl, watch
except ImportError:
    pass

UPDATES = 40

MAKE: dict[str, Callable[[Any, int], Any]] = {
    "step": lambda optimizer, length: S.StepLR(optimizer, max(1, length // 5), 0.5),
    "cosine": lambda optimizer, length: S.CosineAnnealingLR(optimizer, length),
    "one cycle": lambda optimizer, length: S.OneCycleLR(optimizer, 0.2, total_steps=length),
    "warmup then cosine": lambda optimizer, length: S.SequentialLR(
        optimizer, [S.LinearLR(optimizer, 0.1, 1.0, length // 8), S.CosineAnnealingLR(optimizer, length)], [length // 8]
    ),
}


@needs("torch", "accelerate")
class Accelerate(ModuleCase):
    def train(self, make: Callable[[Any], Any], processes: int, accumulate: int = 1, **said: Any) -> Any:
        """A training as on `processes` machines, of which this is the first; the run."""
        for state in (AcceleratorState, GradientState, PartialState):
            state._reset_state()
        accelerator = accelerate.Accelerator(cpu=True, gradient_accumulation_steps=accumulate, **said)
        model = torch.nn.Linear(2, 1)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        scheduler = make(optimizer)
        model, optimizer, scheduler = accelerator.prepare(model, optimizer, scheduler)
        many = mock.patch.object(
            accelerate.scheduler, "AcceleratorState", lambda: SimpleNamespace(num_processes=processes)
        )
        run = self.begin()
        with many:
            watch(scheduler, run)
            control = ServerControl(optimizer, scheduler, run)
            for _ in range(UPDATES * accumulate):
                with accelerator.accumulate(model):
                    accelerator.backward(model(torch.ones(4, 2)).sum())
                    optimizer.step()
                    scheduler.step()
                    optimizer.zero_grad()
                if accelerator.sync_gradients:
                    control.step()
        run.finish(timeout=WAIT_S)
        return run

    def assert_as_declared(self, run: Any) -> None:
        self.assertEqual(len(self.logged(run)), UPDATES)
        audit = self.audit(run)
        self.assertEqual((audit["verdict"], audit["offset"]), ("match", 0), audit["findings"])
        self.assertLess(audit["max_relative_error"], 1e-9)
        self.assertEqual(self.server.run(run.id)["schedule_source"], "declared")

    def test_lengths_times_the_processes_and_without(self) -> None:
        for name, make in MAKE.items():
            for length in (UPDATES, 4 * UPDATES):
                with self.subTest(name, length=length):
                    self.assert_as_declared(self.train(lambda o, m=make, n=length: m(o, n), 4))  # type: ignore[misc]

    def test_with_gradient_accumulation(self) -> None:
        """accelerate counts the batches in between for OneCycleLR, which then ends before its total."""
        for name in ("cosine", "one cycle"):
            for processes in (1, 2):
                for length in (UPDATES, 3 * UPDATES, 3 * UPDATES * processes):
                    with self.subTest(name, processes=processes, length=length):
                        make = MAKE[name]
                        run = self.train(lambda o, m=make, n=length: m(o, n), processes, 3)  # type: ignore[misc]
                        self.assert_as_declared(run)

    def test_batches_that_are_split_step_once(self) -> None:
        config = accelerate.DataLoaderConfiguration(split_batches=True)
        run = self.train(lambda o: S.CosineAnnealingLR(o, UPDATES), 4, dataloader_config=config)
        self.assert_as_declared(run)
        self.assertEqual(self.server.run(run.id)["schedule"]["stepping"], {"unit": "step"})

    def test_a_scheduler_that_is_stepped_apart_from_the_optimizer(self) -> None:
        run = self.train(lambda o: S.CosineAnnealingLR(o, UPDATES), 4, step_scheduler_with_optimizer=False)
        self.assert_as_declared(run)

    def test_a_reduce_on_plateau_sees_each_value_once_for_each_process(self) -> None:
        for state in (AcceleratorState, GradientState, PartialState):
            state._reset_state()
        accelerator = accelerate.Accelerator(cpu=True)
        optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(1))], lr=0.1)
        scheduler = S.ReduceLROnPlateau(optimizer, factor=0.5, patience=5)
        optimizer, scheduler = accelerator.prepare(optimizer, scheduler)
        run = self.begin()
        with mock.patch.object(accelerate.scheduler, "AcceleratorState", lambda: SimpleNamespace(num_processes=4)):
            watch(scheduler, run, monitor="val/loss")
            for step in range(24):
                run.log({"lr": optimizer.param_groups[0]["lr"]}, step=step)
                optimizer.step()
                run.log({"val/loss": 1.0 / (1 + step // 6)}, step=step)
                scheduler.step(1.0 / (1 + step // 6))
        run.finish(timeout=WAIT_S)
        self.assertLess(len({*self.logged(run)}), 24)
        self.assertGreater(len({*self.logged(run)}), 3)
        self.assertEqual(self.audit(run)["verdict"], "match", self.audit(run)["findings"])


TWO = """
import sys
import torch
from accelerate import Accelerator
from transformers import get_scheduler
import lrscope
from lrscope.torch import ServerControl, watch

url, folder, run_id = sys.argv[1:4]
accelerator = Accelerator(cpu=True, gradient_accumulation_steps=2)
model = torch.nn.Linear(4, 1)
optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
data = torch.utils.data.TensorDataset(torch.randn(160, 4), torch.randn(160, 1))
loader = torch.utils.data.DataLoader(data, batch_size=4)
# 40 batches, 20 in each process, 10 updates an epoch: the lengths are those of the documentation's recipe.
n = accelerator.num_processes
scheduler = get_scheduler("cosine", optimizer, num_warmup_steps=5 * n, num_training_steps=30 * n)
model, optimizer, loader, scheduler = accelerator.prepare(model, optimizer, loader, scheduler)
if accelerator.is_main_process:
    watch(scheduler, lrscope.init("client tests", id=run_id, url=url, dir=folder))
control = ServerControl(optimizer, scheduler, every_rank=True)
for epoch in range(3):
    for x, y in loader:
        with accelerator.accumulate(model):
            loss = torch.nn.functional.mse_loss(model(x), y)
            accelerator.backward(loss)
            optimizer.step()
            scheduler.step()
            optimizer.zero_grad()
        if accelerator.sync_gradients:
            control.step()
lrscope.finish(timeout=120)
accelerator.end_training()
"""


@needs("torch", "accelerate", "transformers")
class TwoProcesses(ModuleCase):
    def test_the_recipe_of_the_documentation(self) -> None:
        run_id = f"acc-{self.dir.name}"
        path = Path(self.dir) / "train.py"
        path.write_text(TWO)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        module = "import runpy; runpy.run_module('torch.distributed.run', run_name='__main__', alter_sys=True)"
        launcher = ("--nproc-per-node=2", f"--master-port={port}")
        code, _, errors = self.finish(self.start(module, *launcher, path, self.server.url, self.dir, run_id))
        self.assertEqual(code, 0, errors)
        audit = self.server.call("GET", f"/runs/{run_id}/audit")
        self.assertEqual((audit["verdict"], audit["offset"]), ("match", 0), json.dumps(audit))
        self.assertEqual(len(self.server.observations(run_id, "lr")), 30)
        self.assertEqual(self.server.run(run_id)["schedule"]["stepping"], {"unit": "step", "calls": 2})
