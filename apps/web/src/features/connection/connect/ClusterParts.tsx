import type { Cluster, Container } from "@peering-desk/shared-schemas"
import { explainElsewhere, type StringChoice } from "@peering-desk/peering-rules"
import { formatCount } from "#copy/counts.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { ProjectSettingSwitch } from "#shared/actions/ProjectSettingSwitch.tsx"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { Notice } from "#ui/Notice.tsx"
import { ClusterChoice } from "./ClusterChoice.tsx"
import styles from "./connect.module.css"
import { ExplainString } from "./ExplainString.tsx"
import { useClusterString } from "./use-cluster-string.ts"

/** The clusters behind a connection, why the string is the right one, and what else to know of strings. */
export function ClusterParts() {
  const { peering, container, chooseCluster } = useConnectionPage()
  const { projectId, peer } = peering
  const { list, dns, context, clusters, behind, chosen, choice } = useClusterString()
  const elsewhere = clusters.filter((cluster) => !behind.some((one) => one.cluster === cluster))
  return (
    <>
      {list.error !== null && list.data === undefined && (
        <>
          <p>Not known which clusters run behind this connection: they couldn't be read.</p>
          <ReadFailure read={list} />
        </>
      )}
      {chosen === undefined ? (
        list.data !== undefined && <p>{sayNoneBehind(container, clusters)}</p>
      ) : (
        <ClusterChoice behind={behind} chosen={chosen} onChoose={chooseCluster} />
      )}
      {choice !== null && <StringBlock choice={choice} />}
      <div className={`flow gap-4 gap-x-20 ${styles.folds}`}>
        {peer.providerName === "AWS" && dns.data !== undefined && (
          <details className="fold apart">
            <summary>
              Custom DNS: <strong>{dns.data.enabled ? "Enabled" : "Off"}</strong>
            </summary>
            <ProjectSettingSwitch name="customDns" projectId={projectId} setting={dns.data} />
          </details>
        )}
        {list.data !== undefined && (
          <>
            <ExplainString context={context} clusters={clusters} />
            <Elsewhere clusters={elsewhere} />
          </>
        )}
      </div>
    </>
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
    <details className="fold apart">
      <summary>{formatCount(clusters.length, "other cluster")}</summary>
      <dl className="flat grid gap-4 text-13">
        {clusters.map((cluster) => (
          <div key={cluster.id} className="flow gap-0 gap-x-8">
            <dt className="strong">{cluster.name}</dt>
            <dd className="quiet">{explainElsewhere(cluster)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

/** Why a connection string is the one to use, and the one often used by mistake; or why there is none yet. */
function StringBlock({ choice }: { choice: StringChoice }) {
  if (choice.kind === "not-ready")
    return (
      <p>
        <Pill tone="atlas">Not ready yet</Pill> {choice.why} {choice.next}
      </p>
    )
  return (
    <>
      <div>
        <p>
          <code className={`edge-strong small ${styles.name}`}>{choice.name}</code> {choice.why}
        </p>
        <p className="quiet">{choice.wrong.why}</p>
      </div>
      {choice.warnings.map((warning) => (
        <Notice key={warning} tone="you" title={warning} />
      ))}
    </>
  )
}
