import "server-only";
import type { StreamFrame } from "@/lib/contracts/events";
import { settledNumber } from "../db/change-numbers";
import type { Reader } from "../db/database";
import type { RunChange } from "../db/transaction";
import { ServiceError } from "../errors";
import { log } from "../log";
import { subscribe } from "./bus";
import { inTurn } from "./in-turn";
import { Gathered } from "./gathered";
import { changedAfter, concerns, framesOf, type Newest, type Place, placeAfter, type Watched } from "./watch";

const KEEP_ALIVE_MS = 15_000;
/** Connections end on purpose now and then, so that coming back is an ordinary path. */
const MAX_AGE_MS = 30 * 60_000;
const MAX_STREAMS = 200;
/**
 * Bytes that may wait for a reader. One that falls further behind is sent away: it comes back with the last number that
 * it saw, and gets where the runs stand then instead of every frame in between.
 */
const MAX_WAITING = 1024 * 1024;
/** Runs that are read at once for a reader that came back; the next ones when it has taken these. */
const PAGE = 500;

const shared = globalThis as { __lrscopeStreams?: number; __lrscopeShutdown?: Set<() => void> };
const utf8 = new TextEncoder();

const textOf = ({ event, id, data }: StreamFrame): string =>
  `event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;

/**
 * One reader's stream. It listens from its making on and holds one of the server's places for streams; whoever makes it
 * sees that it ends, whatever fails.
 */
export class Feed {
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  private open = true;
  /** Where the reader is told of earlier changes; null once it has heard of all. */
  private lookingBack: Place | null = null;
  /** The last number of which the reader was sent every change. */
  private complete = 0;
  private readonly live = new Gathered(
    () => this.settled(),
    (changes, settled) => this.sendLive(changes, settled),
  );
  private readonly unsubscribe: () => void;
  private readonly alive = setInterval(() => this.send(": alive\n\n"), KEEP_ALIVE_MS);
  private readonly age = setTimeout(() => this.end(), MAX_AGE_MS);
  /** Bound: it is a listener and a shutdown task. */
  readonly end = (): void => {
    if (!this.open) return;
    this.release();
    this.controller?.close();
  };

  private constructor(
    private readonly db: Reader,
    private readonly watched: Watched,
    private readonly signal: AbortSignal,
  ) {
    this.unsubscribe = subscribe((change) => {
      if (concerns(watched, change)) this.live.add(change);
    });
    shared.__lrscopeStreams = (shared.__lrscopeStreams ?? 0) + 1;
    (shared.__lrscopeShutdown ??= new Set()).add(this.end);
    signal.addEventListener("abort", this.end);
  }

  /** @throws ServiceError too_many_requests */
  static open(db: Reader, watched: Watched, signal: AbortSignal): Feed {
    if ((shared.__lrscopeStreams ?? 0) >= MAX_STREAMS)
      throw new ServiceError("too_many_requests", `${MAX_STREAMS} streams are open already`);
    return new Feed(db, watched, signal);
  }

  /** The stream itself: what changed behind the number `since`, if there is one, then what changes. `seq` is the newest. */
  read({ seq, settled }: Newest, since: number | null): ReadableStream<Uint8Array> {
    this.complete = since ?? Math.min(seq, settled);
    this.lookingBack = since === null ? null : placeAfter(since);
    const source: UnderlyingDefaultSource<Uint8Array> = {
      start: (controller) => {
        this.controller = controller;
        this.send(textOf({ event: "hello", id: String(this.complete), data: { seq } }));
        if (this.lookingBack === null) this.live.release();
        if (this.signal.aborted) this.end();
      },
      pull: () => this.lookBack(),
      cancel: () => this.release(),
    };
    // Nothing is read ahead: a page is looked up when the reader has taken what was there.
    return new ReadableStream(source, { highWaterMark: 0, size: (chunk) => chunk?.byteLength ?? 0 });
  }

  /** Sends one page. The reader of a stream that cannot go on comes back, and hears then what is wrong. */
  private async lookBack(): Promise<void> {
    try {
      let sent = 0;
      while (this.open && this.lookingBack && sent === 0) sent = await this.sendPage(this.lookingBack);
    } catch (err) {
      log().warn({ err }, "a stream ended: what its reader missed could not be read");
      this.end();
    }
  }

  /** How many frames were sent. */
  private async sendPage(place: Place): Promise<number> {
    // Asked first: what is settled then is found.
    const settled = await settledNumber(this.db);
    const found = await inTurn(() => changedAfter(this.db, this.watched, place, PAGE + 1));
    const page = found.slice(0, PAGE);
    this.sendChanges(page, settled, found[PAGE]);
    const last = page.at(-1);
    if (last && found.length > PAGE) this.lookingBack = { seq: last.seq, id: last.run_id };
    else if (this.open) this.lookingBack = this.live.release() ? null : placeAfter(this.complete);
    return page.length;
  }

  private async settled(): Promise<number> {
    try {
      return await settledNumber(this.db);
    } catch (err) {
      log().warn({ err }, "a stream ended: the database does not say which changes are still under way");
      this.end();
      return 0;
    }
  }

  private sendLive(changes: RunChange[], settled: number): void {
    this.sendChanges(changes, settled);
    // Only between transactions: the reader gets all of one or comes back for it.
    if (this.waiting() >= MAX_WAITING) this.end();
  }

  private sendChanges(changes: readonly RunChange[], settled: number, following?: RunChange): void {
    const frames = framesOf(changes, this.complete, settled, following);
    this.send(frames.map(textOf).join(""));
    const last = frames.at(-1);
    if (last) this.complete = Number(last.id);
  }

  private send(text: string): void {
    if (this.open && text !== "") this.controller?.enqueue(utf8.encode(text));
  }

  private waiting(): number {
    return this.open ? -(this.controller?.desiredSize ?? 0) : 0;
  }

  /** Gives back everything that it holds, once. */
  private release(): void {
    if (!this.open) return;
    this.open = false;
    this.unsubscribe();
    this.live.close();
    clearInterval(this.alive);
    clearTimeout(this.age);
    this.signal.removeEventListener("abort", this.end);
    shared.__lrscopeShutdown?.delete(this.end);
    shared.__lrscopeStreams = (shared.__lrscopeStreams ?? 1) - 1;
  }
}
