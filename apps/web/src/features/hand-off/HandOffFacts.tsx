import type { HandOffView } from "@peering-desk/shared-schemas"
import type { ReactNode } from "react"
import { toHandOffTurn } from "#copy/hand-off.ts"
import { formatAccount } from "#copy/peerings.ts"
import { Expiry } from "./Expiry.tsx"
import styles from "./hand-off.module.css"

/** What the owner compares with the request in the own cloud. */
export function HandOffFacts({ view }: { view: HandOffView }) {
  const isWaiting = toHandOffTurn(view) === "you"
  return (
    <dl className={`grid edge ${styles.facts}`}>
      {listFacts(view).map(({ label, value }) => (
        <Fact key={label} label={label}>
          <code>{value}</code>
        </Fact>
      ))}
      <Fact label="Traffic to Atlas">TCP 27015–27017</Fact>
      {isWaiting && (
        <Fact label="Deadline">
          <span className={view.expiresEarliest === null ? undefined : "tone-you strong"}>
            <Expiry view={view} />
          </span>
        </Fact>
      )}
    </dl>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function listFacts({ peer, container }: HandOffView): { label: string; value: string }[] {
  switch (peer.providerName) {
    case "AWS":
      return [
        { label: "Your account", value: formatAccount(peer.awsAccountId ?? "") },
        { label: "Peering connection", value: peer.connectionId ?? "not known yet" },
      ]
    case "GCP":
      return [
        { label: "Your project", value: peer.gcpProjectId ?? "" },
        {
          label: "Atlas project",
          value: (container?.providerName === "GCP" ? container.gcpProjectId : null) ?? "not known yet",
        },
      ]
    case "AZURE":
      return [
        { label: "Your directory", value: peer.azureDirectoryId ?? "" },
        { label: "Your resource group", value: peer.resourceGroupName ?? "" },
      ]
  }
}
