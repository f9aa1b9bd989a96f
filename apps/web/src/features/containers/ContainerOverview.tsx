import { providerLabels, providerNames, type Container } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useRef, useState } from "react"
import { containersQuery } from "#api/projects/containers.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Button } from "#ui/Button.tsx"
import { Card } from "#ui/Card.tsx"
import { Notice } from "#ui/Notice.tsx"
import { useAfter } from "#ui/hooks/use-after.ts"
import { toProblemWords } from "#copy/problems.ts"
import { toCodeWords } from "#copy/problems.ts"
import { toUse } from "./container-use.ts"
import { nameContainer } from "#copy/containers.ts"
import { ContainerRow } from "./ContainerRow.tsx"
import styles from "./containers.module.css"

/** Interval of reading the containers again, in milliseconds: their use is not streamed. */
const readEveryMs = 30_000

/** Lists every container of the project by cloud. */
export function ContainerOverview({ projectId }: { projectId: string }) {
  const query = useQuery({ ...containersQuery(projectId), refetchInterval: readEveryMs })
  const { data: list, error: listError } = useQuery(peeringsQuery(projectId))
  const [gone, setGone] = useState<string | null>(null)
  const summary = useRef<HTMLParagraphElement>(null)
  const containers = query.data

  if (containers === undefined)
    return query.error === null ? (
      <Waiting />
    ) : (
      <RefusalNotice
        words={toProblemWords(query.error)}
        projectId={projectId}
        actions={
          <Button onClick={() => void query.refetch()} aria-disabled={query.isFetching}>
            Try again
          </Button>
        }
      />
    )

  const rows = containers.map((container) => ({ container, use: toUse(container, list) }))
  const orphans = rows.filter(({ use }) => use.isOrphan).length
  const unread = (list?.watches ?? []).flatMap(({ providerName, checkedAt, problem, atlas }) =>
    checkedAt === null && problem !== null ? [{ providerName, words: toCodeWords(problem, atlas) }] : [],
  )

  function announceGone(container: Container) {
    setGone(nameContainer(container))
    // The removed row had the focus.
    summary.current?.focus()
  }

  return (
    <>
      <p ref={summary} tabIndex={-1} className={styles.summary}>
        {gone !== null && `The container ${gone} is gone. `}
        {containers.length > 0 && countContainers(containers.length)}
        {orphans > 0 && `, ${orphans === 1 ? "one" : orphans} with nothing in it`}
      </p>
      {query.isError && (
        <RefusalNotice
          tone="you"
          before="The list is old, it could not be read again: "
          words={toProblemWords(query.error)}
          projectId={projectId}
        />
      )}
      {listError !== null && list === undefined && (
        <RefusalNotice
          tone="you"
          before="What lives in the containers is not known: "
          words={toProblemWords(listError)}
          projectId={projectId}
        />
      )}
      {unread.map(({ providerName, words }) => (
        <RefusalNotice
          key={providerName}
          tone="you"
          before={`What lives in the containers on ${providerLabels[providerName]} is not known: `}
          words={words}
          projectId={projectId}
        />
      ))}
      {containers.length === 0 && (
        <Notice title="No container yet">
          <p>
            Atlas makes one by itself with the first dedicated cluster of a region, with an address block of
            its own choice. One that you make before then has the block you choose.
          </p>
        </Notice>
      )}
      {providerNames.map((providerName) => {
        const ofCloud = rows.filter(({ container }) => container.providerName === providerName)
        return (
          ofCloud.length > 0 && (
            <Card key={providerName} title={providerLabels[providerName]}>
              <ul className={styles.list}>
                {ofCloud.map(({ container, use }) => (
                  <ContainerRow
                    key={container.id}
                    projectId={projectId}
                    container={container}
                    use={use}
                    onGone={() => announceGone(container)}
                  />
                ))}
              </ul>
            </Card>
          )
        )
      })}
    </>
  )
}

function Waiting() {
  const slow = useAfter(4_000)
  return (
    <output className="shell-wait">
      {slow ? "Atlas takes its time; still waiting for its answer" : "Reading the containers"}
    </output>
  )
}

function countContainers(count: number): string {
  return count === 1 ? "One container" : `${count} containers`
}
