import type { SessionEntry } from "@peering-desk/shared-schemas"
import { Button } from "#ui/Button.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { TwoLines, type Column } from "#ui/table/DataTable.tsx"
import { toBrowserName } from "./browser-name.ts"

/**
 * Builds the columns of the table of sessions.
 * @param isNamed shows whose session each is
 */
export function createSessionColumns({
  isNamed,
  isLeaving,
  onEnd,
}: {
  isNamed: boolean
  isLeaving: boolean
  onEnd: (entry: SessionEntry) => void
}): Column<SessionEntry>[] {
  const person: Column<SessionEntry> = {
    title: "Person",
    render: ({ user }) => <TwoLines below={user.email}>{user.name}</TwoLines>,
  }
  return [
    ...(isNamed ? [person] : []),
    {
      title: "Browser",
      isHead: true,
      render: ({ browser, current }) => (
        <TwoLines below={current && <span className="quiet strong">This browser</span>}>
          <span className="strong" title={browser}>
            {toBrowserName(browser)}
          </span>
        </TwoLines>
      ),
    },
    { title: "Address", isShort: true, render: ({ address }) => <code>{address}</code> },
    { title: "Signed in", isShort: true, render: ({ signedInAt }) => <Timestamp at={signedInAt} /> },
    { title: "Last seen", isShort: true, render: ({ lastSeenAt }) => <Timestamp at={lastSeenAt} /> },
    { title: "Expires", isShort: true, render: ({ endsAt }) => <Timestamp at={endsAt} /> },
    {
      title: "Action",
      isShort: true,
      render: (entry) => (
        <Button
          size="small"
          aria-disabled={entry.current && isLeaving}
          onClick={() => {
            if (!(entry.current && isLeaving)) onEnd(entry)
          }}
        >
          {entry.current ? "Sign out" : "End session"}{" "}
          <span className="visually-hidden">
            {entry.current ? "of this browser" : `of ${describeSession(entry, isNamed)}`}
          </span>
        </Button>
      ),
    },
  ]
}

/** Names a session: `Nadia Berg, Firefox on Windows`. */
export function describeSession({ user, browser }: SessionEntry, isNamed: boolean): string {
  return `${isNamed ? `${user.name}, ` : ""}${toBrowserName(browser)}`
}
