import type { Overlay } from "@/lib/contracts/overlay";
import type { XAxis } from "@/lib/contracts/metrics";
import { formatDuration } from "@/lib/presenters/format/duration";
import { formatInstant } from "@/lib/presenters/format/relative-time";
import { formatInteger, plural } from "@/lib/presenters/format/number";
import type { HoverCard, HoverRow } from "./chart-model";
import { rateAt } from "./lr-curve";
import type { OverlaySeries } from "./overlay-series";
import { fourDigits, ratioText } from "./readout";
import type { Sample, Samples } from "./samples";
import { statusWord } from "./inks";
import { xTitle } from "./x-axis";

export interface HoverSource {
  readonly overlay: Overlay;
  readonly series: readonly OverlaySeries[];
  readonly samples: ReadonlyMap<string, Samples>;
}

/** Everything at a step: each metric's nearest real sample, the LR as it was, as declared and as it should have been. */
export function hoverCard({ overlay, series, samples }: HoverSource, step: number, x: number): HoverCard {
  const rows: HoverRow[] = [];
  const dots: { axis: "left" | "right"; x: number; y: number; ink: OverlaySeries["ink"] }[] = [];
  for (const one of series) {
    const base = { series: one.id, label: one.label, ink: one.ink, dash: one.dash };
    const sample = samples.get(one.id)?.nearest(step);
    if (sample) {
      const elsewhere = sample.step === step ? null : `step ${formatInteger(sample.step)}`;
      const value = one.axis === "right" ? rateText(sample.value) : sample.text;
      rows.push({ ...base, value, beside: besideOf(overlay, one, sample), note: elsewhere ?? sample.bucket });
      if (Number.isFinite(sample.value))
        dots.push({ axis: one.axis, x: sample.x, y: sample.value, ink: one.ink });
      continue;
    }
    const rate = scheduledAt(overlay, one.id, step);
    if (!rate) continue;
    rows.push({ ...base, value: `${rate.exact ? "" : "≈ "}${formatExact(rate.lr)}`, note: null });
    dots.push({ axis: one.axis, x, y: rate.lr, ink: one.ink });
  }
  return { x, title: hoverTitle(overlay.x, step, x), rows, dots, notes: notesAt(overlay, step) };
}

/** What the drawn line shows at a sample where it is not the value itself, and what a rate is of the declared one. */
function besideOf(
  overlay: Overlay,
  { id, smoothed }: OverlaySeries,
  { step, x, value }: Sample,
): string | null {
  if (id === "actual") return ratioText(value, rateAt(overlay.lr.declared, step)?.lr);
  const drawn = smoothed?.find((point) => point.x === x && point.y !== null)?.y;
  return drawn === undefined || drawn === null ? null : `smoothed ${fourDigits(drawn)}`;
}

/** Twelve digits: beyond them floating-point evaluation is noise. */
const formatExact = (lr: number): string => rateText(Number(lr.toPrecision(12)));

/** Every digit, a small rate with its exponent: `1.83919490675e-5`. */
const rateText = (lr: number): string => (lr > 0 && lr < 1e-3 ? lr.toExponential() : String(lr));

function scheduledAt({ lr }: Overlay, id: string, step: number) {
  const [which = "", group = "0"] = id.split("-");
  return rateAt(
    which === "effective" ? lr.effective : which === "declared" ? lr.declared : null,
    step,
    Number(group),
  );
}

export function hoverTitle(kind: XAxis, step: number, x: number): string {
  const title = `step ${formatInteger(step)}`;
  switch (kind) {
    case "step":
      return title;
    case "epoch":
      return `${title} · epoch ${Number(x.toFixed(3))}`;
    case "relative":
      return `${title} · ${formatDuration(x)}`;
    case "time":
      return `${title} · ${formatInstant(new Date(x * 1000).toISOString())}`;
    case "lr_sum":
      return `${title} · LR sum ${Number(x.toPrecision(4))}`;
    case "samples":
      return `${title} · ${formatInteger(x)} samples`;
    default:
      return `${title} · ${xTitle(kind)} ${Number(x.toPrecision(6))}`;
  }
}

type Plateau = Extract<Overlay["events"][number], { kind: "plateau" }>;

/** `val/loss flat since 699, 110 checks`. */
function flatSince({ metric, from_step: from, checks, message }: Plateau): string {
  return checks === null
    ? message
    : `${metric} flat since ${formatInteger(from)}, ${plural(checks, "check")}`;
}

/** What is marked on the chart where the crosshair stands, within half a percent of the window. */
function notesAt({ events, drift, from, to }: Overlay, step: number): string[] {
  const near = Math.max(0, (to - from) / 200);
  const notes = events.flatMap((event) => {
    if (event.kind === "plateau") {
      return step >= event.from_step && step <= event.to_step ? [flatSince(event)] : [];
    }
    if (Math.abs(event.step - step) > near) return [];
    return event.kind === "control"
      ? [`${event.label} ${statusWord(event.status)} at step ${formatInteger(event.step)}: ${event.message}`]
      : [`LR at step ${formatInteger(event.step)}: ${event.label}`];
  });
  const apart = drift.find((span) => step >= span.from_step && step <= span.to_step);
  if (!apart) return notes;
  const share = apart.max_relative_error * 100;
  const size = share >= 1000 ? "more than tenfold" : `up to ${Number(share.toPrecision(2))} %`;
  return [
    ...notes,
    `LR drift, ${size}, steps ${formatInteger(apart.from_step)} to ${formatInteger(apart.to_step)}`,
  ];
}
