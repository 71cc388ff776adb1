import "server-only";

/** Reads a stream of bytes piece by piece, up to a mark or by count, and never holds more than a chunk and a mark. */
export class Scanner {
  private buffer = Buffer.alloc(0);
  private readonly source: AsyncIterator<Uint8Array>;
  /** Bytes taken so far. */
  position = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]();
  }

  private async fill(): Promise<boolean> {
    const next = await this.source.next();
    if (next.done) return false;
    this.buffer = Buffer.concat([this.buffer, next.value]);
    return true;
  }

  private drop(bytes: number): Buffer {
    const taken = this.buffer.subarray(0, bytes);
    this.buffer = this.buffer.subarray(bytes);
    this.position += taken.byteLength;
    return taken;
  }

  /** Exactly so many bytes, or fewer at the end. */
  async take(bytes: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let missing = bytes;
    while (missing > 0) {
      if (this.buffer.byteLength === 0 && !(await this.fill())) break;
      const part = this.drop(missing);
      missing -= part.byteLength;
      parts.push(part);
    }
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  }

  /** @returns whether there were so many */
  async skip(bytes: number): Promise<boolean> {
    let missing = bytes;
    while (missing > 0) {
      if (this.buffer.byteLength === 0 && !(await this.fill())) return false;
      missing -= this.drop(missing).byteLength;
    }
    return true;
  }

  /** What comes before the mark, which is taken too. The last value tells whether the mark was found. */
  async *until(mark: Buffer): AsyncGenerator<Buffer, boolean> {
    for (;;) {
      const at = this.buffer.indexOf(mark);
      if (at >= 0) {
        yield this.drop(at);
        this.drop(mark.byteLength);
        return true;
      }
      const safe = this.buffer.byteLength - mark.byteLength + 1;
      if (safe > 0) yield this.drop(safe);
      if (!(await this.fill())) {
        yield this.drop(this.buffer.byteLength);
        return false;
      }
    }
  }
}
