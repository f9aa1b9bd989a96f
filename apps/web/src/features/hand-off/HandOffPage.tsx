import { useQuery } from "@tanstack/react-query"
import { handOffQuery, isLinkOver } from "#api/peerings/hand-off.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { BrokenLink } from "./BrokenLink.tsx"
import { HandOffConnection } from "./HandOffConnection.tsx"
import styles from "./hand-off.module.css"
import { useLinkToken } from "./use-link-token.ts"

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
