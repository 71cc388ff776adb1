import { describe, expect, test, vi } from "vitest";
import { nextReconnect, reconnectDelay, type Reconnect, type ReconnectEvent } from "@/lib/client/sse/backoff";
import { connect, type StreamWorld } from "@/lib/client/sse/connect";
import type { SseEvent } from "@/lib/client/sse/parse-events";

const fold = (events: ReconnectEvent[], from: Reconnect = { failures: 0, status: "connecting" }) =>
  events.reduce(nextReconnect, from);

describe("the state of the connection", () => {
  test.each<[ReconnectEvent[], Reconnect]>([
    [["open"], { failures: 0, status: "live" }],
    [["open", "ended"], { failures: 0, status: "connecting" }],
    [["failed", "failed"], { failures: 2, status: "connecting" }],
    [["failed", "failed", "failed"], { failures: 3, status: "polling" }],
    [["failed", "failed", "failed", "failed"], { failures: 4, status: "polling" }],
    [["failed", "failed", "failed", "open"], { failures: 0, status: "live" }],
    [["failed", "failed", "hidden"], { failures: 2, status: "paused" }],
    [["open", "hidden", "shown"], { failures: 0, status: "connecting" }],
  ])("after %j", (events, state) => expect(fold(events)).toEqual(state));

  test("the wait doubles to half a minute, is spread, and never less than the server asks", () => {
    expect([0, 1, 2, 3, 7, 50].map((failures) => reconnectDelay(failures, 0))).toEqual([
      500, 500, 1000, 2000, 30_000, 30_000,
    ]);
    expect(reconnectDelay(3, 1)).toBe(1000);
    expect(reconnectDelay(1, 0, 5000)).toBe(5000);
  });
});

/** A server that answers one connection after the other as told; after the last it hangs until it is aborted. */
function script(...answers: (Response | Error)[]) {
  const asked: (string | undefined)[] = [];
  const waits: number[] = [];
  let done = () => {};
  const finished = new Promise<void>((resolve) => (done = resolve));
  const world: StreamWorld = {
    random: () => 0,
    sleep: async (ms) => {
      waits.push(ms);
    },
    fetch: async (_url, init) => {
      asked.push(new Headers(init.headers).get("last-event-id") ?? undefined);
      const next = answers.shift();
      if (next instanceof Error) throw next;
      if (next) return next;
      done();
      return new Promise((_resolve, reject) =>
        init.signal?.addEventListener("abort", () => reject(new Error("aborted"))),
      );
    },
  };
  return { world, asked, waits, finished };
}

function listen(world: StreamWorld) {
  const events: SseEvent[] = [];
  const statuses: string[] = [];
  const connection = connect(
    "/stream",
    { onEvent: (event) => events.push(event), onStatus: (s) => statuses.push(s) },
    world,
  );
  return { connection, events, statuses };
}

const stream = (...chunks: string[]) =>
  new Response(
    new ReadableStream({
      start(controller) {
        chunks.forEach((chunk) => controller.enqueue(new TextEncoder().encode(chunk)));
        controller.close();
      },
    }),
  );

describe("connect", () => {
  test("comes back after an end on purpose and asks for what came after the last id", async () => {
    const server = script(
      stream("id: 1\ndata: a\n\nid: 2\nda", "ta: b\n\nid: 3\ndata: cut"),
      stream("id: 4\ndata: d\n\n"),
    );
    const { connection, events, statuses } = listen(server.world);
    await server.finished;
    connection.close();
    expect(events.map(({ data }) => data)).toEqual(["a", "b", "d"]);
    expect(server.asked).toEqual([undefined, "3", "4"]);
    expect(server.waits).toEqual([500, 500]);
    expect(statuses).toEqual(["live", "connecting", "live", "connecting"]);
  });

  test("refusals and broken networks count as failures, wait longer, and lead to polling; a success ends it", async () => {
    const refused = () => new Response(null, { status: 503 });
    const server = script(refused(), new Error("network"), refused(), stream("data: back\n\n"));
    const { connection, events, statuses } = listen(server.world);
    await server.finished;
    connection.close();
    expect(server.waits).toEqual([500, 1000, 2000, 500]);
    expect(statuses).toEqual(["polling", "live", "connecting"]);
    expect(events).toHaveLength(1);
  });

  test("a hidden page lets go and comes back with the last id", async () => {
    const server = script(stream("id: 9\ndata: a\n\n"));
    const { connection, statuses } = listen(server.world);
    await server.finished;
    connection.pause();
    connection.pause();
    connection.resume();
    await vi.waitFor(() => expect(server.asked).toEqual([undefined, "9", "9"]));
    connection.close();
    expect(statuses.slice(-2)).toEqual(["paused", "connecting"]);
  });

  test("a closed connection says nothing more", async () => {
    const server = script();
    const { connection, statuses } = listen(server.world);
    await server.finished;
    connection.close();
    await Promise.resolve();
    expect(server.waits).toEqual([]);
    expect(statuses).toEqual([]);
  });
});
