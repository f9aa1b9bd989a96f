import { useQuery } from "@tanstack/react-query"
import { inboxQuery } from "#api/inbox.ts"
import { usePerson } from "#api/session.ts"
import { computeAppPermissions } from "#shared/permissions.ts"
import { RouteTabs } from "#shared/RouteTabs.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { RoleNotice } from "#shared/RoleNotice.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { InboxView } from "./InboxView.tsx"
import { MailView } from "./MailView.tsx"
import { MessagesView } from "./MessagesView.tsx"
import { RoutesView } from "./RoutesView.tsx"

const titles = { inbox: "Inbox", email: "E-mail", routes: "Routes", messages: "Messages" }
type View = keyof typeof titles

/** The person's inbox and e-mail; for administrators also the routes of notifications and their messages. */
export function NotificationsPage({ view: wanted }: { view?: string | undefined }) {
  const { data: inbox } = useQuery(inboxQuery())
  const { administers } = computeAppPermissions(usePerson())
  const view: View = wanted !== undefined && wanted in titles ? (wanted as View) : "inbox"
  const views: View[] = administers ? ["inbox", "email", "routes", "messages"] : ["inbox", "email"]
  return (
    <>
      <PageHeader
        title="Notifications"
        crumbs={["All projects"]}
        windowTitle={view === "inbox" ? "Notifications" : `${titles[view]} · Notifications`}
      />
      <div className="stack">
        <RouteTabs
          label="Views of notifications"
          tabs={views.map((one) => ({
            title: titles[one],
            href: pagePaths.notifications(one === "inbox" ? undefined : one),
            isCurrent: one === view,
            ...(one === "inbox" && inbox !== undefined && inbox.unread > 0 && { count: inbox.unread }),
          }))}
        />
        {view === "inbox" && <InboxView />}
        {view === "email" && <MailView />}
        {(view === "routes" || view === "messages") && !administers && (
          <RoleNotice
            title="Only global administrators can view this"
            to="have notifications sent elsewhere"
          />
        )}
        {view === "routes" && administers && <RoutesView />}
        {view === "messages" && administers && <MessagesView />}
      </div>
    </>
  )
}
