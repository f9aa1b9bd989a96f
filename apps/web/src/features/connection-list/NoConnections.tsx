import { useAppPermissions, usePermissionsIn } from "#shared/permissions.ts"
import type { RowSource } from "@peering-desk/peering-rules"
import { pagePaths } from "#shared/page-paths.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"
import styles from "./ConnectionList.module.css"

const needed = [
  ["AWS", "Account ID, VPC ID, region, CIDR"],
  ["Google Cloud", "Project ID, network name"],
  ["Azure", "Directory, subscription, resource group, VNet"],
] as const

/** Takes the place of a list without connections: what one is, what it needs, and the way to the form. */
export function NoConnections({
  sources,
  projectId,
}: {
  sources: readonly Pick<RowSource, "watches">[]
  /** Of the list; null for all projects. */
  projectId: string | null
}) {
  const { mayChange } = usePermissionsIn(projectId ?? "")
  const { changes } = useAppPermissions()
  const isUnread = sources.some(
    ({ watches }) => watches.length === 0 || watches.some(({ checkedAt }) => checkedAt === null),
  )
  if (isUnread) {
    return (
      <EmptyState title="No connections loaded yet">
        <p>Atlas has not answered yet. This page updates automatically.</p>
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon="connections"
      title="No connections yet"
      action={
        <>
          <dl className={`grid gap-4 below-8 left ${styles.needed}`}>
            {needed.map(([cloud, fields]) => (
              <div key={cloud}>
                <dt className="quiet">{cloud}</dt>
                <dd>{fields}</dd>
              </div>
            ))}
          </dl>
          {(projectId === null ? changes : mayChange) && (
            <PageLink
              href={
                projectId === null ? pagePaths.newConnectionAnywhere() : pagePaths.newConnection(projectId)
              }
            >
              Create the first connection
            </PageLink>
          )}
        </>
      }
    >
      <p>
        A connection peers your network with the project's Atlas network, so that applications reach their
        clusters over private addresses. You need:
      </p>
    </EmptyState>
  )
}
