import { parseJsonValues } from "#formats/loose-json.ts"
import { atlasKind } from "./atlas.ts"
import { awsKinds } from "./aws.ts"
import { azureKinds } from "./azure.ts"
import { gcpKinds } from "./gcp.ts"
import type { Pasted } from "./pasted.ts"
import { readKinds, readThing, withRepairs } from "./things.ts"
import { readText } from "./text.ts"

/** Reads JSON of a cloud's command line or of Atlas, also with a command above it. Null when there is no JSON. */
export function readJson(text: string): Pasted | null {
  const values = parseJsonValues(text)
  const [first] = values
  if (first === undefined) return null
  const kinds = [...awsKinds, ...gcpKinds, ...azureKinds, atlasKind]
  const known = readKinds(
    kinds,
    values.map(({ value }) => value),
    parseRegion(first.above),
  )
  if (known !== null) return withRepairs(known, first.repairs)
  const note = "This JSON describes no network or peering."
  return readText(text) ?? (first.above === "" ? readThing({ source: "nothing", rules: [note] }) : null)
}

/** Returns the region that an `aws` command names. */
function parseRegion(above: string): string | null {
  const line = above.slice(-5000)
  if (!/\baws\b/.test(line)) return null
  return /(?:--region[= ]+|\bAWS_(?:DEFAULT_)?REGION=)["']?([a-z0-9-]{5,30})/.exec(line)?.[1] ?? null
}
