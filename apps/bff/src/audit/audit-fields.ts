import type { AuditFields } from "@peering-desk/shared-schemas"

/** What of a connection, a container or an access list may be kept for good. Anything else Atlas says stays out. */
const allowed: ReadonlySet<string> = new Set([
  "accepterRegionName",
  "atlasCidrBlock",
  "awsAccountId",
  "awsSecurityGroup",
  "azureDirectoryId",
  "azureSubscriptionId",
  "cidrBlock",
  "comment",
  "connectionId",
  "containerId",
  "deleteAfterDate",
  "enabled",
  "errorMessage",
  "errorState",
  "errorStateName",
  "gcpProjectId",
  "id",
  "ipAddress",
  "networkName",
  "providerName",
  "provisioned",
  "region",
  "regionName",
  "regions",
  "resourceGroupName",
  "routeTableCidrBlock",
  "status",
  "statusName",
  "vnetName",
  "vpcId",
])

const longestText = 1_000

/** The fields of a thing that may be kept, as JSON text; null when there are none. */
export function toKeptFields(thing: unknown): string | null {
  if (typeof thing !== "object" || thing === null) return null
  const kept = Object.entries(thing).filter(([name]) => allowed.has(name))
  return toFieldsText(Object.fromEntries(kept))
}

/** Fields as JSON text, a list of texts as one; what is no text, number, yes, no or null is left out. */
export function toFieldsText(fields: object): string | null {
  const kept: AuditFields = {}
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === "string") kept[name] = toStorableText(value)
    else if (Array.isArray(value)) kept[name] = toStorableText(value.filter(isText).join(", "))
    else if (typeof value === "number" || typeof value === "boolean" || value === null) kept[name] = value
  }
  return Object.keys(kept).length === 0 ? null : JSON.stringify(kept)
}

/**
 * A text that comes back from either database as it went in: cut to 1,000 characters, without NUL and half characters. The mark for
 * unreadable bytes is taken out too, so that it can only stand where bytes were changed later.
 */
export function toStorableText(text: string): string {
  return text.slice(0, longestText).replace(/[\0\uFFFD\p{Surrogate}]/gu, "?")
}

function isText(value: unknown): value is string {
  return typeof value === "string"
}
