import { findRequestField } from "@peering-desk/shared-schemas"

const others: Readonly<Record<string, string>> = {
  providerName: "Cloud",
  containerId: "Container",
  atlasCidrBlock: "Atlas CIDR",
  regionName: "Region",
  region: "Region",
  regions: "Regions",
  isAvailable: "Available",
  isClosing: "Being deleted",
  isFailed: "Failed",
  cidrBlock: "CIDR",
  awsSecurityGroup: "Security group",
  ipAddress: "IP address",
  comment: "Comment",
  deleteAfterDate: "Removed on",
  enabled: "Enabled",
}

/** Returns the label of a field that Atlas gets or lists. */
export function nameSentField(name: string): string {
  return findRequestField(name)?.label ?? others[name] ?? name
}

/** States of a connection, which are no values of it. */
export const stateFields: ReadonlySet<string> = new Set(["isAvailable", "isClosing", "isFailed"])

/** Writes the value of such a field. */
export function formatSentValue(value: unknown): string {
  if (Array.isArray(value)) return value.join(", ")
  if (typeof value === "boolean") return value ? "yes" : "no"
  return typeof value === "string" && value !== "" ? value : "–"
}
