import "server-only";
import { disarm } from "@/lib/domain/imports/formula";

/** A line of CSV (RFC 4180). null is an empty cell. Text is quoted, and shown by spreadsheets instead of run. */
export const csvLine = (cells: readonly (string | number | null)[]): string => `${csvCells(cells)}\r\n`;

/** A part of a line. */
export const csvCells = (cells: readonly (string | number | null)[]): string => cells.map(cellText).join(",");

function cellText(cell: string | number | null): string {
  if (cell === null) return "";
  return typeof cell === "number" ? String(cell) : `"${disarm(cell).replaceAll('"', '""')}"`;
}
