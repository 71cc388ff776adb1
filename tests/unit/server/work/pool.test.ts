import { describe, expect, test, vi } from "vitest";
import { PolicyError } from "@/lib/domain/plateau/policy-error";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { ServiceError } from "@/lib/server/errors";
import { jobFor, testPools } from "@/tests/support/test-pool";

const pool = testPools();
const { signal } = new AbortController();
const PATIENCE = { timeout: 30_000, interval: 5 };

/** Shared with a worker, which counts in it; `begun` resolves when the task runs. */
function counter() {
  const made = new Int32Array(new SharedArrayBuffer(4));
  return { made, begun: () => vi.waitFor(() => expect(Atomics.load(made, 0)).toBe(1), PATIENCE) };
}

describe("a job", () => {
  test("is done in a worker", async () => {
    await expect(pool().value(jobFor("double", 21), { signal })).resolves.toBe(42);
  });

  test("gets its bytes and gives them back without a copy", async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const run = pool().value(jobFor("bytes", { bytes }), { signal, transfer: [bytes.buffer] });
    await expect(run).resolves.toEqual({ sum: 6, bytes: new Uint8Array([1, 2, 3]) });
    expect(bytes.byteLength).toBe(0);
  });

  test("of a name that there is not fails", async () => {
    await expect(pool().value(jobFor("constructor"), { signal })).rejects.toThrow(
      "there is no task constructor",
    );
  });
});

describe("what a task throws arrives as what it was", () => {
  test("a service's error with its code and fields", async () => {
    const error = await pool()
      .value(jobFor("throwService"), { signal })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({
      code: "invalid_parameters",
      message: "a: wrong",
      invalidParams: [{ name: "a", reason: "wrong" }],
    });
  });

  test("a schedule's with its path", async () => {
    const error = await pool()
      .value(jobFor("throwSchedule"), { signal })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ScheduleError);
    expect(error).toMatchObject({ path: "schedule.kwargs.gama", message: "there is no gama" });
  });

  test("a policy's with what the library raises", async () => {
    const error = await pool()
      .value(jobFor("throwPolicy"), { signal })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PolicyError);
    expect(error).toMatchObject({ path: "config.factor", raises: { type: "ValueError" } });
  });

  test("any other with its name, message and stack", async () => {
    const error = await pool()
      .value(jobFor("throwPlain"), { signal })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "TypeError", message: "no such thing" });
    expect((error as Error).stack).toContain("test-worker");
  });
});

describe("a worker that cannot go on is replaced", () => {
  test("one that takes too long, with an error that names the limit and what would do", async () => {
    const one = pool({ limitMs: 100 });
    await expect(one.value(jobFor("forever"), { signal })).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/^the work was stopped after 0\.1 seconds.*ask for less/) as string,
    });
    await expect(one.value(jobFor("double", 2), { signal, limitMs: 60_000 })).resolves.toBe(4);
  });

  test("one that nobody waits for any more", async () => {
    const one = pool();
    const left = new AbortController();
    const { made, begun } = counter();
    const gone = one.value(jobFor("sleep", { made }), { signal: left.signal });
    await begun();
    left.abort(new Error("left"));
    await expect(gone).rejects.toThrow("left");
    await expect(one.value(jobFor("double", 3), { signal })).resolves.toBe(6);
  });

  test("one that ends by itself", async () => {
    const one = pool();
    await expect(one.value(jobFor("leave"), { signal })).rejects.toThrow("exited with code: 3");
    await expect(one.value(jobFor("double", 4), { signal })).resolves.toBe(8);
  });

  test("one that runs out of memory, with an error that says so", async () => {
    const one = pool({ heapMb: 48 });
    await expect(one.value(jobFor("fill"), { signal })).rejects.toMatchObject({
      code: "invalid_parameters",
      message: expect.stringMatching(/^the work needs more than the 48 MB of memory/) as string,
    });
    await expect(one.value(jobFor("double", 5), { signal })).resolves.toBe(10);
  });
});

describe("the queue", () => {
  test("is in order, and bounded", async () => {
    const one = pool({ waiting: 1 });
    const first = new AbortController();
    const { made, begun } = counter();
    const running = one.value(jobFor("sleep", { made }), { signal: first.signal });
    await begun();
    const waiting = one.value(jobFor("double", 1), { signal });
    await expect(one.value(jobFor("double", 2), { signal })).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining(
        "the server is busy: 1 requests for heavy work wait already",
      ) as string,
    });
    first.abort(new Error("left"));
    await expect(running).rejects.toThrow("left");
    await expect(waiting).resolves.toBe(2);
  });

  test("is left by who does not wait any more", async () => {
    const one = pool({ waiting: 1 });
    const [first, second] = [new AbortController(), new AbortController()];
    const { made, begun } = counter();
    const running = one.value(jobFor("sleep", { made }), { signal: first.signal });
    await begun();
    const waiting = one.value(jobFor("double", 1), { signal: second.signal });
    second.abort(new Error("second left"));
    await expect(waiting).rejects.toThrow("second left");
    const third = one.value(jobFor("double", 3), { signal });
    first.abort(new Error("first left"));
    await expect(running).rejects.toThrow("first left");
    await expect(third).resolves.toBe(6);
  });
});

describe("a pool that closes", () => {
  test("ends what runs and what waits, and takes nothing more", async () => {
    const one = pool();
    const { made, begun } = counter();
    const running = one.value(jobFor("sleep", { made }), { signal });
    await begun();
    const waiting = one.value(jobFor("double", 1), { signal });
    one.close();
    const ending = { code: "unavailable", message: "the server is ending; send the request again" };
    await expect(running).rejects.toMatchObject(ending);
    await expect(waiting).rejects.toMatchObject(ending);
    await expect(one.value(jobFor("double", 1), { signal })).rejects.toMatchObject(ending);
  });
});
