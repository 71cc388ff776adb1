import "server-only";
import type { StreamFrame } from "@/lib/contracts/events";
import type { RunChange } from "../db/transaction";
import type { Ctx } from "../context";
import { requireScope } from "../context";
import { invalid, ServiceError } from "../errors";
import { subscribe } from "./bus";
import { backlog, concerns, currentSeq, toFrame, type Watched } from "./watch";

const KEEP_ALIVE_MS = 15_000;
/** Connections end on purpose now and then, so that coming back is an ordinary path. */
const MAX_AGE_MS = 30 * 60_000;
const MAX_STREAMS = 200;
/**
 * Characters that may wait for a reader. One that falls further behind is sent away: it comes back with the last number
 * that it saw, and gets where the runs stand then instead of every frame in between.
 */
const MAX_WAITING = 1024 * 1024;
/** Changes of one run within this time become one frame. */
const MERGE_MS = 100;

const shared = globalThis as { __lrscopeStreams?: number; __lrscopeShutdown?: Set<() => void> };

const encode = ({ event, id, data }: StreamFrame): string =>
  `event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;

/** The change feed as server-sent events. `lastEventId` is where the reader left off. */
export async function streamChanges(
  ctx: Ctx,
  watched: Watched,
  lastEventId: string | null,
): Promise<Response> {
  requireScope(ctx, "runs:read");
  const since = lastEventId === null ? null : Number(lastEventId);
  if (since !== null && !Number.isFinite(since))
    throw invalid("Last-Event-ID", "not one that this server gave");
  if ((shared.__lrscopeStreams ?? 0) >= MAX_STREAMS) {
    throw new ServiceError("too_many_requests", `${MAX_STREAMS} streams are open already`);
  }
  const body = new ReadableStream(source(ctx, watched, since), waiting).pipeThrough(new TextEncoderStream());
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

const waiting: QueuingStrategy<string> = { highWaterMark: MAX_WAITING, size: (text) => text.length };

function source(ctx: Ctx, watched: Watched, since: number | null): UnderlyingDefaultSource<string> {
  let stop = (): void => undefined;
  return {
    async start(controller) {
      let open = true;
      const send = (text: string) => {
        if (open) controller.enqueue(text);
      };
      // Only between transactions: the number that the reader comes back with must not stand for two frames, one unsent.
      const endIfBehind = () => {
        if (open && (controller.desiredSize ?? 0) <= 0) end();
      };
      const live = mergeByRun((changes) => {
        for (const change of changes) send(encode(toFrame(change)));
        endIfBehind();
      });
      // Listening comes before looking back, so that nothing falls in between.
      const unsubscribe = subscribe((change) => {
        if (concerns(watched, change)) live.add(change);
      });
      const alive = setInterval(() => send(": alive\n\n"), KEEP_ALIVE_MS);
      const age = setTimeout(() => end(), MAX_AGE_MS);
      stop = () => {
        open = false;
        unsubscribe();
        live.close();
        clearInterval(alive);
        clearTimeout(age);
        shared.__lrscopeShutdown?.delete(end);
        shared.__lrscopeStreams = (shared.__lrscopeStreams ?? 1) - 1;
        stop = () => undefined;
      };
      const end = () => {
        stop();
        controller.close();
      };
      shared.__lrscopeStreams = (shared.__lrscopeStreams ?? 0) + 1;
      (shared.__lrscopeShutdown ??= new Set()).add(end);
      const seq = await currentSeq(ctx.db);
      send(encode({ event: "hello", id: String(since ?? seq), data: { seq } }));
      if (since !== null) for (const frame of await backlog(ctx.db, watched, since)) send(encode(frame));
      endIfBehind();
    },
    cancel() {
      stop();
    },
  };
}

/** A job that logs a thousand times a second needs no thousand frames: a run's changes are gathered for a moment. */
function mergeByRun(emit: (changes: RunChange[]) => void) {
  const waiting = new Map<string, RunChange>();
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    timer = undefined;
    const changes = [...waiting.values()];
    waiting.clear();
    // The id that a reader comes back with must not pass over a frame that it never got.
    emit(changes.sort((a, b) => a.seq - b.seq));
  };
  return {
    add(change: RunChange) {
      const before = waiting.get(change.run_id);
      const what = before ? [...new Set([...before.what, ...change.what])] : change.what;
      waiting.set(change.run_id, { ...change, what });
      timer ??= setTimeout(flush, MERGE_MS);
    },
    close() {
      clearTimeout(timer);
      waiting.clear();
    },
  };
}
