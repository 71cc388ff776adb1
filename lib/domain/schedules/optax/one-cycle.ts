import { number, optional, readArguments, required } from "@/lib/domain/schedules/shared/arguments";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { divide } from "@/lib/domain/schedules/shared/python-math";
import { interpolate, type Scales } from "./piecewise";
import type { OptaxConstructor } from "./schedule";

const PARAMETERS = {
  transition_steps: required(number),
  peak_value: required(number),
  pct_start: optional(number, 0.3),
  div_factor: optional(number, 25),
  final_div_factor: optional(number, 1e4),
};

/** Half cosines peak/div → peak at trunc(pct_start·N) → peak/(div·final) at N; where the two steps coincide N wins. */
export const cosineOneCycleSchedule: OptaxConstructor = (kwargs, path) => {
  const args = readArguments(kwargs, path, PARAMETERS);
  const { transition_steps: length, peak_value, div_factor, final_div_factor } = args;
  checkLength("cosine", length);
  const scales: Scales = new Map([
    [Math.trunc(args.pct_start * length), div_factor],
    [Math.trunc(length), divide(1, div_factor * final_div_factor)],
  ]);
  return interpolate("cosine", divide(peak_value, div_factor), scales);
};

/** Lines peak/div → peak at trunc(pct_start·N) → peak/div at trunc(pct_final·N) → peak/(div·final) at N. */
export const linearOneCycleSchedule: OptaxConstructor = (kwargs, path) => {
  const args = readArguments(kwargs, path, { ...PARAMETERS, pct_final: optional(number, 0.85) });
  const { transition_steps: length, peak_value, div_factor, final_div_factor } = args;
  checkLength("linear", length);
  const scales: Scales = new Map([
    [Math.trunc(args.pct_start * length), div_factor],
    [Math.trunc(args.pct_final * length), divide(1, div_factor)],
    [length, divide(1, final_div_factor)],
  ]);
  return interpolate("linear", divide(peak_value, div_factor), scales);
};

function checkLength(kind: string, length: number): void {
  if (length > 0) return;
  const message = `A ${kind} onecycle schedule was set with a non-positive \`transition_steps\``;
  throw new PythonError("ValueError", message);
}
