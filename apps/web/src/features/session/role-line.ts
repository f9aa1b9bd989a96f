import type { SessionInfo } from "@peering-desk/shared-schemas"
import { roleNames } from "#copy/access.ts"
import { getRole } from "#shared/permissions.ts"

/** Returns the name of a person's role in a project, or in all projects without one; null when it depends on the project. */
export function getRoleName(session: SessionInfo, projectId: string | null): string | null {
  const { everywhere, auditor } = session.access
  const role = projectId === null ? everywhere : getRole(session, projectId)
  if (role !== null) return roleNames[role]
  return auditor ? "Auditor" : null
}

/** Says which role a person has where: `Administrator in payments-prod`. */
export function formatRoleLine(
  session: SessionInfo,
  project: { id: string; name: string | undefined } | null,
): string {
  const name = getRoleName(session, project?.id ?? null)
  if (name === null) return "Role depends on the project"
  if (name === "Auditor") return "Auditor: reads the audit log"
  const where = project === null ? "all projects" : (project.name ?? "this project")
  return `${name} in ${where}${session.access.auditor ? " · Auditor" : ""}`
}
