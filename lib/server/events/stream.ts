import "server-only";
import { type Ctx, requireScope } from "../context";
import { invalid } from "../errors";
import { Feed } from "./feed";
import { newest, type Watched } from "./watch";

/** How a stream is asked for. */
export interface Asked {
  watched: Watched;
  /** The header, as it was sent. */
  lastEventId: string | null;
  /** Fires when the reader is gone. */
  signal: AbortSignal;
}

/** The change feed as server-sent events. @throws ServiceError invalid_parameters, too_many_requests */
export async function streamChanges(ctx: Ctx, { watched, lastEventId, signal }: Asked): Promise<Response> {
  requireScope(ctx, "runs:read");
  const since = numberOf(lastEventId);
  // Listening comes before looking at what is newest, so that nothing falls in between.
  const feed = Feed.open(ctx.db, watched, signal);
  try {
    const now = await newest(ctx.db);
    // A number that is yet to come was given before an older copy of the database was restored.
    const known = since !== null && since > now.seq ? 0 : since;
    return new Response(feed.read(now, known), {
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
      },
    });
  } catch (error) {
    feed.end();
    throw error;
  }
}

/** As browsers do, an empty id is none: the reader has seen nothing yet. */
function numberOf(lastEventId: string | null): number | null {
  if (lastEventId === null || lastEventId === "") return null;
  const number = /^\d+$/.test(lastEventId) ? Number(lastEventId) : NaN;
  if (!Number.isSafeInteger(number))
    throw invalid(
      "Last-Event-ID",
      "must be the id of an event of this stream, a whole number from 0 on; leave it out to start with what changes now",
    );
  return number;
}
