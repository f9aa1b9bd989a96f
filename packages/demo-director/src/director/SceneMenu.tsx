import { useId, useRef, type KeyboardEvent } from "react"
import styles from "./director.module.css"
import type { BarProps } from "./player.ts"

/** Lists the scenes by name, above its button. */
export function SceneMenu({ player, scenes, run }: BarProps) {
  const id = useId()
  const list = useRef<HTMLOListElement>(null)
  const now = run?.view === "scene" ? run.sceneId : null
  const choices = [
    { name: "Play all, from the title card", isNow: false, choose: () => player.playAll() },
    ...scenes.map((scene) => ({
      name: scene.title,
      isNow: scene.id === now,
      choose: () => player.begin(scene.id),
    })),
  ]

  function move({ key, currentTarget }: KeyboardEvent<HTMLButtonElement>) {
    const { nextElementSibling, previousElementSibling } = currentTarget.parentElement ?? currentTarget
    const to = key === "ArrowDown" ? nextElementSibling : key === "ArrowUp" ? previousElementSibling : null
    to?.querySelector("button")?.focus()
  }

  return (
    <>
      <button type="button" popoverTarget={id} aria-haspopup="true">
        Scenes
      </button>
      <div
        id={id}
        popover="auto"
        className={`sheet ${styles.menu}`}
        onToggle={({ newState }) => {
          const current = list.current?.querySelector<HTMLElement>("[aria-current]")
          if (newState === "open") (current ?? list.current?.querySelector("button"))?.focus()
        }}
      >
        <ol ref={list} aria-label="Scenes">
          {choices.map(({ name, isNow, choose }) => (
            <li key={name}>
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
            </li>
          ))}
        </ol>
      </div>
    </>
  )
}
