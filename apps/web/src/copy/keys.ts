import { capitalize } from "@peering-desk/peering-rules"
import type { KeyMayCreate, KeyReport, ProblemCode, SecretReport } from "@peering-desk/shared-schemas"
import type { Tone } from "#ui/marks/Pill.tsx"
import { formatDay } from "#ui/time/times.ts"

/** The warnings of a secret on which its key stops working soon. */
const urgentWords: Partial<Record<NonNullable<SecretReport["warning"]>, string>> = {
  expired: "Secret expired",
  "within-1-day": "Secret expires within 24 hours",
  "within-7-days": "Secret expires soon",
}

/** Problems with the key itself; with any other one Atlas gave no answer about it. */
const keyProblems: readonly ProblemCode[] = [
  "atlas_keys_refused",
  "atlas_address_refused",
  "atlas_rights_missing",
]

/** Returns whether the last test of a key failed without an answer about the key. */
export function hasFailedTest({ problem }: KeyReport): boolean {
  return problem !== null && !keyProblems.includes(problem.code)
}

/** Describes the state of a key in a word or two. */
export function toKeyState(report: KeyReport): { tone: Tone; words: string } {
  const { problem, shortcomings, secret, checkedAt } = report
  if (checkedAt === null) return { tone: "unknown", words: "Not tested yet" }
  if (hasFailedTest(report)) return { tone: "unknown", words: "Test failed" }
  if (problem !== null) return { tone: "failed", words: "Can't be used" }
  const warning = secret?.warning ?? null
  const urgent = warning === null ? undefined : urgentWords[warning]
  if (urgent !== undefined) return { tone: "failed", words: urgent }
  if (shortcomings.length > 0) return { tone: "you", words: "Missing rights" }
  if (warning !== null) return { tone: "you", words: "Secret expires soon" }
  return { tone: "works", words: "Works" }
}

/** Each kind of credential: its name and the name of its id. */
export const keyKinds: Record<KeyReport["kind"], { name: string; id: string }> = {
  digest: { name: "API key", id: "Public key" },
  "service-account": { name: "Service account", id: "Client ID" },
}

/** Says what a key may do in the projects it serves. */
export function toKeyRights({ reach }: KeyReport): string {
  if (reach === null) return "Not known"
  const total = reach.length
  if (total === 0) return "No project"
  const count = (right: KeyMayCreate) => reach.filter(({ keyMayCreate }) => keyMayCreate === right).length
  const no = count("no")
  const unknown = count("unknown")
  const limited = count("in-existing-containers")
  const notKnown = (of: string) => (unknown > 0 ? `, not known in ${unknown}${of}` : "")
  if (no === total) return "View connections"
  if (unknown === total) return "View connections (right to create not known)"
  if (no + unknown === total)
    return `View connections, right to create not known in ${unknown} of ${total} projects`
  if (no > 0) return `Create connections, except in ${no} of ${total} projects${notKnown("")}`
  const rest = notKnown(` of ${total} projects`)
  if (limited === 0) return `Create connections and containers${rest}`
  if (limited + unknown === total) return `Create connections in existing containers${rest}`
  return `Create connections, and containers except in ${limited} of ${total} projects${rest}`
}

/** Whether a key reads its organization's resource policies, in a line; null when that is not known. */
export const policyRights: Record<KeyReport["readsPolicies"], string[] | null> = {
  yes: ["Reads resource policies"],
  no: ["Can't read resource policies. An organization owner can give it Organization Read Only"],
  unknown: null,
}

const dayInUtc = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
})

/** Says that Atlas will withdraw what a key's calls use, and until when each call works; null when it will not. */
export function toDeprecationWords({ label, deprecations }: KeyReport) {
  const [first] = deprecations
  if (first === undefined) return null
  const format = (instant: string) => dayInUtc.format(new Date(instant))
  return {
    title: `${label}: Atlas will withdraw the API version in use${first.sunsetAt === null ? "" : ` on ${format(first.sunsetAt)}`}`,
    lines: deprecations.map(
      ({ resource, sunsetAt }) =>
        `${resource}: ${sunsetAt === null ? "no end date yet" : `until ${format(sunsetAt)}`}`,
    ),
  }
}

/** Says until when a key's secret is good, and below it when it was last used and whether there is a second one. */
export function toSecretWords({ kind, secret }: KeyReport): { until: string; below: string[] } {
  if (secret === null) return { until: kind === "digest" ? "Does not expire" : "Not reported", below: [] }
  const toUse = (lastUsedAt: string | null) =>
    lastUsedAt === null ? "not used yet" : `last used ${formatDay(lastUsedAt)}`
  const { expiresAt, lastUsedAt, other } = secret
  return {
    until: `Until ${formatDay(expiresAt)}`,
    below: [
      capitalize(toUse(lastUsedAt)),
      ...(other === null ? [] : [`Second: until ${formatDay(other.expiresAt)}, ${toUse(other.lastUsedAt)}`]),
    ],
  }
}

/** Returns each role by Atlas's name with its project or organization; null when unknown. */
export function toRoleLines({ roles, reach }: KeyReport): string[] | null {
  if (roles === null) return null
  const names = new Map(reach?.map(({ id, name }) => [id, name]))
  return roles.map(({ roleName, projectId, orgId }) => {
    if (projectId !== null) return `${roleName} on ${names.get(projectId) ?? projectId}`
    return orgId === null ? roleName : `${roleName} on organization ${orgId}`
  })
}
