import type { PeeringList } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { useProject } from "#api/projects/projects.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Button } from "#ui/Button.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { useAfter } from "#ui/hooks/use-after.ts"
import { toCodeWords, toProblemWords, type ProblemWords } from "#copy/problems.ts"
import { needsPerson } from "./list-filter.ts"
import { NewConnectionLink } from "./NewConnectionLink.tsx"
import styles from "./PeeringListPage.module.css"
import { OpenCreates } from "./OpenCreates.tsx"
import { PeeringOverview } from "./PeeringOverview.tsx"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { useProjectPeerings } from "#shared/polling/use-project-peerings.ts"
import { PollStatus } from "#shared/polling/PollStatus.tsx"

/** The connections of a project. */
export function PeeringListPage({ projectId }: { projectId: string }) {
  const { list, findContainer } = useProjectPeerings(projectId)
  const projectName = useProject(projectId)?.name ?? "this project"
  const trouble = toTrouble(list.data, list.error)

  return (
    <>
      <PageHeader
        title="Connections"
        windowTitle={`Connections in ${projectName}`}
        actions={
          <div className={styles.actions}>
            <Link href={pagePaths.containers(projectId)}>Containers</Link>
            {trouble === null && <NewConnectionLink projectId={projectId} />}
          </div>
        }
      >
        {list.data !== undefined && trouble === null ? (
          <Summary list={list.data} projectName={projectName} />
        ) : (
          <Waiting over={trouble !== null} projectName={projectName} />
        )}
      </PageHeader>
      {list.data?.creates?.length ? <OpenCreates creates={list.data.creates} /> : null}
      {trouble === null ? (
        <PeeringOverview list={list.data} findContainer={findContainer} />
      ) : (
        <RefusalNotice
          words={trouble}
          projectId={projectId}
          actions={
            <Button onClick={() => void list.refetch()} disabled={list.isFetching}>
              Try again
            </Button>
          }
        />
      )}
    </>
  )
}

/** Returns why there is nothing to show: the list could not be read, or Atlas has not answered for any cloud yet. */
function toTrouble(list: PeeringList | undefined, error: Error | null): ProblemWords | null {
  if (list === undefined) return error === null ? null : toProblemWords(error)
  const [first] = list.watches
  const nothingKnown = list.peerings.length === 0 && list.watches.every(({ checkedAt }) => checkedAt === null)
  return nothingKnown && first?.problem ? toCodeWords(first.problem, first.atlas) : null
}

function Summary({ list: { peerings, watches }, projectName }: { list: PeeringList; projectName: string }) {
  const waiting = peerings.filter(needsPerson).length
  return (
    <>
      <p className={styles.counts}>
        {peerings.length} in {projectName},{" "}
        {waiting === 0 ? "none needs" : waiting === 1 ? "1 needs" : `${waiting} need`} a person
      </p>
      <PollStatus watches={watches} />
    </>
  )
}

/** Two lines, as the summary has. */
function Waiting({ over, projectName }: { over: boolean; projectName: string }) {
  const slow = useAfter(4_000)
  return (
    <>
      <p className={styles.counts}>{over ? `in ${projectName}` : "Asking Atlas"}</p>
      <output className={styles.slow}>
        {slow && !over && "Atlas takes its time; still waiting for its answer"}
      </output>
    </>
  )
}
