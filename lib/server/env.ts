import "server-only";
import path from "node:path";
import { z } from "zod";
import { type Host, parseListedHost } from "@/lib/domain/hosts/host";

const LOOPBACK = ["127.0.0.1", "localhost", "::1"];

const Env = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z
    .string()
    .default("127.0.0.1")
    .refine((host) => LOOPBACK.includes(host), {
      message: `lrscope has no access tokens yet, so it listens on loopback only: ${LOOPBACK.join(", ")}`,
    }),
  LRSCOPE_DATA: z.string().min(1).default("./data"),
  DATABASE_URL: z
    .string()
    .regex(/^(file:|postgres(ql)?:\/\/)/, "starts with file: or postgresql://")
    .optional(),
  /** What a commit waits for: FULL survives power loss, NORMAL a crash of the process. */
  LRSCOPE_SYNCHRONOUS: z.enum(["FULL", "NORMAL"]).default("FULL"),
  LRSCOPE_LOG: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  /** More names under which browsers and jobs may reach the server, comma-separated, as behind a proxy. */
  LRSCOPE_ALLOWED_HOSTS: z.string().default("").transform(listedHosts),
  /** Where people reach the server: links in notifications begin with it. */
  LRSCOPE_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** 1: notifications may also go to loopback and private addresses. */
  LRSCOPE_NOTIFY_PRIVATE: z.enum(["0", "1"]).default("0"),
  NODE_ENV: z.string().default("development"),
});

/** Without an address's scheme: a request's Host has none either. */
function listedHosts(text: string, context: z.RefinementCtx<string>): Host[] {
  const names = text.split(",").flatMap((name) => name.trim() || []);
  return names.flatMap((name) => {
    const host = parseListedHost(name);
    if (host) return host;
    const message = `${JSON.stringify(name)} is not a host; write names, each with or without a port: lab.example, lab.example:3000, [fd00::1]`;
    context.addIssue({ code: "custom", message });
    return [];
  });
}

export interface Env {
  dataDir: string;
  databaseUrl: string;
  engine: "sqlite" | "postgresql";
  synchronous: "FULL" | "NORMAL";
  logLevel: "debug" | "info" | "warn" | "error" | "silent";
  allowedHosts: readonly Host[];
  /** Without a slash at the end. */
  publicUrl: string;
  notifyPrivate: boolean;
  production: boolean;
}

/** @throws Error naming every variable that is wrong. */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const parsed = Env.safeParse(source);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The environment is not right:\n${lines.join("\n")}`);
  }
  const env = parsed.data;
  const dataDir = path.resolve(env.LRSCOPE_DATA);
  const databaseUrl = env.DATABASE_URL ?? `file:${path.join(dataDir, "lrscope.db")}`;
  return {
    dataDir,
    databaseUrl,
    engine: databaseUrl.startsWith("file:") ? "sqlite" : "postgresql",
    synchronous: env.LRSCOPE_SYNCHRONOUS,
    logLevel: env.LRSCOPE_LOG,
    allowedHosts: env.LRSCOPE_ALLOWED_HOSTS,
    publicUrl: (env.LRSCOPE_PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ""),
    notifyPrivate: env.LRSCOPE_NOTIFY_PRIVATE === "1",
    production: env.NODE_ENV === "production",
  };
}

let current: Env | undefined;

/** Read once; a change of the environment needs a restart. */
export function env(): Env {
  current ??= readEnv(process.env);
  return current;
}

/** The next reader reads the environment anew: tests that share a process have one each. */
export function forgetEnv(): void {
  current = undefined;
}
