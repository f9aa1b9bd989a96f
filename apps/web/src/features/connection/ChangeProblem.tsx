import type { PeeringRequest } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { RequestError } from "#api/request-error.ts"
import { RefusalNotice } from "#forms/RefusalNotice.tsx"
import { pagePaths } from "#page-paths.ts"
import { LinkButton } from "#ui/Button.tsx"

/** Why a change did not happen; nothing when its fields say all. */
export function ChangeProblem(props: {
  error: unknown
  projectId: string
  /** The connection as it was asked for; null where something else was. */
  request?: PeeringRequest | null
  shownFields: readonly string[]
}) {
  const { error, shownFields } = props
  const fields = error instanceof RequestError ? error.problem?.fields : undefined
  if (fields !== undefined && Object.keys(fields).every((name) => shownFields.includes(name))) return null
  return (
    <RefusalNotice
      request={null}
      {...props}
      paths={pagePaths}
      link={(href, words) => (
        <Link href={href} asChild>
          <LinkButton size="small">{words}</LinkButton>
        </Link>
      )}
    />
  )
}
