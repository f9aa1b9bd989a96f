import { getNetworkName, providerLabels, type Container, type Peering } from "@peering-desk/shared-schemas"
import { explainFailure } from "@peering-desk/peering-rules"
import { toContainerPlace } from "#copy/peerings.ts"
import { usePermissions } from "#shared/permissions.ts"
import { Section } from "#ui/Section.tsx"
import layout from "#ui/layout.module.css"
import styles from "./setup.module.css"

/** Why a connection failed, with the person's own values and Atlas's words, and what "Delete and request again" does. */
export function FailedPlan({ peering, container }: { peering: Peering; container: Container | null }) {
  const { evidence, words, acts } = explainFailure(peering.peer, container)
  const { mayChange } = usePermissions()
  return (
    <>
      {mayChange && acts.includes("try-as-new") && (
        <Section title="Delete and request again" aside="One confirmation, two entries in the audit log">
          <ol className={styles.plan}>
            {toPlan(peering, container).map(([title, more]) => (
              <li key={title}>
                <strong>{title}</strong>
                <span className={layout.fine}>{more}</span>
              </li>
            ))}
          </ol>
        </Section>
      )}
      <Section title="Why it failed">
        <ul className={layout.bullets}>
          {evidence.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
        <p className={styles.words}>
          {words === null ? (
            "Atlas reports no reason."
          ) : (
            <>
              Atlas's words: <code>{words}</code>
            </>
          )}
        </p>
      </Section>
    </>
  )
}

function toPlan({ peer, label }: Peering, container: Container | null): [title: string, more: string][] {
  const network = getNetworkName(peer) ?? "the network"
  const place = container === null ? "the container" : toContainerPlace(container)
  const owner: Record<typeof peer.providerName, [string, string]> = {
    AWS: ["VPC owner accepts", "Within 7 days of the new request."],
    GCP: ["Network owner creates the peering", "No deadline."],
    AZURE: ["Atlas adds the peering", "With the role it has on the VNet."],
  }
  return [
    [`Delete ${label ?? network} in Atlas`, `Frees the pair ${network} and ${place}.`],
    [
      "Request the same peering",
      peer.providerName === "AWS"
        ? "Same account, VPC, CIDR and container. AWS assigns a new pcx- ID."
        : `Same network and container in ${providerLabels[peer.providerName]}.`,
    ],
    owner[peer.providerName],
  ]
}
