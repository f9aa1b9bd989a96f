import type { SessionEntry } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { sessionsQuery, useEndSession, useSignOut } from "#api/sessions.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { ReadBoundary } from "#shared/refusals/ReadFailure.tsx"
import { useQuestion } from "#shared/refusals/use-question.tsx"
import { useWhose } from "#shared/use-whose.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { DataTable } from "#ui/table/DataTable.tsx"
import { createSessionColumns, describeSession } from "./session-columns.tsx"
import { ConfirmDialog, type Asking } from "#ui/overlay/ConfirmDialog.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"

/** The person's sessions, each with a button to end it; for an administrator everybody's too. */
export function SessionsPage() {
  const { everybody, choice } = useWhose("Whose sessions")
  const read = useQuery(sessionsQuery(everybody))
  const end = useEndSession()
  const { mutate: signOut, isPending: isLeaving, error: leaveError } = useSignOut()
  const { asked, ask, asking } = useQuestion<SessionEntry>(end)
  const columns = useMemo(
    () =>
      createSessionColumns({
        isNamed: everybody,
        isLeaving,
        onEnd: (entry) => (entry.current ? signOut() : ask(entry)),
      }),
    [everybody, isLeaving, signOut, ask],
  )

  return (
    <>
      <PageHeader
        title={everybody ? "Everyone's sessions" : "Your sessions"}
        crumbs={["Account"]}
        actions={choice}
      >
        {everybody ? "Browsers signed in to Peering Desk." : "Browsers you are signed in with."} Ended
        sessions sign out within seconds.
      </PageHeader>
      {leaveError !== null && (
        <div className="below-20">
          <Failure error={leaveError} />
        </div>
      )}
      <ReadBoundary read={read}>
        <DataTable
          label="Sessions"
          columns={columns}
          rows={read.data}
          getKey={({ id }) => id}
          widths={`${everybody ? "minmax(0, 1.2fr) " : ""}minmax(0, 1.6fr) minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1fr) 120px`}
        />
      </ReadBoundary>
      <output className="visually-hidden">{end.isSuccess && "Session ended"}</output>
      {asked !== null && <EndSessionDialog entry={asked} isNamed={everybody} {...asking} />}
    </>
  )
}

/** Asks before a session ends, with the consequences. */
function EndSessionDialog({ entry, isNamed, ...asking }: Asking & { entry: SessionEntry; isNamed: boolean }) {
  return (
    <ConfirmDialog title={`End session of ${describeSession(entry, isNamed)}?`} act="End session" {...asking}>
      <ul className="bullets">
        <li>The browser at {entry.address} is signed out within seconds.</li>
        <li>
          It was last seen <Timestamp at={entry.lastSeenAt} />. Unsaved input there is lost, except a
          half-filled connection form.
        </li>
        {entry.tokens > 0 && (
          <li>
            {entry.tokens === 1 ? "1 API token that was" : `${entry.tokens} API tokens that were`} created in
            this session {entry.tokens === 1 ? "is" : "are"} revoked. Scripts that use{" "}
            {entry.tokens === 1 ? "it" : "them"} are refused immediately.
          </li>
        )}
        <li>Connections and running creates are not affected.</li>
      </ul>
    </ConfirmDialog>
  )
}
