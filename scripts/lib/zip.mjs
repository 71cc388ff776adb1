// Not by name: a Node without it must get as far as the check of its version.
import zlib from "node:zlib";

/** 1980-01-01, the first day that the format knows: the same files make the same archive. */
const DAY = 0x21;
const VERSION = 20;
const MADE_BY_UNIX = (3 << 8) | VERSION;
const UTF8_NAMES = 0x800;
const MODE = 0o100644 * 0x10000;

/** Unsigned little-endian numbers of 2 or 4 bytes: `[bytes, value]` each. */
function fields(...list) {
  const buffer = Buffer.alloc(list.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of list) at = buffer.writeUIntLE(value, at, bytes);
  return buffer;
}

/** What the local header and the directory both say: flags, stored, time, day, checksum, sizes, lengths. */
const described = (name, data) =>
  fields(
    [2, UTF8_NAMES],
    [2, 0],
    [2, 0],
    [2, DAY],
    [4, zlib.crc32(data)],
    [4, data.length],
    [4, data.length],
    [2, name.length],
    [2, 0],
  );

/**
 * An archive of files as they are, without compression.
 * @param files {{name: string, data: Buffer}[]}
 * @returns {Buffer}
 */
export function zip(files) {
  const contents = [];
  const directory = [];
  let offset = 0;
  for (const file of files) {
    const name = Buffer.from(file.name);
    const about = described(name, file.data);
    const entry = Buffer.concat([fields([4, 0x04034b50], [2, VERSION]), about, name, file.data]);
    directory.push(fields([4, 0x02014b50], [2, MADE_BY_UNIX], [2, VERSION]), about);
    directory.push(fields([2, 0], [2, 0], [2, 0], [4, MODE], [4, offset]), name);
    contents.push(entry);
    offset += entry.length;
  }
  const index = Buffer.concat(directory);
  const count = [2, files.length];
  const end = fields([4, 0x06054b50], [2, 0], [2, 0], count, count, [4, index.length], [4, offset], [2, 0]);
  return Buffer.concat([...contents, index, end]);
}
