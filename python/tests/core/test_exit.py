"""How a process ends is how its run ends."""

from __future__ import annotations

import os
import signal
from unittest import mock

from lrscope._api import finish_all
from lrscope._outlet import Outlet

from .case import PATIENCE_S, ClientCase
from .server import REPOSITORY, shared_server

BEGIN = """
import sys, lrscope
run = lrscope.init("client tests", url=sys.argv[1], id=sys.argv[2])
for step in range(1000):
    lrscope.log({"loss": float(step)})
"""
# An exit drains for 15 s at most, which a busy machine may need for less.
SENT = "run.flush(300)\n"
NOTHING_LISTENS = "http://127.0.0.1:9"


class ExitTest(ClientCase):
    def setUp(self) -> None:
        super().setUp()
        self.server = shared_server()

    def run_script(self, name: str, ending: str, url: str = "") -> tuple[str, int]:
        run_id = f"{name}-{os.getpid()}"
        code, _, err = self.finish(self.start(BEGIN + ending, url or self.server.url, run_id))
        self.assertNotIn("lrscope.py", err)
        return run_id, code

    def assert_ends(self, name: str, ending: str, status: str, code: int) -> None:
        run_id, was = self.run_script(name, ending)
        self.assertEqual(was, code)
        stored = self.server.run(run_id)
        self.assertEqual((stored["status"], stored["last_step"]), (status, 999))
        self.assertEqual(len(self.server.observations(run_id, "loss")), 1000)

    def test_the_end_of_the_script(self) -> None:
        self.assert_ends("end", "", "finished", 0)

    def test_an_exception(self) -> None:
        self.assert_ends("exception", SENT + "raise ValueError('no')", "failed", 1)

    def test_an_exception_that_was_caught_is_none(self) -> None:
        self.assert_ends("caught", SENT + "try:\n    1 / 0\nexcept ZeroDivisionError:\n    pass", "finished", 0)

    def test_an_exception_in_the_run_s_block(self) -> None:
        script = "try:\n    with run:\n        1 / 0\nexcept ZeroDivisionError:\n    pass"
        self.assert_ends("block", SENT + script, "failed", 0)

    def test_an_exit_code(self) -> None:
        self.assert_ends("explicit", SENT + "lrscope.finish(exit_code=3)", "failed", 0)

    def test_the_keyboard(self) -> None:
        run_id, _ = self.run_script("interrupt", SENT + "raise KeyboardInterrupt")
        self.assertEqual(self.server.run(run_id)["status"], "killed")

    def test_sys_exit_with_a_code(self) -> None:
        self.assert_ends("code", SENT + "sys.exit(3)", "failed", 3)
        self.assert_ends("no-code", SENT + "sys.exit(0)", "finished", 0)

    def test_a_caught_sys_exit_is_none(self) -> None:
        for number, caught in enumerate(("except SystemExit as error: assert error.code == 3", "finally: sys.exit()")):
            self.assert_ends(f"caught-{number}", f"{SENT}try: sys.exit(3)\n{caught}", "finished", 0)

    def test_who_exits_because_of_the_keyboard_was_interrupted(self) -> None:
        for code in (0, 1):
            ending = f"{SENT}try: raise KeyboardInterrupt\nexcept KeyboardInterrupt: sys.exit({code})"
            self.assert_ends(f"interrupted-{code}", ending, "killed", code)

    def test_an_exit_passes_for_python_s_own(self) -> None:
        script = BEGIN + (
            "import pickle\n"
            "for status, args, code in ((None, (), None), (3, (3,), 3), ((1, 2),) * 3, ('x', ('x',), 'x')):\n"
            "    try: sys.exit(status)\n"
            "    except SystemExit as error:\n"
            "        assert (error.args, error.code, repr(error)) == (args, code, repr(SystemExit(*args)))\n"
            "        assert type(pickle.loads(pickle.dumps(error))) is SystemExit\n"
            "        error.code = 7; assert error.code == 7\n"
        )
        code, _, err = self.finish(self.start(script, self.server.url, f"passes-{os.getpid()}"))
        self.assertEqual((code, err), (0, ""))

    def test_an_interrupted_run_waits_less_for_its_end(self) -> None:
        asked: list[float] = []
        with mock.patch.object(Outlet, "finish", lambda _, body, timeout: asked.append(timeout)):
            for ending in (
                lambda run: run.finish(),
                lambda run: run.finish("failed"),
                lambda run: run.finish("killed"),
                lambda run: run.finish("killed", 60),
                lambda run: run.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None),
                lambda run: finish_all("killed"),
            ):
                ending(self.init(mode="offline"))
        self.assertEqual([round(seconds) for seconds in asked], [15, 15, 4, 60, 4, 4])

    def test_a_signal_ends_the_run_as_killed_and_the_process_by_the_signal(self) -> None:
        for name in ("SIGTERM", "SIGHUP"):
            for busy in ("import time; time.sleep(300)", "while True: lrscope.log({'busy': 1.0}, step=999)"):
                run_id = f"{name}-{len(busy)}-{os.getpid()}"
                number = getattr(signal, name)
                process = self.start(f"{BEGIN}{SENT}print('sent', flush=True)\n{busy}", self.server.url, run_id)
                assert process.stdout
                self.assertEqual(process.stdout.readline(), "sent\n")
                process.send_signal(number)
                self.assertEqual(process.wait(PATIENCE_S), -number)
                self.sync()
                stored = self.server.run(run_id)
                self.assertEqual((stored["status"], stored["last_step"]), ("killed", 999))

    def test_a_handler_of_the_script_s_own_stays(self) -> None:
        ending = "os.kill(os.getpid(), signal.SIGTERM)\nlrscope.log({'after': 1.0})\nrun.flush(300)"
        for before in (True, False):
            install = "import os, signal\nsignal.signal(signal.SIGTERM, lambda *_: print('mine'))\n"
            script = install + BEGIN + ending if before else BEGIN + install + ending
            run_id = f"own-{before}-{os.getpid()}"
            code, out, _ = self.finish(self.start(script, self.server.url, run_id))
            self.assertEqual((code, out), (0, "mine\n"))
            stored = self.server.run(run_id)
            self.assertEqual((stored["status"], stored["last_step"]), ("finished", 1000))

    def test_a_process_ends_though_there_is_no_server_and_says_where_the_points_are(self) -> None:
        run_id = f"alone-{os.getpid()}"
        os.environ.pop("LRSCOPE_QUIET")
        code, _, err = self.finish(self.start(BEGIN, NOTHING_LISTENS, run_id))
        self.assertEqual(code, 0)
        self.assertIn("lrscope sync", err)
        self.assertEqual(self.sync(self.server.url)[0], 0)
        self.assertEqual(len(self.server.observations(run_id, "loss")), 1000)
        self.assertEqual(self.server.run(run_id)["status"], "finished")

    def test_the_version_is_the_servers(self) -> None:
        code, out, _ = self.finish(self.start("import sys; from lrscope._cli import main; main(['--version'])"))
        self.assertEqual(code, 0)
        self.assertIn(f'"version": "{out.strip()}"', (REPOSITORY / "package.json").read_text())
