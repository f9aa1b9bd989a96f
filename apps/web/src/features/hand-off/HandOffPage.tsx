import { useQuery } from "@tanstack/react-query"
import { handOffQuery, isLinkOver } from "#api/peerings/hand-off.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { BrokenLink } from "./BrokenLink.tsx"
import { HandOffConnection } from "./HandOffConnection.tsx"
import styles from "./hand-off.module.css"
import { useSyncExternalStore } from "react"

/** One connection, for the owner of the network: opened by a link, without an account. */
export function HandOffPage() {
  const token = useLinkToken()
  if (token === null)
    return (
      <>
        <noscript>
          <p>This page needs JavaScript: the secret of its link stays in your browser.</p>
        </noscript>
        <Opening />
      </>
    )
  return token === "" ? <BrokenLink code="hand_off_invalid" /> : <OpenedLink key={token} token={token} />
}

function OpenedLink({ token }: { token: string }) {
  const { data, error } = useQuery(handOffQuery(token))
  if (isLinkOver(error)) return <BrokenLink error={error} />
  return (
    <>
      {error !== null && (
        <div className="grid gap-16">
          {data === undefined && <PageHeader title="Peering with MongoDB Atlas" />}
          <Failure error={error} />
        </div>
      )}
      {data === undefined && error === null && <Opening />}
      {data !== undefined && <HandOffConnection token={token} view={data.view} isStale={error !== null} />}
    </>
  )
}

function Opening() {
  return (
    <div className={`edge on-card wrap rounded-16 shadow ${styles.wait}`}>
      <p className="shell-wait">Opening the link</p>
    </div>
  )
}

/** Returns the text after the `#`; it changes when another link is opened in the same tab. Null on a server, to which browsers don't send it. */
function useLinkToken(): string | null {
  return useSyncExternalStore(subscribe, readToken, () => null)
}

const readToken = () => location.hash.slice(1)

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener)
  return () => removeEventListener("hashchange", listener)
}
