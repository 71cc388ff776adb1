"""Several processes that train together, over gloo: what is asked holds in all of them, or in none."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

from .case import ModuleCase, needs

#: One process of two. `asks` are requests that rank 0 makes before the given step; it prints the LRs of its updates.
RANK = """
import json, sys, urllib.request
import torch
import lrscope
from lrscope.torch import ServerControl, watch

url, store, rank, run_id, options = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], json.loads(sys.argv[5])
torch.distributed.init_process_group("gloo", init_method=f"file://{store}", rank=rank, world_size=2)
run = lrscope.init("client tests", id=run_id, url=url) if rank == 0 or not options["every_rank"] else None
model = torch.nn.parallel.DistributedDataParallel(torch.nn.Linear(2, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9)
if rank == 0:
    watch(scheduler, run)
if rank == options.get("fixed"):

    class Fixed(dict):
        def __setitem__(self, key, value):
            if key == "lr" and value < 0.05:
                raise RuntimeError("this optimizer's LR is fixed")
            super().__setitem__(key, value)

    optimizer.param_groups[0] = Fixed(optimizer.param_groups[0])
control = ServerControl(optimizer, scheduler, run, every_rank=options["every_rank"])

def ask(body):
    run.flush(120)
    headers = {"content-type": "application/json"}
    address = f"{url}/api/v1/runs/{run_id}/control"
    urllib.request.urlopen(urllib.request.Request(address, json.dumps(body).encode(), headers)).read()

used = []
for step in range(options.get("updates", 8)):
    used.append(optimizer.param_groups[0]["lr"])
    model(torch.ones(4, 2)).sum().backward()
    optimizer.step()
    scheduler.step()
    if rank == 0 and str(step) in options["asks"]:
        ask(options["asks"][str(step)])
    control.record(step)
    if rank == 0 and str(step) in options["asks"]:
        run.flush(120)
    control.obey()
    if control.should_stop:
        break
weights = [p.detach().flatten().tolist() for p in model.parameters()]
if run is not None:
    run.finish(timeout=120)
torch.distributed.barrier()
torch.distributed.destroy_process_group()
print(json.dumps({"used": used, "weights": weights}))
"""

DECLARED = [0.1 * 0.9**step for step in range(8)]


@needs("torch")
class Together(ModuleCase):
    def train(self, asks: dict[int, Any], every_rank: bool = True, **more: Any) -> tuple[list[Any], Any]:
        """What the two printed, and the run's one request."""
        self.run_id = f"two-{self.dir.name}"
        options = json.dumps({"asks": asks, "every_rank": every_rank, **more})
        store = self.dir / "store"
        ranks = [self.start(RANK, self.server.url, store, rank, self.run_id, options) for rank in (0, 1)]
        printed = []
        for rank in ranks:
            code, out, errors = self.finish(rank)
            self.assertEqual(code, 0, errors)
            printed.append(json.loads(out.splitlines()[-1]))
        [request] = self.server.call("GET", f"/runs/{self.run_id}/control")["items"]
        return printed, request

    def test_a_cut_holds_in_both_from_the_same_update_on(self) -> None:
        printed, request = self.train({3: {"kind": "scale_lr", "factor": 0.5}})
        want = [lr * (0.5 if step > 3 else 1) for step, lr in enumerate(DECLARED)]
        for one in printed:
            self.assert_close(one["used"], want)
        self.assertEqual(printed[0]["weights"], printed[1]["weights"])
        self.assertEqual((request["status"], request["applied_step"]), ("verified", 4))
        self.assert_close([lr for _, lr in self.server.observations(self.run_id, "lr")], want)

    def test_a_stop_ends_both_after_the_same_update(self) -> None:
        printed, request = self.train({2: {"kind": "stop"}})
        for one in printed:
            self.assert_close(one["used"], DECLARED[:3])
        self.assertEqual((request["status"], request["applied_step"]), ("verified", 3))

    def test_one_that_cannot_takes_it_back_in_both(self) -> None:
        printed, request = self.train({1: {"kind": "scale_lr", "factor": 0.5}}, fixed=1, updates=6)
        for one in printed:
            self.assert_close(one["used"], DECLARED[:6])
        self.assertEqual(request["status"], "failed")
        self.assertIn("process 1: RuntimeError: this optimizer's LR is fixed", request["history"][-1]["note"])

    def test_without_every_rank_it_logs_but_refuses(self) -> None:
        printed, request = self.train({1: {"kind": "scale_lr", "factor": 0.5}}, every_rank=False)
        for one in printed:
            self.assert_close(one["used"], DECLARED)
        self.assertEqual(request["status"], "failed")
        self.assertIn("2 processes", request["history"][-1]["note"])


LIGHTNING = """
import sys
import torch
from lightning import LightningModule, Trainer
from lightning.pytorch.callbacks import Callback
from lrscope.lightning import LrscopeCallback, LrscopeLogger

url, folder, run_id = sys.argv[1:4]
torch.manual_seed(0)

class Regression(LightningModule):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(4, 1)
    def loss(self, batch):
        return ((self.layer(batch[0])[:, 0] - batch[1]) ** 2).mean()
    def training_step(self, batch, index):
        return self.loss(batch)
    def validation_step(self, batch, index):
        self.log("val/loss", self.loss(batch), sync_dist=True)
    def configure_optimizers(self):
        optimizer = torch.optim.SGD(self.parameters(), lr=0.01)
        return {"optimizer": optimizer, "lr_scheduler": torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 5)}

class Used(Callback):
    def on_before_optimizer_step(self, trainer, module, optimizer):
        with open(f"{folder}/used-{trainer.global_rank}", "a") as file:
            print(optimizer.param_groups[0]["lr"], file=file)

data = torch.utils.data.TensorDataset(torch.randn(64, 4), torch.randn(64))
loader = torch.utils.data.DataLoader(data, batch_size=8)
policy = {"metric": "val/loss", "library": "torch", "action": "apply",
          "constructor": "torch.optim.lr_scheduler.ReduceLROnPlateau",
          "config": {"patience": 0, "threshold": 0.9999, "cooldown": 1000, "factor": 0.5}}
trainer = Trainer(
    max_epochs=5, accelerator="cpu", devices=2, strategy="ddp", default_root_dir=folder,
    logger=LrscopeLogger(project="client tests", url=url, dir=folder, id=run_id, plateau=policy),
    callbacks=[LrscopeCallback(wait=120), Used()], log_every_n_steps=1,
    enable_progress_bar=False, enable_model_summary=False,
)
trainer.fit(Regression(), loader, loader)
"""


TRANSFORMERS = """
import sys
import torch
import transformers
from lrscope.transformers import LrscopeCallback

url, folder, run_id = sys.argv[1:4]
torch.manual_seed(0)

class Regression(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = torch.nn.Linear(4, 1)
    def forward(self, x, labels):
        guess = self.inner(x)[:, 0]
        return {"loss": ((guess - labels) ** 2).mean(), "logits": guess}

class Used(transformers.TrainerCallback):
    def on_pre_optimizer_step(self, args, state, control, optimizer=None, **kwargs):
        with open(f"{folder}/used-{args.process_index}", "a") as file:
            print(optimizer.param_groups[0]["lr"], file=file)

policy = {"metric": "eval/loss", "library": "torch", "action": "apply",
          "constructor": "torch.optim.lr_scheduler.ReduceLROnPlateau",
          "config": {"patience": 0, "threshold": 0.9999, "cooldown": 1000, "factor": 0.5}}
data = [{"x": torch.randn(4), "labels": torch.randn(())} for _ in range(64)]
arguments = transformers.TrainingArguments(
    output_dir=folder, max_steps=20, per_device_train_batch_size=4, eval_strategy="steps", eval_steps=5,
    save_strategy="no", logging_steps=2, lr_scheduler_type="cosine", warmup_steps=4, learning_rate=0.01,
    report_to=[], use_cpu=True, disable_tqdm=True, log_level="error",
)
callback = LrscopeCallback(wait=120, project="client tests", url=url, dir=folder, id=run_id, plateau=policy)
trainer = transformers.Trainer(
    Regression(), arguments, train_dataset=data, eval_dataset=data[:8], callbacks=[callback, Used()]
)
trainer.train()
"""


class FrameworksTogether(ModuleCase):
    def launch(self, script: str, *launcher: str) -> list[list[float]]:
        """The LRs of each rank's updates."""
        self.run_id = f"ddp-{self.dir.name}"
        path = Path(self.dir) / "train.py"
        path.write_text(script)
        line = [*launcher, str(path), self.server.url, str(self.dir), self.run_id]
        source = "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
        process = self.start(source, *line) if not launcher else self.start(_AS_MODULE, *line)
        code, _, errors = self.finish(process)
        self.assertEqual(code, 0, errors)
        return [[float(lr) for lr in (self.dir / f"used-{rank}").read_text().split()] for rank in (0, 1)]

    @needs("torch", "lightning")
    def test_lightning(self) -> None:
        used = self.launch(LIGHTNING)
        self.assertEqual(used[0], used[1])
        self.assert_close(self.assert_one_cut(self.run_id), used[0])
        self.assertEqual(len(used[0]), 20)

    @needs("torch", "transformers", "accelerate")
    def test_transformers(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        used = self.launch(TRANSFORMERS, "--nproc-per-node=2", f"--master-port={port}")
        self.assertEqual(used[0], used[1])
        self.assert_close(self.assert_one_cut(self.run_id), used[0])
        self.assertEqual(len(used[0]), 20)


_AS_MODULE = "import runpy, sys; runpy.run_module('torch.distributed.run', run_name='__main__', alter_sys=True)"
