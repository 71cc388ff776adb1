/** The i-th value, negative indices from the end. @throws RangeError where there is none */
export function at<T>(values: ArrayLike<T>, i: number): T {
  const value = values[i < 0 ? values.length + i : i];
  if (value === undefined) throw new RangeError(`no value ${i} among ${values.length}`);
  return value;
}
