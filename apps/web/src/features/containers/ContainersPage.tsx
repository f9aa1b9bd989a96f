import { useQuery } from "@tanstack/react-query"
import { useRef, useState } from "react"
import { containersQuery } from "#api/projects/containers.ts"
import { useProject } from "#api/projects/projects.ts"
import { PermissionNotice } from "#shared/PermissionNotice.tsx"
import { PermissionsContext, usePermissionsIn } from "#shared/permissions.ts"
import { crumbTo } from "#shared/crumb-to.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { ContainerOverview } from "./ContainerOverview.tsx"
import { CreatedNotice, type Created } from "./CreatedNotice.tsx"
import { NewContainerCard } from "./NewContainerCard.tsx"
import { PeeringOnlyCard } from "./PeeringOnlyCard.tsx"
import styles from "./containers.module.css"

/** The Atlas side of a project: its containers in all clouds, creating and deleting them, and peering-only mode. */
export function ContainersPage({ projectId }: { projectId: string }) {
  const permissions = usePermissionsIn(projectId)
  const { mayChange, reasonId } = permissions
  const { name = "this project", keyMayCreate } = useProject(projectId) ?? {}
  const { data: containers } = useQuery(containersQuery(projectId))
  const [isMaking, setIsMaking] = useState(false)
  const [created, setCreated] = useState<Created | null>(null)
  const opener = useRef<HTMLButtonElement>(null)

  function close() {
    setIsMaking(false)
    // Cancel returns the focus to where the person began.
    opener.current?.focus()
  }

  return (
    <PermissionsContext value={permissions}>
      <PageHeader
        title="Containers"
        windowTitle={`Containers in ${name}`}
        crumbs={[crumbTo(pagePaths.connections(projectId), "Connections")]}
        actions={
          <Button
            ref={opener}
            kind={isMaking ? "secondary" : "primary"}
            aria-disabled={!mayChange}
            aria-expanded={isMaking}
            aria-describedby={mayChange ? undefined : reasonId}
            onClick={() => {
              if (!mayChange) return
              setCreated(null)
              setIsMaking(!isMaking)
            }}
          >
            New container
          </Button>
        }
      >
        Atlas's own networks in {name}: what connections are joined to
      </PageHeader>
      <div className={styles.page}>
        <PermissionNotice title="You may look at this project, not change it" />
        {keyMayCreate === "no" && (
          <Notice tone="you" title={`Atlas will refuse changes in ${name}`}>
            <p>This server's Atlas API key lacks the Project Owner role there.</p>
          </Notice>
        )}
        {created !== null && <CreatedNotice created={created} onDismiss={() => setCreated(null)} />}
        {isMaking && (
          <NewContainerCard
            projectId={projectId}
            containers={containers ?? []}
            onCancel={close}
            onCreated={(next) => {
              setIsMaking(false)
              setCreated(next)
            }}
          />
        )}
        <ContainerOverview projectId={projectId} />
        <PeeringOnlyCard projectId={projectId} />
      </div>
    </PermissionsContext>
  )
}
