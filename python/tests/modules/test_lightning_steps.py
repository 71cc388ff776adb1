"""Lightning: what steps count, and when schedulers are stepped, in trainings of every shape."""

from __future__ import annotations

from typing import Any

import lrscope

from .case import WAIT_S, ModuleCase, needs

try:
    import lightning
    import torch
    from torch.optim import lr_scheduler as S

    from lrscope._lightning_stepping import Calls
    from lrscope.lightning import LrscopeCallback, LrscopeLogger
except ImportError:
    pass


def module(configure: Any, manual: Any = None) -> Any:
    """`manual(module, index)` takes the steps of a batch itself."""

    class Regression(lightning.LightningModule):
        def __init__(self) -> None:
            super().__init__()
            self.first, self.second = torch.nn.Linear(4, 1), torch.nn.Linear(4, 1)
            self.automatic_optimization = manual is None
            self.used: list[float] = []

        def training_step(self, batch: Any, index: int) -> Any:
            both = self.first(batch[0]) + self.second(batch[0])
            loss = ((both[:, 0] - batch[1]) ** 2).mean()
            self.log("train/loss", loss)
            if manual is not None:
                self.manual_backward(loss)
                manual(self, index)
            return loss

        def on_before_optimizer_step(self, optimizer: Any) -> None:
            if optimizer is self.trainer.optimizers[0]:
                self.used.append(optimizer.param_groups[0]["lr"])

        def validation_step(self, batch: Any, index: int) -> None:
            self.log("val/loss", ((self.first(batch[0])[:, 0] - batch[1]) ** 2).mean())

        def configure_optimizers(self) -> Any:
            return configure(self)

    return Regression()


def one(make: Any, **config: Any) -> Any:
    def configure(model: Any) -> Any:
        optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
        return {"optimizer": optimizer, "lr_scheduler": {"scheduler": make(optimizer), **config}}

    return configure


def two(model: Any) -> Any:
    first = torch.optim.SGD(model.first.parameters(), lr=0.01)
    second = torch.optim.Adam(model.second.parameters(), lr=0.001)
    return [first, second], [S.ExponentialLR(first, 0.9), S.ExponentialLR(second, 0.5)]


@needs("torch", "lightning")
class LightningSteps(ModuleCase):
    def fit(self, model: Any, batches: int = 8, **more: Any) -> str:
        torch.manual_seed(0)
        data = torch.utils.data.TensorDataset(torch.randn(4 * batches, 4), torch.randn(4 * batches))
        loader = torch.utils.data.DataLoader(data, batch_size=4)
        logger = LrscopeLogger(project="client tests", url=self.server.url, dir=self.dir)
        settings = {
            "max_epochs": 4,
            "logger": logger,
            "callbacks": [LrscopeCallback()],
            "log_every_n_steps": 1,
            "default_root_dir": self.dir,
            "accelerator": "cpu",
            "enable_progress_bar": False,
            "enable_model_summary": False,
            "enable_checkpointing": False,
        }
        lightning.Trainer(**{**settings, **more}).fit(model, loader, loader)
        logger.experiment.finish(timeout=WAIT_S)
        return str(logger.experiment.id)

    def assert_match(self, run_id: str, used: list[float], source: str = "declared") -> Any:
        self.assert_close([lr for _, lr in self.server.observations(run_id, "lr")], used)
        audit = self.server.call("GET", f"/runs/{run_id}/audit")
        self.assertEqual((audit["verdict"], audit["findings"]), ("match", []))
        run = self.server.run(run_id)
        self.assertEqual(run["schedule_source"], source)
        return run

    def steps(self, run_id: str, key: str) -> list[int]:
        return [step for step, _ in self.server.observations(run_id, key)]

    def test_two_optimizers_count_batches(self) -> None:
        def both(model: Any, index: int) -> None:
            for optimizer in model.optimizers():
                optimizer.step()
                optimizer.zero_grad()
            if index == 7:
                for scheduler in model.lr_schedulers():
                    scheduler.step()

        model = module(two, both)
        run = self.assert_match(self.fit(model), model.used)
        self.assertEqual((run["total_steps"], run["steps_per_epoch"], run["lr_metric"]), (32, 8, "lr"))
        self.assertEqual(run["schedule"]["stepping"], {"unit": "epoch"})
        for key in ("lr", "lr-optimizer2", "train/loss"):
            self.assertEqual(self.steps(run["id"], key), list(range(32)))
        self.assertEqual(self.steps(run["id"], "val/loss"), [7, 15, 23, 31])

    def test_a_module_that_steps_its_scheduler_after_other_batches(self) -> None:
        for every, calls, stepping in ((1, 1, {}), (4, 1, {"every": 4}), (1, 2, {"calls": 2})):
            with self.subTest(every=every, calls=calls):

                def own(model: Any, index: int, every: int = every, calls: int = calls) -> None:
                    for optimizer in model.optimizers():
                        optimizer.step()
                    for _ in range(calls if (index + 1) % every == 0 else 0):
                        model.lr_schedulers()[0].step()

                model = module(two, own)
                run = self.assert_match(self.fit(model), model.used)
                self.assertEqual(run["schedule"]["stepping"], {"unit": "step", **stepping})

    def test_a_frequency_and_what_is_accumulated(self) -> None:
        cosine = lambda optimizer: S.CosineAnnealingLR(optimizer, 40)  # noqa: E731
        halved = lambda optimizer: S.StepLR(optimizer, 1, 0.5)  # noqa: E731
        for make, config, batches, accumulated, stepping in (
            (cosine, {"interval": "step", "frequency": 4}, 8, 1, {"unit": "step", "every": 4}),
            (cosine, {"interval": "step", "frequency": 3}, 8, 1, {"unit": "step", "every": 3, "each_epoch": True}),
            (cosine, {"interval": "step", "frequency": 4}, 8, 2, {"unit": "step", "every": 2}),
            (cosine, {"interval": "step", "frequency": 3}, 8, 2, {"unit": "step", "every": 3, "each_epoch": True}),
            (cosine, {"interval": "step"}, 8, 3, {"unit": "step"}),
            (cosine, {"interval": "step", "frequency": 2}, 8, 4, {"unit": "step"}),
            (halved, {"interval": "epoch", "frequency": 2}, 8, 1, {"unit": "epoch", "every": 2}),
            (halved, {}, 8, 3, {"unit": "epoch"}),
        ):
            with self.subTest(config=config, accumulated=accumulated):
                model = module(one(make, **config))
                run = self.assert_match(self.fit(model, batches, accumulate_grad_batches=accumulated), model.used)
                self.assertEqual(run["schedule"]["stepping"], stepping)
                self.assertEqual(run["steps_per_epoch"], -(-batches // accumulated))
                self.assertEqual(run["total_steps"], len(model.used))

    def test_what_follows_no_rule_is_not_declared(self) -> None:
        cosine = lambda optimizer: S.CosineAnnealingLR(optimizer, 40)  # noqa: E731
        model = module(one(cosine, interval="step", frequency=4))
        run_id = self.fit(model, 7, accumulate_grad_batches=2)
        self.assertNotEqual(self.server.run(run_id)["schedule_source"], "declared")

    def test_a_plateau_scheduler_by_its_frequency(self) -> None:
        plateau = lambda optimizer: S.ReduceLROnPlateau(optimizer, patience=0, threshold=0.5, factor=0.5)  # noqa: E731
        for config, more, declared in (
            ({}, {}, True),
            ({"interval": "step", "frequency": 4}, {"val_check_interval": 4}, True),
            ({"frequency": 2}, {"check_val_every_n_epoch": 2}, True),
            ({"strict": False}, {"check_val_every_n_epoch": 2}, False),
            ({}, {"val_check_interval": 4}, False),
        ):
            with self.subTest(config=config, more=more):
                model = module(one(plateau, monitor="val/loss", **config))
                run_id = self.fit(model, max_epochs=6, **more)
                run = self.server.run(run_id)
                self.assertEqual(run["schedule_source"] == "declared", declared)
                if declared:
                    self.assertGreater(len(set(model.used)), 1)
                    self.assert_match(run_id, model.used)

    def test_each_logger_has_a_run_of_its_own(self) -> None:
        ids, names = [], []
        for fold in range(3):
            logger = LrscopeLogger(project="client tests", name=f"fold {fold}", url=self.server.url, dir=self.dir)
            logger.log_metrics({"loss": 1.0}, step=0)
            ids.append(str(logger.experiment.id))
            logger.finalize("success")
        lrscope.finish(timeout=WAIT_S)
        for run_id in ids:
            run = self.server.run(run_id)
            names.append(run["name"])
            self.assertEqual(run["status"], "finished")
        self.assertEqual(names, ["fold 0", "fold 1", "fold 2"])

    def test_a_logger_joins_the_scripts_own_run(self) -> None:
        run = self.begin()
        self.assertIs(LrscopeLogger(name="other").experiment, run)


@needs("torch")
class ManualCalls(ModuleCase):
    def test_an_epoch_whose_beginning_was_not_seen_tells_nothing(self) -> None:
        scheduler = S.ExponentialLR(torch.optim.SGD([torch.nn.Parameter(torch.ones(1))], lr=0.1), 0.9)
        calls = Calls(scheduler)
        self.assertIsNone(calls.seen(5, 8))
        scheduler.step()
        self.assertIsNone(calls.seen(6, 8))
        self.assertIsNone(calls.seen(7, 8))
        for batch in range(3):
            self.assertIsNone(calls.seen(batch, 8))
        scheduler.step()
        self.assertEqual(calls.seen(3, 8), ("step", {"every": 4}))
