import { useQuery } from "@tanstack/react-query"
import { useId, useRef, useState } from "react"
import { Link } from "wouter"
import { containersQuery } from "#api/projects/containers.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { PageHeading } from "#ui/PageHeading.tsx"
import { toAskWhom } from "#copy/access.ts"
import { ContainerOverview } from "./ContainerOverview.tsx"
import { CreatedNotice, type Created } from "./CreatedNotice.tsx"
import { MayChangeContext, useMayChange, useProject } from "./may-change.ts"
import { NewContainerCard } from "./NewContainerCard.tsx"
import { PeeringOnlyCard } from "./PeeringOnlyCard.tsx"
import styles from "./containers.module.css"

/** The Atlas side of a project: its containers in all clouds, a way to make and remove them, and peering-only mode. */
export function ContainersPage({ projectId }: { projectId: string }) {
  const reasonId = useId()
  const mayChange = useMayChange(projectId, reasonId)
  const { name, keyMayNot } = useProject(projectId)
  const { data: containers } = useQuery(containersQuery(projectId))
  const [isMaking, setIsMaking] = useState(false)
  const [created, setCreated] = useState<Created | null>(null)
  const opener = useRef<HTMLButtonElement>(null)

  function close() {
    setIsMaking(false)
    // Whoever calls off goes on from where they began.
    opener.current?.focus()
  }

  return (
    <MayChangeContext value={mayChange}>
      <PageHeading
        title="Containers"
        windowTitle={`Containers in ${name}`}
        above={<Link href={pagePaths.connections(projectId)}>Connections</Link>}
        actions={
          <Button
            ref={opener}
            kind={isMaking ? "secondary" : "primary"}
            aria-disabled={!mayChange.containers}
            aria-expanded={isMaking}
            aria-describedby={mayChange.containers ? undefined : reasonId}
            onClick={() => {
              if (!mayChange.containers) return
              setCreated(null)
              setIsMaking(!isMaking)
            }}
          >
            New container
          </Button>
        }
      >
        Atlas's own networks in {name}: what connections are joined to
      </PageHeading>
      <div className={styles.page}>
        {!mayChange.containers && (
          <div id={reasonId}>
            <Notice tone="you" title="You may look at this project, not change it">
              <p>Ask {toAskWhom(mayChange.askWhom)} for the role of a requester here.</p>
            </Notice>
          </div>
        )}
        {keyMayNot && (
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
    </MayChangeContext>
  )
}
