import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Failure } from "./failure.mjs";
import { root } from "./root.mjs";
import { zip } from "./zip.mjs";

const SOURCE = path.join(root, "python/src");
const FOLDER = path.join(root, "public/clients");
const PACKAGED = /\.(py|typed)$/;

const read = (...names) => readFileSync(path.join(root, ...names), "utf8");

/** The Python client that the server offers. A wheel is a zip file, so neither Python nor a network is needed. */
export const wheel = {
  isStale() {
    const { file, bytes } = build();
    return !existsSync(file) || !readFileSync(file).equals(bytes);
  },
  run() {
    const { file, bytes } = build();
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(`${file}.new`, bytes);
    renameSync(`${file}.new`, file);
  },
};

function build() {
  const version = readVersion();
  const info = `lrscope-${version}.dist-info`;
  const files = [
    ...sourceFiles(),
    { name: `${info}/METADATA`, data: Buffer.from(metadata(version)) },
    { name: `${info}/WHEEL`, data: Buffer.from(WHEEL) },
    {
      name: `${info}/entry_points.txt`,
      data: Buffer.from("[console_scripts]\nlrscope = lrscope._cli:main\n"),
    },
  ];
  const record = [...files.map(recordLine), `${info}/RECORD,,\n`].join("");
  files.push({ name: `${info}/RECORD`, data: Buffer.from(record) });
  return { file: path.join(FOLDER, `lrscope-${version}-py3-none-any.whl`), bytes: zip(files) };
}

/** The client's version is the server's. */
function readVersion() {
  const { version } = JSON.parse(read("package.json"));
  if (read("python/src/lrscope/_version.py").includes(`__version__ = "${version}"`)) return version;
  throw new Failure(`python/src/lrscope/_version.py does not say ${version}, as package.json does.`);
}

function sourceFiles() {
  return readdirSync(SOURCE, { recursive: true })
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => name.startsWith("lrscope/") && PACKAGED.test(name))
    .sort()
    .map((name) => ({ name, data: readFileSync(path.join(SOURCE, name)) }));
}

const metadata = (version) => `Metadata-Version: 2.1
Name: lrscope
Version: ${version}
Summary: Client of lrscope, the experiment tracker that knows your learning-rate schedule
License: MIT
Requires-Python: >=3.9
Description-Content-Type: text/markdown

${read("python/README.md")}`;

const WHEEL = `Wheel-Version: 1.0
Generator: lrscope
Root-Is-Purelib: true
Tag: py3-none-any
`;

function recordLine({ name, data }) {
  return `${name},sha256=${createHash("sha256").update(data).digest("base64url")},${data.length}\n`;
}
