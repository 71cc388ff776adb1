import type { Field, KnownName } from "./fields";
import { QueryError } from "./query-error";

/** What ends a bare word. */
const WORD = /[^\s()":=<>!~,]+/uy;
const BARE_VALUE = /[^\s()"]+/uy;
const BARE_PART = /[^\s()":=<>!~.,]+/uy;
const OPERATOR = /<=|>=|!=|!~|[:=<>~]/y;

/** Reads a text from left to right. Every `take…` moves on only when it finds what it looks for. */
export class Scanner {
  position = 0;

  /** `names`: the longest first, so that `val/loss:min` is not taken for `val/loss`. */
  constructor(
    readonly text: string,
    private readonly names: readonly KnownName[] = [],
  ) {}

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  peek(): string {
    return this.text.charAt(this.position);
  }

  fail(message: string, position = this.position): never {
    throw new QueryError(position, message);
  }

  skipBlanks(): void {
    this.take(/\s+/uy);
  }

  /** `pattern` must be sticky. */
  take(pattern: RegExp): string | null {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.position += found.length;
    return found;
  }

  takeExactly(text: string): boolean {
    if (!this.text.startsWith(text, this.position)) return false;
    this.position += text.length;
    return true;
  }

  takeWord(): string | null {
    return this.take(WORD);
  }

  takeBareValue(): string | null {
    return this.take(BARE_VALUE);
  }

  takeOperator(): string | null {
    return this.take(OPERATOR);
  }

  get atOperator(): boolean {
    OPERATOR.lastIndex = this.position;
    return OPERATOR.test(this.text);
  }

  /** The field of a known name, in capitals or not, when the names do not differ by them alone. */
  known(name: string): Field | null {
    const folded = name.toLowerCase();
    const found =
      this.names.find((one) => one.name === name) ??
      this.names.find((one) => one.name.toLowerCase() === folded);
    return found?.field ?? null;
  }

  /** A known name with an operator behind it; it may hold blanks. */
  takeKnown(): Field | null {
    const start = this.position;
    const ahead = this.text.slice(start).toLowerCase();
    for (const { name } of this.names) {
      if (!ahead.startsWith(name.toLowerCase())) continue;
      this.position = start + name.length;
      if (this.atOperator) return this.known(this.text.slice(start, this.position));
      this.position = start;
    }
    return null;
  }

  /** A part of a dotted path, bare or in quotes. */
  takePart(): string | null {
    return this.takeQuoted() ?? this.take(BARE_PART);
  }

  /** Text in double quotes, without them. */
  takeQuoted(): string | null {
    if (this.peek() !== '"') return null;
    const start = this.position;
    let text = "";
    for (let at = start + 1; at < this.text.length; at += 1) {
      const character = this.text.charAt(at);
      if (character === '"') {
        this.position = at + 1;
        return text;
      }
      if (character === "\\") at += 1;
      text += this.text.charAt(at);
    }
    return this.fail("This quotation mark is never closed.", start);
  }
}
