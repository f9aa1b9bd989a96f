/** Writes a figure with its unit, as in `3.77 µs`. */
export function formatValue(value: number, unit: string, notFinite = "not measured"): string {
  if (!Number.isFinite(value)) return notFinite
  return [toShort(value), unit].filter((part) => part !== "").join(" ")
}

/** Three digits, or all before the point. */
export function toShort(value: number, notFinite = "not measured"): string {
  if (!Number.isFinite(value)) return notFinite
  if (Number.isInteger(value) || Math.abs(value) >= 100) return String(Math.round(value))
  return String(Number(value.toPrecision(3)))
}
