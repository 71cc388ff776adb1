import type { Overlay } from "@/lib/contracts/overlay";
import { formatLr, formatInteger, formatValue } from "@/lib/presenters/format/number";
import { rateAt } from "./lr-curve";
import type { OverlaySeries } from "./overlay-series";

/** The picture in words: where each metric stands, the LR against its schedule, what the audit says, what is marked. */
export function overlaySummary(overlay: Overlay, series: readonly OverlaySeries[]): string {
  const metrics = series.filter((one) => one.axis === "left").map(metricSentence);
  return [...metrics, lrSentence(overlay), auditSentence(overlay), eventSentence(overlay)]
    .filter(Boolean)
    .join(" ");
}

function metricSentence({ label, logged, stretches }: OverlaySeries): string {
  const last = logged?.points.at(-1);
  if (!logged || !last) return `${label} has no points here.`;
  const diverged = stretches.at(-1);
  if (diverged?.last) return `${label} diverged at step ${formatInteger(diverged.step)}.`;
  const lowest = Math.min(...logged.points.map((point) => point.min ?? Infinity));
  const range = Number.isFinite(lowest) ? `, lowest ${formatValue(lowest)}` : "";
  return `${label} is ${formatValue(last.last)} at step ${formatInteger(last.step)}${range}.`;
}

function lrSentence({ lr }: Overlay): string {
  const last = lr.actual?.points.at(-1);
  if (!last) return lr.declared ? "The declared learning rate is drawn; no actual one was logged." : "";
  const declared = rateAt(lr.declared, last.step);
  const against = declared ? `, declared ${formatLr(declared.lr)}` : "";
  return `The learning rate is ${formatLr(last.last)} at step ${formatInteger(last.step)}${against}.`;
}

function auditSentence({ audit }: Overlay): string {
  if (!["match", "drift", "undecided"].includes(audit.verdict)) return "";
  const follows = audit.verdict === "match" ? "It follows the declared schedule. " : "";
  const said = audit.findings.flatMap((finding) => (finding.code === "match" ? [] : [finding.message]));
  return `${follows}${said.join(" ")}`.trim();
}

function eventSentence({ events }: Overlay): string {
  const plateaus = events.filter((event) => event.kind === "plateau").length;
  const controls = events.filter((event) => event.kind === "control").length;
  const parts = [count(plateaus, "plateau"), count(controls, "control request")].filter(Boolean);
  return parts.length === 0 ? "" : `Marked: ${parts.join(", ")}.`;
}

const count = (n: number, word: string): string => (n === 0 ? "" : `${n} ${word}${n === 1 ? "" : "s"}`);
