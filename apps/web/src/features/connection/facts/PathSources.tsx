import { toLookUpSubject } from "@peering-desk/peering-rules"
import { useQuery } from "@tanstack/react-query"
import { networkFactsQuery, usePasteFacts } from "#api/peerings/network-facts.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { PasteLookUp } from "#shared/look-up/PasteLookUp.tsx"
import { usePermissions } from "#shared/permissions.ts"
import { TimeAgo } from "#ui/time/Timestamp.tsx"
import { ReadNow } from "./ReadNow.tsx"

/** What reads the owner's side of the path: the connected account, and the script for everything else. */
export function PathSources() {
  const { peering, container, path, proven } = useConnectionPage()
  const { mayChange } = usePermissions()
  const { data } = useQuery(networkFactsQuery(peering))
  const paste = usePasteFacts(peering)
  const account = data?.account
  return (
    <div className="stack gap-8 above-12">
      {account !== undefined && (
        <div className="row">
          <ReadNow />
          <span className="quiet text-13">
            {account.name} · {account.readAt === null ? "not read yet" : "last read "}
            {account.readAt !== null && <TimeAgo at={account.readAt} />}
          </span>
          {account.missing.length > 0 && (
            <p className="quiet text-13">
              Not checked for lack of rights in {account.name}:{" "}
              <span className="mono">{account.missing.join(", ")}</span>
            </p>
          )}
        </div>
      )}
      {/* Of a side of which nothing is known, the status card has the script. */}
      {mayChange && !path.isOwnSideUnknown && (
        <details className="fold">
          <summary>Run a script and paste the result</summary>
          <div className="above-12">
            <PasteLookUp
              subject={toLookUpSubject(peering.peer, container)}
              paste={paste}
              sentWords={`Read. ${proven} proven.`}
            />
          </div>
        </details>
      )}
    </div>
  )
}
