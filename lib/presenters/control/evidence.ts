import type { JsonObject } from "@/lib/contracts/common";
import { formatValue } from "@/lib/presenters/format/number";

export interface EvidenceRow {
  name: string;
  value: string;
}

/** What a detector saw, as name and value: whatever it reported that is a number, a word or a list of them. */
export function evidenceRows(evidence: JsonObject): EvidenceRow[] {
  return Object.entries(evidence).flatMap(([name, value]) => {
    const text = valueText(value);
    return text === null ? [] : [{ name: name.replaceAll("_", " "), value: text }];
  });
}

function valueText(value: JsonObject[string]): string | null {
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : formatValue(value);
  if (typeof value === "string" || typeof value === "boolean") return String(value);
  if (!Array.isArray(value)) return null;
  const parts = value.map(valueText);
  return parts.includes(null) ? null : parts.join(", ");
}
