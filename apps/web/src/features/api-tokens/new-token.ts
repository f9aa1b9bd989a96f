import type { ProjectRole, SessionInfo } from "@peering-desk/shared-schemas"
import { getRole } from "#shared/permissions.ts"

const roles: readonly ProjectRole[] = ["viewer", "requester", "administrator"]

/** Returns whether a person may create tokens: for that they need to change something somewhere. */
export function mayCreateTokens({ access }: SessionInfo): boolean {
  return [access.everywhere, ...Object.values(access.projects)].some(isMaker)
}

/** Returns whether a person may create a token for all projects. */
export function mayCreateForAll({ access }: SessionInfo): boolean {
  return isMaker(access.everywhere)
}

/** Returns whether a person may create a token for a project. */
export function mayCreateFor(person: SessionInfo, projectId: string): boolean {
  return isMaker(getRole(person, projectId))
}

/** Lists the roles a token may have: its maker has them in each of its projects. */
export function listRoles(person: SessionInfo, projects: "*" | readonly string[]): ProjectRole[] {
  const own = projects === "*" ? [person.access.everywhere] : projects.map((id) => getRole(person, id))
  const least = Math.min(roles.length - 1, ...own.map((role) => roles.indexOf(role ?? "viewer")))
  return roles.slice(0, least + 1)
}

/** Lists the lifetimes to choose from, in days, the default among them. */
export function listLifetimes(defaultDays: number, mostDays: number): number[] {
  const days = new Set([7, 30, 90, 180, 365, defaultDays, mostDays].filter((one) => one <= mostDays))
  return [...days].sort((one, other) => one - other)
}

function isMaker(role: ProjectRole | null): boolean {
  return role === "requester" || role === "administrator"
}
