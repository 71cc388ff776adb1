import { PbfWriter } from "pbf";
import { maskedCrc32c } from "@/lib/domain/imports/crc32c";

interface Scalar {
  step: number;
  tag: string;
  value: number;
  /** Unix seconds. */
  time?: number;
}

const SESSION_START = 1;

function record(data: Uint8Array): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(data.byteLength));
  const crc = (of: Uint8Array) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(maskedCrc32c(of));
    return bytes;
  };
  return Buffer.concat([length, crc(length), data, crc(data)]);
}

function event(time: number, step: number, write: (pbf: PbfWriter) => void): Buffer {
  const pbf = new PbfWriter();
  pbf.writeDoubleField(1, time);
  pbf.writeVarintField(2, step);
  write(pbf);
  return record(pbf.finish());
}

/** A TensorBoard event file as PyTorch's writer makes one; `restart`: it goes on from a checkpoint at that step. */
export function asEventFile(scalars: readonly Scalar[], { restart }: { restart?: number } = {}): Buffer {
  const begin = scalars[0]?.time ?? 1e9;
  return Buffer.concat([
    event(begin, 0, (pbf) => pbf.writeStringField(3, "brain.Event:2")),
    ...(restart === undefined
      ? []
      : [
          event(begin, restart, (pbf) =>
            pbf.writeMessage(7, (_, log) => log.writeVarintField(1, SESSION_START), null),
          ),
        ]),
    ...scalars.map(({ step, tag, value, time = 1e9 + step }) =>
      event(time, step, (pbf) =>
        pbf.writeMessage(
          5,
          (_, summary) =>
            summary.writeMessage(
              1,
              (__, one) => {
                one.writeStringField(1, tag);
                one.writeFloatField(2, value);
              },
              null,
            ),
          null,
        ),
      ),
    ),
  ]);
}
