"""The proof: a real training under a server-side plateau policy has, update by update, the LRs that a local
ReduceLROnPlateau gives it: also when the server dies in the middle; and without a network it just trains on."""

from __future__ import annotations

import threading
from typing import Any, Callable, Optional

import lrscope
from core.server import Server

from .case import WAIT_S, ModuleCase, needs

try:
    import torch

    from lrscope.torch import ServerControl, watch
except ImportError:
    pass

EPOCHS = 24
SEED = 3
TORCH = "torch.optim.lr_scheduler.ReduceLROnPlateau"

#: Arguments of ReduceLROnPlateau, the metric that it follows, and how many cuts there are at least.
RULES: dict[str, tuple[dict[str, Any], str, int]] = {
    "halving": ({"factor": 0.5, "patience": 2, "threshold": 0.02}, "val/loss", 3),
    "by accuracy": ({"mode": "max", "factor": 0.5, "patience": 1, "threshold": 0.002}, "val/accuracy", 3),
    "cooldown and floor": (
        {"factor": 0.3, "patience": 1, "threshold": 0.05, "cooldown": 2, "min_lr": 0.01},
        "val/loss",
        2,
    ),
}


class Training:
    """A small network on scikit-learn's digits, by SGD with a constant LR; the same for the same seed."""

    def __init__(self) -> None:
        from sklearn.datasets import load_digits

        images, labels = load_digits(return_X_y=True)
        torch.manual_seed(SEED)
        torch.set_num_threads(1)
        order = torch.randperm(len(labels))
        x, y = torch.tensor(images, dtype=torch.float32)[order] / 16, torch.tensor(labels)[order]
        self.train, self.test = (x[:1000], y[:1000]), (x[1000:], y[1000:])
        self.model = torch.nn.Sequential(torch.nn.Linear(64, 24), torch.nn.ReLU(), torch.nn.Linear(24, 10))
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.4, momentum=0.9)
        self.lrs: list[float] = []

    def epoch(self, after_update: Callable[[], None] = lambda: None) -> dict[str, float]:
        """One pass over the data; what the validation gives."""
        loss_of = torch.nn.functional.cross_entropy
        for x, y in zip(self.train[0].split(50), self.train[1].split(50)):
            self.optimizer.zero_grad()
            loss_of(self.model(x), y).backward()
            self.lrs.append(self.optimizer.param_groups[0]["lr"])
            self.optimizer.step()
            after_update()
        with torch.no_grad():
            scores = self.model(self.test[0])
        accuracy = (scores.argmax(1) == self.test[1]).float().mean()
        return {"val/loss": float(loss_of(scores, self.test[1])), "val/accuracy": float(accuracy)}

    def weights(self) -> list[Any]:
        return [parameter.detach().clone() for parameter in self.model.parameters()]


def trained_locally(kwargs: dict[str, Any], metric: str) -> Training:
    training = Training()
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(training.optimizer, **kwargs)
    for _ in range(EPOCHS):
        scheduler.step(training.epoch()[metric])
    return training


def trained_under(
    run: lrscope.Run, wait: float, after_log: Optional[Callable[[int], None]] = None
) -> Training:
    training = Training()
    watch(training.optimizer, run)
    control = ServerControl(training.optimizer, run=run)
    for epoch in range(EPOCHS):
        run.log(training.epoch(control.step), step=control.updates - 1, epoch=epoch)
        if after_log is not None:
            after_log(epoch)
        control.obey(wait)
    return training


@needs("torch", "sklearn")
class Proof(ModuleCase):
    def policy(self, rule: str) -> dict[str, Any]:
        kwargs, metric, _ = RULES[rule]
        return {"metric": metric, "library": "torch", "constructor": TORCH, "config": kwargs, "action": "apply"}

    def assert_same(self, training: Training, rule: str) -> None:
        kwargs, metric, cuts = RULES[rule]
        local = trained_locally(kwargs, metric)
        self.assertGreaterEqual(len(set(local.lrs)), cuts + 1)
        self.assert_close(training.lrs, local.lrs)
        if kwargs["factor"] == 0.5:  # Exact in binary: then it is the same training to the last bit.
            self.assertEqual(training.lrs, local.lrs)
            for here, there in zip(training.weights(), local.weights()):
                self.assertTrue(torch.equal(here, there))

    def test_the_server_decides_as_a_local_scheduler_would(self) -> None:
        for rule in RULES:
            with self.subTest(rule):
                run = self.begin(plateau=self.policy(rule))
                training = trained_under(run, WAIT_S)
                run.finish(timeout=WAIT_S)
                self.assert_same(training, rule)
                self.assertEqual(self.logged(run), training.lrs)
                for request in self.requests(run):
                    last = request["applied_step"] == len(training.lrs)  # No update came after it to verify it by.
                    self.assertEqual(request["status"], "applied" if last else "verified")
                self.assertEqual(self.audit(run)["verdict"], "match")

    def test_a_server_that_is_killed_in_the_middle(self) -> None:
        server = Server()
        self.addCleanup(server.stop)
        run = self.init(server.url, plateau=self.policy("halving"))

        def kill_and_restart(epoch: int) -> None:
            if epoch % 5 == 4:
                server.kill()
                threading.Thread(target=server.start).start()
            # No wait outlives a server that does not answer, unless the script insists.
            self.assertTrue(run.flush(2 * WAIT_S))

        training = trained_under(run, WAIT_S, kill_and_restart)
        run.finish(timeout=WAIT_S)
        self.assert_same(training, "halving")
        observations = server.observations(run.id, "lr")
        self.assertEqual(observations, list(enumerate(training.lrs)))

    def test_a_network_that_is_dead(self) -> None:
        server = Server()
        self.addCleanup(server.stop)
        server.kill()
        run = self.init(server.url, plateau=self.policy("halving"))
        training = trained_under(run, wait=0.05)
        run.finish(timeout=0.1)
        self.assertEqual(set(training.lrs), {0.4})
        server.start()
        code, _, errors = self.sync(server.url)
        self.assertEqual(code, 0, errors)
        self.assertEqual(server.observations(run.id, "lr"), list(enumerate(training.lrs)))
        self.assertEqual(server.run(run.id)["status"], "finished")
