import type { ProjectRole, SessionInfo } from "@peering-desk/shared-schemas"
import { getRole, roles } from "#shared/permissions.ts"

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
