import "server-only";
import type { MessagePort } from "node:worker_threads";
import { move, transferableSymbol, valueSymbol } from "piscina";
import { own } from "@/lib/domain/own";
import { type Outcome, toFailure } from "./crossing";
import { buffersIn, type Job, type Part, TAKEN, WINDOW } from "./message";
import type { AnyStream, AnyTask } from "./task";
import { workerDb } from "./worker-db";

/** What a worker does with a job: runs the task that it names. An error comes back as plain data. */
export function serveJobs(
  tasks: Readonly<Record<string, AnyTask>>,
  streams: Readonly<Record<string, AnyStream>>,
): (job: Job) => Promise<unknown> {
  const outcomeOf = async ({ name, input, databaseUrl, port }: Job): Promise<Outcome> => {
    try {
      const db = workerDb(databaseUrl);
      if (!port) return { ok: true, value: await named(tasks, name).run(input, db) };
      await send(named(streams, name).chunks(input, db), port);
      return { ok: true, value: null };
    } catch (error) {
      return { ok: false, failure: toFailure(error) };
    } finally {
      port?.close();
    }
  };
  return async (job) => {
    const outcome = await outcomeOf(job);
    const buffers = outcome.ok ? buffersIn(outcome.value) : [];
    return buffers.length === 0 ? outcome : move({ [transferableSymbol]: buffers, [valueSymbol]: outcome });
  };
}

function named<T>(registry: Readonly<Record<string, T>>, name: string): T {
  const found = own(registry, name);
  if (!found) throw new Error(`there is no task ${name}`);
  return found;
}

/** Makes no more than a few parts ahead of who takes them, so that a slow reader costs no memory. */
async function send(chunks: AsyncIterable<unknown>, port: MessagePort): Promise<void> {
  let waiting = 0;
  let taken = () => {};
  port.on("message", (word) => {
    if (word !== TAKEN) return;
    waiting -= 1;
    taken();
  });
  const post = (part: Part) => port.postMessage(part, part ? buffersIn(part.chunk) : []);
  for await (const chunk of chunks) {
    post({ chunk });
    waiting += 1;
    while (waiting >= WINDOW) await new Promise<void>((resolve) => (taken = resolve));
  }
  post(null);
}
