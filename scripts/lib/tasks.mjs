import { availableParallelism } from "node:os";
import { run, secondsSince } from "./run.mjs";

/**
 * Runs Node programs side by side, as many as there are cores, in the order given. Prints a line for each as it ends,
 * with its output only when it failed.
 * @param tasks {{name: string, args: string[]}[]}
 * @returns whether all succeeded
 */
export async function runTasks(tasks) {
  const queue = [...tasks];
  const width = Math.max(...tasks.map((task) => task.name.length));
  let failed = 0;
  const worker = async () => {
    for (let task = queue.shift(); task; task = queue.shift()) {
      const began = Date.now();
      // Colours would bury what failed under codes: a test is one dot, or fifteen characters with its colour.
      const { code, output } = await run(process.execPath, task.args, { env: { NO_COLOR: "1" } });
      if (code !== 0) failed += 1;
      const verdict = code === 0 ? "ok    " : "FAILED";
      console.log(`${verdict}  ${task.name.padEnd(width)}  ${secondsSince(began)}`);
      if (code !== 0) console.log(`${output.trim()}\n`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return failed === 0;
}
