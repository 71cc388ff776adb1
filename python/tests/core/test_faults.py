"""Whatever the server does: what it has in the end is what was logged, each point once."""

from __future__ import annotations

import random
import threading

from .case import ClientCase, steps_of
from .faulty import (
    Fault,
    FaultyProxy,
    answer,
    commit_then_answer,
    commit_then_hang_up,
    half_a_reply,
    hang_up,
    hold_until,
    not_http,
    well,
)
from .server import Server, shared_server

NOTHING_LISTENS = "http://127.0.0.1:9"


class FaultsTest(ClientCase):
    def setUp(self) -> None:
        super().setUp()
        self.server = shared_server()

    def proxy(self, faults: list[Fault], only: str = "/metrics") -> FaultyProxy:
        proxy = FaultyProxy(self.server.port, faults, only)
        self.addCleanup(proxy.close)
        return proxy

    def assert_survives(self, faults: list[Fault], only: str = "/metrics") -> FaultyProxy:
        """Logs in several requests while the faults happen, and looks at every stored observation."""
        proxy = self.proxy(faults, only)
        run = self.init(proxy.url)
        for step in range(200):
            run.log({"loss": step / 7, "lr": 0.1})
            if step % 20 == 0:
                self.assertTrue(run.flush(300))
        run.config["after"] = 1
        run.finish(timeout=300)
        self.assertEqual(proxy.faults, [], "all of them happened")
        for key in ("loss", "lr"):
            want = [(step, step / 7 if key == "loss" else 0.1) for step in range(200)]
            self.assertEqual(self.server.observations(run.id, key), want)
        stored = self.server.run(run.id)
        self.assertEqual((stored["status"], stored["config"]), ("finished", {"after": 1}))
        self.assertEqual(self.spools(), [], "nothing is left")
        return proxy

    def test_no_fault(self) -> None:
        self.assert_survives([])

    def test_errors_of_the_server(self) -> None:
        self.assert_survives(
            [answer(500, b"oops"), answer(503, b"{}", retry_after="0"), answer(429, b"{}"), answer(408, b"")]
        )

    def test_errors_after_it_has_stored_everything(self) -> None:
        self.assert_survives([commit_then_answer(500, b"{}"), commit_then_answer(502, b"<html>"), commit_then_hang_up])

    def test_replies_that_are_none(self) -> None:
        empty_ok, wrong_ok = answer(200, b""), answer(200, b'{"hello": "this is another server"}')
        self.assert_survives([empty_ok, wrong_ok, answer(200, b"[]"), commit_then_answer(200, b"\xff{"), not_http])

    def test_half_a_reply_and_closed_connections(self) -> None:
        self.assert_survives([half_a_reply, hang_up, half_a_reply, hang_up])

    def test_redirects_and_refused_access_are_waited_out(self) -> None:
        problem = b'{"code": "forbidden", "detail": "no"}'
        self.assert_survives(
            [answer(302, b"", location="/"), answer(401, problem), answer(403, problem), answer(404, b"")]
        )

    def test_every_request_of_a_run_may_be_cut_after_it_was_carried_out(self) -> None:
        proxy = self.assert_survives([commit_then_hang_up, half_a_reply] * 2, only="")
        self.assertIn("/finish", proxy.requests[-1][1])

    def test_a_bad_day(self) -> None:
        source = random.Random(11)
        bad = [hang_up, commit_then_hang_up, half_a_reply, answer(500, b""), commit_then_answer(200, b"{}"), not_http]
        self.assert_survives([source.choice([*bad, well, well, well]) for _ in range(24)], only="")

    def test_a_retry_has_the_same_batch_id_and_points(self) -> None:
        proxy = self.proxy([hang_up, commit_then_hang_up, answer(500, b"")])
        run = self.init(proxy.url)
        run.log({"loss": 1.0})
        self.assertTrue(run.flush(300))
        bodies = [body for method, path, body in proxy.requests if path.endswith("/metrics")]
        self.assertGreaterEqual(len(bodies), 4)
        self.assertEqual(len(set(bodies)), 1)

    def test_a_slow_server_holds_up_nobody(self) -> None:
        release = threading.Event()
        self.addCleanup(release.set)
        proxy = self.proxy([hold_until(release)])
        run = self.init(proxy.url)
        run.log({"loss": 0.0})
        self.wait_for(lambda: not proxy.faults)
        for step in range(1, 1000):
            run.log({"loss": float(step)})
        self.assertFalse(run.flush(0.05), "the server has not answered")
        self.assertFalse(release.is_set(), "and log() did not wait for it")
        release.set()
        run.finish(timeout=300)
        self.assertEqual(self.server.observations(run.id, "loss"), [(step, float(step)) for step in range(1000)])

    def test_a_dead_server_costs_nothing_and_gets_everything_later(self) -> None:
        run = self.init(NOTHING_LISTENS)
        for step in range(500):
            run.log({"loss": float(step)})
        self.assertFalse(run.flush(0.05))
        run.finish(timeout=0.2)
        self.wait_for(lambda: "sent" in self.sync(self.server.url)[1])
        self.assertEqual(steps_of(self.server.observations(run.id, "loss")), list(range(500)))
        self.assertEqual(self.server.run(run.id)["status"], "finished")

    def test_another_service_on_the_port_is_no_server(self) -> None:
        run = self.init(f"{self.server.url}/nowhere")
        run.log({"loss": 1.0})
        run.finish(timeout=0.2)
        self.wait_for(lambda: "sent" in self.sync(self.server.url)[1])
        self.assertEqual(self.server.observations(run.id, "loss"), [(0, 1)])


class RestartTest(ClientCase):
    """With servers of their own, which are killed."""

    server: Server

    @classmethod
    def setUpClass(cls) -> None:
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)

    def test_a_killed_server_has_each_acknowledged_point_once_and_gets_the_rest(self) -> None:
        run = self.init(self.server.url)
        logged = 0

        def log_some() -> None:
            nonlocal logged
            for _ in range(200):
                run.log({"loss": logged / 3}, step=logged)
                logged += 1

        for _ in range(2):
            log_some()
            self.assertTrue(run.flush(300))
            log_some()
            self.server.kill()
            log_some()
            self.server.start()
            log_some()
        run.finish(timeout=300)
        self.assertEqual(self.server.observations(run.id, "loss"), [(step, step / 3) for step in range(logged)])
        self.assertEqual(self.server.run(run.id)["status"], "finished")

    def test_a_server_that_lost_its_data_gets_the_run_again(self) -> None:
        run = self.init(self.server.url, config={"lr": 0.1})
        run.log({"loss": 1.0})
        self.assertTrue(run.flush(300))
        self.server.forget_all()
        run.log({"loss": 2.0})
        run.finish(timeout=300)
        self.assertEqual(self.server.observations(run.id, "loss"), [(1, 2)])
        self.assertEqual(self.server.run(run.id)["config"], {"lr": 0.1})
