import { useEffect, useRef, type KeyboardEvent } from "react"
import type { Scene } from "#scenes/scene.ts"
import { Caption } from "./Caption.tsx"
import styles from "./director.module.css"
import { Icon, type IconName } from "./Icon.tsx"
import { OwnerButtons } from "./OwnerButtons.tsx"
import { speeds, type Player } from "./player.ts"
import type { Run } from "./run.ts"
import { SceneMenu } from "./SceneMenu.tsx"

interface BarProps {
  player: Player
  scenes: readonly Scene[]
  run: Run | null
}

/** The bar at the bottom of a demo. */
export function Bar({ player, scenes, run, isClosed }: BarProps & { isClosed: boolean }) {
  const bar = useRef<HTMLElement>(null)
  const isClosing = useRef(false)

  // What the page has at its bottom ends above the bar.
  useEffect(() => {
    const { style } = document.documentElement
    const measure = () => style.setProperty("--dock", `${bar.current?.offsetHeight ?? 0}px`)
    const observer = new ResizeObserver(measure)
    if (bar.current !== null) observer.observe(bar.current)
    return () => observer.disconnect()
  }, [isClosed])

  if (isClosed)
    return (
      <section ref={bar} className={styles.closed} aria-label="Demo">
        <button
          // The focus was on the button that closed the bar.
          ref={(button) => {
            if (isClosing.current) button?.focus()
            isClosing.current = false
          }}
          type="button"
          className={styles.button}
          onClick={() => player.open()}
        >
          <Icon name="play" />
          Demo
        </button>
      </section>
    )
  return (
    <section ref={bar} className={styles.bar} aria-label="Demo">
      <Controls player={player} scenes={scenes} run={run} />
      <Caption player={player} scenes={scenes} run={run} />
      {run === null && <OwnerButtons />}
      <div className={styles.tools}>
        <Speed player={player} />
        <SceneMenu player={player} scenes={scenes} run={run} />
        <button
          type="button"
          className={styles.icon}
          aria-label="Close the demo"
          onClick={() => {
            isClosing.current = true
            player.close()
          }}
        >
          <Icon name="close" />
        </button>
      </div>
    </section>
  )
}

/** Previous, play and next, with a dot for each step of the scene, or each scene of the demo. */
function Controls({ player, scenes, run }: BarProps) {
  const isScene = run?.view === "scene"
  const isOver = run?.view === "end" || player.isOver()
  const isPlaying = run?.isPlaying === true
  const dots = isScene ? player.getScene().steps.length : scenes.length
  const now = isScene ? run.step : run?.view === "end" ? dots : -1
  const isFirst = run?.sceneId === scenes[0]?.id
  const mayGoBack = run !== null && run.view !== "title" && (run.isWhole || run.step > 0 || !isFirst)
  const mayGoOn = run !== null && run.view !== "end" && ["shown", "stuck"].includes(run.phase)
  const goBack = () => mayGoBack && player.previous()
  const goOn = () => mayGoOn && player.next()

  function move(event: KeyboardEvent) {
    if (event.key === "ArrowRight") goOn()
    else if (event.key === "ArrowLeft") goBack()
    else return
    event.preventDefault()
  }
  const toButton = (name: string, icon: IconName, mayPress: boolean, act: () => void) => (
    <button
      type="button"
      className={styles.icon}
      aria-label={name}
      aria-disabled={!mayPress}
      onClick={act}
      onKeyDown={move}
    >
      <Icon name={icon} />
    </button>
  )

  return (
    <fieldset className={styles.controls} aria-label={isScene ? player.getScene().title : "Play the demo"}>
      {toButton("Previous step", "previous", mayGoBack, goBack)}
      {isPlaying
        ? toButton("Pause", "pause", true, () => player.togglePlay())
        : toButton(isOver ? "Play again" : "Play", isOver ? "again" : "play", true, () =>
            player.togglePlay(),
          )}
      {toButton("Next step", "next", mayGoOn, goOn)}
      <ol className={styles.dots} aria-hidden="true">
        {Array.from({ length: dots }, (_, index) => (
          <li key={index} data-is={index === now ? "now" : index < now ? "seen" : undefined} />
        ))}
      </ol>
    </fieldset>
  )
}
/** Chooses how fast the simulated clouds work. */
function Speed({ player }: { player: Player }) {
  const { speed } = player.read()
  return (
    <select
      aria-label="Speed of the simulated clouds"
      className={`${styles.button} ${styles.speed}`}
      value={speed}
      onChange={({ target }) => player.setSpeed(Number(target.value))}
    >
      {speeds.map((one) => (
        <option key={one} value={one}>
          {one}×
        </option>
      ))}
    </select>
  )
}
