import { parseJsonValues } from "#formats/loose-json.ts"
import { parseBoxTable, parseColumns, parsePropertyList } from "#formats/tables.ts"
import { parseYamlValues } from "#formats/yaml.ts"
import { toFacts } from "#formats/facts.ts"
import { atlasKind } from "./atlas.ts"
import { parseAwsText } from "./aws-text.ts"
import { awsKinds } from "./aws.ts"
import { azureKinds } from "./azure.ts"
import { gcpKinds } from "./gcp.ts"
import type { Pasted } from "./pasted.ts"
import { readText } from "./text.ts"
import { findNetworks } from "./resources.ts"
import { readKinds, readThing, withRepairs } from "./things.ts"

const cloudKinds = [...awsKinds, ...gcpKinds, ...azureKinds]

/** The forms in which command lines print the same values, JSON apart. */
const forms: readonly ((text: string) => readonly unknown[])[] = [
  (text) => Object.values(parseBoxTable(text) ?? {}),
  (text) => [parseAwsText(text) ?? []].flat(),
  parseYamlValues,
  (text) => [parseColumns(text)],
  (text) => [parsePropertyList(text)],
]

/** Says what a command line reports instead of its output. Null for anything else. */
export function readError(text: string): Pasted | null {
  const start = text.slice(0, 5000)
  const aws = /An error occurred \((?<code>[\w.]{1,80})\) when calling the \w{1,80} operation/.exec(
    start,
  )?.groups
  const other = /^ERROR: (?<code>.{1,200})/m.exec(start)?.groups
  const code = aws?.["code"] ?? other?.["code"]
  return code === undefined || /^[[{]/m.test(text)
    ? null
    : readThing(
        { source: "nothing", rules: ["The command failed: {code}"] },
        toFacts({ code: `${code.replace(/[.\s]+$/, "")}.` }),
      )
}

/** Reads what a cloud's command line prints in any of its forms, or JSON of Atlas, also with commands above. Null for anything else. */
export function readOutput(text: string): Pasted | null {
  const values = parseJsonValues(text)
  const [first] = values
  const printed = values.map(({ value }) => value)
  const networks = findNetworks(printed)
  const all = networks.length > 0 ? networks : printed
  if (first !== undefined) {
    const known = readKinds([...cloudKinds, atlasKind], all, parseRegion(text))
    if (known !== null) return withRepairs(known, first.repairs)
  }
  for (const parse of forms) {
    const pasted = readKinds(cloudKinds, parse(text), parseRegion(text))
    if (pasted !== null) return pasted
  }
  // Only a text that is JSON and nothing else can be said to describe no network.
  if (first === undefined || first.above + first.rest.trim() !== "" || first.repairs.length > 0) return null
  const note = "This JSON describes no network or peering."
  return readText(text) ?? readThing({ source: "nothing", rules: [note] })
}

/** Returns the region that an `aws` command names. */
function parseRegion(text: string): string | null {
  const commands = text
    .slice(0, 20_000)
    .split("\n")
    .filter((line) => /\baws\b/.test(line.slice(0, 2000)))
  const option = /(?:--region[= ]+|\bAWS_(?:DEFAULT_)?REGION=)["']?([a-z0-9-]{5,30})/
  return commands.map((line) => option.exec(line)?.[1]).find((region) => region !== undefined) ?? null
}
