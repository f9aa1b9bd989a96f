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
import { EndSessionDialog } from "./EndSessionDialog.tsx"
import { createSessionColumns } from "./session-columns.tsx"

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
