import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const READY = /lrscope is ready:\s+(\S+)/;
const ROOT = path.resolve(import.meta.dirname, "../..");

export interface Outcome {
  code: number | null;
  /** Both streams, in the order of arrival. */
  output: string;
}

export interface Command {
  child: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  ended: Promise<Outcome>;
}

export interface StartOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** In a process group of its own, which can be signalled as a terminal signals one. */
  group?: boolean;
}

/** Starts a command without input. */
export function start(command: string, args: string[], options: StartOptions = {}): Command {
  // The test runner's own mode and a database of the user's are not for this server.
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: "production" };
  delete env.DATABASE_URL;
  Object.assign(env, options.env);
  const child = spawn(command, args, {
    cwd: options.cwd ?? ROOT,
    env,
    detached: options.group,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const collect = (chunk: string) => (output += chunk);
  child.stdout.setEncoding("utf8").on("data", collect);
  child.stderr.setEncoding("utf8").on("data", collect);
  const ended = new Promise<Outcome>((resolve) => child.once("close", (code) => resolve({ code, output })));
  return { child, output: () => output, ended };
}

export interface TestServer extends Command {
  url: string;
  dataDir: string;
  /** Asks it to end, as Ctrl-C does, and waits until it has. */
  stop(): Promise<Outcome>;
}

/** Resolves with the address that a starting server prints. Rejects with its output when it ends before that. */
export function whenReady(command: Command): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const url = READY.exec(command.output())?.[1];
      if (url) resolve(url);
    };
    command.child.stdout?.on("data", look);
    look();
    void command.ended.then(({ code, output }) => reject(new Error(`ended with ${code}:\n${output}`)));
  });
}

/** A server of its own on a free port, on the build at `cwd`, with an empty data folder unless one is given. */
export async function startServer(
  options: { cwd?: string; dataDir?: string; env?: Record<string, string> } = {},
): Promise<TestServer> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), "lrscope-data-"));
  const command = start(process.execPath, ["scripts/serve.mjs"], {
    cwd: options.cwd,
    env: { PORT: "0", LRSCOPE_DATA: dataDir, LRSCOPE_LOG: "warn", ...options.env },
  });
  const url = await whenReady(command);
  return {
    ...command,
    url,
    dataDir,
    async stop() {
      command.child.kill("SIGINT");
      const outcome = await command.ended;
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
      return outcome;
    },
  };
}
