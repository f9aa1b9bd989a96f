import type { HandOffView } from "@peering-desk/shared-schemas"
import { isLinkOver, useTakeBackDecline } from "#api/peerings/hand-off.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { Button } from "#ui/Button.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"

/** Says that the owner declined, with the answers to it, and how to end the request or take the decline back. */
export function DeclinedNotice({
  token,
  view: { askedBy, peer },
  declined,
}: {
  token: string
  view: HandOffView
  declined: NonNullable<HandOffView["declined"]>
}) {
  const takeBack = useTakeBackDecline(token)
  return (
    <div className="stack gap-12">
      <div className="stack gap-4">
        <h3 className="wrap" dir="auto">
          You declined, <Timestamp at={declined.at} />: {declined.reason}
        </h3>
        <p className="quiet">
          {askedBy.name} sees this in Peering Desk. You can close this page.
          {peer.providerName === "AWS" &&
            peer.connectionId != null &&
            ` To end the request now, reject ${peer.connectionId} in AWS.`}
        </p>
      </div>
      {declined.answers.map(({ at, by, text }) => (
        <p key={`${at} ${text}`} className="wrap">
          <strong>{by} answered:</strong> {text}{" "}
          <span className="quiet small">
            <Timestamp at={at} />
          </span>
        </p>
      ))}
      <div className="row">
        <Button isBusy={takeBack.isPending} onClick={() => takeBack.mutate()}>
          {takeBack.isPending ? "Taking back…" : "Take back"}
        </Button>
      </div>
      <Failure error={isLinkOver(takeBack.error) ? null : takeBack.error} />
    </div>
  )
}
