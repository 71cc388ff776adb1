import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./root.mjs";

/** Made from the schemas, or not part of the build: the Python client is served as it is. */
const LEFT_OUT = ["prisma/generated", "public/clients"].map((name) => path.join(root, name));

function filesUnder(file) {
  if (!existsSync(file) || LEFT_OUT.includes(file)) return [];
  if (statSync(file).isFile()) return [file];
  return readdirSync(file).flatMap((name) => filesUnder(path.join(file, name)));
}

/** Of the paths and contents of files and folders, given from the root, and of the Node that built with them. */
export function hashOf(...paths) {
  const hash = createHash("sha256");
  hash.update(`${process.versions.modules} ${process.platform} ${process.arch}`);
  for (const file of paths.flatMap((name) => filesUnder(path.join(root, name))).sort()) {
    hash.update(`\0${path.relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** Says for which inputs something was made. Removed before making it, written when it is whole. */
export function stampAt(name) {
  const file = path.join(root, name);
  return {
    is: (hash) => existsSync(file) && readFileSync(file, "utf8") === hash,
    clear: () => rmSync(file, { force: true }),
    write(hash) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, hash);
    },
  };
}
