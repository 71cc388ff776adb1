/** A TensorProto, as much of it as a scalar needs. `content` holds the values' bytes, little-endian. */
export interface Tensor {
  dtype: number;
  rank: number;
  content: Uint8Array | null;
  /** From the typed fields; the protocol repeats the last one as often as the shape needs. */
  values: number[];
}

/** tensorflow/core/framework/types.proto */
const DT = { float: 1, double: 2, int32: 3, int64: 9, bfloat16: 14, half: 19 } as const;

/** The value of a tensor of rank 0 with a numeric type; null for every other. */
export function scalarOf({ dtype, rank, content, values }: Tensor): number | null {
  if (rank !== 0 || !Object.values<number>(DT).includes(dtype)) return null;
  if (content && content.byteLength > 0) return fromBytes(dtype, content);
  const value = values[0] ?? 0;
  if (dtype === DT.half) return halfOf(value);
  return dtype === DT.bfloat16 ? bfloatOf(value) : value;
}

function fromBytes(dtype: number, content: Uint8Array): number | null {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const has = (bytes: number) => view.byteLength >= bytes;
  switch (dtype) {
    case DT.float:
      return has(4) ? view.getFloat32(0, true) : null;
    case DT.double:
      return has(8) ? view.getFloat64(0, true) : null;
    case DT.int32:
      return has(4) ? view.getInt32(0, true) : null;
    case DT.int64:
      return has(8) ? Number(view.getBigInt64(0, true)) : null;
    case DT.half:
      return has(2) ? halfOf(view.getUint16(0, true)) : null;
    default:
      return has(2) ? bfloatOf(view.getUint16(0, true)) : null;
  }
}

/** IEEE 754 binary16. */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The upper half of a binary32. */
function bfloatOf(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits << 16);
  return view.getFloat32(0);
}
