import { listRequestNames, providerNames, type AuditFields } from "@peering-desk/shared-schemas"

/** Fields of a peering, a container or an access list that the audit log stores. All others are dropped. */
const allowed: ReadonlySet<string> = new Set([
  ...providerNames.flatMap(listRequestNames),
  ...[
    "atlasCidrBlock awsSecurityGroup cidrBlock comment connectionId deleteAfterDate enabled errorMessage",
    "errorState errorStateName id ipAddress providerName provisioned region regionName regions status",
    "statusName",
  ].flatMap((names) => names.split(" ")),
])

const longestText = 1_000

/** Returns the allowed fields of a thing, or null if it has no allowed field. */
export function toKeptFields(thing: unknown): AuditFields | null {
  if (typeof thing !== "object" || thing === null) return null
  const kept = Object.entries(thing).filter(([name]) => allowed.has(name))
  return toFields(Object.fromEntries(kept))
}

/** Returns fields as they are stored. A list of texts becomes one text; other objects are left out. */
export function toFields(fields: object): AuditFields | null {
  const kept: AuditFields = {}
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === "string") kept[name] = toStorableText(value)
    else if (Array.isArray(value)) kept[name] = toStorableText(value.filter(isText).join(", "))
    else if (typeof value === "number" || typeof value === "boolean" || value === null) kept[name] = value
  }
  return Object.keys(kept).length === 0 ? null : kept
}

/**
 * Returns a text that both databases return unchanged: cut to 1,000 characters, without NUL and lone surrogates. It also removes the
 * replacement character, which then only appears where bytes were changed later.
 */
export function toStorableText(text: string): string {
  return text.slice(0, longestText).replace(/[\0\uFFFD\p{Surrogate}]/gu, "?")
}

function isText(value: unknown): value is string {
  return typeof value === "string"
}
