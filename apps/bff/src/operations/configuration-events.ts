import type { AtlasCredential } from "#atlas/auth/atlas-credential.ts"
import { itself, type AuditEvent } from "#audit/audit-events.ts"
import type { ApprovalPolicyLine } from "@peering-desk/shared-schemas"
import type { AccessRules } from "#sign-in/access-rules.ts"
import { toContentHash } from "#base/content-hash.ts"

/** The reloadable part of the configuration. */
export interface Configuration {
  accessRules: AccessRules
  /** Null without one. */
  approvalPolicy: { lines: readonly ApprovalPolicyLine[] } | null
  credentials: readonly AtlasCredential[]
}

/**
 * Lists the audit events of a configuration: a hash of the rules, to compare with the rules before, and each credential that
 * changed, by its label.
 * @param before the credentials until now; null when the server starts
 */
export function toConfigurationEvents(
  { accessRules, approvalPolicy, credentials }: Configuration,
  before: readonly AtlasCredential[] | null,
): AuditEvent[] {
  const rules = accessRules.rules.length
  return [
    { ...itself, action: "access-rules-read", detail: { rules, hash: toContentHash(accessRules) } },
    // Also without one: the server may have had one when it last started.
    toPolicyEvent(approvalPolicy ?? { lines: [] }),
    ...credentials.flatMap((credential) => {
      const change = before === null ? "in use" : toChange(credential, before)
      return change === null ? [] : [toKeyEvent(credential, change)]
    }),
    ...(before ?? [])
      .filter(({ label }) => !credentials.some((credential) => credential.label === label))
      .map((credential) => toKeyEvent(credential, "removed")),
  ]
}

function toPolicyEvent(policy: NonNullable<Configuration["approvalPolicy"]>): AuditEvent {
  const detail = { lines: policy.lines.length, hash: toContentHash(policy) }
  return { ...itself, action: "approval-policy-read", detail }
}

function toKeyEvent({ label, maskedId }: AtlasCredential, change: string): AuditEvent {
  return { ...itself, action: "key-read", detail: { label, publicKey: maskedId, change } }
}

function toChange(credential: AtlasCredential, before: readonly AtlasCredential[]): string | null {
  const same = before.find(({ label }) => label === credential.label)
  if (same === undefined) return "added"
  if (!same.signsLike(credential)) return "replaced"
  return toContentHash(same.projects) === toContentHash(credential.projects) ? null : "serves other projects"
}
