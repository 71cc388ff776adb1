import "server-only";
import { createReadStream } from "node:fs";
import { maskedCrc32c } from "@/lib/domain/imports/crc32c";
import type { Report } from "./report";
import { Scanner } from "./scanner";

const LENGTH_BYTES = 8;
const CRC_BYTES = 4;
/** A record that holds scalars is far smaller; images and graphs are not looked at. */
const MAX_RECORD_BYTES = 16 * 1024 * 1024;

/**
 * The records of an event file (TFRecord): length, checksum of it, data, checksum of that. A record whose data does not
 * match its checksum is refused and the next one is read; where a length cannot be trusted, or the file is cut off, the
 * rest is left out with a warning.
 */
export async function* recordsOf(at: string, report: Report): AsyncGenerator<{ row: number; data: Buffer }> {
  const scanner = new Scanner(createReadStream(at));
  for (let row = 1; ; row += 1) {
    const from = scanner.position;
    const cutOff = () => report.warn(`cut off in record ${row}, at byte ${from}: all before it is read`);
    const head = await scanner.take(LENGTH_BYTES + CRC_BYTES);
    if (head.byteLength === 0) return;
    if (head.byteLength < LENGTH_BYTES + CRC_BYTES) return cutOff();
    if (head.readUInt32LE(LENGTH_BYTES) !== maskedCrc32c(head.subarray(0, LENGTH_BYTES))) {
      report.refuse(row, null, "the checksum of its length is wrong");
      return report.warn(`no record can be told from byte ${from} on: all before it is read`);
    }
    const length = Number(head.readBigUInt64LE());
    if (length > MAX_RECORD_BYTES) {
      if (!(await scanner.skip(length + CRC_BYTES))) return cutOff();
      report.warn(`record ${row} of ${length} bytes was passed over`);
      continue;
    }
    const data = await scanner.take(length);
    const sum = await scanner.take(CRC_BYTES);
    if (sum.byteLength < CRC_BYTES) return cutOff();
    if (sum.readUInt32LE() === maskedCrc32c(data)) yield { row, data };
    else report.refuse(row, null, "its checksum is wrong");
  }
}
