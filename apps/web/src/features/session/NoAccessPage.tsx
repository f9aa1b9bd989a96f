import { useQueryClient } from "@tanstack/react-query"
import { doubtSession, usePerson } from "#api/session.ts"
import { useSignOut } from "#api/sessions.ts"
import { Button } from "#ui/Button.tsx"
import { Card } from "#ui/Card.tsx"
import { Fact, DescriptionList } from "#ui/DescriptionList.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { toAskWhom } from "#copy/access.ts"
import { toProblemWords } from "#copy/problems.ts"
import styles from "./session.module.css"

/** Shown to a person without any role: their identity, and whom to ask for a role. */
export function NoAccessPage() {
  const queryClient = useQueryClient()
  const person = usePerson()
  const signOut = useSignOut()
  if (person === undefined) return null
  const { user, askWhom } = person
  return (
    <>
      <PageHeader title="No access yet">
        You are signed in, and no rule of this installation gives you a role.
      </PageHeader>
      <Card title="How to get one">
        <div className={styles.stack}>
          <p>
            Ask {toAskWhom(askWhom)}. Say which project it is about, and whether you want to look or to create
            connections. These name you:
          </p>
          <DescriptionList>
            <Fact label="Name">{user.name}</Fact>
            {user.email !== null && <Fact label="Email">{user.email}</Fact>}
            <Fact label="Subject">
              <code>{user.subject}</code>
            </Fact>
            <Fact label="Identity provider">
              <code>{user.issuer}</code>
            </Fact>
          </DescriptionList>
          <div className={styles.actions}>
            <Button onClick={() => doubtSession(queryClient)}>Look again</Button>
            <Button kind="quiet" aria-disabled={signOut.isPending} onClick={() => signOut.mutate()}>
              Sign in as somebody else
            </Button>
          </div>
          {signOut.isError && <ProblemNotice {...toProblemWords(signOut.error)} announce />}
          <p className={styles.fine}>
            Groups come from your organisation's sign-in when you sign in: if you were put into one just now,
            sign out and in again.
          </p>
        </div>
      </Card>
    </>
  )
}
