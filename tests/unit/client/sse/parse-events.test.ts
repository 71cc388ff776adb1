import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { initialSse, parseEvents, type SseEvent } from "@/lib/client/sse/parse-events";

function parseAll(chunks: readonly string[], id = "") {
  let state = initialSse(id);
  const events: SseEvent[] = [];
  for (const chunk of chunks) {
    const parsed = parseEvents(state, chunk);
    state = parsed.state;
    events.push(...parsed.events);
  }
  return { state, events };
}
const eventsOf = (text: string) => parseAll([text]).events;

describe("the grammar, by the examples of the specification", () => {
  test("several data lines are one text", () => {
    expect(eventsOf("data: YHOO\ndata: +2\ndata: 10\n\n")).toEqual([
      { event: "message", data: "YHOO\n+2\n10", id: "" },
    ]);
  });

  test("comments, ids and the id's stay", () => {
    const { events, state } = parseAll([
      ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
    ]);
    expect(events).toEqual([
      { event: "message", data: "first event", id: "1" },
      { event: "message", data: "second event", id: "" },
      { event: "message", data: " third event", id: "" },
    ]);
    expect(state.id).toBe("");
  });

  test("empty data is data; an unfinished event is none", () => {
    expect(eventsOf("data\n\ndata\ndata\n\ndata:")).toEqual([
      { event: "message", data: "", id: "" },
      { event: "message", data: "\n", id: "" },
    ]);
  });

  test("one blank after the colon does not count", () => {
    expect(eventsOf("data:test\n\ndata: test\n\n").map(({ data }) => data)).toEqual(["test", "test"]);
  });
});

test.each(["\n", "\r", "\r\n"])("lines may end with %j", (end) => {
  const text = ["event: run", "id: 7", "data: {}", "", "data: x", "", ""].join(end);
  expect(eventsOf(text)).toEqual([
    { event: "run", data: "{}", id: "7" },
    { event: "message", data: "x", id: "7" },
  ]);
});

test("a name without data is forgotten", () => {
  expect(eventsOf("event: run\n\ndata: x\n\n")).toEqual([{ event: "message", data: "x", id: "" }]);
});

test("an id with a null character is ignored, a retry that is no number too", () => {
  const { state } = parseAll(["id: a\0b\nretry: soon\n\nretry: 1500\n\n"], "before");
  expect(state).toMatchObject({ id: "before", retry: 1500 });
});

test("unknown fields are ignored", () => expect(eventsOf("colour: red\ndata: x\n\n")).toHaveLength(1));

const line = fc.constantFrom(
  "data: a",
  "data:b",
  "event: run",
  "id: 4",
  ": note",
  "",
  "",
  "odd",
  "retry: 20",
);
const end = fc.constantFrom("\n", "\r", "\r\n");
property.prop([
  fc.array(fc.tuple(line, end), { maxLength: 30 }),
  fc.array(fc.nat({ max: 200 }), { maxLength: 12 }),
])("where the chunks are cut does not matter", (lines, cuts) => {
  const text = lines.map(([content, ending]) => content + ending).join("");
  const places = [0, ...cuts.filter((cut) => cut <= text.length).sort((a, b) => a - b), text.length];
  const chunks = places.slice(1).map((place, index) => text.slice(places[index], place));
  expect(chunks.join("")).toBe(text);
  const [whole, parts] = [parseAll([text]), parseAll(chunks)];
  expect(parts.events).toEqual(whole.events);
  expect({ ...parts.state, afterCr: null }).toEqual({ ...whole.state, afterCr: null });
});
