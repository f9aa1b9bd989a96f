import { providerLabels, type Container, type Peering } from "@peering-desk/shared-schemas"
import { explainFailure, failedWhileAvailable } from "@peering-desk/peering-rules"
import { toPeeringTitle } from "#copy/peerings.ts"
import { usePermissions } from "#shared/permissions.ts"
import { Section } from "#ui/Section.tsx"
import styles from "./setup.module.css"

/** Why a connection failed, with its own values and Atlas's error, and what "Delete and request again" does. */
export function FailedPlan({ peering, container }: { peering: Peering; container: Container | null }) {
  const { what, evidence, words, acts } = explainFailure(
    peering.peer,
    container,
    failedWhileAvailable(peering),
  )
  const { mayChange } = usePermissions()
  return (
    <>
      {mayChange && acts.includes("request-again") && (
        <Section title="Delete and request again">
          <ol className={`grid gap-12 ${styles.plan}`}>
            {toPlan(peering).map(([title, more]) => (
              <li key={title}>
                <strong>{title}</strong>
                <span className="faint small">{more}</span>
              </li>
            ))}
          </ol>
        </Section>
      )}
      <Section title="Why it failed">
        <p>{what}</p>
        <ul className="bullets">
          {evidence.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
        <p className="above-8 quiet">
          {words === null ? (
            "Atlas reports no reason."
          ) : (
            <>
              Atlas error: <code>{words}</code>
            </>
          )}
        </p>
      </Section>
    </>
  )
}

function toPlan({ peer, label }: Peering): [title: string, more: string][] {
  const owner: Record<typeof peer.providerName, [string, string]> = {
    AWS: ["VPC owner accepts", "Within 7 days of the new request."],
    GCP: ["Network owner creates the peering", "No deadline."],
    AZURE: ["Atlas adds the peering", "With the role it has on the VNet."],
  }
  const network = peer.providerName === "AWS" ? "VPC" : "network"
  return [
    [
      `Delete ${label ?? toPeeringTitle(peer)} in Atlas`,
      `Atlas allows one connection per ${network} and container.`,
    ],
    [
      "Request the same peering",
      peer.providerName === "AWS"
        ? "Same account, VPC, CIDR and container. AWS assigns a new pcx- ID."
        : `Same network and container in ${providerLabels[peer.providerName]}.`,
    ],
    owner[peer.providerName],
  ]
}
