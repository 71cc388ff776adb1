import { toWire } from "@/lib/contracts/wire-number";
import type { Value } from "@/lib/domain/query/evaluate";
import type { Field } from "@/lib/domain/query/fields";
import { csvText } from "@/lib/presenters/format/csv";
import { formatDuration } from "@/lib/presenters/format/duration";
import { formatLr, formatValue, NO_VALUE } from "@/lib/presenters/format/number";
import type { RunColumn } from "@/lib/presenters/runs/columns";
import type { GroupMean } from "@/lib/presenters/runs/run-groups";
import type { RunRow } from "@/lib/presenters/runs/run-row";
import { wordOf } from "@/lib/presenters/runs/verdict-words";

/** A field's value as the table shows it. */
export function cellText(field: Field, value: Value): string {
  if (value === null) return NO_VALUE;
  if (typeof value === "number") return numberText(field, value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value === "" ? NO_VALUE : wordOf(field, value);
  return value.length === 0 ? NO_VALUE : value.join(", ");
}

function numberText(field: Field, value: number): string {
  if (field.kind === "named") {
    if (field.name === "lr") return formatLr(toWire(value));
    if (field.name === "duration" || field.name === "silent") return formatDuration(value);
    return String(value);
  }
  if (field.kind === "metric") return formatValue(toWire(value));
  return Number.isInteger(value) ? String(value) : formatLr(value);
}

/** `0.0812 ± 0.0031`; without an interval only the mean. */
export const meanText = ({ mean, half }: GroupMean): string =>
  half === null ? formatValue(mean) : `${formatValue(mean)} ± ${spread(half)}`;

/** Two digits say how wide an interval is. */
const spread = (half: number): string => {
  const short = Number(half.toPrecision(2));
  return short !== 0 && Math.abs(short) < 1e-4 ? short.toExponential(1) : String(short);
};

const DATES: ReadonlySet<string> = new Set(["created", "started", "ended"]);

/** The chosen runs with the columns on the screen, as CSV with every digit; first the id. */
export function runsCsv(columns: readonly RunColumn[], rows: readonly RunRow[]): string {
  const fields = columns.flatMap(({ id, content }) =>
    content.kind === "field" ? [{ head: headOf(id, content.field), field: content.field }] : [],
  );
  const head = ["id", ...fields.map(({ head: name }) => name)];
  const lines = rows.map((row) => [row.id, ...fields.map(({ field }) => exact(field, row.read(field)))]);
  return csvText([head, ...lines]);
}

/** The best or last value of which metric is the page's to know, not the file's. */
const headOf = (id: string, field: Field): string =>
  field.kind === "metric" && !id.includes(field.key) ? `${id} ${field.key}` : id;

function exact(field: Field, value: Value): string {
  if (value === null) return "";
  if (typeof value === "object") return value.join(" ");
  const isDate = field.kind === "named" && DATES.has(field.name);
  return isDate && typeof value === "number" ? new Date(value).toISOString() : String(value);
}
