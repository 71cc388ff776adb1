"""What the tests of the optional modules share: the libraries, where they are there, and a real server."""

from __future__ import annotations

import importlib.util
import unittest
from typing import Any, Callable, TypeVar

import lrscope
from core.case import ClientCase
from core.server import Server, shared_server

WAIT_S = 120.0

#: torch's rule so that it fires at the second value, and never again.
ONCE = {"patience": 0, "threshold": 0.9999, "cooldown": 1000, "factor": 0.5}

_Test = TypeVar("_Test")


def needs(*libraries: str) -> Callable[[_Test], _Test]:
    missing = [name for name in libraries if importlib.util.find_spec(name) is None]
    return unittest.skipIf(missing, f"not installed: {', '.join(missing)}")


class ModuleCase(ClientCase):
    server: Server

    @classmethod
    def setUpClass(cls) -> None:
        try:
            cls.server = shared_server()
        except (OSError, RuntimeError) as error:
            raise unittest.SkipTest(f"no server: {error}") from error

    def begin(self, **said: Any) -> lrscope.Run:
        return self.init(self.server.url, **said)

    def ask(self, run: lrscope.Run, **body: Any) -> str:
        """A request by hand, once the server knows the run."""
        self.assertTrue(run.flush(WAIT_S))
        return str(self.server.call("POST", f"/runs/{run.id}/control", body)["id"])

    def requests(self, run: lrscope.Run) -> list[Any]:
        """All there were, the oldest first."""
        return list(reversed(self.server.call("GET", f"/runs/{run.id}/control")["items"]))

    def audit(self, run: lrscope.Run) -> Any:
        return self.server.call("GET", f"/runs/{run.id}/audit")

    def logged(self, run: lrscope.Run, key: str = "lr") -> list[Any]:
        """The metric's values in order of step, which must be 0, 1, 2, …"""
        pairs = self.server.observations(run.id, key)
        self.assertEqual([step for step, _ in pairs], list(range(len(pairs))))
        return [value for _, value in pairs]

    def once(self, metric: str) -> dict[str, Any]:
        """A policy that halves the LR at the second value of the metric."""
        constructor = "torch.optim.lr_scheduler.ReduceLROnPlateau"
        return {"metric": metric, "library": "torch", "constructor": constructor, "config": ONCE, "action": "apply"}

    def assert_one_cut(self, run_id: str, tolerance: float = 1e-12) -> list[float]:
        """The policy's one request held from the update after the one that it fired at, and the LRs say so."""
        [request] = self.server.call("GET", f"/runs/{run_id}/control")["items"]
        self.assertEqual((request["status"], request["applied_step"]), ("verified", request["fired_step"] + 1))
        run = self.server.run(run_id)
        logged = self.server.observations(run_id, "lr")
        declared = self.evaluated(run, [step for step, _ in logged])
        want = [lr * (0.5 if step >= request["applied_step"] else 1.0) for (step, _), lr in zip(logged, declared)]
        self.assert_close([lr for _, lr in logged], want, tolerance)
        self.assertEqual(self.server.call("GET", f"/runs/{run_id}/audit")["verdict"], "match")
        return [lr for _, lr in logged]

    def evaluated(self, run: Any, steps: list[int]) -> list[float]:
        """The first group's declared LR at the steps."""
        per_epoch = 1
        if run["schedule"].get("stepping", {}).get("unit") == "epoch":
            per_epoch = run["steps_per_epoch"]
        at = [int(step // per_epoch) for step in steps]
        answer = self.server.call("POST", "/schedules/evaluate", driven(run["schedule"], max(at) + 1))
        lrs = answer.get("lrs") or answer["lrs_by_group"][0]
        return [float(lrs[index]) for index in at]

    def assert_close(self, got: list[float], want: list[float], tolerance: float = 1e-12) -> None:
        self.assertEqual(len(got), len(want))
        for step, (a, b) in enumerate(zip(got, want)):
            self.assertLessEqual(abs(a - b), tolerance * max(abs(a), abs(b), 1e-9), f"step {step}: {a} instead of {b}")


def driven(schedule: dict[str, Any], count: int) -> dict[str, Any]:
    """A run's schedule as the evaluator takes it: with how often its scheduler is stepped."""
    if "kind" in schedule:
        return {"schedule": schedule, "steps": count}
    mode = "eval" if schedule["library"] in ("keras", "optax") else "step"
    return {"schedule": {**schedule, "stepping": {"mode": mode, "count": count}}}
