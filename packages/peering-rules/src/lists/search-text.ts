import { areOverlapping, readCidrRange, type CidrRange } from "#addresses/cidr-range.ts"

/**
 * Builds a search for the words of a text. All must occur in the values, which are in lower case; an address or block also fits where it
 * shares addresses with one of the ranges. The spaces and dashes of an account number are ignored.
 */
export function createSearch(text: string): (values: string, ranges: readonly CidrRange[]) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const wanted = words.map((word) => [word, readCidrRange(word) ?? readCidrRange(`${word}/32`)] as const)
  const account = /^[\d\s-]{12,}$/.test(text.trim()) ? text.replace(/\D/g, "") : null
  return (values, ranges) =>
    (account !== null && values.includes(account)) ||
    wanted.every(
      ([word, range]) =>
        values.includes(word) || (range !== null && ranges.some((one) => areOverlapping(one, range))),
    )
}
