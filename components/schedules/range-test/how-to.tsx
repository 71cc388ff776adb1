import { CodeBlock } from "@/components/ui/code-block";

const CODE = `lr, best = 1e-7, float("inf")
factor = (10 / 1e-7) ** (1 / 300)  # 300 steps from 1e-7 to 10
for batch in batches:
    for group in optimizer.param_groups:
        group["lr"] = lr
    loss = step(batch)             # forward, backward, optimizer.step()
    print(f"{lr},{loss}")          # or run.log({"loss": loss, "lr": lr})
    if not loss < 4 * best:        # it diverged (NaN too)
        break
    best, lr = min(best, loss), lr * factor`;

/** How to get the numbers, while there are none. */
export function HowTo() {
  return (
    <div className="flex max-w-2xl flex-col gap-3">
      <h2 className="text-base font-semibold">How to run one</h2>
      <ol className="flex list-decimal flex-col gap-1 pl-5 text-sm text-pretty">
        <li>Start from the weights, data, batch size and optimizer that you will train with.</li>
        <li>
          Raise the LR by the same factor each step, from far too low to far too high, 100 to 1000 steps in
          all.
        </li>
        <li>Stop when the loss diverges, and restore the weights.</li>
        <li>Paste LR and loss, or log the run here and pick it.</li>
      </ol>
      <CodeBlock code={CODE} label="range test" />
      <p className="text-sm text-muted">
        A helper that runs one and sends it is in <code className="font-mono">docs/range-test.md</code>. The
        idea is from{" "}
        <a
          href="https://arxiv.org/abs/1506.01186"
          target="_blank"
          rel="noreferrer"
          className="underline underline-offset-2"
        >
          Smith 2017, section 3.3
        </a>
        .
      </p>
    </div>
  );
}
