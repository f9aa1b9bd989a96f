import type { Project, SessionInfo } from "@peering-desk/shared-schemas"
import { pagePaths } from "#shared/page-paths.ts"
import { getRole, usePermissions } from "#shared/permissions.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"

/** Says why this person can't create a connection here, and whom to ask; in place of the form. */
export function NoRight({
  project,
  person,
  projectId,
}: {
  /** Undefined for a project that the person may not see. */
  project: Project | undefined
  person: SessionInfo
  projectId: string
}) {
  const { askWhom } = usePermissions()
  const seesProject = project !== undefined || getRole(person, projectId) !== null
  const name = project?.name ?? projectId
  return (
    <EmptyState
      title={
        seesProject ? `You can view ${name}, not create connections` : `You don't have access to ${name}`
      }
      action={
        <PageLink href={seesProject ? pagePaths.connections(projectId) : pagePaths.home()}>
          {seesProject ? "View connections" : "Go to Overview"}
        </PageLink>
      }
    >
      Ask {askWhom} for the requester role in {name}.
    </EmptyState>
  )
}
