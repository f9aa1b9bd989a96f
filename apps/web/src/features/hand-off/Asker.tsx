import type { HandOffView } from "@peering-desk/shared-schemas"
import { providerLabels } from "@peering-desk/shared-schemas"
import { toInitials } from "#shared/initials.ts"
import { formatAccount } from "#copy/peerings.ts"
import { toHandOffTurn } from "#copy/hand-off.ts"
import { Expiry } from "./Expiry.tsx"
import styles from "./hand-off.module.css"

/** Who asks for the peering, into which account, for which traffic, until when and why. */
export function Asker({ view }: { view: HandOffView }) {
  const { askedBy, yourCidr, atlasCidr, projectName, reason, label } = view
  const isOpen = ["you", "atlas", "unknown"].includes(toHandOffTurn(view))
  return (
    <div className={`grid ${styles.asker}`}>
      <span className={`initials ${styles.initials}`} aria-hidden="true">
        {toInitials(askedBy.name)}
      </span>
      <div>
        <p className={styles.lead}>
          <strong>{askedBy.name}</strong>
          {askedBy.email !== null && <> ({askedBy.email})</>} {isOpen ? "asks" : "asked"} you to{" "}
          {toRequest(view)}
          {projectName !== null && (
            <>
              {" "}
              for the Atlas project <strong>{projectName}</strong>
            </>
          )}
          .
          {yourCidr !== null && atlasCidr !== null && (
            <>
              {" "}
              Traffic <code>{yourCidr}</code> ⇄ <code>{atlasCidr}</code>.
            </>
          )}
          {isOpen && view.expiresEarliest !== null && (
            <>
              {" "}
              <Expiry view={view} isSentence />
            </>
          )}
        </p>
        {(reason ?? label) !== null && (
          <p className={`quiet ${styles.reason}`}>
            {label !== null && <strong>{label}</strong>}
            {label !== null && reason !== null && ": "}
            {reason !== null && <q>{reason}</q>}
          </p>
        )}
      </div>
    </div>
  )
}

function toRequest({ peer, yourRegion }: HandOffView) {
  switch (peer.providerName) {
    case "AWS":
      return (
        <>
          accept a peering from MongoDB Atlas into account{" "}
          <strong className="number">{formatAccount(peer.awsAccountId ?? "")}</strong>
          {yourRegion !== null && ` (${yourRegion})`}
        </>
      )
    case "GCP":
      return (
        <>
          peer a network of your {providerLabels.GCP} project <strong>{peer.gcpProjectId}</strong> with
          MongoDB Atlas
        </>
      )
    case "AZURE":
      return (
        <>
          let MongoDB Atlas peer with a VNet of your subscription{" "}
          <strong className="number">{peer.azureSubscriptionId}</strong>
        </>
      )
  }
}
