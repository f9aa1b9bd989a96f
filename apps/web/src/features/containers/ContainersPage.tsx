import { toKeyNoun } from "@peering-desk/peering-rules"
import type { Project } from "@peering-desk/shared-schemas"
import { Suspense, useState } from "react"
import { useProject } from "#api/projects/projects.ts"
import { formatCount } from "#copy/counts.ts"
import { crumbTo } from "#shared/crumb-to.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { PermissionsContext, usePermissionsIn } from "#shared/permissions.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { Button } from "#ui/Button.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { Notice } from "#ui/Notice.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { Skeleton } from "#ui/Skeleton.tsx"
import { lazyPage } from "#ui/lazy-page.ts"
import { ContainerTable } from "./ContainerTable.tsx"
import { CreatedNotice, type Created } from "./CreatedNotice.tsx"
import { useContainers, type ContainerWithUse } from "./container-use.ts"
import { WhereTheyAre } from "./WhereTheyAre.tsx"

// Its form is large, and many people only look at the containers.
const NewContainerDialog = lazyPage(async () => (await import("./NewContainerDialog.tsx")).NewContainerDialog)

/** The Atlas side of a project: its containers in all clouds, creating and deleting them. */
export function ContainersPage({ projectId }: { projectId: string }) {
  const permissions = usePermissionsIn(projectId)
  const project = useProject(projectId)
  const name = project?.name
  const { query, rows } = useContainers(projectId)
  const { data: containers, error } = query
  const [isMaking, setIsMaking] = useState(false)
  const [created, setCreated] = useState<Created | null>(null)

  return (
    <PermissionsContext value={permissions}>
      <PageHeader
        title="Containers"
        windowTitle={name === undefined ? "Containers" : `Containers of ${name}`}
        crumbs={name === undefined ? [] : [crumbTo(pagePaths.connections(projectId), name)]}
        actions={
          <>
            <PageLink href={pagePaths.addressSpace()}>
              <Icon name="address" /> Address space
            </PageLink>
            {permissions.mayChange && containers !== undefined && (
              <Button
                kind="primary"
                onClick={() => {
                  setCreated(null)
                  setIsMaking(true)
                }}
              >
                <Icon name="plus" /> New container
              </Button>
            )}
          </>
        }
      >
        <Summary of={rows} hasFailed={error !== null} />
      </PageHeader>
      <div className="stack">
        {!permissions.mayChange && project !== undefined && (
          <Notice tone="you" title="You can view this project, not change it">
            <p>Ask {permissions.askWhom} for the role of a requester here.</p>
          </Notice>
        )}
        {project !== undefined && <KeyNotice {...project} />}
        {created !== null && <CreatedNotice created={created} onDismiss={() => setCreated(null)} />}
        <ContainerTable projectId={projectId} />
        <WhereTheyAre projectId={projectId} />
      </div>
      <Suspense>
        {isMaking && (
          <NewContainerDialog
            projectId={projectId}
            containers={containers ?? []}
            onClose={() => setIsMaking(false)}
            onCreated={(next) => {
              setIsMaking(false)
              setCreated(next)
            }}
          />
        )}
      </Suspense>
    </PermissionsContext>
  )
}

function Summary({ of: rows, hasFailed }: { of: ContainerWithUse[] | undefined; hasFailed: boolean }) {
  if (rows === undefined) return !hasFailed && <Skeleton width="short" />
  const unused = rows.filter(({ use }) => use.isOrphan).length
  return (
    <>
      {formatCount(rows.length, "container")}
      {unused > 0 && (
        <>
          {" · "}
          <strong>{unused} unused</strong>
        </>
      )}
    </>
  )
}

/** Says that the server's key can't change the containers. Shows nothing when it can. */
function KeyNotice({ name, keyKind, keyMayCreate }: Project) {
  if (keyMayCreate !== "no" && keyMayCreate !== "in-existing-containers") return null
  return (
    <Notice tone="you" title={`Atlas rejects changes of containers in ${name}`}>
      <p>
        This server's Atlas {toKeyNoun(keyKind)} lacks the Project Owner role there.
        {keyMayCreate === "in-existing-containers" &&
          " It can still create connections in existing containers, and add to the IP access list."}
      </p>
    </Notice>
  )
}
