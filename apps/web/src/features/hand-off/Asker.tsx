import type { HandOffView } from "@peering-desk/shared-schemas"
import { toExpiry } from "@peering-desk/peering-rules"
import { toInitials } from "#shared/initials.ts"
import { formatAccount } from "#copy/peerings.ts"
import { nameOwnNetwork, toHandOffTurn } from "#copy/hand-off.ts"
import styles from "./hand-off.module.css"
import { formatExpiry } from "#copy/expiry-words.ts"
import { useNow } from "#ui/time/now.ts"
import { formatFullMoment } from "#ui/time/times.ts"

/** Who asks the owner for what, why and until when. */
export function Asker({ view }: { view: HandOffView }) {
  const { askedBy, reason, label, projectName } = view
  const turn = toHandOffTurn(view)
  const isOpen = ["you", "atlas", "unknown"].includes(turn)
  return (
    <div className={`grid ${styles.asker}`}>
      <span className="initials square-40" aria-hidden="true">
        {toInitials(askedBy.name)}
      </span>
      <p className="wrap text-15 lines-22">
        <strong>
          <bdi>{askedBy.name}</bdi>
        </strong>
        {askedBy.email !== null && <> ({askedBy.email})</>} {isOpen ? "asks" : "asked"} you,{" "}
        <Request view={view} />
        {projectName !== null && (
          <>
            , project <bdi>{projectName}</bdi>
          </>
        )}
        .
        {label !== null && (
          <>
            {" "}
            For <bdi>{label}</bdi>.
          </>
        )}
        {reason !== null && (
          <>
            {" "}
            <q dir="auto">{reason}</q>
          </>
        )}
        {turn === "you" && view.declined === null && (
          <strong className="tone-you">
            {" "}
            <Expiry view={view} />
          </strong>
        )}
      </p>
    </div>
  )
}

function Request({ view: { peer } }: { view: HandOffView }) {
  const network = <strong>{nameOwnNetwork(peer)}</strong>
  switch (peer.providerName) {
    case "AWS":
      return (
        <>
          the owner of account <strong className="number">{formatAccount(peer.awsAccountId ?? "")}</strong>,
          to accept a peering from MongoDB Atlas
        </>
      )
    case "GCP":
      return (
        <>
          the owner of project <strong>{peer.gcpProjectId}</strong>, to peer {network} with MongoDB Atlas
        </>
      )
    case "AZURE":
      return (
        <>
          the owner of subscription <strong className="number">{peer.azureSubscriptionId}</strong>, to let
          MongoDB Atlas peer with {network}
        </>
      )
  }
}

/** When AWS drops the request: a time, or the earliest one where only bounds are known. */
function Expiry({ view: { expiresEarliest: earliest, expiresLatest: latest } }: { view: HandOffView }) {
  const now = useNow()
  if (earliest === null) return null
  if (now >= Date.parse(latest ?? earliest)) return "The time to accept is over."
  if (now >= Date.parse(earliest)) return "May have expired already. Check in AWS."
  return (
    <>
      AWS drops the request on{" "}
      <time dateTime={earliest} title={formatFullMoment(earliest)}>
        {formatExpiry(
          latest === null ? { earliest, latest: earliest, isExact: false } : toExpiry(earliest, latest),
        )}
      </time>
      .
    </>
  )
}
