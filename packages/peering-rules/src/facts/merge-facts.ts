import type {
  CloudRouteTable,
  Fact,
  FactContradiction,
  FactName,
  FactSource,
  Firewall,
  FirewallRule,
  NetworkFacts,
} from "@peering-desk/shared-schemas"
import { describeFact } from "./describe-fact.ts"
import { isFresh } from "./fresh-facts.ts"
import { computePassage, toAtlasTraffic } from "./passage.ts"

/** Best first. */
const bestSources: readonly FactSource[] = ["read", "atlas", "pasted", "link", "typed"]

interface Merged {
  /** Null when nothing is known. */
  facts: NetworkFacts | null
  contradictions: FactContradiction[]
}

/**
 * Merges what several sources say of one network, aspect by aspect. Fresh goes before stale, then the better source, then the newer
 * one; a role's reading goes before everything older. What the holder of a share link pasted replaces nothing that a role read or somebody signed in pasted, not even when that is stale.
 */
export function mergeFacts(all: readonly NetworkFacts[], now: number): Merged {
  const [first] = all
  if (first === undefined) return { facts: null, contradictions: [] }
  const names = new Set(all.flatMap((one) => Object.keys(one)).filter((name) => name !== "providerName"))
  const contradictions: FactContradiction[] = []
  const merged = [...names].map((name) => {
    const known = all.flatMap((one) => one[name as FactName] ?? []) as Fact<unknown>[]
    const [counts, ...others] = known.toSorted((one, other) => compare(one, other, now))
    if (counts === undefined) return []
    const differing = others.filter((other) => mayContradict(counts, other, now))
    contradictions.push(
      ...differing.map((other) => toContradiction(first.providerName, name as FactName, counts, other)),
    )
    return [name, counts]
  })
  const facts: NetworkFacts = { providerName: first.providerName, ...Object.fromEntries(merged) }
  return { facts: names.size === 0 ? null : facts, contradictions }
}

function compare(one: Fact<unknown>, other: Fact<unknown>, now: number): number {
  const [rank, otherRank] = [one, other].map(({ source }) => bestSources.indexOf(source))
  const bySource = (rank ?? 0) - (otherRank ?? 0)
  const byAge = Number(isFresh(other, now)) - Number(isFresh(one, now))
  const byTime = Date.parse(other.at) - Date.parse(one.at)
  if (isClaimBesideProof(one, other)) return bySource || byTime
  // A reading that has run out still knows more than an older paste.
  if (Math.sign(bySource) === Math.sign(byTime) && isReading(bySource < 0 ? one : other)) return bySource
  return byAge || bySource || byTime
}

const isReading = ({ source }: Fact<unknown>) => source === "read"

function isClaimBesideProof(one: Fact<unknown>, other: Fact<unknown>): boolean {
  const sources = [one.source, other.source]
  return sources.includes("link") && (sources.includes("read") || sources.includes("pasted"))
}

/** A newer answer of the same source only replaces the older one, and so does a fresh one a stale one. */
function mayContradict(counts: Fact<unknown>, other: Fact<unknown>, now: number): boolean {
  return (
    counts.source !== other.source &&
    isFresh(counts, now) === isFresh(other, now) &&
    toCanonical(counts.value) !== toCanonical(other.value)
  )
}

/** Writes a value as text in which the order of lists and names does not count. */
function toCanonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toCanonical).toSorted().join()}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? ""
  const entries = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}:${toCanonical(one)}`)
  return `{${entries.toSorted().join()}}`
}

function toContradiction(
  cloud: NetworkFacts["providerName"],
  name: FactName,
  counts: Fact<unknown>,
  other: Fact<unknown>,
): FactContradiction {
  const toSide = ({ value, source, at }: Fact<unknown>) => ({
    says: describeFact(name, value, cloud),
    source,
    at,
  })
  return { fact: name, counts: toSide(counts), other: toSide(other) }
}

/**
 * Notes in newer route tables to which peerings they led before, and in security groups to which CIDRs they let a driver's ports out: one
 * that no longer does is broken, one that never did may be meant so.
 */
export function rememberBefore(before: NetworkFacts, after: NetworkFacts): NetworkFacts {
  const { routeTables, firewalls } = after
  const tables = before.routeTables?.value
  const groups = before.firewalls?.value
  return {
    ...after,
    ...(routeTables && {
      routeTables: { ...routeTables, value: addLed(tables, routeTables.value, listTargets) },
    }),
    ...(firewalls && { firewalls: { ...firewalls, value: addLed(groups, firewalls.value, listOpen) } }),
  }
}

interface Remembering {
  id: string
  led?: string[] | undefined
}

function addLed<Thing extends Remembering>(
  before: readonly Thing[] | undefined,
  after: readonly Thing[],
  list: (thing: Thing) => string[],
): Thing[] {
  const known = new Map(before?.map((thing) => [thing.id, thing]))
  return after.map((thing) => {
    const was = known.get(thing.id)
    const led = was === undefined ? [] : [...new Set([...(was.led ?? []), ...list(was)])]
    return led.length === 0 ? thing : { ...thing, led: led.slice(0, mostRemembered) }
  })
}

function listTargets({ routes }: CloudRouteTable): string[] {
  const active = routes.filter(({ state, target }) => state === "active" && target.startsWith("pcx-"))
  return active.map(({ target }) => target)
}

/** Groups only allow, so one rule tells. Rules with numbers, of other clouds, depend on each other. */
function listOpen({ rules }: Firewall): string[] {
  const isOpenTo = (rule: FirewallRule, cidr: string) =>
    computePassage([{ ...rule, cidrs: [cidr] }], toAtlasTraffic(cidr, false)) === "all"
  return rules
    .filter(({ number, direction }) => number === null && direction === "out")
    .flatMap((rule) => rule.cidrs.filter((cidr) => isOpenTo(rule, cidr)))
}

const mostRemembered = 50
