/** Formats a count and its noun: `1 connection`, `1,000 connections`. */
export function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`
}

/** Formats which rows of how many are shown: `51 to 100 of 1,000 connections`. */
export function formatRange(first: number, shownCount: number, count: number, noun: string): string {
  const [from, to] = [first + 1, first + shownCount].map((one) => one.toLocaleString("en-US"))
  return shownCount === 0 ? "" : `${from} to ${to} of ${formatCount(count, noun)}`
}
