import type { SessionInfo } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { useEffect, useState } from "react"
import { useSignOut } from "#api/sessions.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { useAppPermissions } from "#shared/permissions.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import styles from "./AccountMenu.module.css"
import { formatRoleLine } from "./role-line.ts"
import { SegmentedControl } from "#ui/fields/SegmentedControl.tsx"
import { keepStored } from "#api/stored.ts"

/** What the account menu holds: who is signed in, their sessions and API tokens, the theme, the version, and signing out. */
export function AccountPanel({
  session,
  place,
  onShortcuts,
  onAbout,
}: {
  session: SessionInfo
  /** The project whose page is shown; null on pages of all projects. */
  place: Parameters<typeof formatRoleLine>[1]
  /** Shows the keyboard shortcuts. */
  onShortcuts: (() => void) | undefined
  /** Shows the version. */
  onAbout: () => void
}) {
  const signOut = useSignOut()
  const { seesProjects } = useAppPermissions()
  const { user } = session
  return (
    <>
      <div className="pad-y-8 pad-x-12">
        <p className="strong">{user.name}</p>
        {user.email !== null && <p className="quiet small lines-16 regular">{user.email}</p>}
        <p className="quiet small lines-16 regular">{formatRoleLine(session, place)}</p>
      </div>
      <div className="line-above pad-y-4">
        <Link href={pagePaths.sessions()} className={styles.item}>
          Your sessions
        </Link>
        {seesProjects && (
          <>
            <Link href={pagePaths.tokens()} className={styles.item}>
              API tokens
            </Link>
            <Link href={pagePaths.notifications("email")} className={styles.item}>
              E-mail notifications
            </Link>
          </>
        )}
        {onShortcuts !== undefined && (
          <button type="button" className={styles.item} onClick={onShortcuts}>
            Keyboard shortcuts
          </button>
        )}
        <button type="button" className={styles.item} onClick={onAbout}>
          About Peering Desk
        </button>
      </div>
      <div className={`line-above pad-y-4 ${styles.theme}`}>
        <span aria-hidden="true">Theme</span>
        <ThemeSwitch />
      </div>
      <div className="line-above pad-y-4">
        <Failure error={signOut.error} />
        <button
          type="button"
          className={styles.item}
          aria-disabled={signOut.isPending}
          onClick={() => {
            if (!signOut.isPending) signOut.mutate()
          }}
        >
          {signOut.isPending ? "Signing out…" : "Sign out"}
        </button>
      </div>
    </>
  )
}

const themes: readonly { value: Theme; title: string }[] = [
  { value: "system", title: "System" },
  { value: "light", title: "Light" },
  { value: "dark", title: "Dark" },
]

/** Switches between the light and the dark theme, and the system's. */
function ThemeSwitch() {
  const [theme, choose] = useState(readTheme)
  useEffect(() => {
    // `public/theme.js` has applied another tab's choice by then.
    const follow = () => choose(readTheme())
    addEventListener("storage", follow)
    return () => removeEventListener("storage", follow)
  }, [])
  return (
    <SegmentedControl
      label="Theme"
      options={themes}
      value={theme}
      onChange={(next) => {
        setTheme(next)
        choose(next)
      }}
    />
  )
}

/** `system` follows the browser's own setting. */
type Theme = "system" | "light" | "dark"

// `public/theme.js` reads it before the first paint.
const key = "peering-desk:theme"

/** Returns the theme that is applied to the page. */
function readTheme(): Theme {
  const { theme } = document.documentElement.dataset
  return theme === "light" || theme === "dark" ? theme : "system"
}

/** Applies a theme, and keeps it for this browser. */
function setTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"]
  else document.documentElement.dataset["theme"] = theme
  keepStored(key, theme === "system" ? null : theme)
}
