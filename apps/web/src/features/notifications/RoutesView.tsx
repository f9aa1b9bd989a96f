import type { Delivery, NotificationRoute } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useMemo, useState } from "react"
import { notificationRoutesQuery, useRemoveRoute, useSaveRoute, useTestRoute } from "#api/notifications.ts"
import { useNameProject } from "#api/projects/projects.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { ReadBoundary } from "#shared/refusals/ReadFailure.tsx"
import { Button } from "#ui/Button.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"
import { DataTable } from "#ui/table/DataTable.tsx"
import { createRouteColumns } from "./route-columns.tsx"
import { RouteDialog } from "./RouteDialog.tsx"
import { useQuestion } from "#shared/refusals/use-question.tsx"
import { type Asking, ConfirmDialog } from "#ui/overlay/ConfirmDialog.tsx"
import { Notice } from "#ui/Notice.tsx"

/** The routes of notifications, to add, change, test and remove. */
export function RoutesView() {
  const read = useQuery(notificationRoutesQuery())
  const { data } = read
  const nameProject = useNameProject()
  // The route whose dialog is open; null for a new one.
  const [edited, setEdited] = useState<NotificationRoute | null | undefined>()
  const save = useSaveRoute()
  const remove = useRemoveRoute()
  const { asked, ask, asking } = useQuestion<NotificationRoute>(remove)
  const test = useTestRoute()
  const { mutate: sendTest } = test
  const { mutate: saveRoute } = save
  const columns = useMemo(
    () =>
      createRouteColumns({
        nameProject,
        onTest: ({ id }) => sendTest(id),
        onEdit: setEdited,
        onRemove: ask,
        onSwitch: ({ id, off }) => saveRoute({ id, body: { on: off !== null } }),
      }),
    [nameProject, sendTest, saveRoute, ask],
  )
  const failure = save.error ?? test.error
  const add = (
    <Button kind="primary" onClick={() => setEdited(null)}>
      Add route
    </Button>
  )

  return (
    <ReadBoundary read={read}>
      <div className="row split gap-8 gap-x-16 high-32">
        <p className="quiet">A route sends chosen events to one place. Changes are audited.</p>
        {data !== undefined && data.routes.length > 0 && add}
      </div>
      <Failure error={failure} />
      <TestOutcome isPending={test.isPending} delivery={test.data} />
      <DataTable
        label="Notification routes"
        columns={columns}
        rows={data?.routes}
        getKey={({ id }) => id}
        widths="minmax(0, 1.5fr) minmax(0, 1.5fr) minmax(0, 1.6fr) 190px"
        empty={
          <EmptyState icon="bell" title="No routes yet" action={add}>
            <p>Send events to a webhook, Slack, Microsoft Teams or e-mail.</p>
          </EmptyState>
        }
      />
      <output className="visually-hidden">{remove.isSuccess && "Route removed"}</output>
      {edited !== undefined && data !== undefined && (
        <RouteDialog route={edited} canMail={data.canMail} onClose={() => setEdited(undefined)} />
      )}
      {asked !== null && <RemoveRouteDialog route={asked} {...asking} />}
    </ReadBoundary>
  )
}

/** Asks before a route is removed, with the consequences. */
function RemoveRouteDialog({ route: { name, place }, ...asking }: Asking & { route: NotificationRoute }) {
  return (
    <ConfirmDialog title={`Remove route ${name}?`} act="Remove route" {...asking}>
      <ul className="bullets">
        <li>Nothing more is sent to {place}. Pending messages are discarded.</li>
        <li>Its messages leave the list. The audit log and everybody's inbox keep the events.</li>
      </ul>
    </ConfirmDialog>
  )
}

/** Says what became of the last test message. */
function TestOutcome({ isPending, delivery }: { isPending: boolean; delivery: Delivery | undefined }) {
  if (isPending) return <output>Sending a test message…</output>
  if (delivery === undefined) return null
  const { state, to, lastAnswer } = delivery
  const isSent = state === "sent"
  const title = isSent ? `Test message sent to ${to}` : `Test message to ${to} failed`
  return (
    <Notice tone={isSent ? "works" : "failed"} title={title} announce>
      <p>{lastAnswer}</p>
    </Notice>
  )
}
