import { problemOf, unreachable } from "@/lib/client/http/problem-error";
import type { ImportMapping, ImportResponse } from "@/lib/contracts/imports";
import type { ChosenFile } from "./collect-files";

interface Options {
  project: string;
  mapping: ImportMapping;
  dryRun: boolean;
}

/** Sends the files of one run. @throws ProblemError */
export async function sendImport(files: readonly ChosenFile[], options: Options): Promise<ImportResponse> {
  const form = new FormData();
  // Fields first: a server may want to know them before the files come.
  if (options.project.trim() !== "") form.set("project", options.project.trim());
  if (options.dryRun) form.set("dry_run", "1");
  form.set("mapping", JSON.stringify({ "*": options.mapping }));
  for (const { path, file } of files) form.append("file", file, path);
  let response: Response;
  try {
    response = await fetch("/api/v1/imports", { method: "POST", body: form });
  } catch {
    throw unreachable();
  }
  if (!response.ok) throw await problemOf(response);
  return response.json() as Promise<ImportResponse>;
}
