import type { Check, CheckId } from "@peering-desk/shared-schemas"

const see = "See the checks."

/** Each check: a remark under its field, in a few words. The panel of checks has the whole sentence. */
const remarks: Record<Exclude<CheckId, "fields">, string> = {
  container: `Not found. ${see}`,
  "container-region": `Not possible in this region. ${see}`,
  "container-size": `Wrong size. ${see}`,
  "container-overlap": `Overlaps another container. ${see}`,
  "container-is-the-only-one": `The region has a container already. ${see}`,
  "overlap-with-container": `Overlaps the container. ${see}`,
  "overlap-with-peer": `Overlaps another connection. ${see}`,
  "overlap-with-other-container": `Overlaps another connection of the network. ${see}`,
  "overlap-with-other-network": `Overlaps the container. ${see}`,
  "existing-routes": `Another route has these addresses. ${see}`,
  dns: `DNS settings are off. ${see}`,
  "unrouted-blocks": `Doesn't cover all VPC CIDRs. ${see}`,
  "atlas-network": `This is Atlas's own network. ${see}`,
  "known-network": `Differs from what is known of the network. ${see}`,
  duplicate: `Connected already. ${see}`,
  quota: `Project limit reached. ${see}`,
  "quota-pending": `Too many unfinished connections. ${see}`,
  "network-quota": `VPC near its AWS limit. ${see}`,
  "key-rights": `The Atlas key may not create. ${see}`,
  policies: `Forbidden by a policy. ${see}`,
  "overlap-other-projects": `Overlaps another network. ${see}`,
  "well-known-block": `Common default range, likely to clash. ${see}`,
  "cross-region": `Different region than the container. ${see}`,
  "peering-only-mode": `Peering-only mode. ${see}`,
  "cidr-ignored": `Not used. ${see}`,
  "one-way-door": "Can't be changed later.",
  "cloud-permission": "Needs Atlas's role before creating.",
}

/** Returns the remark of a check under its field. That of a field by itself is one rule, and short. */
export function toFieldHint({ id, says }: Check): string {
  return id === "fields" ? says : remarks[id]
}
