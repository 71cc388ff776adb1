"""The training's own thread waits for the server only for what a policy applies, and only while the server answers."""

from __future__ import annotations

import os
import signal
import socket
import threading
from typing import Any
from unittest import mock

import lrscope
from lrscope import _sender
from lrscope._contact import Contact
from lrscope._control import Controller

from .case import ClientCase
from .faulty import FaultyProxy, hang_up
from .server import Server, shared_server

RULE = {"metric": "val/loss", "detector": "torch", "patience": 0, "threshold": 0.9, "factor": 0.5}
APPLY = {**RULE, "action": "apply"}
LONG_S = 300.0


class FixedRate:
    """An optimizer with one LR, which does what it is asked."""

    lr = 0.1

    def declared(self) -> list[float]:
        return [0.1]

    def in_use(self) -> list[float]:
        return [self.lr]

    def install(self, in_force: Any) -> None:
        self.lr = in_force[0].effective(0.1)


class WaitsTest(ClientCase):
    def setUp(self) -> None:
        super().setUp()
        self.pauses = 0
        original = _sender.Sender._pause
        trainer = threading.current_thread()

        def counted(sender: Any, seconds: float) -> None:
            self.pauses += threading.current_thread() is trainer
            original(sender, seconds)

        self.patch(mock.patch.object(_sender.Sender, "_pause", counted))
        # What an earlier test found out about a server is none of this one's business.
        self.patch(mock.patch.dict("lrscope._contact._contacts", clear=True))

    def patch(self, patcher: Any) -> None:
        patcher.start()
        self.addCleanup(patcher.stop)

    def waited(self, controller: Controller, step: int, wait: float) -> bool:
        """Logs an evaluation, obeys, and says whether the training waited for it."""
        before = self.pauses
        controller.run.log({"val/loss": 1.0, "lr": controller.rates.in_use()[0]}, step=step)
        controller.obey(wait)
        return self.pauses > before

    def evaluations(self, run: lrscope.Run, wait: float, count: int = 6) -> list[bool]:
        controller = Controller(run, FixedRate())
        return [self.waited(controller, step, wait) for step in range(count)]

    def test_without_a_policy_that_applies_nobody_waits(self) -> None:
        server = shared_server()
        for plateau in (None, RULE, [{**RULE, "action": "recommend"}]):
            with self.subTest(plateau=plateau):
                run = self.init(server.url, plateau=plateau)
                self.assertTrue(run.flush(LONG_S))
                self.assertNotIn(True, self.evaluations(run, LONG_S))

    def test_with_one_the_cut_holds_from_the_next_update_on(self) -> None:
        run = self.init(shared_server().url, plateau=[RULE, APPLY], lr_metric="lr")
        controller = Controller(run, FixedRate())
        self.assertTrue(self.waited(controller, 0, LONG_S))
        self.assertEqual(controller.rates.in_use(), [0.1])
        self.assertTrue(self.waited(controller, 1, LONG_S))
        self.assertEqual(controller.rates.in_use(), [0.05])

    def test_a_policy_that_was_declared_later(self) -> None:
        run = self.init(shared_server().url)
        run.declare(plateau=APPLY)
        self.assertEqual(self.evaluations(run, LONG_S, 2), [True, True])

    def test_a_policy_that_only_the_server_knows(self) -> None:
        server = shared_server()
        run = self.init(server.url)
        self.assertTrue(run.flush(LONG_S))
        server.call("PUT", f"/runs/{run.id}/plateau", {"policies": [APPLY]})
        controller = Controller(run, FixedRate())
        self.assertFalse(self.waited(controller, 0, LONG_S))
        self.assertTrue(run.flush(LONG_S))
        self.assertTrue(self.waited(controller, 1, LONG_S))

    def test_a_closed_port(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        run = self.init(f"http://127.0.0.1:{port}", plateau=APPLY)
        # The refusal ends the first wait, which would have been of five minutes.
        self.assertNotIn(True, self.evaluations(run, LONG_S)[1:])

    def test_a_server_that_accepts_and_never_answers(self) -> None:
        with socket.socket() as deaf:
            deaf.bind(("127.0.0.1", 0))
            deaf.listen(64)
            url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
            run = self.init(url, plateau=APPLY)
            self.assertEqual(self.evaluations(run, 0.05), [True] + [False] * 5)
            run.finish(timeout=0.05)
            # Nor does the next run of the process wait for it.
            self.assertEqual(self.evaluations(self.init(url, plateau=APPLY), LONG_S), [False] * 6)

    def test_a_stopped_process_and_one_that_goes_on(self) -> None:
        server = Server()
        self.addCleanup(server.stop)
        run = self.init(server.url, plateau=APPLY)
        controller = Controller(run, FixedRate())
        self.assertTrue(self.waited(controller, 0, LONG_S))
        group = server._process.pid if server._process else 0
        os.kill(group, signal.SIGSTOP)
        try:
            self.assertEqual([self.waited(controller, step, 0.05) for step in range(1, 5)], [True] + [False] * 3)
        finally:
            os.kill(group, signal.SIGCONT)
        self.assertTrue(run.flush(LONG_S))
        self.assertTrue(self.waited(controller, 5, LONG_S))

    def test_a_server_that_dies_and_comes_back(self) -> None:
        proxy = FaultyProxy(shared_server().port)
        self.addCleanup(proxy.close)
        run = self.init(proxy.url, plateau=APPLY)
        controller = Controller(run, FixedRate())
        self.assertTrue(self.waited(controller, 0, LONG_S))
        proxy.faults += [hang_up] * 1000
        self.waited(controller, 1, LONG_S)
        self.assertEqual([self.waited(controller, step, LONG_S) for step in range(2, 5)], [False] * 3)
        proxy.faults.clear()
        self.assertTrue(run.flush(LONG_S))
        self.assertTrue(self.waited(controller, 5, LONG_S))

    def test_offline_and_disabled_nobody_waits(self) -> None:
        for mode in ("offline", "disabled"):
            with self.subTest(mode):
                self.assertNotIn(True, self.evaluations(self.init(mode=mode, plateau=APPLY), LONG_S))


class ContactTest(ClientCase):
    def test_what_is_known(self) -> None:
        contact = Contact()
        self.assertEqual((contact.lost, contact.given_up), (False, False), "nothing is known yet")
        contact.failed()
        self.assertEqual((contact.lost, contact.given_up), (True, False))
        contact.give_up()
        self.assertEqual((contact.lost, contact.given_up), (True, True))
        contact.failed()
        self.assertTrue(contact.given_up)
        contact.made()
        self.assertEqual((contact.lost, contact.given_up), (False, False))

    def test_the_end_of_a_second_run_waits_less(self) -> None:
        asked: list[float] = []
        with mock.patch.dict("lrscope._contact._contacts", clear=True), socket.socket() as deaf:
            deaf.bind(("127.0.0.1", 0))
            deaf.listen(64)
            url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
            join = threading.Thread.join

            def hurried(thread: Any, timeout: Any = None) -> None:
                asked.append(timeout)
                join(thread, 0.01)

            for _ in range(3):
                run = self.init(url)
                run.log({"loss": 1.0})
                with mock.patch.object(threading.Thread, "join", hurried):
                    run.finish()
        self.assertEqual(asked, [15.0, 1.0, 1.0])
