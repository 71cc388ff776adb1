import "server-only";
import pino from "pino";
import { env } from "./env";

let instance: pino.Logger | undefined;

/** Structured log: one JSON object a line on standard output. */
export function log(): pino.Logger {
  instance ??= pino({ level: env().logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  return instance;
}
