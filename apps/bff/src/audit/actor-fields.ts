import type { AuditFields } from "@peering-desk/shared-schemas"
import type { AuditActor } from "./audit-events.ts"

const names = ["byToken", "byTokenId", "approval", "approvedBy", "approvedBySubject", "planHash"] as const

/** The fields of a detail that say by which API token, or with whose approval, the actor acted. */
type ActorFields = Partial<Record<(typeof names)[number], string>>

export function toActorFields(actor: AuditActor | null): ActorFields {
  const { token, approval } = actor ?? {}
  return {
    ...(token !== undefined && { byToken: token.name, byTokenId: token.id }),
    ...(approval !== undefined && {
      approval: approval.id,
      approvedBy: approval.by.name,
      approvedBySubject: approval.by.subject,
      planHash: approval.planHash,
    }),
  }
}

/** Picks these fields out of a stored detail. */
export function readActorFields(detail: AuditFields | null): ActorFields {
  const fields: ActorFields = {}
  for (const name of names) {
    const value = detail?.[name]
    if (typeof value === "string") fields[name] = value
  }
  return fields
}

/** Names an actor as people read it: `Olivia Marsh`, or `Olivia Marsh (token deploy)`. */
export function toActorName({ name, token }: { name: string; token?: { name: string } }): string {
  return token === undefined ? name : `${name} (token ${token.name})`
}

/** Names the actor of a stored row. */
export function readActorName(name: string, detail: AuditFields | null): string {
  const { byToken } = readActorFields(detail)
  return toActorName({ name, ...(byToken !== undefined && { token: { name: byToken } }) })
}
