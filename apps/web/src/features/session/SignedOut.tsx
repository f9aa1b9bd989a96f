import { apiUrls } from "@peering-desk/shared-schemas"
import { useLocation, useSearch } from "wouter"
import { LinkButton } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import styles from "./session.module.css"

/** Says that nobody is signed in, and links to the sign-in, which returns to this address. */
export function SignedOut({ hasEnded, isAboveForm }: { hasEnded: boolean; isAboveForm: boolean }) {
  const [path] = useLocation()
  const search = useSearch()
  const goTo = apiUrls.signIn({ return: search === "" ? path : `${path}?${search}` })

  if (isAboveForm) {
    return (
      <div className={styles.above}>
        <Notice
          tone="you"
          announce
          title="Your session has ended"
          actions={
            <LinkButton size="small" href={goTo}>
              Sign in again
            </LinkButton>
          }
        >
          <p>What you typed is kept in this browser. Signing in brings you back to it.</p>
        </Notice>
      </div>
    )
  }
  return (
    <>
      <PageHeader title={hasEnded ? "Your session has ended" : "Sign in to see this page"}>
        <p role={hasEnded ? "alert" : undefined}>
          {hasEnded
            ? "After signing in you come back to this page. What you had not sent yet is to be typed anew."
            : "Connections are shown to the people of your organisation only. After signing in you come back to this page."}
        </p>
      </PageHeader>
      <LinkButton kind="primary" href={goTo}>
        {hasEnded ? "Sign in again" : "Sign in"}
      </LinkButton>
    </>
  )
}
