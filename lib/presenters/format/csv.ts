import { disarm } from "@/lib/domain/imports/formula";

/** Every file of comma-separated values that the browser writes: RFC 4180, safe to open in a spreadsheet. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";

/** Quoted where it must be. A number keeps its sign; any other text that a spreadsheet would run is disarmed. */
function cell(text: string): string {
  const plain = isNumber(text) ? text : disarm(text);
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

const isNumber = (text: string): boolean => /\S$/.test(text) && !Number.isNaN(Number(text));
