import { buildLookUpScript, toLookUpSubject } from "@peering-desk/peering-rules"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { networkFactsQuery, usePasteFacts } from "#api/peerings/network-facts.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { ReadNow } from "#features/connection/facts/ReadNow.tsx"
import { LookUpScript } from "#shared/look-up/LookUpScript.tsx"
import { PasteAnswer } from "#shared/look-up/PasteAnswer.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { usePermissions } from "#shared/permissions.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { Panel } from "./Panel.tsx"

/** Nothing is known of the owner's side: one script checks all these stops, and a connected account reads them. */
export function LookUpPanel() {
  const { peering, container, proven } = useConnectionPage()
  const { peer } = peering
  const { mayChange, mayAdminister } = usePermissions()
  const { data } = useQuery(networkFactsQuery(peering))
  const paste = usePasteFacts(peering)
  const [isPasting, setPasting] = useState(false)
  const script = buildLookUpScript(toLookUpSubject(peer, container))
  const isRead = data?.account !== undefined
  return (
    <Panel
      title="Your side of the path is not checked"
      actions={
        mayChange && (
          <>
            {(isRead || (script !== null && !isPasting)) && (
              <ReadNow paste={{ words: "Paste its answer", onPress: () => setPasting(true) }} />
            )}
            {!isRead && mayAdminister && peer.providerName === "AWS" && (
              <PageLink href={pagePaths.cloudAccounts()}>Connect account…</PageLink>
            )}
          </>
        )
      }
      aside={
        mayChange &&
        !isRead &&
        script !== null && (
          <div className="stack gap-12">
            <LookUpScript providerName={peer.providerName} script={script} />
            {isPasting && <PasteAnswer paste={paste} sentWords={`Read. ${proven} proven.`} hasFocus />}
          </div>
        )
      }
    >
      {isRead
        ? "The role of the connected account reads these stops."
        : script === null
          ? "Atlas doesn't name the network, so no script can read it."
          : "One script checks all these stops. It only reads, and prints no secret."}
    </Panel>
  )
}
