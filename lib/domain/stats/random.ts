/** Uniform in [0, 1) with 53 random bits. Every use of chance in the domain takes one as an argument. */
export type Random = () => number;

/**
 * xoshiro128** 1.1 (Blackman & Vigna 2018, prng.di.unimi.it), two outputs a number. The same seed gives the same
 * sequence everywhere. `seed`: any integer; its state comes from SplitMix64, as the authors advise.
 */
export function seededRandom(seed: number): Random {
  const next = xoshiro128(splitmixState(seed));
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
}

/** 0 … n − 1. The bias of scaling 53 bits is below n / 2⁵³. */
export const randomIndex = (random: Random, n: number): number => Math.floor(random() * n);

type State = readonly [number, number, number, number];

/** The bare generator: unsigned 32-bit outputs from a state that is not all zero. */
export function xoshiro128(state: State): () => number {
  let [a, b, c, d] = state;
  return () => {
    const output = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return output;
  };
}

const rotate = (x: number, k: number): number => (x << k) | (x >>> (32 - k));

const MASK = (1n << 64n) - 1n;

/** Two 64-bit outputs of SplitMix64 (Steele, Lea & Flood 2014), low half first. */
function splitmixState(seed: number): State {
  const [first, second] = [1n, 2n].map((n) =>
    mix((BigInt(Math.trunc(seed)) + n * 0x9e3779b97f4a7c15n) & MASK),
  );
  const half = (word: bigint | undefined, shift: bigint) => Number(((word ?? 0n) >> shift) & 0xffffffffn);
  return [half(first, 0n), half(first, 32n), half(second, 0n), half(second, 32n)];
}

function mix(z: bigint): bigint {
  const a = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  const b = ((a ^ (a >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return b ^ (b >> 31n);
}
