/** The least that a training job needs of the API: create a run, log to it, obey what the replies ask, finish. */
export async function openRun(url, body) {
  const base = `${url.replace(/\/$/, "")}/api/v1`;
  const run = await call(base, "POST", "/runs", body);
  const inForce = { scale: 1, minLr: 0 };
  let acks = [];

  /** Carries out a request before update `step`, whose declared LR is `declared`. */
  function obey(request, step, declared) {
    if (request.kind === "stop") result.stopped = true;
    else change(inForce, request, declared);
    acks.push({ id: request.id, outcome: "applied", step, lr: effectiveLr(inForce, declared) });
    console.log(`\nstep ${step}: ${request.kind} ${request.factor ?? request.lr ?? ""} (${request.reason})`);
  }

  const result = {
    link: `${url}/projects/${encodeURIComponent(run.project.name)}/runs/${run.id}`,
    stopped: false,
    effective: (declared) => effectiveLr(inForce, declared),
    declaredLrs: async (schedule, steps) =>
      (await call(base, "POST", "/schedules/evaluate", { schedule, steps })).lrs,
    /** `declaredAt(step)` is asked for the update after the last point, where requests take hold. */
    async log(points, declaredAt) {
      const sent = acks;
      acks = [];
      const reply = await call(base, "POST", `/runs/${run.id}/metrics`, {
        batch_id: `${points[0].step}-${points.at(-1).step}`,
        points,
        ...(sent.length > 0 ? { acks: sent } : {}),
      });
      const following = points.at(-1).step + 1;
      for (const request of reply.control) obey(request, following, declaredAt(following));
    },
    async finish() {
      for (const { id, ...ack } of acks) await call(base, "POST", `/control/${id}/ack`, ack);
      await call(base, "POST", `/runs/${run.id}/finish`, { status: "finished" });
    },
  };
  return result;
}

function change(inForce, { kind, factor, lr, min_lr: minLr }, declared) {
  if (kind === "scale_lr") {
    inForce.scale *= factor;
    inForce.minLr = minLr ?? inForce.minLr;
    return;
  }
  const wanted = Array.isArray(lr) ? lr[0] : lr;
  inForce.scale = declared === 0 ? 1 : wanted / declared;
  inForce.minLr = minLr ?? 0;
}

/** max(declared × scale, min_lr); the floor stops a cut and never lifts the LR above the declared one. */
function effectiveLr({ scale, minLr }, declared) {
  const target = declared * scale;
  const lr = Math.max(target, minLr);
  return target <= declared ? Math.min(lr, declared) : lr;
}

async function call(base, method, path, body) {
  const headers = { "content-type": "application/json" };
  if (process.env.LRSCOPE_TOKEN) headers.authorization = `Bearer ${process.env.LRSCOPE_TOKEN}`;
  let response;
  try {
    response = await fetch(base + path, { method, headers, body: JSON.stringify(body) });
  } catch {
    throw new Error(
      `No server answers at ${base}. Start one with \`npm start\`, or name one in LRSCOPE_URL.`,
    );
  }
  const reply = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${reply.detail ?? ""}`);
  return reply;
}
