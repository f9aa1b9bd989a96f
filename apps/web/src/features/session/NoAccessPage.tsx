import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { readSessionAgain, usePerson } from "#api/session.ts"
import { useSignOut } from "#api/sessions.ts"
import { Button } from "#ui/Button.tsx"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { toAskWhom } from "#copy/access.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { EntryCard } from "./EntryCard.tsx"
import styles from "./entry.module.css"

/** Shown to a person without any role: whom to ask, and what to send. */
export function NoAccessPage() {
  const queryClient = useQueryClient()
  const person = usePerson()
  const signOut = useSignOut()
  const [checkedAt, setCheckedAt] = useState<string | null>(null)
  const [isChecking, setChecking] = useState(false)
  if (person === undefined) return null
  const { user, askWhom } = person

  async function checkAgain() {
    setChecking(true)
    await readSessionAgain(queryClient)
    setChecking(false)
    setCheckedAt(new Date().toISOString())
  }

  const request = [
    "Please give me access to Peering Desk.",
    `Name: ${user.name}`,
    ...(user.email === null ? [] : [`Email: ${user.email}`]),
    `Subject: ${user.subject}`,
    `Identity provider: ${user.issuer}`,
    "Project: ",
    "I want to: view connections / create connections",
  ].join("\n")
  return (
    <EntryCard title="You don't have access yet" windowTitle="No access yet" isWide>
      <p className={`quiet ${styles.about}`}>
        You are signed in as {user.name}. To get a role, ask {toAskWhom(askWhom)}.
      </p>
      <div className="stack above-12">
        <CopyBlock label="Include this in your request" about="request for access" text={request} />
        <div className="flow">
          <Button kind="primary" isBusy={isChecking} onClick={() => void checkAgain()}>
            {isChecking ? "Checking…" : "Check now"}
          </Button>
          <Button kind="quiet" isBusy={signOut.isPending} onClick={() => signOut.mutate()}>
            Sign in as someone else
          </Button>
        </div>
        <output className="faint small lines-16">
          {checkedAt !== null && (
            <>
              Still no access (checked <Timestamp at={checkedAt} />
              ).
            </>
          )}
        </output>
        <Failure error={signOut.error} />
        <p className="faint small lines-16">
          Groups are read when you sign in. If you were added to one just now, sign out and in again.
        </p>
      </div>
    </EntryCard>
  )
}
