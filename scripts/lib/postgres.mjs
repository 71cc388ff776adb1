import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const DEBIAN = "/usr/lib/postgresql";
/** Off: what a throw-away database would lose with the machine is of no use to anyone. */
const FAST = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "max_connections=200",
  "listen_addresses=",
];

function binaries() {
  const folders = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => `${DEBIAN}/${version}/bin`) : [];
  return [...folders.sort().reverse(), ...(process.env.PATH ?? "").split(path.delimiter)].find(
    (folder) => existsSync(path.join(folder, "initdb")) && existsSync(path.join(folder, "postgres")),
  );
}

/** PostgreSQL refuses to run as root: there, it runs as the user that its package made, or as nobody. */
function owner() {
  if (process.getuid?.() !== 0) return {};
  for (const name of ["postgres", "nobody"]) {
    try {
      const id = (flag) => Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: "pipe" }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      // No such user.
    }
  }
  return {};
}

/**
 * Starts a PostgreSQL of its own in a temporary folder, reached through a socket there, so that it meets no other.
 * @returns {Promise<{url: string, stop: () => Promise<void>} | {unavailable: string}>}
 */
export async function startPostgres() {
  const bin = binaries();
  if (!bin) return { unavailable: "no PostgreSQL server is installed" };
  const folder = mkdtempSync(path.join(tmpdir(), "lrscope-pg-"));
  const user = owner();
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const data = path.join(folder, "data");
  const options = { cwd: folder, ...user };
  try {
    execFileSync(
      path.join(bin, "initdb"),
      ["-D", data, "-U", "lrscope", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
      { ...options, stdio: "pipe" },
    );
    const settings = FAST.flatMap((setting) => ["-c", setting]);
    const server = spawn(path.join(bin, "postgres"), ["-D", data, "-k", folder, ...settings], options);
    const stop = await whenReady(server, remove);
    return {
      url: `postgresql://lrscope@localhost/postgres?host=${encodeURIComponent(folder)}`,
      stop: () => stop().then(remove),
    };
  } catch (error) {
    remove();
    return { unavailable: `PostgreSQL did not start: ${error.message}` };
  }
}

/** Resolves, once the server takes connections, with what ends it. It does not outlive this process either. */
function whenReady(server, remove) {
  const ended = new Promise((resolve) => server.once("close", resolve));
  const abandon = () => {
    server.kill("SIGQUIT");
    remove();
  };
  process.once("exit", abandon);
  return new Promise((resolve, reject) => {
    let said = "";
    server.stderr.setEncoding("utf8").on("data", (chunk) => {
      said += chunk;
      if (!said.includes("ready to accept connections")) return;
      resolve(() => {
        process.off("exit", abandon);
        // Asks for a fast shutdown, which does not wait for clients.
        server.kill("SIGINT");
        return ended;
      });
    });
    server.once("error", reject);
    void ended.then(() => reject(new Error(said.trim())));
  });
}
