import { describe, expect, test, vi } from "vitest";
import { WINDOW } from "@/lib/server/work/message";
import { receive, type StreamOptions } from "@/lib/server/work/receive";
import { jobFor, testPools } from "@/tests/support/test-pool";

const pool = testPools();
const { signal } = new AbortController();
const PATIENCE = { timeout: 30_000, interval: 5 };
const options: StreamOptions = { signal, partMs: 60_000, idleMs: 60_000 };

async function all(parts: AsyncIterable<unknown>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const part of parts) found.push(part);
  return found;
}

describe("a stream", () => {
  test("gives its parts in order, and its worker is free again", async () => {
    const one = pool();
    await expect(all(receive(one, jobFor("three"), options))).resolves.toEqual(
      [1, 2, 3].map((value) => new Float64Array([value])),
    );
    await expect(one.value(jobFor("double", 1), { signal })).resolves.toBe(2);
  });

  test("fails where the task does, after the parts before", async () => {
    const parts = receive(pool(), jobFor("fails"), options);
    await expect(parts.next()).resolves.toEqual({ done: false, value: 1 });
    await expect(parts.next()).rejects.toMatchObject({ code: "not_found", message: "run r does not exist" });
  });

  test("is made a few parts ahead of its reader, and no more", async () => {
    const made = new Int32Array(new SharedArrayBuffer(4));
    const parts = receive(pool(), jobFor("count", { made }), options);
    for (let read = 0; read < 3; read += 1) await parts.next();
    await vi.waitFor(() => expect(Atomics.load(made, 0)).toBeGreaterThanOrEqual(3 + WINDOW), PATIENCE);
    expect(Atomics.load(made, 0)).toBeLessThanOrEqual(3 + WINDOW + 1);
    await parts.return(undefined);
  });

  test("ends with its reader, and its worker is free again", async () => {
    const one = pool();
    const made = new Int32Array(new SharedArrayBuffer(4));
    for await (const part of receive(one, jobFor("count", { made }), options)) if (part === 2) break;
    await expect(one.value(jobFor("double", 1), { signal })).resolves.toBe(2);
  });

  test("ends when who asked has left", async () => {
    const one = pool();
    const left = new AbortController();
    const parts = receive(one, jobFor("stuck"), { ...options, signal: left.signal });
    await parts.next();
    const next = parts.next();
    left.abort(new Error("left"));
    await expect(next).rejects.toThrow("left");
    await expect(one.value(jobFor("double", 1), { signal })).resolves.toBe(2);
  });

  test("is stopped when a part takes too long", async () => {
    const parts = receive(pool(), jobFor("stuck"), { ...options, partMs: 500 });
    await expect(all(parts)).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("the work was stopped after 0.5 seconds") as string,
    });
  });

  test("is stopped when its reader takes nothing for too long", async () => {
    const one = pool();
    const made = new Int32Array(new SharedArrayBuffer(4));
    const parts = receive(one, jobFor("count", { made }), { ...options, idleMs: 50 });
    await parts.next();
    // The worker is given to this one, while nobody reads the stream.
    await expect(one.value(jobFor("double", 1), { signal })).resolves.toBe(2);
    await expect(all(parts)).rejects.toMatchObject({
      message: expect.stringContaining("nothing was read for 0.05 seconds") as string,
    });
  });
});
