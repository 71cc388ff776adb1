/** Code that logs a first run, ready to paste: nothing to fill in. */
export interface Snippet {
  id: "python" | "torch" | "curl";
  label: string;
  /** What to run in a shell first. */
  install?: string;
  code: string;
}

/** The Python client that the server offers, below `/clients`. */
export const CLIENT_WHEEL = "lrscope-0.1.0-py3-none-any.whl";

/** @param origin of this server, `http://127.0.0.1:3000` */
export function firstRunSnippets(origin: string, project: string): Snippet[] {
  const install = `pip install ${origin}/clients/${CLIENT_WHEEL}`;
  return [
    { id: "python", label: "Python", install, code: python(origin, project) },
    { id: "torch", label: "PyTorch", install, code: torch(origin, project) },
    { id: "curl", label: "curl", code: curl(origin, project) },
  ];
}

const init = (origin: string, project: string): string =>
  `project=${JSON.stringify(project)}, name="first-run", url=${JSON.stringify(origin)}`;

const python = (origin: string, project: string): string => `import math, random
import lrscope

steps, peak = 200, 0.1
lrscope.init(${init(origin, project)},
             schedule={"kind": "cosine", "peak": peak, "floor": 0, "steps": steps})
for step in range(steps):
    lr = peak * (1 + math.cos(math.pi * step / steps)) / 2     # your optimizer's
    loss = 2.3 * math.exp(-step / 60) + 0.1 * random.random()  # your model's
    lrscope.log({"train/loss": loss, "lr": lr})
lrscope.finish()`;

const torch = (origin: string, project: string): string => `import torch
import lrscope
from lrscope.torch import ServerControl, watch

model = torch.nn.Linear(8, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=300)

run = lrscope.init(${init(origin, project)})
watch(scheduler)                               # declares the schedule
control = ServerControl(optimizer, scheduler)  # logs the LR, carries out what you approve
x = torch.randn(256, 8)
y = x.sum(1, keepdim=True)
for step in range(300):
    loss = torch.nn.functional.mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    scheduler.step()
    run.log({"train/loss": loss.item()}, step=step)
    control.step(step)
run.finish()`;

const curl = (origin: string, project: string): string => `curl -X POST ${origin}/api/v1/runs \\
  -H 'content-type: application/json' \\
  -d '${shellQuoted({ project, id: "first-run", schedule: { kind: "step", peak: 0.1, step_size: 100, gamma: 0.1 } })}'

curl -X POST ${origin}/api/v1/runs/first-run/metrics \\
  -H 'content-type: application/json' \\
  -d '{"points":[{"step":0,"metrics":{"train/loss":2.31,"lr":0.1}},
                 {"step":100,"metrics":{"train/loss":0.87,"lr":0.01}}]}'`;

/** JSON to stand between single quotes in a shell. */
const shellQuoted = (body: object): string => JSON.stringify(body).replaceAll("'", `'\\''`);
