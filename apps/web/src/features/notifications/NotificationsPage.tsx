import { useQuery } from "@tanstack/react-query"
import { inboxQuery } from "#api/inbox.ts"
import { useAppPermissions } from "#shared/permissions.ts"
import { RouteTabs } from "#shared/RouteTabs.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { RoleNotice } from "#shared/RoleNotice.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { InboxView } from "./InboxView.tsx"
import { MailView } from "./MailView.tsx"
import { MessagesView } from "./MessagesView.tsx"
import { RoutesView } from "./RoutesView.tsx"

const views = {
  inbox: { title: "Inbox", View: InboxView, isForAll: true },
  email: { title: "E-mail", View: MailView, isForAll: true },
  routes: { title: "Routes", View: RoutesView, isForAll: false },
  messages: { title: "Messages", View: MessagesView, isForAll: false },
}
const names = Object.keys(views) as (keyof typeof views)[]

/** The person's inbox and e-mail; for administrators also the routes of notifications and their messages. */
export function NotificationsPage({ view: wanted }: { view?: string | undefined }) {
  const { data: inbox } = useQuery(inboxQuery())
  const { administers } = useAppPermissions()
  const name = names.find((one) => one === wanted) ?? "inbox"
  const { title, View, isForAll } = views[name]
  return (
    <>
      <PageHeader
        title="Notifications"
        crumbs={["All projects"]}
        windowTitle={name === "inbox" ? "Notifications" : `${title} · Notifications`}
      />
      <div className="stack">
        <RouteTabs
          label="Views of notifications"
          tabs={names
            .filter((one) => administers || views[one].isForAll)
            .map((one) => ({
              title: views[one].title,
              href: pagePaths.notifications(one === "inbox" ? undefined : one),
              isCurrent: one === name,
              ...(one === "inbox" && inbox !== undefined && inbox.unread > 0 && { count: inbox.unread }),
            }))}
        />
        {isForAll || administers ? (
          <View />
        ) : (
          <RoleNotice
            title="Only global administrators can view this"
            to="have notifications sent elsewhere"
          />
        )}
      </div>
    </>
  )
}
