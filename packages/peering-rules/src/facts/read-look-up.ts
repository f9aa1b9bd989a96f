import { longestLookUp, type NetworkFacts, type ProviderName } from "@peering-desk/shared-schemas"
import { parseJsonValues } from "#formats/loose-json.ts"
import { toObject } from "#formats/unknown-json.ts"
import { parseYamlValues } from "#formats/yaml.ts"
import { readAwsFacts } from "./aws-facts.ts"
import { readAzureFacts } from "./azure-facts.ts"
import { readGcpFacts } from "./gcp-facts.ts"
import { beginLine, endLine, lookUpFormat } from "#facts/look-up/look-up-script.ts"
import type { FactsReader, Output } from "./output.ts"
import { toWord } from "./words.ts"

/** Why an output gives no facts, and what to do. */
interface LookUpProblem {
  code: "too-long" | "not-run" | "cut-off" | "damaged" | "newer-format" | "no-network"
  says: string
  next: string
}

/** The networks of an output, or why it has no network. */
export type LookUp = { networks: NetworkFacts[] } | { problem: LookUpProblem }

const readers: Readonly<Record<ProviderName, FactsReader>> = {
  AWS: readAwsFacts,
  AZURE: readAzureFacts,
  GCP: readGcpFacts,
}

/** Words that the tools print beside their answers; colours of a terminal. */
const colour = new RegExp(String.raw`\u001b\[[\d;?]*[A-Za-z]`, "g")

/** The output in the quotation of an e-mail. */
const quoted = /^(?:> ?)+(?:----- (?:BEGIN|END) PEERING DESK|\{"peeringDeskLookUp")/m

/**
 * Reads the output of the script, or one output of `aws`, `az` or `gcloud`, to facts of networks. Null for a text without facts.
 * @param pastedAt time of the paste, in milliseconds; the facts' time where the output has none, or one in the future
 */
export function readLookUp(text: string, pastedAt: number): LookUp | null {
  if (text.length > longestLookUp)
    return toProblem(
      "too-long",
      `The text has more than ${longestLookUp / 1_000_000} million characters.`,
      "Name the network in the form first, so the script reads only that one.",
    )
  const plain = text.includes("\u001b") ? text.replace(colour, "") : text
  const clean = quoted.test(plain) ? plain.replace(/^(?:> ?)+/gm, "") : plain
  if (isTooDeep(clean))
    return toProblem("damaged", "The text has too many brackets in each other.", "Copy the output again.")
  const lines = clean.split(/\r?\n|\r/)
  const begin = lines.findLastIndex((line) => line.trim() === beginLine)
  const end = lines.findLastIndex((line) => line.trim() === endLine)
  if (begin >= 0 && end > begin) return readBlock(lines.slice(begin + 1, end), pastedAt)
  if (begin >= 0)
    return toProblem(
      "cut-off",
      "The output ends before its last line.",
      `Copy everything down to the line ${endLine}.`,
    )
  if (end >= 0)
    return toProblem(
      "cut-off",
      "The output lacks its first line.",
      `Copy everything from the line ${beginLine}.`,
    )
  if (clean.includes("sh -s <<'LOOK_UP'"))
    return toProblem(
      "not-run",
      "This is the script, not what it prints.",
      "Run it in the cloud's shell and paste its output.",
    )
  const start = clean.search(/\{\s*"peeringDeskLookUp"/)
  return start < 0
    ? readSingle(clean, pastedAt)
    : readBlock([clean.slice(start, clean.lastIndexOf("}") + 1)], pastedAt)
}

/** More open brackets than any output has. Parsing millions of them takes seconds. */
const deepest = 500

function isTooDeep(text: string): boolean {
  let depth = 0
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === "[" || bracket === "{" ? 1 : -1
    if (depth > deepest) return true
  }
  return false
}

function toProblem(code: LookUpProblem["code"], says: string, next: string): LookUp {
  return { problem: { code, says, next } }
}

function readBlock(lines: readonly string[], pastedAt: number): LookUp {
  const block = toObject(parseJson(lines.join("\n")) ?? parseJson(lines.join("")))
  const format = block["peeringDeskLookUp"]
  if (typeof format !== "number")
    return toProblem(
      "damaged",
      "The text between the first and the last line isn't complete JSON.",
      "Copy the output again, without other text between.",
    )
  if (format > lookUpFormat)
    return toProblem(
      "newer-format",
      `The output has format ${format}, and this version reads format ${lookUpFormat}.`,
      "Copy the script from this page and run it again.",
    )
  const cloud = toWord(block["cloud"])
  const read = Object.entries(toObject(block["read"]))
  const asked = Object.fromEntries(
    Object.entries(toObject(block["asked"])).map(([name, id]) => [name, toWord(id)]),
  )
  const reader = Object.hasOwn(readers, cloud) ? readers[cloud as ProviderName] : undefined
  const networks = reader?.({
    outputs: read.map(([name, value]) => ({ name, value })),
    asked,
    isLookUp: true,
    region: toWord(block["region"]) || null,
    at: toTime(block["at"], pastedAt),
  })
  if (networks !== undefined && networks.length > 0) return { networks }
  return toProblem(
    "no-network",
    explainNothing(block, asked),
    "Sign in to the account that owns the network, check the ids and run the script again.",
  )
}

/** Names what the cloud's tool refused; its words come from outside. */
function explainNothing(
  block: Readonly<Record<string, unknown>>,
  asked: Readonly<Record<string, string>>,
): string {
  const wanted = asked["vpcId"] ?? asked["vnetName"] ?? asked["networkName"]
  const account = toWord(toObject(toObject(block["read"])["caller"])["Account"])
  const [failure] = Object.values(toObject(block["failed"]))
    .map(toWord)
    .filter((one) => one !== "")
  const where = account === "" ? "" : ` in account ${account}`
  const found =
    wanted === undefined ? `The output has no network${where}.` : `The output has no ${wanted}${where}.`
  return failure === undefined ? found : `${found} The tool said: ${failure.slice(0, 200)}`
}

/** Returns the time in the output; that of the paste for one that is missing or in the future. */
function toTime(at: unknown, pastedAt: number): string {
  const printed =
    typeof at === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(at) ? Date.parse(at) : Number.NaN
  return new Date(printed <= pastedAt ? printed : pastedAt).toISOString()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/** Reads outputs that were pasted alone, or one after the other. What had to be repaired may lack a part, so it gives no facts. */
function readSingle(text: string, pastedAt: number): LookUp | null {
  const parsed = parseJsonValues(text)
  if (parsed.some(({ repairs }) => repairs.length > 0)) return null
  const isYaml =
    parsed.length === 0 && /^(?:- |\s{2})?(?:kind|selfLink): ['"]?(?:compute#|https:)/m.test(text)
  const values = isYaml ? parseYamlValues(text) : parsed.map(({ value }) => value)
  const outputs = values.map((value): Output => ({ name: null, value }))
  const at = new Date(pastedAt).toISOString()
  for (const reader of Object.values(readers)) {
    const networks = reader({ outputs, asked: {}, isLookUp: false, region: parseRegion(text), at })
    if (networks.some(holdsFacts)) return { networks }
  }
  return null
}

/** Tells if facts say more of a network than which one it is. */
function holdsFacts(facts: NetworkFacts): boolean {
  return Object.keys(facts).some((name) => !["providerName", "account", "network", "region"].includes(name))
}

/** Returns the region that an `aws` command above its output names. */
function parseRegion(text: string): string | null {
  const [, region = null] =
    /\baws\b[^\n]{0,2000}?--region[= ]+["']?([a-z0-9-]{5,30})/.exec(text.slice(0, 20_000)) ?? []
  return region
}
