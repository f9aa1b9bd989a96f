import { readStatus } from "@peering-desk/shared-schemas"
import { computeExpiry } from "@peering-desk/peering-rules"
import type { ReactNode } from "react"
import { listOwnFacts } from "#copy/network-facts.ts"
import { formatExpiry } from "#copy/state-summary.ts"
import { CopyButton } from "#ui/CopyButton.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { formatFullMoment } from "#ui/time/times.ts"
import { useConnectionPage } from "./connection-page.ts"
import styles from "./PeeringDetails.module.css"

/** Every identifier and date of a connection, ready to copy, and Atlas's raw answer. */
export function PeeringDetails() {
  const { peering, deletion } = useConnectionPage()
  const { id, peer, createReason, raw } = peering
  const expiry = deletion === null ? computeExpiry(peering) : null
  return (
    <section aria-labelledby="details" className="narrow">
      <h2 id="details" className="flex level line-below high-40">
        Details
      </h2>
      <dl>
        <Id label="Status" value={readStatus(peer) ?? "(none)"} />
        {peer.providerName === "AWS" && <Id label="Peering ID" value={peer.connectionId} />}
        {peer.providerName === "AZURE" && <Id label="Directory ID" value={peer.azureDirectoryId} />}
        {/* Narrow boxes of the path have no room for more than the network's name. */}
        {listOwnFacts(peer)
          .slice(1)
          .map(({ label, value }) => (
            <Id key={label} label={label} value={value} />
          ))}
        <Id label="Atlas peer ID" value={id} />
        <Id label="Container" value={peer.containerId} />
        <Creation />
        {expiry !== null && (
          <Detail label="Expires">
            <strong className="tone-you strong" title={formatFullMoment(expiry.earliest)}>
              {formatExpiry(expiry)}
            </strong>
          </Detail>
        )}
        {createReason !== undefined && <Detail label="Reason">{createReason}</Detail>}
        {deletion !== null && (
          <Detail label="Removed">
            <Timestamp at={deletion.removedAt} />
          </Detail>
        )}
      </dl>
      <details className="fold above-12">
        <summary>Raw API response</summary>
        <pre className="flat above-8 code pad-y-10 pad-x-12 raw-text lines-18">
          {JSON.stringify(raw, null, 2)}
        </pre>
      </details>
    </section>
  )
}

/** An id or a word of Atlas, ready to copy. Nothing for one that Atlas did not give. */
function Id({ label, value }: { label: string; value: string | null | undefined }) {
  return (
    value && (
      <Detail label={label}>
        <code>{value}</code>
        <CopyButton value={value} label={label} />
      </Detail>
    )
  )
}

/** When it was created and by whom, as far as that is known. */
function Creation() {
  const { origin, createdBy, createdAt, createdEarliest } = useConnectionPage().peering
  const isHere = origin === "created-here"
  if (!isHere && createdBy === null)
    return (
      createdEarliest !== undefined && (
        <Detail label="Created">
          <span>
            <Timestamp at={createdEarliest} /> or later
          </span>
        </Detail>
      )
    )
  return (
    <>
      {createdAt !== null && (
        <Detail label={isHere ? "Requested" : "Created"}>
          <Timestamp at={createdAt} />
        </Detail>
      )}
      <Detail label="By">{createdBy ?? "Unknown user"}</Detail>
    </>
  )
}

function Detail({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={`grid first-lines gap-8 line-below ${styles.row}`}>
      <dt className="faint text-13">{label}</dt>
      <dd className="line split gap-4 text-13 lines-18 wrap">{children}</dd>
    </div>
  )
}
