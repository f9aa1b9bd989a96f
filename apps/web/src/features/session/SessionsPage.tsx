import type { SessionEntry } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useSearchParams } from "wouter"
import { usePerson } from "#api/session.ts"
import { sessionsQuery, useEndSession, useSignOut } from "#api/sessions.ts"
import { computeAppPermissions } from "#shared/permissions.ts"
import { Button } from "#ui/Button.tsx"
import { Card } from "#ui/Card.tsx"
import { ChipChoice } from "#ui/fields/ChipChoice.tsx"
import { choiceField, useSearchFilter } from "#ui/hooks/use-search-filter.ts"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { toProblemWords } from "#copy/problems.ts"
import { toBrowserName } from "./browser-name.ts"
import styles from "./session.module.css"

const fields = { whose: choiceField("whose", ["own", "everybody"], "own") }

/** The person's sessions, each with a button to end it; for an administrator everybody's too. */
export function SessionsPage() {
  const [filter, setFilter] = useSearchFilter(fields, useSearchParams())
  const { administers: mayAll } = computeAppPermissions(usePerson())
  const everybody = mayAll && filter.whose === "everybody"
  const { data, error, isFetching, refetch } = useQuery(sessionsQuery(everybody))
  const end = useEndSession()

  return (
    <>
      <PageHeader title={everybody ? "Everybody's sessions" : "Your sessions"}>
        {everybody ? "Every browser that is signed in here." : "Every browser you are signed in with here."}{" "}
        An ended one is signed out within a second or two.
      </PageHeader>
      {mayAll && (
        <ChipChoice
          label="Whose sessions"
          options={[
            ["own", "Yours"],
            ["everybody", "Everybody's"],
          ]}
          value={everybody ? "everybody" : "own"}
          onChoose={(whose) => setFilter({ whose })}
        />
      )}
      {end.isError && (
        <div className={styles.above}>
          <ProblemNotice {...toProblemWords(end.error)} announce />
        </div>
      )}
      {data === undefined && error !== null ? (
        <ProblemNotice
          {...toProblemWords(error)}
          actions={
            <Button onClick={() => void refetch()} disabled={isFetching}>
              Try again
            </Button>
          }
        />
      ) : (
        <Card padded={false}>
          {data === undefined ? (
            <p className={styles.wait}>Reading the sessions</p>
          ) : (
            <ul className={styles.list} aria-label="Sessions">
              {data.map((entry) => (
                <Entry
                  key={entry.id}
                  entry={entry}
                  named={everybody}
                  ending={end.isPending && end.variables === entry.id}
                  onEnd={() => end.mutate(entry.id)}
                />
              ))}
            </ul>
          )}
        </Card>
      )}
      <output className="visually-hidden">{end.isSuccess && "The session is ended"}</output>
    </>
  )
}

function Entry({
  entry,
  named,
  ending,
  onEnd,
}: {
  entry: SessionEntry
  named: boolean
  ending: boolean
  onEnd: () => void
}) {
  const signOut = useSignOut()
  const browser = toBrowserName(entry.browser)
  const busy = ending || signOut.isPending
  return (
    <li className={styles.session}>
      <div>
        <p className={styles.who}>
          {named && <span>{entry.user.name}</span>}
          <span title={entry.browser}>{browser}</span>
          {entry.current && <span className={styles.about}>this browser</span>}
        </p>
        <p className={styles.about}>
          {entry.address !== "" && (
            <>
              from <code>{entry.address}</code> ·{" "}
            </>
          )}
          signed in <Timestamp at={entry.signedInAt} /> · last seen <Timestamp at={entry.lastSeenAt} /> · ends
          at the latest <Timestamp at={entry.endsAt} />
        </p>
      </div>
      <Button
        size="small"
        aria-disabled={busy}
        aria-label={
          entry.current
            ? "Sign out of this browser"
            : `End the session of ${named ? `${entry.user.name}, ` : ""}${browser}`
        }
        onClick={() => {
          if (busy) return
          if (entry.current) signOut.mutate()
          else onEnd()
        }}
      >
        {busy ? "Ending…" : entry.current ? "Sign out" : "End it"}
      </Button>
    </li>
  )
}
