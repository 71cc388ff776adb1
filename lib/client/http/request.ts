import { problemOf, unreachable } from "@/lib/client/http/problem-error";

type QueryValue = string | number | undefined;

interface RequestOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  query?: Readonly<Record<string, QueryValue>>;
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * Calls the public API and takes its answer for what the contract says of this call. Nothing checks it here: the page
 * comes from the server that answers, whose tests parse every answer with the contract's schema, and the schemas with
 * their library would be a sixth of what a page loads. `path` begins after `/api/v1`, its parts encoded by the caller
 * (`urlPath`).
 * @throws ProblemError for every status outside 2xx and when nothing answers; AbortError when `signal` fires.
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const { method = "GET", query, body, signal } = options;
  const response = await send(`/api/v1${path}${queryString(query)}`, {
    method,
    signal,
    headers: body === undefined ? undefined : { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw await problemOf(response);
  return response.json() as Promise<T>;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw unreachable();
  }
}

/** `?a=1&b=2`, without what is undefined; empty when nothing is left. */
export function queryString(query: Readonly<Record<string, QueryValue>> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}

/** A path from parts, each encoded: `urlPath("runs", id)` is `/runs/<id>`. */
export function urlPath(...parts: string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join("");
}
