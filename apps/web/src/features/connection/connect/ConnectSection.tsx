import type { ReactNode } from "react"
import type { Cluster, Container, Peering } from "@peering-desk/shared-schemas"
import {
  chooseConnectionString,
  explainElsewhere,
  listClustersBehind,
  type ClusterBehind,
} from "@peering-desk/peering-rules"
import { useQuery } from "@tanstack/react-query"
import { clustersQuery, customDnsQuery } from "#api/projects/clusters.ts"
import { formatCount } from "#copy/counts.ts"
import { toProblemWords } from "#copy/problems.ts"
import { CustomDnsSwitch } from "#shared/last-mile/CustomDnsSwitch.tsx"
import { ReachFold } from "#shared/last-mile/ReachFold.tsx"
import { Button } from "#ui/Button.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { Section } from "#ui/Section.tsx"
import { Skeleton } from "#ui/Skeleton.tsx"
import { ClusterChoice } from "./ClusterChoice.tsx"
import styles from "./connect.module.css"
import { ExplainString } from "./ExplainString.tsx"
import { StringBlock } from "./StringBlock.tsx"

/** Atlas takes minutes to create a cluster, and a while to add its private strings. */
const notReadyIntervalMs = 15_000

/** The clusters behind a connection, and the string that applications use over it. */
export function ConnectSection({
  peering,
  container,
  clusterId,
  onChooseCluster,
  children,
}: {
  peering: Peering
  container: Container | null
  /** The chosen cluster; null for the first one. */
  clusterId: string | null
  onChooseCluster: (clusterId: string) => void
  /** More folds in the last line. */
  children?: ReactNode
}) {
  const { projectId, peer } = peering
  const isAws = peer.providerName === "AWS"
  const dns = useQuery({ ...customDnsQuery(projectId), enabled: isAws })
  const context = { peer, container, customDns: dns.data ?? null }
  const isNotReady = (one: ClusterBehind) => chooseConnectionString(context, one).kind === "not-ready"
  const list = useQuery({
    ...clustersQuery(projectId),
    refetchInterval: ({ state }) =>
      listClustersBehind(peer, container, state.data ?? []).some(isNotReady) ? notReadyIntervalMs : false,
  })
  const clusters = list.data ?? []
  const behind = listClustersBehind(peer, container, clusters)
  const chosen = behind.find(({ cluster }) => cluster.id === clusterId) ?? behind[0]
  const elsewhere = clusters.filter((cluster) => !behind.some((one) => one.cluster === cluster))
  return (
    <div className={styles.section}>
      <Section title="Connect" {...(list.data !== undefined && { count: behind.length })}>
        <div className="stack gap-8">
          {list.data === undefined && list.error === null && (
            <div aria-busy="true">
              <Skeleton width="long" />
            </div>
          )}
          {list.error !== null && list.data === undefined && (
            <>
              <p>Not known which clusters run behind this connection: they couldn't be read.</p>
              <ProblemNotice
                {...toProblemWords(list.error)}
                actions={
                  <Button
                    size="small"
                    aria-disabled={list.isFetching}
                    onClick={() => !list.isFetching && void list.refetch()}
                  >
                    Try again
                  </Button>
                }
              />
            </>
          )}
          {list.data !== undefined && (
            <>
              {chosen === undefined ? (
                <p>{sayNoneBehind(container, clusters)}</p>
              ) : (
                <>
                  <ClusterChoice behind={behind} chosen={chosen} onChoose={onChooseCluster} />
                  {/* Until custom DNS is known, the string could be the wrong one. */}
                  {(!isAws || !dns.isPending) && (
                    <StringBlock
                      name={chosen.cluster.name}
                      choice={chooseConnectionString(context, chosen)}
                    />
                  )}
                </>
              )}
            </>
          )}
          <div className={`flow ${styles.folds}`}>
            {isAws && dns.data !== undefined && (
              <details className={styles.fold}>
                <summary>
                  Custom DNS: <strong>{dns.data.enabled ? "Enabled" : "Off"}</strong>
                </summary>
                <CustomDnsSwitch projectId={projectId} setting={dns.data} />
              </details>
            )}
            {list.data !== undefined && (
              <>
                <ExplainString context={context} clusters={clusters} />
                <Elsewhere clusters={elsewhere} />
              </>
            )}
            <ReachFold providerName={peer.providerName} atlasCidr={container?.atlasCidrBlock ?? null} />
            {children}
          </div>
        </div>
      </Section>
    </div>
  )
}

function sayNoneBehind(container: Container | null, clusters: readonly Cluster[]): string {
  if (container === null)
    return "The connection's container can't be read, so the clusters behind it aren't known."
  const unplaced = clusters.filter(({ isDedicated, regions }) => isDedicated && regions.length === 0)
  if (unplaced.length === 0) return "No cluster runs behind this connection yet."
  const names = unplaced.map(({ name }) => name)
  return `Not known whether ${names.join(" or ")} runs behind this connection: Atlas names no region.`
}

function Elsewhere({ clusters }: { clusters: readonly Cluster[] }) {
  if (clusters.length === 0) return null
  return (
    <details className={styles.fold}>
      <summary>{formatCount(clusters.length, "other cluster")}</summary>
      <dl className={`flat grid gap-4 text-13 ${styles.elsewhere}`}>
        {clusters.map((cluster) => (
          <div key={cluster.id}>
            <dt className="strong">{cluster.name}</dt>
            <dd className="quiet">{explainElsewhere(cluster)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
