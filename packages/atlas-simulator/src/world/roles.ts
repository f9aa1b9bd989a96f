import type { Project } from "./world.ts"

/** A role on the organisation (all its projects, but for a mere member none) or on one project. */
export type Role =
  | { orgId: string; roleName: "ORG_OWNER" | "ORG_READ_ONLY" | "ORG_MEMBER" }
  | { groupId: string; roleName: "GROUP_OWNER" | "GROUP_NETWORK_ACCESS_MANAGER" | "GROUP_READ_ONLY" }

/** Names the role for a change: the network access manager's role (peers, access list), or the owner's (everything else). */
export type ChangeRole = "network" | "owner"

/** The caller, by API key or service account (null as `publicKey`); `accessList` holds CIDR blocks it may call from, null for anywhere. */
export type Principal = {
  id: string
  publicKey: string | null
  /** Of a service account. */
  clientId?: string
  roles: readonly Role[]
  accessList: readonly string[] | null
}

const rolesOn = (principal: Principal, project: Project) =>
  principal.roles.filter((role) =>
    "orgId" in role ? readsOrg(role, project.orgId) : role.groupId === project.id,
  )

function readsOrg(role: Role, orgId: string): boolean {
  return "orgId" in role && role.orgId === orgId && role.roleName !== "ORG_MEMBER"
}

/** Returns true when the caller has any role in the organisation. */
export function isOfOrg({ roles }: Principal, orgId: string): boolean {
  return roles.some((role) => "orgId" in role && role.orgId === orgId)
}

/** Returns true when the caller may read what belongs to the organisation ("Organization Read Only"). */
export function mayReadOrg({ roles }: Principal, orgId: string): boolean {
  return roles.some((role) => readsOrg(role, orgId))
}

/** Returns true when the caller has any role on the project. */
export function maySee(principal: Principal, project: Project): boolean {
  return rolesOn(principal, project).length > 0
}

/** Returns true when the caller may make changes of a kind in the project. */
export function mayChange(principal: Principal, project: Project, needs: ChangeRole): boolean {
  return rolesOn(principal, project).some(
    ({ roleName }) =>
      roleName.endsWith("OWNER") || (needs === "network" && roleName === "GROUP_NETWORK_ACCESS_MANAGER"),
  )
}
