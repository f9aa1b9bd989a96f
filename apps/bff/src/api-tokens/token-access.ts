import type { ApiTokenState, ProjectRole } from "@peering-desk/shared-schemas"
import { toLowerRole, toRoleIn, type Access } from "#sign-in/access.ts"

/** The most that a token may do. */
export interface TokenScope {
  role: ProjectRole
  /** Project ids, or all projects of its owner. */
  projects: "*" | readonly string[]
}

/** Narrows its owner's access to a token's scope. A right that the owner loses is lost to the token at once. */
export function limitAccess(owner: Access, { role, projects }: TokenScope): Access {
  if (projects === "*") {
    return {
      everywhere: toLowerRole(owner.everywhere, role),
      projects: toRoles([...owner.projects.keys()], owner, role),
      auditor: false,
    }
  }
  return { everywhere: null, projects: toRoles(projects, owner, role), auditor: false }
}

function toRoles(
  projectIds: readonly string[],
  owner: Access,
  most: ProjectRole,
): ReadonlyMap<string, ProjectRole> {
  return new Map(
    projectIds.flatMap((id) => {
      const role = toLowerRole(toRoleIn(owner, id), most)
      return role === null ? [] : [[id, role] as const]
    }),
  )
}

/** The part of a token and its owner that decides whether it may be used. Moments are milliseconds since 1970. */
export interface JudgedToken {
  expiresAt: number
  revokedAt: number | null
  owner: { confirmedAt: number; refusedAt: number | null }
}

/**
 * Returns the state of a token.
 * @param access the token's, as `limitAccess` computes it
 * @param ownerMs how long the provider's word about the owner counts
 */
export function getTokenState(
  { expiresAt, revokedAt, owner }: JudgedToken,
  access: Access,
  now: number,
  ownerMs: number,
): ApiTokenState {
  if (revokedAt !== null) return "revoked"
  if (now >= expiresAt) return "expired"
  if (owner.refusedAt !== null) return "paused"
  if (now - owner.confirmedAt >= ownerMs) return "unconfirmed"
  return access.everywhere === null && access.projects.size === 0 ? "no-rights" : "active"
}
