import type { PathState, PathStop, Stop } from "@peering-desk/peering-rules"
import { providerLabels, type FactSource, type ProviderName } from "@peering-desk/shared-schemas"
import type { Tone } from "#ui/marks/Pill.tsx"

/** What decides on a packet in each cloud. */
export const firewallNames = { AWS: "Security group", GCP: "Firewall", AZURE: "NSG" } as const

const names = {
  application: "Application",
  route: "Route",
  dns: "DNS",
  role: "Role",
  peering: "Peering",
  "access-list": "Access list",
  cluster: "Cluster",
} as const

/** Returns the name of a stop, as its cloud calls it. */
export function nameStop({ id }: Pick<Stop, "id">, providerName: ProviderName): string {
  return id === "firewall" ? firewallNames[providerName] : names[id]
}

const breaks: Partial<Record<Stop["id"], string>> = {
  application: "CIDR missing",
  route: "Route missing",
  dns: "DNS off",
  role: "Role missing",
}

/** Names a broken stop and what it lacks: "Route missing". */
export function nameBroken(stop: Pick<Stop, "id">, providerName: ProviderName): string {
  // These clouds route to a peered network by themselves.
  if (stop.id === "route" && providerName !== "AWS") return "Another route wins"
  return breaks[stop.id] ?? `${nameStop(stop, providerName)} broken`
}

const states = {
  proven: { tone: "works", word: "Proven" },
  broken: { tone: "failed", word: "Broken" },
  waiting: { tone: "you", word: "Waiting" },
  "not-checked": { tone: "unknown", word: "Not checked" },
  later: { tone: "closing", word: "Later" },
  "in-progress": { tone: "atlas", word: "In progress" },
  marked: { tone: "unknown", word: "Marked" },
  planned: { tone: "unknown", word: "Planned" },
  sent: { tone: "unknown", word: "Sent on approval" },
} as const satisfies Record<PathState, { tone: Tone; word: string }>

/** Returns the state of a stop on the path in a word and its colour. */
export function nameStopState(state: PathState): { tone: Tone; word: string } {
  return states[state]
}

/** Sums up the stops of a row: "5 of 7 proven, route broken". */
export function toMiniWords(
  stops: readonly Pick<PathStop, "id" | "state">[],
  providerName: ProviderName,
): string {
  const proven = stops.filter(({ state }) => state === "proven").length
  const first =
    stops.find(({ state }) => state === "broken") ?? stops.find(({ state }) => state === "waiting")
  const words = `${proven} of ${stops.length} proven`
  return first === undefined
    ? words
    : `${words}, ${nameStop(first, providerName).toLowerCase()} ${first.state}`
}

/**
 * Says beside *Available* how much of the path is proven: "7 of 7 proven", "4 not checked", or "2 not proven" when one of them waits or
 * is broken.
 */
export function toProvenWords(stops: readonly Pick<PathStop, "state">[]): string {
  const count = (...of: PathState[]) => stops.filter(({ state }) => of.includes(state)).length
  const proven = count("proven")
  const unchecked = count("not-checked", "marked")
  if (unchecked === 0) return `${proven} of ${stops.length} proven`
  const open = stops.length - proven
  return open === unchecked + count("later") ? `${unchecked} not checked` : `${open} not proven`
}

/** Returns who said what a stop shows, in the words before and after its time; null without a source. */
export function toShortSource(
  { source }: Pick<PathStop, "source">,
  providerName: ProviderName,
): { before: string; after: string } | null {
  switch (source) {
    case null:
      return null
    case "atlas":
      return { before: "Atlas, ", after: "" }
    case "read":
      return { before: `${providerLabels[providerName]} role, `, after: "" }
    case "mark":
      return { before: "", after: ", not seen" }
    case "link":
      return { before: "by share link, ", after: "" }
    case "pasted":
    case "typed":
      return { before: `${source} `, after: "" }
  }
}

const unnamedLink = "Share link"

/** Names the holder of a share link by its label. */
export function nameHolder(label: string): string {
  return label === unnamedLink ? "the holder of a share link" : `the holder of the link for ${label}`
}

/** Describes a source: `before` its time and after it. */
export function toSourceWords(source: FactSource, by: string | null): { before: string; after: string } {
  if (source === "atlas") return { before: "Atlas", after: "" }
  if (source === "read" && by !== null) return { before: `read by role ${by}`, after: "" }
  if (source === "link") return { before: "pasted", after: `by ${nameHolder(by ?? unnamedLink)}` }
  return { before: source, after: by === null ? "" : `by ${by}` }
}
