import type { FirewallRule } from "@peering-desk/shared-schemas"
import { atlasPorts } from "#runbook/runbook-step.ts"
import { areOverlapping, readCidrRange, type CidrRange } from "#addresses/cidr-range.ts"

/** How much of the traffic passes: all of it, none, or a part. */
export type Passage = "all" | "none" | "part"

/** Traffic to or from every address of a CIDR, at TCP ports of its destination. */
export interface Traffic {
  direction: "in" | "out"
  cidr: string
  from: number
  to: number
  /** For what no rule decides. */
  otherwise: boolean
}

/** Returns the traffic from a network to the clusters behind a CIDR. */
export function toAtlasTraffic(cidr: string, otherwise: boolean): Traffic {
  return { direction: "out", cidr, from: atlasPorts.first, to: atlasPorts.last, otherwise }
}

/** More than any network has; keeps hostile rules from costing minutes. */
const mostSteps = 2_000_000

/**
 * Computes how much of some traffic rules let through. The rule with the lowest number decides; of rules without numbers one that
 * allows is enough. Equal numbers count in the order of the list.
 */
export function computePassage(rules: readonly FirewallRule[], traffic: Traffic): Passage {
  const whole = readCidrRange(traffic.cidr)
  if (whole === null) return "part"
  const relevant = rules
    .filter((rule) => rule.direction === traffic.direction && ["tcp", "all", "6"].includes(rule.protocol))
    .toSorted((one, other) => (one.number ?? 0) - (other.number ?? 0))
    .map((rule) => ({
      allows: rule.allows,
      ports: { first: rule.from ?? 0, last: rule.to ?? rule.from ?? 65_535 },
      ranges: rule.cidrs
        .flatMap((cidr) => readCidrRange(cidr) ?? [])
        .filter((range) => areOverlapping(range, whole)),
    }))
    .filter(
      ({ ports, ranges }) =>
        ranges.length > 0 && areOverlapping(ports, { first: traffic.from, last: traffic.to }),
    )
  const addresses = listBegins(
    whole,
    relevant.flatMap(({ ranges }) => ranges),
  )
  const ports = listBegins(
    { first: traffic.from, last: traffic.to },
    relevant.map((rule) => rule.ports),
  )
  const rangeCount = relevant.reduce((count, { ranges }) => count + ranges.length, 0)
  if (addresses.length * ports.length * rangeCount > mostSteps) return "part"
  const passes = addresses.flatMap((address) =>
    ports.map(
      (port) =>
        relevant.find((rule) => holds(rule.ports, port) && rule.ranges.some((range) => holds(range, address)))
          ?.allows ?? traffic.otherwise,
    ),
  )
  if (passes.every(Boolean)) return "all"
  return passes.some(Boolean) ? "part" : "none"
}

/**
 * Computes how much of what a driver sends to the clusters behind a CIDR passes. Every cluster needs 27017, only some the other
 * ports, and none every address: rules that let 27017 out to a part of the CIDR are no certain fault.
 */
export function computeAtlasPassage(
  rules: readonly FirewallRule[],
  cidr: string,
  otherwise: boolean,
): Passage {
  const traffic = toAtlasTraffic(cidr, otherwise)
  const whole = computePassage(rules, traffic)
  if (whole !== "part") return whole
  const needed = computePassage(rules, { ...traffic, from: atlasPorts.last, to: atlasPorts.last })
  return needed === "none" ? "none" : "part"
}

/** Lists where something may change within a range: its begin, and where others begin or have ended. */
export function listBegins(whole: CidrRange, others: readonly CidrRange[]): number[] {
  const begins = others
    .flatMap(({ first, last }) => [first, last + 1])
    .filter((one) => one > whole.first && one <= whole.last)
  return [...new Set([whole.first, ...begins])].toSorted((one, other) => one - other)
}

export function holds({ first, last }: CidrRange, one: number): boolean {
  return first <= one && one <= last
}
