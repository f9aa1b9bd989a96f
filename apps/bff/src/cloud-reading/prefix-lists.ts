import type { ManagedPrefixList } from "@aws-sdk/client-ec2"
import type { Ec2Calls } from "./ec2-calls.ts"
import type { Answer } from "./reading-units.ts"
import type { ReadMemory } from "./reading.ts"

type Lists = ReadMemory["lists"]

/**
 * Reads the CIDRs of the prefix lists that answers name. One call tells the lists' versions, so only entries of a version that wasn't read
 * before are asked for. AWS's own lists hold AWS's public addresses, and no private ones: they get no entries.
 */
export async function readPrefixLists(
  calls: Ec2Calls,
  answers: readonly Answer[],
  known: Lists,
): Promise<{ answers: Answer[]; lists: Lists }> {
  const named = listNamed(answers)
  if (named.length === 0) return { answers: [], lists: {} }
  const described = await calls.sendAll("ec2:DescribeManagedPrefixLists", "PrefixLists", {
    Filters: [{ Name: "prefix-list-id", Values: named.slice(0, mostNamed) }],
  })
  const read: [string, Lists[string]][] = []
  for (const { PrefixListId = "", OwnerId, Version = 0 } of (described ?? []) as ManagedPrefixList[]) {
    const list = known[PrefixListId]
    const readEntries = () =>
      calls.sendAll("ec2:GetManagedPrefixListEntries", "Entries", { PrefixListId, TargetVersion: Version })
    const entries = OwnerId === "AWS" ? [] : list?.version === Version ? list.entries : await readEntries()
    if (entries !== null) read.push([PrefixListId, { version: Version, entries }])
  }
  return {
    answers: read.map(([id, { entries }]) => ({ name: `prefix-list:${id}`, value: { Entries: entries } })),
    lists: { ...known, ...Object.fromEntries(read) },
  }
}

/** The most values of a filter. */
const mostNamed = 200

interface Named {
  Routes?: { DestinationPrefixListId?: string; GatewayId?: string }[]
  IpPermissions?: Rule[]
  IpPermissionsEgress?: Rule[]
}
interface Rule {
  PrefixListIds?: { PrefixListId?: string }[]
}

/** Lists the prefix lists of routes and groups. A route to a gateway endpoint names a list of AWS's. */
function listNamed(answers: readonly Answer[]): string[] {
  const things = answers.flatMap(
    ({ value }) => [value["RouteTables"], value["SecurityGroups"]].flat() as Named[],
  )
  const ids = things.flatMap((thing) => [
    ...(thing?.Routes ?? [])
      .filter(({ GatewayId }) => GatewayId?.startsWith("vpce-") !== true)
      .map(({ DestinationPrefixListId }) => DestinationPrefixListId),
    ...[...(thing?.IpPermissions ?? []), ...(thing?.IpPermissionsEgress ?? [])]
      .flatMap(({ PrefixListIds }) => PrefixListIds ?? [])
      .map(({ PrefixListId }) => PrefixListId),
  ])
  return [...new Set(ids.filter((id) => id !== undefined))].sort()
}
