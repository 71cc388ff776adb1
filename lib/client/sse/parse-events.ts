/** One event of a `text/event-stream`, after https://html.spec.whatwg.org/#event-stream-interpretation. */
export interface SseEvent {
  event: string;
  data: string;
  /** The last id seen, this event's or an earlier one's. */
  id: string;
}

/** What the stream said besides events. */
export interface SseState {
  /** An unfinished line, kept for the next chunk. */
  rest: string;
  /** A chunk ended in CR: an LF that follows belongs to it. */
  afterCr: boolean;
  event: string;
  data: string[];
  id: string;
  /** Milliseconds to wait before reconnecting, when the server said so. */
  retry: number | null;
}

export const initialSse = (id = ""): SseState => ({
  rest: "",
  afterCr: false,
  event: "",
  data: [],
  id,
  retry: null,
});

/** Folds a decoded chunk, cut anywhere, into the state and gives the events that it completes. */
export function parseEvents(state: SseState, chunk: string): { state: SseState; events: SseEvent[] } {
  let text = state.afterCr && chunk.startsWith("\n") ? chunk.slice(1) : chunk;
  if (chunk === "") return { state, events: [] };
  const afterCr = text.endsWith("\r");
  text = state.rest + text;
  const lines = text.split(/\r\n|\r|\n/);
  const rest = lines.pop() ?? "";
  const next: SseState = { ...state, rest, afterCr, data: [...state.data] };
  const events: SseEvent[] = [];
  for (const line of lines) {
    const event = takeLine(next, line);
    if (event) events.push(event);
  }
  return { state: next, events };
}

/** An empty line dispatches; a field is remembered; anything else, comments included, is ignored. */
function takeLine(state: SseState, line: string): SseEvent | null {
  if (line === "") return dispatch(state);
  const colon = line.indexOf(":");
  if (colon === 0) return null;
  const field = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
  takeField(state, field, value);
  return null;
}

function takeField(state: SseState, field: string, value: string): void {
  switch (field) {
    case "event":
      state.event = value;
      break;
    case "data":
      state.data.push(value);
      break;
    case "id":
      if (!value.includes("\0")) state.id = value;
      break;
    case "retry":
      if (/^\d+$/.test(value)) state.retry = Number(value);
      break;
  }
}

/** Without data there is no event; its name is forgotten all the same. */
function dispatch(state: SseState): SseEvent | null {
  const { event, data, id } = state;
  state.event = "";
  state.data = [];
  return data.length === 0 ? null : { event: event || "message", data: data.join("\n"), id };
}
