import { readLooseJson } from "./loose-json.ts"
import { readPastedAtlas } from "./paste-atlas.ts"
import { readPastedAws } from "./paste-aws.ts"
import { readPastedAzure } from "./paste-azure.ts"
import { readPastedGcp } from "./paste-gcp.ts"
import { createGathering } from "./paste-gathering.ts"
import { readPastedText } from "./paste-text.ts"
import type { Pasted } from "./pasted.ts"

/** Reads JSON of any of the clouds' command lines or of Atlas, also with a command line above it; null when there is no JSON. */
export function readPastedJson(text: string): Pasted | null {
  const start = /^[[{]/.test(text) ? 0 : text.search(/^[ \t]{0,8}[[{]/m)
  const read = start < 0 ? null : readLooseJson(text.slice(start))
  if (read === null) return null
  const { value } = read
  const pasted =
    readPastedAws(value) ?? readPastedGcp(value) ?? readPastedAzure(value) ?? readPastedAtlas(value)
  if (pasted !== null) return withMended(pasted, read.mended)
  return readPastedText(text) ?? (start === 0 ? toUnknown() : null)
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
