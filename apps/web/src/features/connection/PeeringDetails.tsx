import { readStatus, type AtlasPeer, type Peering } from "@peering-desk/shared-schemas"
import { computeExpiry } from "@peering-desk/peering-rules"
import { Fragment, type ReactNode } from "react"
import { formatExpiry } from "#copy/state-summary.ts"
import type { Deletion } from "#shared/deletion.ts"
import { CopyButton } from "#ui/CopyButton.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { formatFullMoment } from "#ui/time/times.ts"
import { useConnectionPage } from "./connection-page.ts"
import styles from "./PeeringDetails.module.css"

interface Detail {
  label: string
  value: ReactNode
  /** An id or a word of Atlas, ready to copy. */
  copied?: string
}

/** Every identifier and date of a connection, ready to copy, and Atlas's raw answer. */
export function PeeringDetails() {
  const { peering, deletion } = useConnectionPage()
  const details = listDetails(peering, deletion)
  return (
    <section aria-labelledby="details" className="narrow">
      <h2 id="details" className="flex level line-below high-40">
        Details
      </h2>
      <dl>
        {details.map(({ label, value, copied }) => (
          <div key={label} className={`grid first-lines gap-8 line-below ${styles.row}`}>
            <dt className="faint text-13">{label}</dt>
            <dd className="line split gap-4 text-13 lines-18 wrap">
              {copied === undefined ? (
                <span>{value}</span>
              ) : (
                <>
                  <code>{value}</code>
                  <CopyButton value={copied} label={label} />
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <details className="fold above-12">
        <summary>Raw API response</summary>
        <pre className="flat above-8 code pad-y-10 pad-x-12 raw-text lines-18">
          {JSON.stringify(peering.raw, null, 2)}
        </pre>
      </details>
    </section>
  )
}

function listDetails(peering: Peering, deletion: Deletion | null): Detail[] {
  const { id, peer, origin, createdBy, createdAt, createReason, createdEarliest } = peering
  const toId = (label: string, value: string | null | undefined): Detail[] =>
    value ? [{ label, value, copied: value }] : []
  const toTime = (label: string, at: string | null | undefined, after = ""): Detail[] =>
    at == null
      ? []
      : [
          {
            label,
            value: (
              <Fragment>
                <Timestamp at={at} />
                {after}
              </Fragment>
            ),
          },
        ]
  const expiry = deletion === null ? computeExpiry(peering) : null
  return [
    ...toId("Status", readStatus(peer) ?? "(none)"),
    ...toCloudIds(peer).flatMap(([label, value]) => toId(label, value)),
    ...toId("Atlas peer ID", id),
    ...toId("Container", peer.containerId),
    ...(origin === "created-here"
      ? [...toTime("Requested", createdAt), { label: "By", value: createdBy ?? "Unknown user" }]
      : [
          ...(createdBy === null
            ? toTime("Created", createdEarliest, " or later")
            : [...toTime("Created", createdAt), { label: "By", value: createdBy }]),
        ]),
    ...(expiry === null
      ? []
      : [
          {
            label: "Expires",
            value: (
              <strong className="tone-you strong" title={formatFullMoment(expiry.earliest)}>
                {formatExpiry(expiry)}
              </strong>
            ),
          },
        ]),
    ...(createReason === undefined ? [] : [{ label: "Reason", value: createReason }]),
    ...(deletion === null ? [] : toTime("Removed", deletion.removedAt)),
  ]
}

function toCloudIds(peer: AtlasPeer): [string, string | null | undefined][] {
  switch (peer.providerName) {
    case "AWS":
      return [["Peering ID", peer.connectionId]]
    case "GCP":
      return []
    case "AZURE":
      return [["Directory ID", peer.azureDirectoryId]]
  }
}
