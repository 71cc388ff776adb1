/** Code that logs a first run, ready to paste: nothing to install, nothing to fill in. */
export interface Snippet {
  id: "python" | "curl";
  label: string;
  code: string;
}

/** @param origin of this server, `http://127.0.0.1:3000` */
export function firstRunSnippets(origin: string, project: string): Snippet[] {
  return [
    { id: "python", label: "Python", code: python(origin, project) },
    { id: "curl", label: "curl", code: curl(origin, project) },
  ];
}

const python = (origin: string, project: string): string => `import json, math, random, urllib.request

API = "${origin}/api/v1"

def post(path, body):
    data = json.dumps(body).encode()
    headers = {"content-type": "application/json"}
    request = urllib.request.Request(API + path, data, headers)
    return json.load(urllib.request.urlopen(request))

steps, peak = 200, 0.1
run = post("/runs", {
    "project": ${JSON.stringify(project)}, "name": "first-run", "total_steps": steps,
    "schedule": {"kind": "cosine", "peak": peak, "floor": 0.0, "steps": steps},
})
for step in range(steps):
    lr = peak * (1 + math.cos(math.pi * step / steps)) / 2     # your optimizer's
    loss = 2.3 * math.exp(-step / 60) + 0.1 * random.random()  # your model's
    point = {"step": step, "metrics": {"train/loss": loss, "lr": lr}}
    post(f"/runs/{run['id']}/metrics", {"points": [point]})
post(f"/runs/{run['id']}/finish", {"status": "finished"})`;

const curl = (origin: string, project: string): string => `curl -X POST ${origin}/api/v1/runs \\
  -H 'content-type: application/json' \\
  -d '${shellQuoted({ project, id: "first-run", schedule: { kind: "step", peak: 0.1, step_size: 100, gamma: 0.1 } })}'

curl -X POST ${origin}/api/v1/runs/first-run/metrics \\
  -H 'content-type: application/json' \\
  -d '{"points":[{"step":0,"metrics":{"train/loss":2.31,"lr":0.1}},
                 {"step":100,"metrics":{"train/loss":0.87,"lr":0.01}}]}'`;

/** JSON to stand between single quotes in a shell. */
const shellQuoted = (body: object): string => JSON.stringify(body).replaceAll("'", `'\\''`);
