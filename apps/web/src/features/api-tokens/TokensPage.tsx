import type { ApiToken } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useMemo, useState } from "react"
import { useNameProject } from "#api/projects/projects.ts"
import { usePerson } from "#api/session.ts"
import { tokensQuery, useRevokeToken } from "#api/tokens.ts"
import { formatCount } from "#copy/counts.ts"
import { computeAppPermissions } from "#shared/permissions.ts"
import { ReadBoundary } from "#shared/refusals/ReadFailure.tsx"
import { RoleNotice } from "#shared/RoleNotice.tsx"
import { useWhose } from "#shared/use-whose.tsx"
import { useQuestion } from "#shared/refusals/use-question.tsx"
import { Button } from "#ui/Button.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { DataTable } from "#ui/table/DataTable.tsx"
import { NewTokenDialog } from "./NewTokenDialog.tsx"
import { createTokenColumns } from "./token-columns.tsx"
import { type Asking, ConfirmDialog } from "#ui/overlay/ConfirmDialog.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"

/** The person's API tokens, to create and revoke; for an administrator everybody's too. */
export function TokensPage() {
  const person = usePerson()
  const { everybody, choice } = useWhose("Whose tokens")
  const read = useQuery(tokensQuery(everybody))
  const { data } = read
  const nameProject = useNameProject()
  const revoke = useRevokeToken()
  const [isCreating, setIsCreating] = useState(false)
  const { asked, ask, asking } = useQuestion<ApiToken>(revoke)
  const columns = useMemo(
    () => createTokenColumns({ isNamed: everybody, nameProject, onRevoke: ask }),
    [everybody, nameProject, ask],
  )
  const mayCreate = person !== undefined && computeAppPermissions(person).changes

  return (
    <>
      <PageHeader
        title={everybody ? "Everyone's API tokens" : "API tokens"}
        crumbs={["Account"]}
        actions={
          <>
            {choice}
            {mayCreate && (
              <Button kind="primary" onClick={() => setIsCreating(true)}>
                New token
              </Button>
            )}
          </>
        }
      >
        For scripts. A token acts in its owner's name, with at most the owner's current role.
        {data !== undefined &&
          ` It pauses when the owner hasn't signed in for ${formatCount(data.ownerDays, "day")}.`}
      </PageHeader>
      <div className="stack">
        {person !== undefined && !mayCreate && (
          <RoleNotice title="Only requesters and administrators can create API tokens" to="get the role" />
        )}
        <ReadBoundary read={read}>
          {(mayCreate || data?.tokens.length !== 0) && (
            <DataTable
              label="API tokens"
              columns={columns}
              rows={data?.tokens}
              getKey={({ id }) => id}
              widths={`minmax(0, 2fr) ${everybody ? "minmax(0, 1.4fr) " : ""}minmax(0, 1.8fr) minmax(0, 1fr) minmax(0, 1fr) 100px`}
              empty={
                <EmptyState
                  icon="key"
                  title="No API tokens yet"
                  action={<Button onClick={() => setIsCreating(true)}>Create the first token</Button>}
                >
                  <p>A script signs in with a token instead of a browser session.</p>
                </EmptyState>
              }
            />
          )}
        </ReadBoundary>
      </div>
      <output className="visually-hidden">{revoke.isSuccess && "Token revoked"}</output>
      {isCreating && person !== undefined && data !== undefined && (
        <NewTokenDialog person={person} limits={data} onClose={() => setIsCreating(false)} />
      )}
      {asked !== null && <RevokeTokenDialog token={asked} everybody={everybody} {...asking} />}
    </>
  )
}

/** Asks before a token is revoked, with the consequences. */
function RevokeTokenDialog({
  token: { id, name },
  everybody,
  ...asking
}: Asking & { token: ApiToken; everybody: boolean }) {
  return (
    <ConfirmDialog title={`Revoke token ${name}?`} act="Revoke token" {...asking}>
      <ul className="bullets">
        <li>Scripts that use it are refused immediately. This can't be undone.</li>
        <li>
          <LastUse id={id} everybody={everybody} />
        </li>
        <li>Connections that it created stay.</li>
      </ul>
    </ConfirmDialog>
  )
}

/** Reads the list again: a script may have used the token since. */
function LastUse({ id, everybody }: { id: string; everybody: boolean }) {
  const { data, isFetching, isError } = useQuery(tokensQuery(everybody))
  const token = data?.tokens.find((one) => one.id === id)
  if (isFetching) return "Reading when it was last used."
  if (isError || token === undefined) return "Couldn't read when it was last used."
  const { lastUsedAt, lastUsedFrom } = token
  if (lastUsedAt === null) return "It was never used."
  return (
    <>
      It was last used <Timestamp at={lastUsedAt} />
      {lastUsedFrom !== null && ` from ${lastUsedFrom}`}.
    </>
  )
}
