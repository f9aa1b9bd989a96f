import type { AwsPeer, Firewall } from "@peering-desk/shared-schemas"
import { isWithin } from "#addresses/cidr-range.ts"
import { atlasPorts } from "#runbook/runbook-step.ts"
import { listFew } from "./describe-fact.ts"
import { computeAtlasPassage, computePassage, toAtlasTraffic, type Passage } from "./passage.ts"
import { createStop, findFresh, getAtlasCidr, toBasis, toNotChecked, type Stop, type Way } from "./stop.ts"

/** Ports to which answers come: those of Linux, from 32768 to 60999, and of Windows and macOS, from 49152. */
const answerPorts = { from: 32_768, to: 65_535 }
const range = `${atlasPorts.first}–${atlasPorts.last}`

/** Compares security groups and network ACLs with what a driver needs: the ports out, and the answers in. */
export function checkAwsFirewall(way: Way<AwsPeer>): Stop {
  const stepId = "aws-security-group"
  const cidr = getAtlasCidr(way)
  const groups = findFresh(way, "firewalls")
  const acls = findFresh(way, "networkAcls")
  if (groups === null || groups.value.length === 0 || cidr === "")
    return toNotChecked(way, "firewall", stepId, "firewalls", "networkAcls")
  const stop = createStop("firewall", stepId, toBasis(groups, acls))
  const ofSubnets = acls?.value.filter((acl) => acl.subnets.length > 0) ?? []
  const used = ofSubnets.length > 0 ? ofSubnets : (acls?.value ?? [])
  const lets = sort(groups.value, (group) => computeMain(group, cidr))
  const aclsOut = sort(used, (acl) => computeMain(acl, cidr))
  const answers = { ...toAtlasTraffic(cidr, false), direction: "in", ...answerPorts } as const
  const aclsIn = sort(used, (acl) => computePassage(acl.rules, answers))
  if (lets.none.length === groups.value.length)
    return stop(
      "broken",
      `${list(lets.none)} let${lets.none.length === 1 ? "s" : ""} none of ${range} out to ${cidr}.`,
      `Allow TCP ${range} out to ${cidr} in the application's security group.`,
    )
  if (used.length > 0 && aclsOut.none.length === used.length)
    return stop(
      "broken",
      `${list(aclsOut.none)} lets none of ${range} out to ${cidr}.`,
      `Allow TCP ${range} out to ${cidr} in ${list(aclsOut.none)}, with a number below the rule that denies.`,
    )
  if (used.length > 0 && aclsIn.none.length === used.length)
    return stop(
      "broken",
      `${list(aclsIn.none)} lets no answers in from ${cidr} to ports ${answerPorts.from}–${answerPorts.to}.`,
      `Allow TCP 1024–65535 in from ${cidr} in ${list(aclsIn.none)}, with a number below the rule that denies.`,
    )
  const closed = [...lets.none, ...lets.part]
  const lost = lets.none.filter(({ led = [] }) => led.some((one) => isWithin(cidr, one)))
  if (lost.length > 0)
    return stop(
      "broken",
      `${list(lost)} no longer let${lost.length === 1 ? "s" : ""} ${range} out to ${cidr}.`,
      `Allow TCP ${range} out to ${cidr} in ${list(lost)}.`,
    )
  if (closed.length > 0)
    return stop(
      "not-checked",
      `${lets.all.length} of ${groups.value.length} groups let all of ${range} out to ${cidr}: not ${list(closed)}.`,
      "Which group does the application use?",
    )
  const doubtful = [...aclsOut.none, ...aclsOut.part, ...aclsIn.none, ...aclsIn.part]
  if (doubtful.length > 0)
    return stop(
      "not-checked",
      `${list([...new Set(doubtful)])} lets only a part of the traffic with ${cidr} through.`,
      `Which subnets does the application use? ${listFew(doubtful.flatMap((one) => one.subnets))} use ${doubtful[0]?.id}.`,
    )
  if (used.length === 0)
    return { ...toNotChecked(way, "firewall", stepId, "networkAcls"), says: "Network ACLs weren't read." }
  return stop("proven", `${list(lets.all)} and ${list(used)} let ${range} out to ${cidr} and answers in.`)
}

function computeMain({ rules }: Firewall, cidr: string): Passage {
  const passage = computeAtlasPassage(rules, cidr, false)
  // The CIDRs of a prefix list that wasn't read may be these.
  const isUnread = rules.some(({ cidrs }) => cidrs.some((one) => one.startsWith("pl-")))
  return passage === "none" && isUnread ? "part" : passage
}

function sort(firewalls: readonly Firewall[], toPassage: (one: Firewall) => Passage) {
  const sorted: Record<Passage, Firewall[]> = { all: [], none: [], part: [] }
  for (const one of firewalls) sorted[toPassage(one)].push(one)
  return sorted
}

function list(firewalls: readonly Firewall[]): string {
  return listFew(firewalls.map(({ id }) => id))
}
