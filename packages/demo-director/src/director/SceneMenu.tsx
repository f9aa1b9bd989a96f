import { useId, useRef, type KeyboardEvent } from "react"
import type { Scene } from "#scenes/scene.ts"
import styles from "./director.module.css"
import type { Player } from "./player.ts"
import type { Run } from "./run.ts"

/** Lists the scenes by name, above its button. */
export function SceneMenu({
  player,
  scenes,
  run,
}: {
  player: Player
  scenes: readonly Scene[]
  run: Run | null
}) {
  const id = useId()
  const list = useRef<HTMLOListElement>(null)

  function move(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])]
    const place = buttons.findIndex((button) => button === document.activeElement)
    const next = step === undefined ? undefined : buttons.at((place + step) % buttons.length)
    if (next === undefined) return
    next.focus()
    event.preventDefault()
  }

  const toButton = (name: string, isNow: boolean, choose: () => void) => (
    <button
      type="button"
      popoverTarget={id}
      popoverTargetAction="hide"
      aria-current={isNow ? "true" : undefined}
      onClick={choose}
      onKeyDown={move}
    >
      {name}
    </button>
  )

  return (
    <>
      <button type="button" className={styles.button} popoverTarget={id} aria-haspopup="true">
        Scenes
      </button>
      <div
        id={id}
        popover="auto"
        className={styles.menu}
        onToggle={({ newState }) => {
          const now = list.current?.querySelector<HTMLElement>("[aria-current]")
          if (newState === "open") (now ?? list.current?.querySelector("button"))?.focus()
        }}
      >
        <ol ref={list} aria-label="Scenes">
          <li>{toButton("Play all, from the title card", false, () => player.playAll())}</li>
          {scenes.map(({ id: scene, title }) => (
            <li key={scene}>
              {toButton(title, run?.view === "scene" && run.sceneId === scene, () => player.begin(scene))}
            </li>
          ))}
        </ol>
      </div>
    </>
  )
}
