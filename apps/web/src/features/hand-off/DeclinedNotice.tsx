import type { HandOffView } from "@peering-desk/shared-schemas"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import styles from "./hand-off.module.css"

/** Says that the owner declined, and how to end the request or change one's mind. */
export function DeclinedNotice({
  view: { askedBy, peer },
  declined,
  onReconsider,
}: {
  view: HandOffView
  declined: NonNullable<HandOffView["declined"]>
  onReconsider: () => void
}) {
  return (
    <div className={styles.part}>
      <Notice
        title={
          <>
            You declined, <Timestamp at={declined.at} />: {declined.reason}
          </>
        }
        actions={
          <Button size="small" onClick={onReconsider}>
            Show the steps anyway
          </Button>
        }
      >
        <p>
          {askedBy.name} sees this in Peering Desk. You can close this page.
          {peer.providerName === "AWS" &&
            peer.connectionId != null &&
            ` To end the request now, reject ${peer.connectionId} in AWS.`}
        </p>
      </Notice>
    </div>
  )
}
