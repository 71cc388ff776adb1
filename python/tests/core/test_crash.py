"""Processes that die, and what `lrscope sync` makes of what they left."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

import lrscope
from lrscope._batch import POINT
from lrscope._journal import pack, segment_path
from lrscope._spool import create_spool

from .case import SOURCE, ClientCase, steps_of
from .faulty import FaultyProxy, commit_then_hang_up, hold_until
from .server import shared_server

NOTHING_LISTENS = "http://127.0.0.1:9"

# Says, after each point, that log() has returned.
ENDLESS = """
import sys, lrscope
run = lrscope.init("client tests", url=sys.argv[1], id=sys.argv[2])
step = 0
while True:
    lrscope.log({"loss": step / 3}, step=step)
    print(step, flush=True)
    step += 1
"""

OFFLINE = """
import sys, lrscope
lrscope.init("client tests", mode="offline", id=sys.argv[2], url=sys.argv[1], config={"lr": 0.1}, tags=["a"])
for step in range(100):
    lrscope.log({"loss": float(step)})
lrscope.run.declare(total_steps=100)
"""


class CrashTest(ClientCase):
    def setUp(self) -> None:
        super().setUp()
        self.server = shared_server()

    def kill_after(self, process: subprocess.Popen[str], points: int) -> int:
        """Lets it log at least so many points, kills it, and gives the last step that it said was logged."""
        assert process.stdout
        said = ""
        while not said or int(said) < points:
            said = process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait()
        rest = process.stdout.read().rpartition("\n")[0].splitlines()
        return int(rest[-1] if rest else said)

    def assert_complete(self, run_id: str, last: int) -> None:
        """Every point whose log() had returned is there, once; the one that was being logged may be."""
        stored = self.server.observations(run_id, "loss")
        self.assertIn(len(stored), (last + 1, last + 2))
        self.assertEqual(stored, [(step, step / 3) for step in range(len(stored))])

    def test_a_killed_job_loses_and_doubles_nothing(self) -> None:
        for number, points in enumerate((0, 50, 3000)):
            run_id = f"killed-{os.getpid()}-{number}"
            last = self.kill_after(self.start(ENDLESS, self.server.url, run_id), points)
            code, out, err = self.sync()
            self.assertEqual(code, 0, out + err)
            self.assert_complete(run_id, last)
            self.assertEqual(self.server.run(run_id)["status"], "killed")
            self.assertEqual(self.spools(), [])

    def test_killed_while_a_batch_was_stored_and_its_reply_lost(self) -> None:
        faults = [commit_then_hang_up] * 1000
        proxy = FaultyProxy(self.server.port, faults)
        self.addCleanup(proxy.close)
        run_id = f"lost-reply-{os.getpid()}"
        last = self.kill_after(self.start(ENDLESS, proxy.url, run_id), 2000)
        self.assertEqual(self.sync(self.server.url)[0], 0)
        self.assert_complete(run_id, last)

    def test_a_sync_that_is_killed_itself_is_done_again(self) -> None:
        run_id = f"twice-{os.getpid()}"
        last = self.kill_after(self.start(ENDLESS, NOTHING_LISTENS, run_id), 500)
        never = threading.Event()
        self.addCleanup(never.set)
        proxy = FaultyProxy(self.server.port, [commit_then_hang_up, hold_until(never)])
        self.addCleanup(proxy.close)
        sync = self.start(
            "import sys; from lrscope._cli import main; main(sys.argv[1:])", "sync", self.dir, "--url", proxy.url
        )
        self.wait_for(lambda: not proxy.faults)
        code, out, _ = self.sync(self.server.url)
        self.assertEqual((code, "in use" in out), (0, True), "two do not send the same spool")
        sync.kill()
        sync.wait()
        self.assertEqual(self.sync(self.server.url)[0], 0)
        self.assert_complete(run_id, last)

    def test_sync_leaves_a_living_job_alone(self) -> None:
        run_id = f"living-{os.getpid()}"
        process = self.start(ENDLESS, self.server.url, run_id)
        assert process.stdout
        process.stdout.readline()
        code, out, _ = self.sync()
        self.assertEqual((code, "in use" in out), (0, True))
        self.kill_after(process, 0)

    def test_an_offline_run_is_sent_by_sync(self) -> None:
        run_id = f"offline-{os.getpid()}"
        code, _, err = self.finish(self.start(OFFLINE, self.server.url, run_id))
        self.assertEqual(code, 0, err)
        code, out, err = self.sync(NOTHING_LISTENS)
        self.assertEqual(code, 1)
        self.assertIn("left", err)
        code, out, err = self.sync()
        self.assertEqual(code, 0, out + err)
        self.assertEqual(steps_of(self.server.observations(run_id, "loss")), list(range(100)))
        stored = self.server.run(run_id)
        said = (stored["status"], stored["config"], stored["tags"], stored["total_steps"])
        self.assertEqual(said, ("finished", {"lr": 0.1}, ["a"], 100))
        self.assertEqual(self.sync()[0], 0, "nothing to send is no failure")

    def test_what_is_sent_again_because_the_cursor_is_lost_is_not_doubled(self) -> None:
        run_id = f"again-{os.getpid()}"
        last = self.kill_after(self.start(ENDLESS, NOTHING_LISTENS, run_id), 300)
        (folder,) = self.spools()
        proxy = FaultyProxy(self.server.port, [commit_then_hang_up] * 100)
        self.addCleanup(proxy.close)
        self.assertEqual(self.sync(proxy.url)[0], 1)
        self.assertNotEqual(self.server.observations(run_id, "loss"), [])
        (folder / "cursor.json").unlink()
        # Other batches than before, so that their ids tell the server nothing.
        extra = b'{"step":%d,"time":1e9,"metrics":{"extra":1}}' % last
        segment_path(folder, 2).write_bytes(pack(POINT, 1, extra))
        code, out, err = self.sync(self.server.url)
        self.assertEqual(code, 0, out + err)
        self.assert_complete(run_id, last)
        self.assertEqual(self.server.observations(run_id, "extra"), [(last, 1)])

    def test_going_on_with_a_run_sends_what_its_dead_process_left_first(self) -> None:
        run_id = f"resumed-{os.getpid()}"
        last = self.kill_after(self.start(ENDLESS, NOTHING_LISTENS, run_id), 100)
        run = self.init(self.server.url, id=run_id, resume="allow")
        self.assertGreaterEqual(run.step, last + 1, "it counts on")
        first = run.step
        run.log({"loss": first / 3})
        run.finish(timeout=300)
        stored = self.server.observations(run_id, "loss")
        self.assertEqual(stored, [(step, step / 3) for step in range(first + 1)])
        self.assertEqual(self.server.run(run_id)["status"], "finished")
        self.assertEqual(self.spools(), [])


@unittest.skipUnless(hasattr(os, "fork"), "this system does not fork")
class ForkTest(ClientCase):
    def test_a_forked_child_logs_to_the_same_run_and_does_not_end_it_or_hold_its_lock(self) -> None:
        server = shared_server()
        run = self.init(server.url)
        run.log({"loss": 0.0})
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(writing)
            for step in range(100):
                lrscope.log({"child": 9.0}, step=step)
            run.config["child"] = True
            run.name = "child"
            run.finish("failed", timeout=300)
            os.read(reading, 1)
            os._exit(0)
        os.close(reading)
        run.log({"loss": 1.0})
        run.finish(timeout=300)
        self.assertEqual(server.observations(run.id, "loss"), [(0, 0), (1, 1)])
        os.close(writing)
        self.assertEqual(os.waitpid(child, 0)[1], 0)
        stored = server.run(run.id)
        self.assertEqual((stored["status"], stored["config"]), ("finished", {}))
        self.assertNotEqual(stored["name"], "child")
        self.assertEqual(server.observations(run.id, "child"), [(step, 9) for step in range(100)])
        self.assertEqual(self.spools(), [])

    def test_children_that_return_without_finish_send_what_they_logged(self) -> None:
        script = """
import multiprocessing, os, sys, lrscope
run = lrscope.init("client tests", url=sys.argv[1], id=sys.argv[2])
lrscope.log({"loss": 0.0})
def work(name):
    lrscope.log({name: 1.0}, step=5)
processes = [multiprocessing.get_context("fork").Process(target=work, args=(name,)) for name in ("a", "b")]
for process in processes:
    process.start()
for process in processes:
    process.join()
if os.fork() == 0:
    lrscope.log({"c": 1.0}, step=6)
    sys.exit(1)
os.wait()
run.flush(300)
"""
        server = shared_server()
        run_id = f"children-{os.getpid()}"
        self.assertEqual(self.finish(self.start(script, server.url, run_id))[0], 0)
        self.sync()
        stored = server.run(run_id)
        self.assertEqual((stored["status"], stored["last_step"]), ("finished", 6))
        for name, step in (("loss", 0), ("a", 5), ("b", 5), ("c", 6)):
            self.assertEqual(steps_of(server.observations(run_id, name)), [step], name)

    def test_what_a_dead_child_left_is_sent_and_does_not_end_the_run(self) -> None:
        server = shared_server()
        away = Path(tempfile.mkdtemp(prefix="lrscope-away-"))
        self.addCleanup(shutil.rmtree, away, ignore_errors=True)
        run = lrscope.init("client tests", url=server.url, dir=away)
        self.assertTrue(run.flush(300))
        body = {"id": run.id, "project": "client tests"}
        info = {"session": "1" * 16, "url": server.url, "body": body, "own_id": True, "branch": True}
        left = create_spool(self.dir, info)
        left.append(POINT, b'{"step":3,"time":1e9,"metrics":{"late":1}}', 1)
        left.abandon()
        code, out, err = self.sync()
        self.assertEqual(code, 0, out + err)
        self.assertEqual(server.observations(run.id, "late"), [(3, 1)])
        self.assertEqual(server.run(run.id)["status"], "running")

    def test_the_lock_of_a_killed_parent_is_free_though_its_child_lives(self) -> None:
        script = """
import os, sys, lrscope
lrscope.init("client tests", mode="offline", id=sys.argv[2], url=sys.argv[1])
lrscope.log({"loss": 0.0})
if os.fork() == 0:
    print("child", flush=True)
    sys.stdin.read()
    os._exit(0)
os.kill(os.getpid(), 9)
"""
        server = shared_server()
        run_id = f"orphan-{os.getpid()}"
        reading, writing = os.pipe()
        env = {**os.environ, "PYTHONPATH": str(SOURCE), "LRSCOPE_DIR": str(self.dir)}
        command = [sys.executable, "-c", script, server.url, run_id]
        with subprocess.Popen(command, env=env, stdin=reading, stdout=subprocess.PIPE, text=True) as process:
            os.close(reading)
            assert process.stdout
            self.assertEqual(process.stdout.readline(), "child\n")
            self.assertEqual(process.wait(), -9)
            self.assertEqual(self.sync()[0], 0)
            self.assertEqual(steps_of(server.observations(run_id, "loss")), [0])
            os.close(writing)
