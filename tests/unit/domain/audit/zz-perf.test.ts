import { test } from "vitest";
import { auditLr } from "@/lib/domain/audit/audit";
import { compileDeclared } from "@/lib/domain/schedules/declared";
test("x", () => {
  const declared = { library: "torch" as const, constructor: "torch.optim.lr_scheduler.CosineAnnealingLR", kwargs: { T_max: 20000 }, base_lrs: [0.1] };
  const compiled = compileDeclared(declared); const lrs = compiled.lrs(0, 20000)[0]!;
  const go = (n: string, f: (s: number) => number) => { const log = [...lrs].map((_, step) => ({ step, lr: f(step), epoch: null })); for (let k = 0; k < 2; k++) { const t = performance.now(); const r = auditLr({ log, declared, compiled }); console.log(n, Math.round(performance.now() - t) + "ms", r.findings.map((x) => x.code + x.from_step + JSON.stringify(x.params))); } };
  go("match", (s) => lrs[s]!); go("restart", (s) => lrs[s < 9000 ? s : s - 9000]!); go("twice", (s) => compiled.at([2 * s])[0]![0]!); go("noise", (s) => lrs[s]! * (1 + 0.3 * Math.sin(s * s))); go("hand", (s) => lrs[s]! * (s < 7777 ? 1 : 0.37));
}, 60000);
