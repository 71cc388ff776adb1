import "server-only";
import { type EventPart, joinParts } from "@/lib/domain/imports/join-parts";
import { eventsOf } from "./event-files";
import type { SpooledFile } from "./upload";

interface Part extends EventPart {
  file: SpooledFile;
}

export interface LooseRun {
  files: SpooledFile[];
  /** What the preview says of each file's place, by where the file lies. */
  notes: ReadonlyMap<string, string>;
}

const ALONE =
  "came without its folder and does not go on where another one ends, so it is a run of its own. Choose the folder to make its files one run";

/** Event files that came without a folder, as the runs that they are parts of. */
export async function runsOfLoose(files: readonly SpooledFile[]): Promise<LooseRun[]> {
  if (files.length < 2) return files.map((file) => ({ files: [file], notes: new Map() }));
  const parts: Part[] = [];
  for (const file of files) parts.push(await partOf(file));
  return joinParts(parts).map(([first, ...more]) => {
    const notes = new Map(more.map((part) => [part.file.at, goesOnText(part, first)]));
    if (first && more.length === 0 && first.tags.size > 0) notes.set(first.file.at, ALONE);
    return { files: [...(first ? [first] : []), ...more].map(({ file }) => file), notes };
  });
}

const goesOnText = ({ firstStep }: Part, first: Part | undefined): string =>
  `goes on with ${first?.path ?? ""} at step ${firstStep}, so they are one run`;

async function partOf(file: SpooledFile): Promise<Part> {
  const tags = new Set<string>();
  const part: Part = {
    ...{ file, path: file.path, tags, resumedAt: 0 },
    ...{ firstStep: Infinity, lastStep: 0, firstTime: Infinity, lastTime: 0 },
  };
  for await (const { event } of eventsOf([file], new Map())) {
    if (event.isStart) part.resumedAt = Math.max(part.resumedAt, event.step);
    const scalars = event.values.filter(({ value }) => value !== null);
    if (scalars.length === 0) continue;
    for (const { tag } of scalars) tags.add(tag);
    part.firstStep = Math.min(part.firstStep, event.step);
    part.lastStep = Math.max(part.lastStep, event.step);
    part.firstTime = Math.min(part.firstTime, event.time);
    part.lastTime = Math.max(part.lastTime, event.time);
  }
  return part;
}
