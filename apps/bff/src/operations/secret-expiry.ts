import type { SecretReport } from "@peering-desk/shared-schemas"
import type { AccountSecret } from "#atlas/account-secrets.ts"

const dayMs = 24 * 60 * 60_000
/** The warnings about the end of a secret, the most urgent first: from how many days before, and in words. */
export const secretWarnings = [
  { warning: "expired", days: 0, says: "expired" },
  { warning: "within-1-day", days: 1, says: "expires within 1 day" },
  { warning: "within-7-days", days: 7, says: "expires within 7 days" },
  { warning: "within-30-days", days: 30, says: "expires within 30 days" },
] as const

const place = "in Atlas, at the organization's Access Manager, Applications, Service Accounts"

/**
 * Reports when the secret in use ends, with a warning from 30 days before. Of two secrets without a known one in use, it is the one
 * that ends first.
 * @param secrets the first to expire in front
 */
export function toSecretReport(
  label: string,
  secrets: readonly AccountSecret[] | null,
  now: number,
  orgId: string | null = null,
): SecretReport | null {
  const used = secrets?.find(({ isOurs }) => isOurs === true) ?? secrets?.[0]
  if (used === undefined) return null
  const other = secrets?.find((secret) => secret !== used) ?? null
  const { expiresAt, lastUsedAt } = used
  const leftMs = Date.parse(expiresAt) - now
  const warning = secretWarnings.find(({ days }) => leftMs <= days * dayMs)?.warning ?? null
  return {
    expiresAt,
    lastUsedAt,
    other: other && { createdAt: other.createdAt, expiresAt: other.expiresAt, lastUsedAt: other.lastUsedAt },
    orgId,
    replacedId: used.isOurs === true && other !== null && isNewer(used, other) ? other.id : null,
    warning,
    says: warning === null ? null : describe(label, used, other, now),
  }
}

function describe(label: string, used: AccountSecret, other: AccountSecret | null, now: number): string {
  const days = Math.floor((Date.parse(used.expiresAt) - now) / dayMs)
  const left = days < 1 ? "in less than a day" : days === 1 ? "in 1 day" : `in ${days} days`
  const isOver = Date.parse(used.expiresAt) <= now
  const day = used.expiresAt.slice(0, 10)
  const ends = isOver
    ? `The secret of "${label}" expired on ${day}.`
    : `The secret of "${label}" expires ${left}, on ${day}.`
  return other !== null && isNewer(other, used)
    ? `${ends} A newer one, made on ${other.createdAt.slice(0, 10)}, is not in use here: put it in place of this one.`
    : `${ends} Add a second secret ${place}, and put it in place of this one. Atlas ends the first one at most 7 days later.`
}

function isNewer(one: AccountSecret, other: AccountSecret): boolean {
  return Date.parse(one.createdAt) > Date.parse(other.createdAt)
}
