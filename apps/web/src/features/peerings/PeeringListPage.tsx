import type { Container, PeeringList } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import { Link, useSearchParams } from "wouter"
import { projectsQuery } from "#api/projects.ts"
import { pagePaths } from "#page-paths.ts"
import { Button, LinkButton } from "#ui/Button.tsx"
import { Card } from "#ui/Card.tsx"
import { PageHeading } from "#ui/PageHeading.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { toProblemWords } from "#wording/problem-words.ts"
import {
  filterPeerings,
  needsPerson,
  readListFilter,
  writeListFilter,
  type ListFilter,
} from "./list-filter.ts"
import { ListToolbar } from "./ListToolbar.tsx"
import { NeedsPerson } from "./NeedsPerson.tsx"
import styles from "./PeeringListPage.module.css"
import { PeeringTable, PeeringTableSkeleton } from "./PeeringTable.tsx"
import { useProjectPeerings } from "./use-project-peerings.ts"
import { WatchAdvice, WatchLine } from "./WatchLine.tsx"

/** The connections of a project: what needs a person first, then all of them. */
export function PeeringListPage({ projectId }: { projectId: string }) {
  const { list, containersById } = useProjectPeerings(projectId)
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
      ) : list.data === undefined ? (
        <Loading />
      ) : list.data.peerings.length === 0 ? (
        <Empty list={list.data} projectId={projectId} />
      ) : (
        <Connections list={list.data} containersById={containersById} />
      )}
    </>
  )
}

function Summary({ list: { peerings, watches }, projectName }: { list: PeeringList; projectName: string }) {
  const waiting = peerings.filter(needsPerson).length
  return (
    <>
      <p>
        {peerings.length} in {projectName},{" "}
        {waiting === 0 ? "none needs" : waiting === 1 ? "1 needs" : `${waiting} need`} a person
      </p>
      <WatchLine watches={watches} />
    </>
  )
}

/** Two lines, as the summary has. */
function Waiting({ over, projectName }: { over: boolean; projectName: string }) {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 4_000)
    return () => clearTimeout(timer)
  }, [])
  return (
    <>
      <p>{over ? `in ${projectName}` : "Asking Atlas"}</p>
      <output className={styles.slow}>
        {slow && !over && "Atlas takes its time; still waiting for its answer"}
      </output>
    </>
  )
}

function Loading() {
  return (
    <>
      <div className={styles.tasksPlace} />
      <Card padded={false}>
        <div className={styles.toolbarPlace} />
        <PeeringTableSkeleton />
      </Card>
    </>
  )
}

function Empty({ list, projectId }: { list: PeeringList; projectId: string }) {
  return (
    <>
      <Card title="No connection yet">
        <div className={styles.empty}>
          <p>
            A peering connection joins your own network in AWS, Google Cloud or Azure with the Atlas network
            of this project, so that your applications reach their clusters by private addresses.
          </p>
          <Link href={pagePaths.newConnection(projectId)} asChild>
            <LinkButton>Create the first one</LinkButton>
          </Link>
        </div>
      </Card>
      <WatchAdvice watches={list.watches} />
    </>
  )
}

function Connections({
  list: { peerings, watches },
  containersById,
}: {
  list: PeeringList
  containersById: ReadonlyMap<string, Container>
}) {
  const [search, setSearch] = useSearchParams()
  const filter = readListFilter(search)
  const setFilter = (next: ListFilter) => setSearch(writeListFilter(next), { replace: true })
  const found = filterPeerings(peerings, containersById, filter)

  return (
    <>
      <NeedsPerson peerings={peerings} containersById={containersById} />
      <Card padded={false}>
        <ListToolbar peerings={peerings} filter={filter} onFilter={setFilter} />
        <output className="visually-hidden">
          {found.length === peerings.length ? "" : `${found.length} of ${peerings.length} shown`}
        </output>
        {found.length > 0 ? (
          <PeeringTable peerings={found} containersById={containersById} />
        ) : (
          <div className={styles.nothing}>
            <p>
              {filter.text === ""
                ? "No connection fits this filter"
                : `No connection has "${filter.text}" in it`}
            </p>
            <Button onClick={() => setFilter({ text: "", cloud: null, needsPerson: false })}>Show all</Button>
          </div>
        )}
      </Card>
      <WatchAdvice watches={watches} />
    </>
  )
}
