import "server-only";
import http from "node:http";
import https from "node:https";
import { VERSION } from "../version";
import { pinnedTo, resolveAllowed } from "./guard";
import { asUndeliverable, Undeliverable } from "./undeliverable";

const TIMEOUT_MS = 10_000;
/** What is read of an answer. */
const ANSWER_BYTES = 4096;
const QUOTED = 200;
/** Refusals that pass: too early, too many, timed out. */
const PASSING = new Set([408, 425, 429]);

/**
 * Posts JSON, to a checked address and nowhere else: redirects are not followed. Resolves with what was answered.
 * @throws Undeliverable
 */
export async function post(address: string, body: string, headers: Record<string, string>): Promise<string> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const url = new URL(address);
    const addresses = await resolveAllowed(url.hostname, signal);
    const { status, text } = await exchange(url, body, {
      agent: false,
      method: "POST",
      lookup: pinnedTo(addresses),
      signal,
      headers: {
        ...headers,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "user-agent": `lrscope/${VERSION}`,
      },
    });
    return judge(status, text);
  } catch (error) {
    throw asUndeliverable(error, signal.aborted);
  }
}

function judge(status: number, text: string): string {
  const quoted = text.replace(/\s+/g, " ").trim().slice(0, QUOTED);
  const said = `answered ${status}${quoted === "" ? "" : `: ${quoted}`}`;
  if (status >= 200 && status < 300) return said;
  if (status >= 300 && status < 400)
    throw new Undeliverable(`answered ${status}, a redirect, and those are not followed`, { again: false });
  throw new Undeliverable(said, { again: status >= 500 || PASSING.has(status) });
}

/** The status and the beginning of the body; the rest is not waited for. */
function exchange(
  url: URL,
  body: string,
  options: https.RequestOptions,
): Promise<{ status: number; text: string }> {
  const { request } = url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const end = () => {
        const text = Buffer.concat(chunks).subarray(0, ANSWER_BYTES).toString("utf8");
        resolve({ status: response.statusCode ?? 0, text });
        response.destroy();
      };
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size >= ANSWER_BYTES) end();
      });
      response.on("end", end);
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
