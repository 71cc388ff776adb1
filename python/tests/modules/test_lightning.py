"""Lightning's logger and callback in a real training."""

from __future__ import annotations

from typing import Any

import lrscope

from .case import WAIT_S, ModuleCase, needs

try:
    import lightning
    import torch

    from lrscope.lightning import LrscopeCallback, LrscopeLogger
except ImportError:
    pass


def module(make_scheduler: Any) -> Any:
    class Regression(lightning.LightningModule):
        def __init__(self) -> None:
            super().__init__()
            self.save_hyperparameters({"width": 4})
            self.layer = torch.nn.Linear(4, 1)

        def loss(self, batch: Any) -> Any:
            return ((self.layer(batch[0])[:, 0] - batch[1]) ** 2).mean()

        def training_step(self, batch: Any, index: int) -> Any:
            loss = self.loss(batch)
            self.log("train/loss", loss)
            return loss

        def test_step(self, batch: Any, index: int) -> None:
            self.log("test/loss", self.loss(batch))

        def validation_step(self, batch: Any, index: int) -> None:
            self.log("val/loss", self.loss(batch))

        def configure_optimizers(self) -> Any:
            optimizer = torch.optim.SGD(self.parameters(), lr=0.01)
            return {"optimizer": optimizer, "lr_scheduler": make_scheduler(optimizer)}

    return Regression()


@needs("torch", "lightning")
class Lightning(ModuleCase):
    def fit(self, make_scheduler: Any, run: Any, **more: Any) -> Any:
        torch.manual_seed(0)
        data = torch.utils.data.TensorDataset(torch.randn(64, 4), torch.randn(64))
        loader = torch.utils.data.DataLoader(data, batch_size=8)
        settings = {
            "max_epochs": 5,
            "logger": LrscopeLogger(),
            "callbacks": [LrscopeCallback(wait=WAIT_S)],
            "log_every_n_steps": 1,
            "default_root_dir": self.dir,
            "accelerator": "cpu",
            "enable_progress_bar": False,
            "enable_model_summary": False,
            "enable_checkpointing": False,
        }
        trainer = lightning.Trainer(**{**settings, **more})
        trainer.fit(module(make_scheduler), loader, loader)
        if isinstance(run, lrscope.Run):
            run.finish(timeout=WAIT_S)
        return trainer

    def test_a_scheduler_in_epochs(self) -> None:
        run = self.begin(plateau=self.once("val/loss"))
        self.fit(lambda optimizer: torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 5), run)
        self.assertEqual(len(self.assert_one_cut(run.id)), 40)
        stored = self.server.run(run.id)
        self.assertEqual((stored["steps_per_epoch"], stored["total_steps"]), (8, 40))
        self.assertEqual(stored["schedule"]["stepping"], {"unit": "epoch"})
        self.assertEqual(stored["config"], {"width": 4})
        self.assertEqual(len(self.logged(run, "train/loss")), 40)

    def test_a_scheduler_in_steps(self) -> None:
        run = self.begin(plateau=self.once("val/loss"))

        def per_step(optimizer: Any) -> Any:
            return {"scheduler": torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.1, 41), "interval": "step"}

        self.fit(per_step, run, accumulate_grad_batches=2)
        self.assertEqual(len(self.assert_one_cut(run.id)), 20)

    def test_a_request_to_stop(self) -> None:
        run = self.begin()

        class Ask(lightning.Callback):
            asked = False

            def on_train_epoch_end(this, *args: Any) -> None:
                if not this.asked:
                    self.ask(run, kind="stop")
                    run.log({"asked": 1.0})
                    self.assertTrue(run.flush(WAIT_S))
                this.asked = True

        constant = lambda optimizer: torch.optim.lr_scheduler.ConstantLR(optimizer, 1.0)  # noqa: E731
        trainer = self.fit(constant, run, max_epochs=200, callbacks=[Ask(), LrscopeCallback(wait=WAIT_S)])
        self.assertLess(trainer.global_step, 40)

    def test_two_loggers_of_one_trainer_have_a_run_each_and_what_comes_after_is_at_its_last_step(self) -> None:
        loggers = [LrscopeLogger(project="two", name=name, url=self.server.url, dir=self.dir) for name in "ab"]
        constant = lambda optimizer: torch.optim.lr_scheduler.ConstantLR(optimizer, 1.0)  # noqa: E731
        first, second = (logger.experiment for logger in loggers)
        trainer = self.fit(constant, None, logger=loggers, max_epochs=2)
        data = torch.utils.data.TensorDataset(torch.randn(8, 4), torch.randn(8))
        for evaluate in (trainer.validate, trainer.test):
            evaluate(module(constant), torch.utils.data.DataLoader(data), verbose=False)
        self.assertFalse(first.finished or second.finished)
        later = LrscopeLogger(project="two", mode="offline", dir=self.dir).experiment
        self.assertTrue(first.finished and second.finished and not later.finished)
        for run in (first, second):
            self.assertEqual(len(self.logged(run, "train/loss")), 16)
            observed = [self.server.observations(run.id, key) for key in ("val/loss", "test/loss")]
            self.assertEqual([[step for step, _ in each] for each in observed], [[7, 15, 15], [15]])

    def test_two_loggers_of_the_users_run_log_once(self) -> None:
        run = self.begin()
        constant = lambda optimizer: torch.optim.lr_scheduler.ConstantLR(optimizer, 1.0)  # noqa: E731
        self.fit(constant, run, logger=[LrscopeLogger(), LrscopeLogger()], max_epochs=1)
        self.assertEqual(len(self.logged(run, "train/loss")), 8)

    def test_how_a_training_ends_is_how_its_run_ends(self) -> None:
        for error, want in ((KeyboardInterrupt(), "killed"), (ValueError(), "failed")):
            logger = LrscopeLogger(project="ends", url=self.server.url, dir=self.dir)
            run_id = logger.experiment.id
            try:
                raise error
            except BaseException:
                logger.finalize("failed")
            self.assertEqual(self.server.run(run_id)["status"], want)

    def test_each_logger_of_a_process_has_its_own_run_unless_the_user_made_one(self) -> None:
        folds = []
        for fold in range(3):
            logger = LrscopeLogger(project="folds", name=f"fold-{fold}", mode="offline", dir=self.dir)
            logger.log_metrics({"loss": 1.0}, step=0)
            logger.finalize("success")
            folds.append(logger.experiment)
        self.assertEqual([run.name for run in folds], ["fold-0", "fold-1", "fold-2"])
        self.assertEqual([run.finished for run in folds], [True, True, False])
        run = lrscope.init("folds", mode="offline", dir=self.dir)
        self.assertEqual([LrscopeLogger(name=name).experiment for name in ("a", "b")], [run, run])
