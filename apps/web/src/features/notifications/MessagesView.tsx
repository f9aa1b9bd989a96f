import type { Delivery } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { deliveriesQuery, useSendAgain } from "#api/notifications.ts"
import { toDeliveryState } from "#copy/notifications.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { ReadBoundary } from "#shared/refusals/ReadFailure.tsx"
import { PageLink } from "#shared/PageLink.tsx"
import { Failure } from "#shared/refusals/Failure.tsx"
import { Button } from "#ui/Button.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"
import { StateText } from "#ui/marks/StateText.tsx"
import { DataTable, TwoLines, type Column } from "#ui/table/DataTable.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"

/** The newest messages to all routes, with what became of each. */
export function MessagesView() {
  const read = useQuery(deliveriesQuery())
  const again = useSendAgain()
  const { mutate: sendAgain } = again
  const columns = useMemo(() => createColumns(({ id }) => sendAgain(id)), [sendAgain])
  return (
    <ReadBoundary read={read}>
      <p className="quiet">
        The last 100 messages to routes. Failed messages are retried 9 times over 21 hours.
      </p>
      <Failure error={again.error} />
      <DataTable
        label="Messages"
        columns={columns}
        rows={read.data?.deliveries}
        getKey={({ id }) => id}
        widths="minmax(0, 2.4fr) minmax(0, 1.4fr) minmax(0, 1fr) 110px"
        empty={
          <EmptyState
            icon="bell"
            title="No messages yet"
            action={<PageLink href={pagePaths.notifications("routes")}>View routes</PageLink>}
          >
            <p>Messages to routes appear here with the answer of their target.</p>
          </EmptyState>
        }
      />
      <output className="visually-hidden">
        {again.isPending && "Sending…"}
        {again.data !== undefined && (again.data.state === "sent" ? "Message sent" : "Message not sent")}
      </output>
    </ReadBoundary>
  )
}

function createColumns(onSendAgain: (delivery: Delivery) => void): Column<Delivery>[] {
  return [
    {
      title: "Message",
      isHead: true,
      render: ({ says, to, isTest }) => <TwoLines below={isTest ? `${to} · Test` : to}>{says}</TwoLines>,
    },
    {
      title: "State",
      render: (delivery) => <StateText {...toDeliveryState(delivery)} />,
    },
    {
      title: "Time",
      isShort: true,
      render: ({ createdAt, nextAttemptAt, attempts }) => (
        <TwoLines
          below={
            nextAttemptAt === null ? (
              attempts > 1 && `${attempts} attempts`
            ) : (
              <>
                Next <Timestamp at={nextAttemptAt} />
              </>
            )
          }
        >
          <Timestamp at={createdAt} />
        </TwoLines>
      ),
    },
    {
      title: "Action",
      isShort: true,
      render: (delivery) =>
        !delivery.isTest && (
          <Button size="small" onClick={() => onSendAgain(delivery)}>
            {delivery.state === "waiting" ? "Send now" : "Send again"}{" "}
            <span className="visually-hidden">{delivery.says}</span>
          </Button>
        ),
    },
  ]
}
