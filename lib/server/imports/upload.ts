import "server-only";
import { createHash } from "node:crypto";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { MAX_IMPORT_BYTES, MAX_IMPORT_FILES } from "@/lib/contracts/imports";
import { invalid, ServiceError } from "../errors";
import { tooLarge } from "../http/wire";
import { boundaryOf, partsOf } from "./multipart";

const MAX_FIELD_BYTES = 1024 * 1024;
const LONGEST_PATH = 1000;

/** A file that somebody sent, on disk under a name of ours. */
export interface SpooledFile {
  /** As the client calls it, folders included. */
  path: string;
  at: string;
  bytes: number;
  sha256: string;
}

export interface Upload {
  fields: Record<string, string>;
  files: SpooledFile[];
}

/**
 * Puts what is sent on disk, a chunk at a time, hands it over, and removes it whatever happens.
 * @throws ServiceError unsupported_media_type, payload_too_large, bad_request
 */
export async function withUpload<T>(request: Request, work: (upload: Upload) => Promise<T>): Promise<T> {
  const type = request.headers.get("content-type") ?? "";
  const kind = type.split(";")[0]?.trim().toLowerCase() ?? "";
  if (kind !== "multipart/form-data" && kind !== "application/x-ndjson") {
    throw new ServiceError(
      "unsupported_media_type",
      `the content type is ${kind || "missing"}; send multipart/form-data or application/x-ndjson`,
    );
  }
  if (Number(request.headers.get("content-length") ?? 0) > MAX_IMPORT_BYTES) throw tooLarge(MAX_IMPORT_BYTES);
  const folder = await mkdtemp(path.join(tmpdir(), "lrscope-import-"));
  try {
    const source = limited(request.body);
    return await work(
      kind === "multipart/form-data"
        ? await spoolForm(source, boundaryOf(type), folder)
        : { fields: {}, files: [await spool(source, "import.jsonl", path.join(folder, "0"))] },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* limited(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (!reader) return;
  try {
    for (let size = 0; ;) {
      const { done, value } = await reader.read().catch(() => {
        throw new ServiceError("bad_request", "the request was cut off");
      });
      if (done) return;
      size += value.byteLength;
      if (size > MAX_IMPORT_BYTES) throw tooLarge(MAX_IMPORT_BYTES);
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function spoolForm(
  source: AsyncIterable<Uint8Array>,
  boundary: string,
  folder: string,
): Promise<Upload> {
  const fields = new Map<string, string>();
  const files: SpooledFile[] = [];
  for await (const { name, filename, body } of partsOf(source, boundary)) {
    if (filename === undefined) {
      if (fields.has(name)) throw invalid(name, "given twice");
      fields.set(name, await readField(name, body));
      continue;
    }
    if (files.length === MAX_IMPORT_FILES) {
      throw new ServiceError("payload_too_large", `at most ${MAX_IMPORT_FILES} files in one request`);
    }
    const file = await spool(body, plainPath(filename), path.join(folder, String(files.length)));
    // A form whose file input was left empty has a nameless file of nothing.
    if (filename !== "" || file.bytes > 0) files.push(file);
  }
  return { fields: Object.fromEntries(fields), files };
}

async function readField(name: string, body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_FIELD_BYTES) throw invalid(name, `longer than ${MAX_FIELD_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function spool(source: AsyncIterable<Uint8Array>, name: string, at: string): Promise<SpooledFile> {
  const hash = createHash("sha256");
  const file = await open(at, "wx");
  let bytes = 0;
  try {
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      await file.write(chunk);
    }
  } finally {
    await file.close();
  }
  return { path: name, at, bytes, sha256: hash.digest("hex") };
}

/** For showing and naming only: no control characters, no way up or to the root. */
function plainPath(filename: string): string {
  const parts = filename.replace(/\p{C}/gu, "").split(/[\\/]+/);
  const plain = parts.filter((part) => part !== "" && part !== "." && part !== "..").join("/");
  return plain.slice(-LONGEST_PATH) || "file";
}
