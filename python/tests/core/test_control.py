"""Requests of the server reach the job, once each, and what the job says reaches the server."""

from __future__ import annotations

from lrscope._requests import Inbox, Request

from .case import ClientCase
from .faulty import FaultyProxy, commit_then_hang_up
from .server import shared_server

PLATEAU = {"metric": "val/loss", "detector": "torch", "patience": 1, "cooldown": 100, "factor": 0.5, "action": "apply"}


class ControlTest(ClientCase):
    def setUp(self) -> None:
        super().setUp()
        self.server = shared_server()

    def ask(self, run_id: str, **request: object) -> str:
        made = self.server.call("POST", f"/runs/{run_id}/control", request)
        return str(made["id"])

    def status(self, run_id: str, request_id: str) -> str:
        items = self.server.call("GET", f"/runs/{run_id}/control")["items"]
        return next(str(item["status"]) for item in items if item["id"] == request_id)

    def test_a_plateau_reaches_the_job_with_the_reply_to_the_points_that_made_it(self) -> None:
        run = self.init(self.server.url, plateau=PLATEAU, lr_metric="lr")
        for step in range(10):
            run.log({"val/loss": 1.0, "lr": 0.1}, step=step)
        self.assertTrue(run.flush(300))
        (request,) = run.requests()
        self.assertEqual((request.kind, request.factor, request.expected_lr), ("scale_lr", 0.5, 0.1))
        self.assertAlmostEqual(float(request.lr or 0), 0.05)  # type: ignore[arg-type]
        self.assertEqual(request.raw["run_id"], run.id)
        run.log({"val/loss": 1.0, "lr": 0.1}, step=10)
        self.assertTrue(run.flush(300))
        self.assertEqual(run.requests(), [], "it comes with every reply and is handed out once")
        run.ack(request.id, "applied", lr=0.05, step=11)
        run.log({"val/loss": 0.5, "lr": 0.05}, step=11)
        self.assertTrue(run.flush(300))
        self.assertEqual(self.status(run.id, request.id), "verified")

    def test_an_ack_survives_a_lost_reply(self) -> None:
        proxy = FaultyProxy(self.server.port)
        self.addCleanup(proxy.close)
        run = self.init(proxy.url)
        run.log({"lr": 0.1})
        self.assertTrue(run.flush(300))
        request_id = self.ask(run.id, kind="set_lr", lr=0.01)
        run.log({"lr": 0.1})
        self.assertTrue(run.flush(300))
        self.assertEqual([request.id for request in run.requests()], [request_id])
        proxy.faults += [commit_then_hang_up, commit_then_hang_up]
        run.ack(request_id, "failed", message="the optimizer is gone")
        self.wait_for(lambda: self.status(run.id, request_id) == "failed")

    def test_a_job_that_logs_nothing_is_asked_too_and_stops(self) -> None:
        run = self.init(self.server.url)
        run.log({"loss": 1.0}, step=7)
        self.assertTrue(run.flush(300))
        self.assertFalse(run.should_stop)
        request_id = self.ask(run.id, kind="stop")
        self.wait_for(lambda: run.should_stop)
        self.wait_for(lambda: self.status(run.id, request_id) == "applied")
        self.assertTrue(run.should_stop)
        self.assertEqual(run.requests(), [])

    def test_a_changed_declaration_is_in_order_with_the_points(self) -> None:
        run = self.init(self.server.url)
        run.log({"lr": 0.1})
        run.declare(schedule={"kind": "constant", "value": 0.1}, total_steps=20, plateau=[PLATEAU])
        run.log({"lr": 0.1})
        self.assertTrue(run.flush(300))
        stored = self.server.run(run.id)
        self.assertEqual((stored["schedule"], stored["total_steps"]), ({"kind": "constant", "value": 0.1}, 20))
        (policy,) = self.server.call("GET", f"/runs/{run.id}/plateau")["policies"]
        self.assertEqual(policy["policy"], PLATEAU)


class InboxTest(ClientCase):
    def test_only_requests_are_taken_from_a_reply(self) -> None:
        inbox = Inbox()
        scale = {"id": "a", "kind": "scale_lr", "factor": 0.5, "lr": [0.1, "x"], "expected_lr": [0.2, 0.4], "group": 1}
        inbox.offer([None, 3, {}, {"id": 5, "kind": "stop"}, scale, {"id": "b", "kind": "stop"}])
        for nonsense in (None, "stop", {"id": "c", "kind": "stop"}, [scale]):
            inbox.offer(nonsense)
        self.assertEqual([request.id for request in inbox.take("stop")], ["b"])
        self.assertTrue(inbox.stop_taken)
        want = Request(id="a", kind="scale_lr", factor=0.5, group=1, expected_lr=[0.2, 0.4])
        self.assertEqual(inbox.take(), [want])
        self.assertEqual(inbox.take(), [])
