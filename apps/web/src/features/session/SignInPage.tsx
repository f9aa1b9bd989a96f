import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { useLocation } from "wouter"
import { hasSignedOut } from "#api/session-marks.ts"
import { signInInfoQuery } from "#api/sign-in-info.ts"
import { getPageName } from "#copy/page-names.ts"
import { useIsHydrated } from "#ui/first-render.ts"
import { LinkButton } from "#ui/Button.tsx"
import { Clouds, EntryCard } from "./EntryCard.tsx"
import styles from "./entry.module.css"
import { useSignInLink } from "./use-sign-in-link.ts"

/** The sign-in page. The sign-in returns to this address. */
export function SignInPage({ hasEnded }: { hasEnded: boolean }) {
  const [path] = useLocation()
  const { data: info } = useQuery(signInInfoQuery())
  const [wasLeft] = useState(hasSignedOut)
  // The server, which does not know it, greets everybody.
  const hasLeft = useIsHydrated() && wasLeft
  const goTo = useSignInLink()
  const page = hasEnded || path !== "/" ? getPageName(path) : null
  const { title, windowTitle, about } = toGreeting(hasEnded, hasLeft, info?.organisation)
  return (
    <EntryCard title={title} windowTitle={windowTitle} foot={info && `Sign-in by ${info.providerHost}`}>
      <p className={`quiet ${styles.about}`} role={hasEnded ? "alert" : undefined}>
        {about}
      </p>
      <div className={`grid ${styles.go}`}>
        <LinkButton kind="primary" href={goTo}>
          Continue with SSO
        </LinkButton>
      </div>
      {page !== null && (
        <p className="quiet small lines-16">
          You'll return to <strong>{page}</strong>.
        </p>
      )}
      {info?.isDemo === true && (
        <p className="above-20 rounded-8 on-raised left quiet small lines-16 pad-y-12 pad-x-14">
          <strong>Demo.</strong> Atlas, the clouds and the sign-in are simulated on this machine. Pick one of
          the sample people on the next page. Nothing reaches a real account.
        </p>
      )}
      <Clouds />
    </EntryCard>
  )
}

function toGreeting(hasEnded: boolean, hasLeft: boolean, organisation: string | null | undefined) {
  if (hasEnded)
    return {
      title: "Your session ended",
      windowTitle: "Session ended",
      about: "Sign in again to go on. You'll need to re-enter unsaved changes.",
    }
  return {
    title: hasLeft ? "You're signed out" : "Peering Desk",
    windowTitle: "Sign in",
    about: `MongoDB Atlas network peering${organisation == null ? "" : ` for ${organisation}`}`,
  }
}
