import "server-only";
import type { TaskDb } from "../work/task";
import { projectText } from "./project-text";
import { type ExportInput, runText } from "./run-text";

/** Small pieces are sent together. */
const PART_CHARACTERS = 64 * 1024;

/** Text as parts of bytes that can be handed from a worker to the server without a copy. */
export async function* textParts(text: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let waiting = "";
  for await (const piece of text) {
    waiting += piece;
    if (waiting.length < PART_CHARACTERS) continue;
    yield encoder.encode(waiting);
    waiting = "";
  }
  if (waiting !== "") yield encoder.encode(waiting);
}

export async function* runParts(run: ExportInput, db: TaskDb): AsyncGenerator<Uint8Array> {
  yield* textParts(runText(await db.store(), run));
}

export async function* projectParts(projectId: string, db: TaskDb): AsyncGenerator<Uint8Array> {
  yield* textParts(projectText(await db.reader(), await db.store(), projectId));
}
