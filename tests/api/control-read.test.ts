import { describe, expect, test } from "vitest";
import { freshDatabase } from "@/tests/support/api";
import { only, plateaued, point } from "@/tests/support/control";
import { approve, inbox, pending } from "@/tests/support/routes";
import { controlOf, createRun, log, logValues, mint, requestControl } from "@/tests/support/seed";

freshDatabase();

test("an ack for an unknown request, or another run's, is a warning, and the points are kept", async () => {
  const [run, other] = [await createRun(), await createRun()];
  const { id } = await requestControl(other.id, { kind: "stop" });
  const acks = [
    { id: "nothing", outcome: "applied" as const },
    { id, outcome: "applied" as const },
  ];
  const reply = await log(run.id, { points: [point(0, 0.1)], acks });
  expect(reply).toMatchObject({
    accepted: 1,
    warnings: [expect.stringContaining("nothing"), expect.stringContaining(id)],
  });
  expect((await only(other.id)).status).toBe("approved");
});

describe("the long poll", () => {
  test("answers as soon as a request is approved", async () => {
    const { run, request } = await plateaued("recommend");
    const polled = pending(run.id, { wait: 30 });
    expect((await approve(request.id)).status).toBe(200);
    expect((await polled).body.control).toMatchObject([{ id: request.id, status: "delivered" }]);
    expect((await pending(run.id)).body.control).toMatchObject([{ id: request.id }]);
  });

  test("answers at once without a wait, and ends when the job hangs up", async () => {
    const run = await createRun();
    expect((await pending(run.id)).body.control).toEqual([]);
    const hangUp = new AbortController();
    const polled = pending(run.id, { wait: 30 }, hangUp.signal);
    hangUp.abort();
    expect((await polled).body.control).toEqual([]);
  });

  test("says at once that there is no such run, and that the wait is too long", async () => {
    expect(await pending("nobody", { wait: 30 })).toMatchProblem(404, "not_found");
    expect(await pending("nobody", { wait: 31 })).toMatchProblem(422, "invalid_parameters");
  });
});

describe("lists", () => {
  test("a run's requests and the inbox, newest first, a page at a time", async () => {
    const run = await createRun({ project: mint("inbox") });
    const made: string[] = [];
    for (let i = 0; i < 5; i += 1) made.unshift((await requestControl(run.id, { kind: "stop" })).id);
    expect((await controlOf(run.id)).map(({ id }) => id)).toEqual(made);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof inbox>> = await inbox({
        status: "approved",
        limit: 2,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...page.items.filter(({ run_id }) => run_id === run.id).map(({ id }) => id));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(seen).toEqual(made);
  });
});

test("a job that never logs an LR still gets what a policy asks for", async () => {
  const run = await createRun({
    plateau: [{ metric: "loss", detector: "torch", patience: 1, action: "apply" }],
  });
  await logValues(run.id, "loss", [1, 1]);
  const { control } = await logValues(run.id, "loss", [1], 2);
  expect(control).toMatchObject([{ kind: "scale_lr", factor: 0.1, status: "delivered" }]);
  expect(control[0]).not.toHaveProperty("lr");
});
