import "server-only";
import type { ImportFormat, ImportMapping, ImportMappings } from "@/lib/contracts/imports";
import { own } from "@/lib/domain/own";
import { ServiceError } from "../errors";
import { csvRows } from "./csv-file";
import { openEventFiles } from "./event-files";
import { openJsonl, openTrainerState } from "./json-files";
import { runsOfLoose } from "./loose-events";
import { recognise } from "./recognise";
import type { Source } from "./source";
import { openTable } from "./table";
import type { SpooledFile } from "./upload";

/** Files that will be one run together. */
export interface ReadableGroup {
  files: readonly SpooledFile[];
  format: ImportFormat;
  said: ImportMapping;
  /** What is to be said of a file besides, by where it lies. */
  notes?: ReadonlyMap<string, string>;
}

/** The same, or one that will be none. */
export type Group = ReadableGroup | { files: readonly SpooledFile[]; format: null; reason: string };

interface Sent {
  files: readonly SpooledFile[];
  mappings: ImportMappings;
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/**
 * A run for each file, but for event files: those of one folder are one, as in TensorBoard, and of those without a folder
 * the ones that go on with each other.
 */
export async function groupFiles({ files, mappings }: Sent): Promise<Group[]> {
  const groups: Group[] = [];
  const folders = new Map<string, SpooledFile[]>();
  const loose: SpooledFile[] = [];
  const saidOf = ({ path }: SpooledFile) => own(mappings, path) ?? mappings["*"] ?? {};
  for (const file of files) {
    const said = saidOf(file);
    const recognised = await recognise(file);
    if (recognised.format === null) groups.push({ files: [file], format: null, reason: recognised.reason });
    else if (recognised.format !== "tfevents")
      groups.push({ files: [file], format: recognised.format, said });
    else if (folderOf(file.path) === "") loose.push(file);
    else {
      const folder = folders.get(folderOf(file.path));
      if (folder) folder.push(file);
      else {
        const together = [file];
        folders.set(folderOf(file.path), together);
        groups.push({ files: together, format: "tfevents", said });
      }
    }
  }
  const runs = await runsOfLoose(loose);
  return [
    ...groups,
    ...runs.map(({ files: [first, ...more], notes }): Group => {
      if (!first) throw new Error("a run has files");
      return { files: [first, ...more], format: "tfevents", said: saidOf(first), notes };
    }),
  ];
}

/** @throws ServiceError invalid_parameters when the file is not what it begins as, or a column is missing */
export async function openSource(
  files: readonly SpooledFile[],
  format: ImportFormat,
  said: ImportMapping,
): Promise<Source> {
  const [file] = files;
  if (!file) throw new Error("a source has files");
  if (format === "tfevents") return openEventFiles(files);
  if (format === "trainer_state") return openTrainerState(file, said);
  if (format === "jsonl") return openJsonl(file, said);
  const source = await openTable(file, format, await csvRows(file.at), said);
  const names = new Set(source.columns.map(({ name }) => name));
  const { step, epoch, time, lr, metrics = [] } = said;
  const missing = [step, epoch, time, lr, ...metrics].find((name) => name && !names.has(name));
  if (missing) throw new ServiceError("invalid_parameters", `there is no column ${missing}`);
  return source;
}

const LONGEST_NAME = 250;
/** File names that every run's file has: the folder tells more. */
const EVERYBODYS =
  /^(metrics|summary|results|trainer_state|training_log|log|events\.out\.tfevents\..*)(\.[a-z]+)?$/i;

/** A run's name after its file: `runs/a/metrics.csv` is `runs/a`, `cosine-s1.csv` is `cosine-s1`. */
export function nameAfter(path: string): string {
  const folder = folderOf(path);
  const base = path.slice(folder === "" ? 0 : folder.length + 1);
  const stem = base.replace(/\.(csv|tsv|txt|jsonl|ndjson|json|log)$/i, "");
  const name = EVERYBODYS.test(base) && folder !== "" ? folder : stem;
  return name.slice(-LONGEST_NAME).trim() || "imported";
}
