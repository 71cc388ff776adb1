import { readdirSync } from "node:fs";
import path from "node:path";
import type { Handler } from "./api";

const ROOT = "app/api/v1";
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/** Every handler that a route file below /api/v1 exports, by `METHOD /path`, but for those that catch the rest. */
export async function exportedHandlers(): Promise<Map<string, Handler>> {
  const found = new Map<string, Handler>();
  for (const file of readdirSync(ROOT, { recursive: true, encoding: "utf8" })) {
    if (path.basename(file) !== "route.ts" || file.includes("[...")) continue;
    const exported = new Map<string, Handler>(
      Object.entries(await import(/* @vite-ignore */ path.resolve(ROOT, file))),
    );
    const route = path.dirname(file).replaceAll("[", "{").replaceAll("]", "}");
    for (const method of METHODS) {
      const handler = exported.get(method);
      if (handler) found.set(`${method} /${route}`, handler);
    }
  }
  return found;
}
