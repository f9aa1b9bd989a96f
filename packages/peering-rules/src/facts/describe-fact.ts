import type { FactName, ProviderName } from "@peering-desk/shared-schemas"
import { toCount } from "#formats/phrases.ts"
import { toObject } from "#formats/unknown-json.ts"

/** Names for one thing of an aspect that is a list. */
const things: Partial<Record<FactName, string>> = {
  subnets: "subnet",
  routeTables: "route table",
  networkAcls: "network ACL",
  peerings: "peering",
  roles: "role assignment",
}

const firewalls: Record<ProviderName, string> = {
  AWS: "security group",
  GCP: "firewall rule",
  AZURE: "NSG",
}

/** Ends a doubt about Azure's half of a peering that a switch removes. */
export const switchedOff = " is off"

/** Begins the target of a Google Cloud route that comes with a peering. */
export const peeringTarget = "peering "

/** Writes the value of an aspect in a few words: "10.0.0.0/16, 10.1.0.0/16", "2 route tables: rtb-1, rtb-2". */
export function describeFact(name: FactName, value: unknown, cloud: ProviderName): string {
  if (name === "dns") {
    const { support, hostnames } = toObject(value)
    const toSwitch = (value: unknown) => (value === true ? "on" : "off")
    return `DNS resolution ${toSwitch(support)}, DNS hostnames ${toSwitch(hostnames)}`
  }
  if (!Array.isArray(value)) return String(value)
  const thing = name === "firewalls" ? firewalls[cloud] : things[name]
  const names = value.map((item: unknown) => {
    const { id, role, state, routes } = toObject(item)
    if (typeof item === "string") return item
    const named = String(id ?? role)
    if (Array.isArray(routes)) return `${named} (${routes.length} routes)`
    return typeof state === "string" ? `${named} (${state})` : named
  })
  const listed = listFew(names)
  if (thing === undefined && names.length > 0) return listed
  return `${toCount(names.length, thing ?? "CIDR")}${listed === "" ? "" : `: ${listed}`}`
}

/** Joins the first names: "a, b, c and 4 more". */
export function listFew(names: readonly string[]): string {
  const rest = names.length - 3
  return rest > 0 ? `${names.slice(0, 3).join(", ")} and ${rest} more` : names.join(", ")
}
