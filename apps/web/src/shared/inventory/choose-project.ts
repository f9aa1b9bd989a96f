import type { Project, SessionInfo } from "@peering-desk/shared-schemas"
import { readLastProject } from "#shared/last-project.ts"
import { computePermissions } from "#shared/permissions.ts"

/** Returns the project in which a new connection starts: the last one, or else the first, of those the person may change. */
export function chooseProject(
  projects: readonly Project[],
  person: SessionInfo | undefined,
): Project | undefined {
  const changeable = projects.filter(({ id }) => computePermissions(person, id).mayChange)
  const candidates = changeable.length > 0 ? changeable : projects
  const last = readLastProject()
  return candidates.find(({ id }) => id === last) ?? candidates[0]
}
