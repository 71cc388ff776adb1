"""What the server will not take stands in nobody's way, and is kept."""

from __future__ import annotations

import json
import os

import lrscope
from lrscope._batch import POINT
from lrscope._spool import open_spool

from .case import ClientCase, steps_of
from .faulty import FaultyProxy
from .server import shared_server

NOTHING_LISTENS = "http://127.0.0.1:9"


class RefusedTest(ClientCase):
    def setUp(self) -> None:
        super().setUp()
        self.server = shared_server()

    def refused(self) -> list[dict[str, str]]:
        return [json.loads(line) for path in self.dir.glob("*/refused.jsonl") for line in path.read_text().splitlines()]

    def test_one_bad_point_among_many_is_found(self) -> None:
        run = self.init(mode="offline", url=self.server.url)
        for step in range(500):
            run.log({"loss": float(step)})
        spool = run._outlet._spool
        assert spool is not None
        bad = b'{"step":-1,"metrics":{"loss":1}}'
        spool.append(POINT, bad, 1)
        for step in range(500, 700):
            run.log({"loss": float(step)})
        run.finish()
        code, out, _ = self.sync()
        self.assertEqual(code, 0)
        self.assertIn("refused.jsonl", out)
        self.assertEqual(steps_of(self.server.observations(run.id, "loss")), list(range(700)))
        (kept,) = self.refused()
        self.assertEqual((kept["kind"], kept["body"]), ("point", bad.decode()))
        self.assertTrue(kept["reason"].startswith("422"))

    def test_a_schedule_that_nobody_knows_does_not_cost_the_run(self) -> None:
        said = {"schedule": {"kind": "magic"}, "plateau": [{"metric": "loss", "detector": "magic"}]}
        run = self.init(self.server.url, config={"lr": 0.1}, tags=["kept"], **said)
        run.log({"loss": 1.0})
        run.declare(schedule={"library": "none"}, total_steps=9)
        run.finish(timeout=300)
        stored = self.server.run(run.id)
        self.assertEqual((stored["schedule"], stored["tags"], stored["config"]), (None, ["kept"], {"lr": 0.1}))
        self.assertEqual((stored["total_steps"], stored["status"]), (9, "finished"))

    def test_a_config_that_is_too_large_does_not_cost_the_run(self) -> None:
        run = self.init(self.server.url, config={"text": "x" * 17_000_000})
        run.log({"loss": 1.0})
        run.config["more"] = 1
        run.finish(timeout=300)
        stored = self.server.run(run.id)
        self.assertEqual((stored["config"], stored["status"], stored["last_step"]), ({}, "finished", 0))

    def test_a_run_that_was_ended_by_somebody_keeps_its_points_aside_in_one_request(self) -> None:
        proxy = FaultyProxy(self.server.port)
        self.addCleanup(proxy.close)
        run = self.init(proxy.url)
        run.log({"loss": 1.0})
        self.assertTrue(run.flush(300))
        self.server.call("POST", f"/runs/{run.id}/finish", {"status": "killed"})
        before = len(proxy.requests)
        for _ in range(100):
            run.log({"loss": 2.0})
        self.assertFalse(run.flush(300))
        self.assertLessEqual(len(proxy.requests) - before, 5)
        self.assertEqual(len(self.refused()), 100)
        run.finish(timeout=300)
        self.assertEqual(self.server.run(run.id)["status"], "killed")

    def test_a_deleted_run_is_not_made_again(self) -> None:
        run = self.init(self.server.url)
        run.log({"loss": 1.0})
        self.assertTrue(run.flush(300))
        self.server.call("DELETE", f"/runs/{run.id}")
        run.log({"loss": 2.0})
        run.finish(timeout=300)
        self.assertIn("point", [kept["kind"] for kept in self.refused()])

    def test_an_id_that_is_taken_is_refused_and_goes_on_with_resume(self) -> None:
        run_id = f"taken-{os.getpid()}"
        for resume, name in ((None, "first"), (None, "second"), ("allow", "third")):
            run = self.init(self.server.url, id=run_id, name=name, resume=resume)
            run.log({"loss": 1.0}, time=1000.0 + len(name))
            run.finish(timeout=300)
        self.assertEqual(self.server.run(run_id)["name"], "third")
        self.assertEqual(steps_of(self.server.observations(run_id, "loss")), [0, 1])
        self.assertEqual([kept["kind"] for kept in self.refused()][:1], ["create"])

    def test_must_needs_a_run_to_go_on_with(self) -> None:
        run = self.init(self.server.url, id=f"absent-{os.getpid()}", resume="must")
        run.log({"loss": 1.0})
        run.finish(timeout=300)
        self.assertEqual([kept["kind"] for kept in self.refused()][:2], ["create", "point"])

    def test_a_folder_that_is_no_spool_is_left_alone(self) -> None:
        strange = self.dir / "2026-strange"
        strange.mkdir()
        (strange / "00000001.journal").write_bytes(b"junk")
        self.assertIsNone(open_spool(strange))
        self.assertEqual(self.sync()[0], 0)

    def test_where_no_folder_can_be_made_another_is_found(self) -> None:
        blocked = self.dir / "file"
        blocked.write_text("")
        run = lrscope.init("client tests", url=self.server.url, dir=blocked)
        run.log({"loss": 1.0})
        run.finish(timeout=300)
        self.assertEqual(self.server.observations(run.id, "loss"), [(0, 1)])

    def test_an_address_that_is_none_keeps_the_run_on_this_machine(self) -> None:
        run = self.init("ftp://nowhere")
        self.assertEqual(run.mode, "offline")
        run.log({"loss": 1.0})
        run.finish()
        self.assertEqual(self.sync(self.server.url)[0], 0)
        self.assertEqual(self.server.observations(run.id, "loss"), [(0, 1)])
