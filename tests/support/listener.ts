import { expect, onTestFinished } from "vitest";
import * as streamRoute from "@/app/api/v1/stream/route";
import { initialSse, parseEvents } from "@/lib/client/sse/parse-events";
import { stream as streamApi } from "@/lib/contracts/endpoints/system";
import { StreamFrame } from "@/lib/contracts/events";
import type { RunChange } from "@/lib/server/db/transaction";
import { type Input, requestFor } from "./api";

/** What the server's bundles share in a process. */
export const shared = globalThis as {
  __lrscopeAnnounce?: (changes: RunChange[]) => void;
  __lrscopeStreams?: number;
  __lrscopeShutdown?: Set<() => void>;
};

export const openStreams = () => shared.__lrscopeStreams;

export const runsIn = (frames: readonly StreamFrame[]) =>
  frames.flatMap((frame) => (frame.event === "run" ? [frame.data.run_id] : []));

/** An open stream, read frame by frame; cancelled when the test is over. */
export class Listener {
  private readonly waiting: StreamFrame[] = [];
  private readonly decoder = new TextDecoder();
  private state = initialSse();

  private constructor(private readonly reader: ReadableStreamDefaultReader<Uint8Array>) {}

  static async open(query: Input["query"] = {}, lastEventId?: string): Promise<Listener> {
    const headers: Record<string, string> = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
    const response = await streamRoute.GET(requestFor(streamApi, { query, headers }), {
      params: Promise.resolve({}),
    });
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    const listener = new Listener(response.body!.getReader());
    onTestFinished(() => listener.close());
    return listener;
  }

  async next(): Promise<StreamFrame> {
    for (;;) {
      const ready = this.waiting.shift();
      if (ready) return ready;
      const { value, done } = await this.reader.read();
      if (done) throw new Error("the stream ended");
      const parsed = parseEvents(this.state, this.decoder.decode(value, { stream: true }));
      this.state = parsed.state;
      for (const { event, id, data } of parsed.events)
        this.waiting.push(StreamFrame.parse({ event, id, data: JSON.parse(data) }));
    }
  }

  /** Frames up to the first one about `run`, that one included. */
  async until(run: string): Promise<StreamFrame[]> {
    const seen: StreamFrame[] = [];
    for (;;) {
      const frame = await this.next();
      seen.push(frame);
      if (frame.event === "run" && frame.data.run_id === run) return seen;
    }
  }

  close(): Promise<void> {
    return this.reader.cancel();
  }
}
