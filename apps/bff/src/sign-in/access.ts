import type { ProjectRole, SessionInfo } from "@peering-desk/shared-schemas"

/** The rights of one person. */
export interface Access {
  /** The role in every project; null for no such role. */
  everywhere: ProjectRole | null
  /** Roles in single projects, by project id. */
  projects: ReadonlyMap<string, ProjectRole>
  /** Reads the whole audit log; that alone shows no project. */
  auditor: boolean
}

const ranks: Record<ProjectRole, number> = { viewer: 1, requester: 2, administrator: 3 }

/** The more powerful of two roles. */
export function toHigherRole(a: ProjectRole | null, b: ProjectRole | null): ProjectRole | null {
  if (a === null || b === null) return a ?? b
  return ranks[a] >= ranks[b] ? a : b
}

/** The less powerful of two roles; null when there is no role to lower. */
export function toLowerRole(own: ProjectRole | null, most: ProjectRole): ProjectRole | null {
  return own === null || ranks[own] <= ranks[most] ? own : most
}

/** The role in one project; null when the person may not know of it. */
export function toRoleIn(access: Access, projectId: string): ProjectRole | null {
  return toHigherRole(access.everywhere, access.projects.get(projectId) ?? null)
}

/** Returns whether the person has at least a role in a project. */
export function mayAs(access: Access, projectId: string, least: ProjectRole): boolean {
  const role = toRoleIn(access, projectId)
  return role !== null && ranks[role] >= ranks[least]
}

/** May know of the project, and read everything in it. */
export function mayView(access: Access, projectId: string): boolean {
  return mayAs(access, projectId, "viewer")
}

/** May create, change and delete connections there. */
export function mayCreate(access: Access, projectId: string): boolean {
  return mayAs(access, projectId, "requester")
}

/** May change what the whole project depends on. */
export function mayAdminister(access: Access, projectId: string): boolean {
  return mayAs(access, projectId, "administrator")
}

/** May see key health, and end anybody's session. */
export function mayAdministerAll(access: Access): boolean {
  return access.everywhere === "administrator"
}

/** Returns whether the person may read the audit log, which is one for all projects. */
export function mayAudit(access: Access): boolean {
  return access.auditor || mayAdministerAll(access)
}

/** Says whether nothing changed between two evaluations. */
export function isSameAccess(a: Access, b: Access): boolean {
  return (
    a.everywhere === b.everywhere &&
    a.auditor === b.auditor &&
    a.projects.size === b.projects.size &&
    [...a.projects].every(([projectId, role]) => b.projects.get(projectId) === role)
  )
}

/** Access as the contract writes it. */
export function toAccessAnswer({ everywhere, projects, auditor }: Access): SessionInfo["access"] {
  return { everywhere, projects: Object.fromEntries(projects), auditor }
}
