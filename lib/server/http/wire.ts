import "server-only";
import { ServiceError } from "../errors";

/** What a route needs of a request, whichever server took it. */
export interface WireRequest {
  url: string;
  headers: { get(name: string): string | null };
  signal: AbortSignal;
  /** The body's bytes. @throws ServiceError payload_too_large beyond `maxBytes` */
  read(maxBytes: number): Promise<Uint8Array>;
}

/** An answer that is not a stream. */
export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer> | null;
}

/** A body that is JSON already: whoever made `T` wrote it, so that the process need not. */
export class JsonBytes<T> {
  /** Only tells the types apart. */
  declare readonly of: T;

  constructor(readonly bytes: Uint8Array<ArrayBuffer>) {}
}

export const tooLarge = (maxBytes: number): ServiceError =>
  new ServiceError("payload_too_large", `the body is larger than ${maxBytes} bytes`);

/** The connection ended before the body did. */
export const cutOff = (): ServiceError => new ServiceError("bad_request", "the request was cut off");

export const jsonAnswer = (status: number, body: unknown, headers: Record<string, string>): WireAnswer => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});

/** What was written, for who needs it as data. */
export const readJson = <T>({ bytes }: JsonBytes<T>): T => JSON.parse(new TextDecoder().decode(bytes)) as T;

/** Whoever wrote the bytes has checked them. */
export const bytesAnswer = (
  status: number,
  { bytes }: JsonBytes<unknown>,
  headers: Record<string, string>,
): WireAnswer => ({ status, headers: { "content-type": "application/json", ...headers }, body: bytes });

export function fromWeb(request: Request): WireRequest {
  const { url, headers, signal } = request;
  return { url, headers, signal, read: (maxBytes) => readStream(request, maxBytes) };
}

export function toWeb(answer: WireAnswer | Response): Response {
  if (answer instanceof Response) return answer;
  return new Response(answer.body, { status: answer.status, headers: answer.headers });
}

async function readStream(request: Request, maxBytes: number): Promise<Uint8Array> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > maxBytes) throw tooLarge(maxBytes);
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  const next = () =>
    reader.read().catch(() => {
      throw cutOff();
    });
  for (let part = await next(); !part.done; part = await next()) {
    size += part.value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw tooLarge(maxBytes);
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}
