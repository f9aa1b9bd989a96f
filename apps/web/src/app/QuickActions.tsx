import { useQuery } from "@tanstack/react-query"
import { Suspense, useCallback, useMemo, useState } from "react"
import { useLocation } from "wouter"
import { inboxQuery } from "#api/inbox.ts"
import { overviewQuery } from "#api/peerings/overview.ts"
import { useApprovalsToDecide } from "#shared/approvals/use-approvals.ts"
import type { AppPermissions } from "#shared/permissions.ts"
import { getAllProjectsLinks } from "./navigation.ts"
import { keepSingleKeys, readSingleKeys } from "#shared/single-keys.ts"
import { useNewConnectionPath } from "#shared/actions/use-new-connection-path.ts"
import { useIsFrameDue } from "./use-frame-due.ts"
import { useShortcuts, type Shortcut } from "./use-shortcuts.ts"
import { lazyPage } from "#ui/lazy-page.ts"

const ShortcutList = lazyPage(async () => (await import("#features/palette/ShortcutList.tsx")).ShortcutList)

const AboutDialog = lazyPage(async () => (await import("#features/session/AboutDialog.tsx")).AboutDialog)

const secondKeys: Readonly<Record<string, string>> = {
  Overview: "o",
  Approvals: "a",
  Connections: "c",
  "Address space": "s",
  Notifications: "n",
  "Audit log": "l",
  "Cloud accounts": "u",
  "Atlas keys": "k",
}

export type QuickAction = "palette" | "shortcuts" | "about" | null

/** The shortcuts and their list, the version, and what the frame reads when the page is there. */
export function QuickActions({
  permissions,
  open,
  onOpen,
}: {
  permissions: AppPermissions
  open: QuickAction
  onOpen: (what: QuickAction) => void
}) {
  // The frame shows how many there are.
  const isDue = useIsFrameDue()
  useQuery({ ...inboxQuery(), enabled: permissions.seesProjects && isDue })
  useQuery({
    ...overviewQuery(),
    enabled: permissions.seesProjects && isDue,
    // Overview reads it more often.
    refetchInterval: 60_000,
    refetchOnWindowFocus: false,
  })
  useApprovalsToDecide(permissions, isDue)
  const [, navigate] = useLocation()
  const newConnection = useNewConnectionPath()
  const [usesSingleKeys, setUsesSingleKeys] = useState(readSingleKeys)
  const openPalette = useCallback(() => onOpen("palette"), [onOpen])
  const close = useCallback(() => onOpen(null), [onOpen])

  const shortcuts = useMemo(
    (): readonly Shortcut[] => [
      { keys: ["Ctrl", "K"], what: "Search everything (⌘ K on a Mac)" },
      { keys: ["/"], what: "Search this page", run: () => focusSearch(openPalette) },
      ...(permissions.seesProjects
        ? [{ keys: ["n"], what: "New connection", run: () => navigate(newConnection) }]
        : []),
      ...getAllProjectsLinks(permissions).map(({ title, href }) => ({
        keys: ["g", secondKeys[title] ?? ""],
        what: `Go to ${title}`,
        run: () => navigate(href),
      })),
      { keys: ["j", "k"], what: "Next or previous row of a list" },
      { keys: ["x"], what: "Select the row" },
      { keys: ["?"], what: "This list", run: () => onOpen("shortcuts") },
    ],
    [newConnection, permissions, navigate, onOpen, openPalette],
  )
  // Typing that is ahead of the palette is not a shortcut.
  useShortcuts(shortcuts, usesSingleKeys && open === null)

  return (
    <Suspense>
      {open === "about" && <AboutDialog onClose={close} />}
      {open === "shortcuts" && (
        <ShortcutList
          shortcuts={shortcuts}
          usesSingleKeys={usesSingleKeys}
          onUseSingleKeys={(uses) => {
            setUsesSingleKeys(uses)
            keepSingleKeys(uses)
          }}
          onClose={close}
        />
      )}
    </Suspense>
  )
}

/** Focuses the page's own search field; a page without one opens the palette. */
function focusSearch(openPalette: () => void) {
  const field = document.querySelector<HTMLElement>("main input[type=search]")
  if (field === null) openPalette()
  else field.focus()
}
