import { execFileSync } from "node:child_process";

/** What a call of the Python client costs the training loop; the script prints the figures itself. */
export function benchClientLog(url: string): void {
  execFileSync("python3", ["python/bench_log.py", url], { stdio: "inherit" });
}
