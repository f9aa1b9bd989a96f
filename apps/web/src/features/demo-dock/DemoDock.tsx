import { useQueryClient } from "@tanstack/react-query"
import { useEffect, useRef, useState, useSyncExternalStore } from "react"
import { useLocation, useSearchParams } from "wouter"
import { useFollow } from "#api/peerings/live-updates.ts"
import { usePerson } from "#api/session.ts"
import { computePermissions, type AppPermissions } from "#shared/permissions.ts"
import styles from "./dock.module.css"
import { DockIcon } from "./DockIcon.tsx"
import { DockTools } from "./DockTools.tsx"
import { OwnerButtons } from "./OwnerButtons.tsx"
import { OwnerPage } from "./OwnerPage.tsx"
import { ScenePlayer } from "./player.ts"
import { getSteps } from "./run.ts"
import { scenes } from "./scenes.ts"
import { SceneControls } from "./SceneControls.tsx"
import { useDockHeight } from "./use-dock-height.ts"

/** The bar at the bottom of a demo: plays scenes, and the network's owner of the connection on the page. */
export function DemoDock({ permissions }: { permissions: AppPermissions }) {
  const client = useQueryClient()
  const person = usePerson()
  const [, navigate] = useLocation()
  const [query] = useSearchParams()
  const bar = useRef<HTMLElement>(null)
  const [player] = useState(
    () =>
      new ScenePlayer({
        client,
        // The focus stays where it is, so that a person can press Next again.
        navigate: (path) => navigate(path, { state: "keep-focus" }),
        mayRequest: (projectId) => computePermissions(person, projectId).mayChange,
      }),
  )
  const run = useSyncExternalStore(player.subscribe, player.read)
  const problem = useSyncExternalStore(player.subscribe, player.readProblem)
  const asked = query.get("scene")
  const [isOpen, setOpen] = useState(run !== null || asked !== null)
  const isClosing = useRef(false)
  useDockHeight(bar)
  useFollow(run?.projectId ?? null)

  useEffect(() => player.open(), [player])
  useEffect(() => {
    if (scenes.some(({ id }) => id === asked)) void player.start(asked ?? "")
  }, [player, asked])

  if (!isOpen)
    return (
      <section ref={bar} className={`row ${styles.closed}`} aria-label="Demo">
        <button
          // The focus was on the button that closed the dock.
          ref={(button) => {
            if (isClosing.current) button?.focus()
            isClosing.current = false
          }}
          type="button"
          className={styles.button}
          onClick={() => setOpen(true)}
        >
          <DockIcon name="play" />
          Demo scenes
        </button>
        <OwnerButtons />
      </section>
    )
  const isBesideOwner = run !== null && run.ownerUrl !== null && getSteps(run).step.besideOwner === true
  return (
    <section ref={bar} className={`row ${styles.dock}`} aria-label="Demo">
      {isBesideOwner && <OwnerPage url={run.ownerUrl ?? ""} />}
      {run === null ? (
        <p className={`flat narrow ${styles.words}`}>
          <strong>Demo.</strong> Choose a scene. It plays on simulated clouds and makes a connection of its
          own.
        </p>
      ) : (
        <SceneControls player={player} run={run} />
      )}
      <OwnerButtons />
      <DockTools
        player={player}
        sceneId={run?.sceneId ?? ""}
        readsAudit={permissions.readsAudit}
        onClose={() => {
          void player.leave()
          isClosing.current = true
          setOpen(false)
        }}
      />
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </section>
  )
}
