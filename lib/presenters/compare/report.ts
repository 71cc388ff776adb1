import type { CompareResponse, CurvesResponse } from "@/lib/contracts/compare";
import { defaultLeftScale } from "@/lib/presenters/charts/view";
import { escapeHtml } from "./escape-html";
import { type ReportTable, reportTables } from "./report-tables";
import { reportColors, svgCurves } from "./svg-curves";
import { svgIntervals } from "./svg-intervals";

export interface ReportInput {
  readonly title: string;
  readonly notes: string;
  /** Address of the comparison, to open it again. */
  readonly url: string;
  /** `2026-11-23 21:04:05 UTC`. */
  readonly made: string;
  readonly answer: CompareResponse;
  readonly curves: CurvesResponse;
}

const METHOD =
  "Figures are of the observations as logged. Intervals of means are Student's t, of differences Welch's, or Student's t over pairs of runs with the same seed. p is of an exact permutation test (drawn where there are too many arrangements). Several pairs are corrected together by Westfall and Young's step-down max-T over permuted residuals, whose p can be smaller than that of a pair alone, or by Holm's method where that cannot be had.";

/** A comparison as Markdown, for an issue or a notebook. */
export function markdownReport({ title, notes, url, made, answer }: ReportInput): string {
  const { verdict } = answer;
  return [
    `# ${line(title)}`,
    `**${line(verdict.text)}**`,
    ...(verdict.also ? [line(verdict.also)] : []),
    ...(notes.trim() === "" ? [] : [notes.trim()]),
    ...answer.notes.map((note) => `- ${line(note)}`),
    ...reportTables(answer).map(markdownTable),
    METHOD,
    `Made ${made} from <${url}>.`,
  ]
    .join("\n\n")
    .concat("\n");
}

/** Names must not end a line, nor a cell, nor begin a tag. */
const line = (text: string): string => text.replace(/\s+/g, " ").replace(/[|<\\`*_[\]]/g, "\\$&");

function markdownTable({ title, head, rows }: ReportTable): string {
  const row = (cells: readonly string[]) => `| ${cells.map(line).join(" | ")} |`;
  const rule = `|${head.map(() => " --- ").join("|")}|`;
  return [`## ${title}`, "", row(head), rule, ...rows.map(row)].join("\n");
}

const STYLE = `body{font:14px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1d24}
h1{font-size:1.4rem}h2{font-size:1rem;margin-top:2rem}table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums}
th,td{border-bottom:1px solid #ddd;padding:.25rem .6rem;text-align:left;white-space:nowrap}th{color:#555;font-weight:500}
.scroll{overflow-x:auto}.verdict{font-size:1.1rem;font-weight:600}svg{width:100%;height:auto}small{color:#555}
.legend span{margin-right:1rem;white-space:nowrap}.legend i{display:inline-block;width:1.2rem;height:.2rem;margin-right:.35rem;vertical-align:middle}
@media print{body{margin:0;max-width:none}}`;

/** The same as one HTML file with pictures: it needs nothing else, and runs nothing. */
export function htmlReport({ title, notes, url, made, answer, curves }: ReportInput): string {
  const { verdict, groups } = answer;
  const inks = reportColors(groups);
  const [set] = curves.sets;
  const pictures = [
    ...(set ? [svgCurves(set, inks, { scale: defaultLeftScale([answer.metric]) })] : []),
    ...(curves.lr ? [svgCurves(curves.lr, inks, { scale: "linear", kind: "lr" })] : []),
  ];
  const legend = groups.map(
    ({ key, label }) => `<span><i style="background:${inks.get(key)}"></i>${escapeHtml(label)}</span>`,
  );
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>`,
    `<h1>${escapeHtml(title)}</h1><p class="verdict">${escapeHtml(verdict.text)}</p>`,
    verdict.also ? `<p>${escapeHtml(verdict.also)}</p>` : "",
    notes.trim() === "" ? "" : `<p style="white-space:pre-wrap">${escapeHtml(notes.trim())}</p>`,
    answer.notes.length === 0
      ? ""
      : `<ul>${answer.notes.map((note) => `<li>${escapeHtml(note)}</li>`).join("")}</ul>`,
    `<p class="legend">${legend.join("")}</p>`,
    ...pictures,
    svgIntervals(answer, inks),
    ...reportTables(answer).map(htmlTable),
    `<p><small>${escapeHtml(METHOD)}</small></p><p><small>Made ${escapeHtml(made)} from ${escapeHtml(url)}.</small></p></body></html>`,
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function htmlTable({ title, head, rows }: ReportTable): string {
  const cells = (row: readonly string[], tag: "th" | "td") =>
    row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join("");
  const body = rows.map((row) => `<tr>${cells(row, "td")}</tr>`).join("");
  return `<h2>${escapeHtml(title)}</h2><div class="scroll"><table><thead><tr>${cells(head, "th")}</tr></thead><tbody>${body}</tbody></table></div>`;
}
