import { providerLabels, providerNames, type ProviderName } from "@peering-desk/shared-schemas"
import { useEffect, useRef, useState } from "react"
import { nameContainer } from "#copy/containers.ts"
import { toCodeWords, toProblemWords } from "#copy/problems.ts"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { Skeleton } from "#ui/Skeleton.tsx"
import { ContainerRow } from "./ContainerRow.tsx"
import { useContainers } from "./container-use.ts"
import styles from "./containers.module.css"

const titles = ["Region", "CIDR", "Container ID", "In use by", "Actions"]

const limits: Record<ProviderName, string> = {
  AWS: "One per region",
  GCP: "One per project",
  AZURE: "One per region",
}

/** Lists every container of the project by cloud. */
export function ContainerTable({ projectId }: { projectId: string }) {
  const { query, rows, list, listError } = useContainers(projectId)
  const [gone, setGone] = useState<string | null>(null)
  const outcome = useRef<HTMLParagraphElement>(null)

  // The removed row had the focus. The dialog returns it first, then this effect takes it.
  useEffect(() => {
    if (gone !== null) outcome.current?.focus()
  }, [gone])

  if (rows === undefined && query.error !== null) return <ReadFailure read={query} projectId={projectId} />

  const problems = [
    ...(query.isError
      ? [{ before: "This list may be out of date: ", words: toProblemWords(query.error) }]
      : []),
    ...(listError !== null && list === undefined
      ? [{ before: "Connections of the containers not checked: ", words: toProblemWords(listError) }]
      : []),
    ...(list?.watches ?? []).flatMap(({ providerName, checkedAt, problem, atlas }) =>
      checkedAt === null && problem !== null
        ? {
            before: `Connections on ${providerLabels[providerName]} not checked: `,
            words: toCodeWords(problem, atlas),
          }
        : [],
    ),
  ]

  return (
    <>
      <p ref={outcome} tabIndex={-1} className={gone === null ? "visually-hidden" : "no-ring"}>
        {gone !== null && `Container ${gone} deleted`}
      </p>
      {problems.map(({ before, words }) => (
        <RefusalNotice key={before} tone="you" before={before} words={words} projectId={projectId} />
      ))}
      <table className={`left wrap ${styles.table}`} aria-label="Containers" aria-busy={rows === undefined}>
        <thead className="quiet small">
          <tr>
            {titles.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        {providerNames.map((providerName) => {
          const ofCloud = rows?.filter(({ container }) => container.providerName === providerName)
          return (
            <tbody key={providerName}>
              <tr className={styles.group}>
                <th scope="rowgroup" colSpan={titles.length} className="line">
                  <CloudMark cloud={providerName} decorative />
                  <span className="strong">{providerLabels[providerName]}</span>
                  <span className="quiet small">{limits[providerName]}</span>
                  {ofCloud !== undefined && <span className="push number quiet small">{ofCloud.length}</span>}
                </th>
              </tr>
              {ofCloud?.map(({ container, use }) => (
                <ContainerRow
                  key={container.id}
                  projectId={projectId}
                  container={container}
                  use={use}
                  onGone={() => setGone(nameContainer(container))}
                />
              ))}
              {ofCloud?.length === 0 && (
                <tr className={`quiet text-13 ${styles.none}`}>
                  <td colSpan={titles.length}>
                    Created together with the first {providerLabels[providerName]} connection or cluster.
                  </td>
                </tr>
              )}
              {ofCloud === undefined && <SkeletonRow />}
            </tbody>
          )
        })}
      </table>
      <p className={`quiet text-13 lines-18 ${styles.fine}`}>
        A container's region can't be changed. Its CIDR locks with the first connection or cluster.
      </p>
    </>
  )
}

function SkeletonRow() {
  return (
    <tr>
      {titles.map((title) => (
        <td key={title}>
          <Skeleton width="short" />
        </td>
      ))}
    </tr>
  )
}
