import "server-only";
import type { Ctx } from "../context";
import { JsonBytes } from "../http/wire";
import type { Question, RawAnswer } from "./reading";
import { runTask } from "./run-task";
import type { AnswerOf, InputOf, TaskName } from "./tasks";

/** The tasks that `reading` made. */
type ReadingName = {
  [N in TaskName]: InputOf<N> extends Question<unknown> ? N : never;
}[TaskName];

type Asked<N extends ReadingName> = InputOf<N> extends Question<infer I> ? I : never;
type Body<N extends ReadingName> = AnswerOf<N> extends RawAnswer<infer T> ? T : never;

/** What a service that only reads answers, as JSON, made in a worker. */
export async function runReading<N extends ReadingName>(
  name: N,
  { actor, scopes, requestId, signal }: Ctx,
  input: Asked<N>,
): Promise<JsonBytes<Body<N>>> {
  const question = { who: { actor, scopes, requestId }, input } as InputOf<N>;
  const { json } = await runTask(name, question, { signal });
  return new JsonBytes(json);
}
