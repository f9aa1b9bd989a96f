import { toLookUpSubject } from "@peering-desk/peering-rules"
import type { Container, Peering } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { networkFactsQuery, usePasteFacts } from "#api/peerings/network-facts.ts"
import { PasteLookUp } from "#shared/look-up/PasteLookUp.tsx"
import { usePermissions } from "#shared/permissions.ts"
import { TimeAgo } from "#ui/time/TimeAgo.tsx"
import { ReadNow } from "./ReadNow.tsx"

/** What reads the owner's side of the path: the connected account, and the script for everything else. */
export function PathSources({
  peering,
  container,
  proven,
  hasScript,
}: {
  peering: Peering
  container: Container | null
  /** "3 of 7 proven". */
  proven: string
  /** The status card has no script. */
  hasScript: boolean
}) {
  const { mayChange } = usePermissions()
  const { data } = useQuery(networkFactsQuery(peering))
  const paste = usePasteFacts(peering)
  const account = data?.account
  return (
    <div className="stack gap-8 above-12">
      {account !== undefined && (
        <div className="row">
          <ReadNow peering={peering} pasteWords="" onPaste={() => undefined} isPrimary={false} />
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
      {mayChange && hasScript && (
        <details className="fold">
          <summary>Run a script and paste the result</summary>
          <div className="above-12">
            <PasteLookUp
              subject={toLookUpSubject(peering.peer, container)}
              paste={paste}
              sentWords={`Read. ${proven}.`}
            />
          </div>
        </details>
      )}
    </div>
  )
}
