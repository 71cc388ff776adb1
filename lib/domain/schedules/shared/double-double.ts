/** An unevaluated sum `hi + lo` with |lo| at most half an ulp of hi: about 106 significant bits. Dekker 1971. */
export interface DoubleDouble {
  readonly hi: number;
  readonly lo: number;
}

const SPLITTER = 2 ** 27 + 1;

/** `a + b` exactly. Knuth's two-sum. */
export function addExact(a: number, b: number): DoubleDouble {
  const hi = a + b;
  const shadow = hi - a;
  return { hi, lo: a - (hi - shadow) + (b - shadow) };
}

/** `a · b` exactly, for factors far from overflow. Dekker's product: each factor is cut into two 26-bit halves. */
export function multiplyExact(a: number, b: number): DoubleDouble {
  const hi = a * b;
  const aHigh = SPLITTER * a - (SPLITTER * a - a);
  const bHigh = SPLITTER * b - (SPLITTER * b - b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return { hi, lo: aLow * bLow - (hi - aHigh * bHigh - aLow * bHigh - aHigh * bLow) };
}

export function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const high = addExact(a.hi, b.hi);
  const low = addExact(a.lo, b.lo);
  const sum = addExact(high.hi, high.lo + low.hi);
  return addExact(sum.hi, sum.lo + low.lo);
}

export function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const product = multiplyExact(a.hi, b.hi);
  return addExact(product.hi, product.lo + (a.hi * b.lo + a.lo * b.hi));
}

export function divide(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const first = a.hi / b.hi;
  const rest = add(a, negate(multiply(b, { hi: first, lo: 0 })));
  const second = rest.hi / b.hi;
  const tail = add(rest, negate(multiply(b, { hi: second, lo: 0 })));
  return add(addExact(first, second), { hi: tail.hi / b.hi, lo: 0 });
}

function negate(a: DoubleDouble): DoubleDouble {
  return { hi: -a.hi, lo: -a.lo };
}
