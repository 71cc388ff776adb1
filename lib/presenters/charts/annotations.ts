import type { OverlayEvent } from "@/lib/contracts/overlay";
import type { ChartRange, ChartRule, Ink } from "./chart-model";
import { DRIFT_INK, faint, isMoot, solid, statusInk, statusWord } from "./inks";
import { rangeOfSpan, type Span } from "./stretches";
import type { StepMap } from "./step-map";
import type { StepWindow } from "./zoom";

const PLATEAU_INK: Ink = solid("var(--chart-recommended)");
const LANES = 3;
/** Pixels: a label's average character, and its padding. */
const CHARACTER = 6.4;
const PADDING = 14;

interface Frame {
  /** Steps in view; an axis other than steps cannot tell that an event lies beyond its ends. */
  readonly steps: StepWindow;
  readonly min: number;
  readonly max: number;
  /** Pixels of the plot. */
  readonly width: number;
}

type Unplaced<T> = Omit<T, "lane" | "anchor">;

export interface Annotations {
  readonly ranges: ChartRange[];
  readonly rules: ChartRule[];
}

/** Plateau windows as shaded stretches, control requests and jumps of the LR that nothing asked for as vertical lines, labels in rows of their own. */
export function annotate(
  events: readonly OverlayEvent[],
  map: StepMap,
  frame: Frame,
  spans: readonly Span[] = [],
): Annotations {
  const lanes = new LabelLanes(frame);
  const rules = events
    .flatMap((event): Moment[] => (event.kind === "plateau" ? [] : [event]))
    .filter((event) => inside(event.step, event.step, frame))
    .flatMap((event) => ruleOf(event, map));
  const diverged = spans.filter(({ from, to }) => to >= frame.min && from <= frame.max);
  const ranges = [
    ...merged(events)
      .filter((event) => inside(event.from_step, event.to_step, frame))
      .flatMap((event) => rangeOf(event, map)),
    ...diverged.map(rangeOfSpan),
  ];
  return {
    rules: byX(rules, ({ x }) => x).map((rule) => ({ ...rule, ...lanes.place(rule.x, rule.label) })),
    ranges: byX(ranges, ({ from }) => from).map((range) => ({
      ...range,
      ...lanes.place(Math.max(range.from, frame.min), range.label),
    })),
  };
}

const inside = (from: number, to: number, { steps }: Frame): boolean => to >= steps.from && from <= steps.to;

const byX = <T>(items: readonly T[], x: (item: T) => number): T[] => [...items].sort((a, b) => x(a) - x(b));

type Plateau = Extract<OverlayEvent, { kind: "plateau" }>;

/** A detector that fires again and again on one standstill is one plateau to the eye. */
function merged(events: readonly OverlayEvent[]): Plateau[] {
  const plateaus = events.flatMap((event) => (event.kind === "plateau" ? [event] : []));
  return byX(plateaus, (event) => event.from_step).reduce<Plateau[]>((done, next) => {
    const last = done.at(-1);
    if (!last || next.from_step > last.to_step || next.metric !== last.metric) return [...done, next];
    return [...done.slice(0, -1), { ...last, to_step: Math.max(last.to_step, next.to_step) }];
  }, []);
}

function rangeOf(event: Plateau, map: StepMap): Unplaced<ChartRange>[] {
  const [from, to] = [map.xOf(event.from_step), map.xOf(event.to_step)];
  if (from === null || to === null) return [];
  const label = `plateau ${event.from_step}–${event.to_step}`;
  const id = `plateau-${event.metric}-${event.from_step}-${event.to_step}`;
  return [{ id, from, to, label, ink: faint(PLATEAU_INK, 0.1) }];
}

type Moment = Extract<OverlayEvent, { step: number }>;

function ruleOf(event: Moment, map: StepMap): Unplaced<ChartRule>[] {
  const x = map.xOf(event.step);
  if (x === null) return [];
  if (event.kind === "control") {
    const id = `control-${event.control_id}`;
    const ink = statusInk(event.status);
    if (isMoot(event.status)) return [{ id, x, label: "", ink: faint(ink, 0.4), dash: [2, 3] }];
    return [
      { id, x, label: `▼ ${event.label} ${statusWord(event.status)}`, ink: faint(ink, 0.75), dash: [] },
    ];
  }
  return [{ id: `lr-${event.step}`, x, label: event.label, ink: DRIFT_INK, dash: [] }];
}

/** Rows of labels under the top edge. A label that fits in no row is not drawn; the crosshair still tells it. */
class LabelLanes {
  private readonly taken: { from: number; to: number }[][] = Array.from({ length: LANES }, () => []);
  constructor(private readonly frame: Frame) {}

  place(x: number, label: string): { lane: number; anchor: "start" | "end"; label: string } {
    if (label === "") return { lane: 0, anchor: "start", label };
    const { min, max, width } = this.frame;
    const size = label.length * CHARACTER + PADDING;
    const at = ((x - min) / (max - min || 1)) * width;
    const anchor = at + size > width && at - size >= 0 ? "end" : "start";
    const from = anchor === "start" ? at : at - size;
    const lane = this.taken.findIndex((row) =>
      row.every((other) => other.to <= from || other.from >= from + size),
    );
    if (lane === -1) return { lane: 0, anchor, label: "" };
    this.taken[lane]?.push({ from, to: from + size });
    return { lane, anchor, label };
  }
}
