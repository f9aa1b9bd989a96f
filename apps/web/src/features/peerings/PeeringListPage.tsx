import type { PeeringList } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { Link } from "wouter"
import { projectsQuery } from "#api/projects.ts"
import { pagePaths } from "#page-paths.ts"
import { Button, LinkButton } from "#ui/Button.tsx"
import { PageHeading } from "#ui/PageHeading.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { useAfter } from "#ui/use-after.ts"
import { toProblemWords } from "#wording/problem-words.ts"
import { needsPerson } from "./list-filter.ts"
import styles from "./PeeringListPage.module.css"
import { PeeringOverview } from "./PeeringOverview.tsx"
import { useProjectPeerings } from "./use-project-peerings.ts"
import { WatchLine } from "./WatchLine.tsx"

/** The connections of a project: what needs a person first, then all of them. */
export function PeeringListPage({ projectId }: { projectId: string }) {
  const { list, findContainer } = useProjectPeerings(projectId)
  const { data: projects } = useQuery(projectsQuery())
  const projectName = projects?.find(({ id }) => id === projectId)?.name ?? "this project"
  const failed = list.data === undefined && list.isError

  return (
    <>
      <PageHeading
        title="Connections"
        windowTitle={`Connections in ${projectName}`}
        actions={
          !failed && (
            <Link href={pagePaths.newConnection(projectId)} asChild>
              <LinkButton kind="primary">New connection</LinkButton>
            </Link>
          )
        }
      >
        {list.data !== undefined ? (
          <Summary list={list.data} projectName={projectName} />
        ) : (
          <Waiting over={failed} projectName={projectName} />
        )}
      </PageHeading>
      {failed ? (
        <ProblemNotice
          {...toProblemWords(list.error)}
          actions={
            <Button onClick={() => void list.refetch()} disabled={list.isFetching}>
              Try again
            </Button>
          }
        />
      ) : (
        <PeeringOverview projectId={projectId} list={list.data} findContainer={findContainer} />
      )}
    </>
  )
}

function Summary({ list: { peerings, watches }, projectName }: { list: PeeringList; projectName: string }) {
  const waiting = peerings.filter(needsPerson).length
  return (
    <>
      <p className={styles.counts}>
        {peerings.length} in {projectName},{" "}
        {waiting === 0 ? "none needs" : waiting === 1 ? "1 needs" : `${waiting} need`} a person
      </p>
      <WatchLine watches={watches} />
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
