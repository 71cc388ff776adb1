import { gunzipText } from "@/lib/client/examples/gunzip";
import {
  createBody,
  ExampleIndex,
  parseRecording,
  type ExampleRun,
  type Recording,
} from "@/lib/client/examples/recording";
import { problemOf, ProblemError } from "@/lib/client/http/problem-error";
import { request, urlPath } from "@/lib/client/http/request";
import type { LogMetricsResponse } from "@/lib/contracts/metrics";
import type { Project } from "@/lib/contracts/projects";
import type { Run, RunPage } from "@/lib/contracts/runs";

/** Points in one request: big enough to be quick, small enough for the progress to move. */
const BATCH = 2000;

export interface LoadProgress {
  done: number;
  total: number;
  /** Unreadable lines so far; they are left out. */
  unreadable: number;
  /** The projects loaded into; their ids are known once their first run is. */
  projects: { id: string; name: string }[];
}

/**
 * Loads the recorded runs through the public API, one after the other. Runs that are there already are left alone.
 * @throws ProblemError when the server refuses something; AbortError when `signal` fires: what is loaded stays.
 */
export async function loadExamples(
  onProgress: (progress: LoadProgress) => void,
  signal: AbortSignal,
): Promise<LoadProgress> {
  const index = ExampleIndex.parse(await (await fetchFile("index.json", signal)).json());
  const complete = new Set<string>();
  const projects = new Map<string, string>();
  for (const project of index.projects) {
    const { id, ended } = await openProject(project, signal);
    projects.set(id, project.name);
    ended.forEach((runId) => complete.add(runId));
  }
  const progress: LoadProgress = {
    done: 0,
    total: index.runs.length,
    unreadable: 0,
    projects: [...projects].map(([id, name]) => ({ id, name })),
  };
  for (const example of index.runs) {
    onProgress({ ...progress });
    if (!complete.has(example.id)) progress.unreadable += await loadRun(example, signal);
    progress.done += 1;
  }
  onProgress({ ...progress });
  return progress;
}

/** The project, made when it is not there, and the ids of its runs that have ended. */
async function openProject(
  project: ExampleIndex["projects"][number],
  signal: AbortSignal,
): Promise<{ id: string; ended: string[] }> {
  const { id } = await createOrGet(project, signal);
  const query = { project: id, tag: "example", limit: 200 };
  const { items } = await request<RunPage>("/runs", { query, signal });
  return { id, ended: items.filter((run) => run.status !== "running").map((run) => run.id) };
}

async function createOrGet(project: ExampleIndex["projects"][number], signal: AbortSignal): Promise<Project> {
  try {
    return await request<Project>("/projects", { method: "POST", body: project, signal });
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== "conflict") throw error;
    return request<Project>(urlPath("projects", project.name), { signal });
  }
}

async function loadRun(example: ExampleRun, signal: AbortSignal): Promise<number> {
  const recording = parseRecording(await gunzipText(await fetchFile(example.file, signal)));
  const body = createBody(example, recording);
  await request<Run>("/runs", { method: "POST", body, signal });
  await sendPoints(example.id, recording, signal);
  if (example.status !== null) {
    const end = { status: example.status, time: recording.points.at(-1)?.time };
    await request<unknown>(urlPath("runs", example.id, "finish"), {
      method: "POST",
      body: end,
      signal,
    });
  }
  return recording.unreadable;
}

async function sendPoints(runId: string, { points }: Recording, signal: AbortSignal): Promise<void> {
  for (let from = 0; from < points.length; from += BATCH) {
    const body = { points: points.slice(from, from + BATCH), batch_id: `example-${from}` };
    await request<LogMetricsResponse>(urlPath("runs", runId, "metrics"), {
      method: "POST",
      body,
      signal,
    });
  }
}

async function fetchFile(name: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(`/examples/${name}`, { signal });
  if (!response.ok) throw await problemOf(response);
  return response;
}
