import type { Peering } from "@peering-desk/shared-schemas"
import type { Failure } from "@peering-desk/peering-rules"
import { formatAccount } from "./peering-words.ts"
import { Said } from "./Said.tsx"
import { toFailureSummary } from "./StepSummary.tsx"

const advice: Record<Exclude<Failure["cause"], "ids-do-not-match">, string> = {
  rejected: "Agree with the account's owner, remove this connection in Atlas, and create it again.",
  expired: "Remove this connection in Atlas and create it again; the owner of the account then has 7 days.",
  "overlapping-cidr": "Two networks that are joined can't share addresses: choose another block on one side.",
  "permission-withdrawn":
    "Give Atlas its permission on the network back, remove this connection in Atlas, and create it again.",
  "network-deleted":
    "If the network was deleted on purpose, remove this connection in Atlas. Otherwise compare the names and create it again.",
  "removal-failed":
    "Atlas could not take its peering out of your cloud. Check its permission there and remove it again.",
  other: "A failed connection does not mend itself: remove it in Atlas and create it again.",
}

/** Why it failed, what to do about it, and Atlas's own words. */
export function FailureSentence({ peering, failure }: { peering: Peering; failure: Failure }) {
  const summary = toFailureSummary(failure)
  return (
    <>
      <Said strong={/[.!?]$/.test(summary) ? summary : `${summary}.`}>
        {failure.cause === "ids-do-not-match" ? <CheckIds peering={peering} /> : advice[failure.cause]}
      </Said>
      {failure.words !== null && failure.words !== summary && <p>Atlas's words: {failure.words}</p>}
    </>
  )
}

function CheckIds({ peering: { peer } }: { peering: Peering }) {
  if (peer.providerName !== "AWS") return advice.other
  return (
    <>
      Check that <code>{peer.vpcId}</code> is in account {formatAccount(peer.awsAccountId ?? "")}
      {peer.accepterRegionName && ` and region ${peer.accepterRegionName}`}, remove this connection in Atlas,
      and create it again.
    </>
  )
}
