import { readLooseJson, type LooseJson } from "#formats/loose-json.ts"
import { readPastedAtlas } from "./atlas.ts"
import { readPastedAws } from "./aws.ts"
import { readPastedAzure } from "./azure.ts"
import { readPastedGcp } from "./gcp.ts"
import { createGathering } from "./gathering.ts"
import { readPastedText } from "./text.ts"
import type { Pasted } from "./pasted.ts"

/** More outputs of commands than anybody copies at once. */
const mostValues = 10

/** Reads JSON of any of the clouds' command lines or of Atlas, also with a command line above it; null when there is no JSON. */
export function readPastedJson(text: string): Pasted | null {
  const [first, ...others] = readValues(text)
  if (first === undefined) return null
  const { value } = first
  const pasted =
    readPastedAws(value, readCommandRegion(first.above)) ??
    readPastedGcp(value) ??
    readPastedAzure(others.length === 0 ? value : [value, ...others.map((other) => other.value)].flat()) ??
    readPastedAtlas(value)
  if (pasted !== null) return withMended(pasted, first.mended)
  return readPastedText(text) ?? (first.above === "" ? toUnknown() : null)
}

/** The JSON values that begin a line, one after the other, each with what stands above it. */
function readValues(text: string): (LooseJson & { above: string })[] {
  const values: (LooseJson & { above: string })[] = []
  let rest = text
  while (values.length < mostValues) {
    const start = /^[[{]/.test(rest) ? 0 : rest.search(/^[ \t]{0,8}[[{]/m)
    const read = start < 0 ? null : readLooseJson(rest.slice(start))
    if (read === null) break
    values.push({ ...read, above: rest.slice(0, start) })
    rest = read.rest
  }
  return values
}

/** The region that an `aws` command was run for, as far as its line says so. */
function readCommandRegion(above: string): string | null {
  const line = above.slice(-5000)
  if (!/\baws\b/.test(line)) return null
  return /(?:--region[= ]+|\bAWS_(?:DEFAULT_)?REGION=)["']?([a-z0-9-]{5,30})/.exec(line)?.[1] ?? null
}

function toUnknown(): Pasted {
  const gathering = createGathering("nothing")
  gathering.note("not-understood", "This is JSON, and none that describes a network or a peering.")
  return gathering.toPasted()
}

/** Adds what had to be mended before the text could be read. */
export function withMended(pasted: Pasted, mended: readonly string[]): Pasted {
  const notes = mended.map((says) => ({
    kind: "translated" as const,
    field: null,
    says: `It was read although ${says}.`,
  }))
  return { ...pasted, notes: [...notes, ...pasted.notes] }
}
