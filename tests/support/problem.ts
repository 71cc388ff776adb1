import { expect } from "vitest";
import { Problem } from "@/lib/contracts/problem";

/** An error answer held to RFC 9457 and to our own contract. */
export async function parseProblem(response: Response): Promise<Problem> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const problem = Problem.parse(await response.json());
  expect(problem.status).toBe(response.status);
  expect(response.headers.get("x-request-id")).toBe(problem.request_id);
  return problem;
}

/** The paths of the fields that were refused. */
export const refusedFields = ({ problem }: { problem: Problem | null }): string[] =>
  (problem?.invalid_params ?? []).map(({ name }) => name);
