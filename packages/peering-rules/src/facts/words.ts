import { escapeInvisible, NetworkFacts, type Fact, type FactName } from "@peering-desk/shared-schemas"
import { toList, toObject, toText } from "#formats/unknown-json.ts"
import { toWellFormed } from "#formats/well-formed.ts"

const longestWord = 300
/** Nearly every text of a cloud: visible, and without a backslash. */
const plainAscii = /^[ -[\]-~]*$/

/** Returns a text of a cloud as facts hold it: short, and with `[U+202E]` for a character that hides or reorders. Empty without one. */
export function toWord(value: unknown): string {
  const text = toText(value)?.slice(0, 2 * longestWord) ?? ""
  if (text.length <= longestWord && plainAscii.test(text)) return text
  const plain = escapeInvisible(text).replace(/\\u\{([0-9A-F]+)\}/g, "[U+$1]")
  return toWellFormed(plain.slice(0, longestWord))
}

/** Returns the texts of a list, without what is no text. */
export function toWords(value: unknown): string[] {
  return toList(value)
    .map(toWord)
    .filter((word) => word !== "")
}

/** Returns the objects of a list; one object is a list of itself. */
export function toObjects(value: unknown): Record<string, unknown>[] {
  return toList(value).map(toObject)
}

/** Tells if a cloud's flag is on; YAML is read as texts. */
export function isOn(value: unknown): boolean {
  return value === true || value === "true"
}

/** Returns a whole number, also one written as text; null for anything else. */
export function toNumber(value: unknown): number | null {
  const number = typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value
  return typeof number === "number" && Number.isSafeInteger(number) ? number : null
}

/** The aspects of a network that an output shows; undefined for the others. */
export type FactValues = {
  [Name in FactName]?: (NonNullable<NetworkFacts[Name]> extends Fact<infer Value> ? Value : never) | undefined
}

/**
 * Returns facts of one network, read by a role or pasted. An aspect that is longer than facts may be is left out: a part of a list would prove what isn't so.
 */
export function toFacts(
  providerName: NetworkFacts["providerName"],
  values: FactValues,
  { at, by }: { at: string; by?: string | undefined },
): NetworkFacts {
  const from = by === undefined ? { source: "pasted", at } : { source: "read", at, by }
  const facts = Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined || value === "") return []
    const fact = { value, ...from }
    return NetworkFacts.shape[name as FactName].safeParse(fact).success ? [[name, fact] as const] : []
  })
  return { providerName, ...Object.fromEntries(facts) }
}
