import type { Check, CheckId } from "@peering-desk/shared-schemas"

/** Each check: a remark under its field, in a few words. The panel of checks has the whole sentence. */
const remarks: Record<Exclude<CheckId, "fields">, string> = {
  container: "Not found.",
  "container-region": "Not possible in this region.",
  "container-size": "Wrong size.",
  "container-overlap": "Overlaps another container.",
  "container-is-the-only-one": "The region has a container already.",
  "overlap-with-container": "Overlaps the container.",
  "overlap-with-peer": "Overlaps another connection.",
  "overlap-with-other-container": "Overlaps another connection of the network.",
  "overlap-with-other-network": "Overlaps the container.",
  "existing-routes": "Another route has these addresses.",
  dns: "DNS settings are off.",
  "unrouted-blocks": "Doesn't cover all VPC CIDRs.",
  "atlas-network": "This is Atlas's own network.",
  "known-network": "Differs from what is known of the network.",
  duplicate: "Connected already.",
  quota: "Project limit reached.",
  "quota-pending": "Too many unfinished connections.",
  "network-quota": "VPC near its AWS limit.",
  "key-rights": "The Atlas key may not create.",
  policies: "Forbidden by a policy.",
  "overlap-other-projects": "Overlaps another network.",
  "well-known-block": "Common default range, likely to clash.",
  "cross-region": "Different region than the container.",
  "peering-only-mode": "Peering-only mode.",
  "cidr-ignored": "Not used.",
  "one-way-door": "Can't be changed later.",
  "cloud-permission": "Needs Atlas's role before creating.",
}

/** Returns the remark of a check under its field. That of a field by itself is one rule, and short. */
export function toFieldHint({ id, says }: Check): string {
  return id === "fields" ? says : remarks[id]
}
