// Exact sums of the server's whole numbers, to show that records add up to their figure. Never floating point.

/** Sum of int64 texts. */
export function sumOf(values: (string | undefined)[]): bigint {
  return values.reduce((sum, value) => sum + BigInt(value ?? '0'), 0n);
}

/** A whole number printed with its decimal point moved: (1854998, 2) -> "18549.98". */
export function shiftPoint(value: bigint, shift: number): string {
  if (shift === 0) return value.toString();
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(shift + 1, '0');
  return `${sign}${digits.slice(0, -shift)}.${digits.slice(-shift)}`;
}
