import type { AuditFields } from "@peering-desk/shared-schemas"
import type { AuditActor } from "./audit-events.ts"

/** The fields of a detail that name the API token by which the actor acted. */
interface TokenFields {
  byToken?: string
  byTokenId?: string
}

export function toTokenFields(actor: AuditActor | null): TokenFields {
  return actor?.token === undefined ? {} : { byToken: actor.token.name, byTokenId: actor.token.id }
}

/** Picks the fields that name a token out of a stored detail. */
export function readTokenFields(detail: AuditFields | null): TokenFields {
  const { byToken, byTokenId } = detail ?? {}
  return typeof byToken === "string" && typeof byTokenId === "string" ? { byToken, byTokenId } : {}
}

/** Names an actor as people read it: `Olivia Marsh`, or `Olivia Marsh (token deploy)`. */
export function toActorName({ name, token }: Pick<AuditActor, "name" | "token">): string {
  return nameActor(name, token?.name)
}

/** Names the actor of a stored row. */
export function readActorName(name: string, detail: AuditFields | null): string {
  return nameActor(name, readTokenFields(detail).byToken)
}

function nameActor(name: string, byToken: string | undefined): string {
  return byToken === undefined ? name : `${name} (token ${byToken})`
}
