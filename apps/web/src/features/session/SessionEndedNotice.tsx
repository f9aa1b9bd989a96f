import { LinkButton } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { useSignInLink } from "./use-sign-in-link.ts"

/** Says above a half-filled form that the session ended. */
export function SessionEndedNotice() {
  const goTo = useSignInLink()
  return (
    <div className="below-20">
      <Notice
        tone="you"
        announce
        title="Your session ended"
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
