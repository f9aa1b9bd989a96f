import { useEffect, useRef, type KeyboardEvent } from "react"
import { Caption } from "./Caption.tsx"
import styles from "./director.module.css"
import { Icon, type IconName } from "./Icon.tsx"
import { OwnerButton } from "./OwnerButton.tsx"
import { speeds, type BarProps } from "./player.ts"
import { SceneMenu } from "./SceneMenu.tsx"

/** The bar at the bottom of a demo. Closed, it is one small button. */
export function Bar({ player, scenes, run, isClosed }: BarProps & { isClosed: boolean }) {
  const bar = useRef<HTMLElement>(null)

  // What the page has at its bottom ends above the bar.
  useEffect(() => {
    const { style } = document.documentElement
    const measure = () => style.setProperty("--dock", `${bar.current?.offsetHeight ?? 0}px`)
    const observer = new ResizeObserver(measure)
    if (bar.current !== null) observer.observe(bar.current)
    return () => observer.disconnect()
  }, [])

  function close() {
    player.close()
    // The focus was on the button that closed the bar.
    requestAnimationFrame(() => bar.current?.querySelector("button")?.focus())
  }

  return (
    <section ref={bar} className={isClosed ? styles.closed : styles.bar} aria-label="Demo">
      {isClosed ? (
        <button type="button" onClick={() => player.open()}>
          <Icon name="play" />
          Demo
        </button>
      ) : (
        <>
          <Controls player={player} scenes={scenes} run={run} />
          <Caption player={player} scenes={scenes} run={run} />
          {run === null && <OwnerButton />}
          <div className="line still push">
            <select
              aria-label="Speed of the simulated clouds"
              value={player.read().speed}
              onChange={({ target }) => player.setSpeed(Number(target.value))}
            >
              {speeds.map((one) => (
                <option key={one} value={one}>
                  {one}×
                </option>
              ))}
            </select>
            <SceneMenu player={player} scenes={scenes} run={run} />
            <button type="button" aria-label="Close the demo" onClick={close}>
              <Icon name="close" />
            </button>
          </div>
        </>
      )}
    </section>
  )
}

/** Previous, play and next. */
function Controls({ player, scenes, run }: BarProps) {
  const isOver = run?.view === "end" || player.isOver()
  const isFirst = run?.sceneId === scenes[0]?.id
  const mayGoBack = run !== null && run.view !== "title" && (run.isWhole || run.step > 0 || !isFirst)
  const goBack = () => mayGoBack && player.previous()
  const goOn = () => player.next()

  function move(event: KeyboardEvent) {
    if (event.key === "ArrowRight") goOn()
    else if (event.key === "ArrowLeft") goBack()
    else return
    event.preventDefault()
  }
  const toButton = (name: string, icon: IconName, mayPress: boolean, act: () => void) => (
    <button type="button" aria-label={name} aria-disabled={!mayPress} onClick={act} onKeyDown={move}>
      <Icon name={icon} />
    </button>
  )

  const title = run?.view === "scene" ? player.getScene().title : "Play the demo"
  const play = () => player.togglePlay()
  return (
    <fieldset className={`line still gap-4 ${styles.controls}`} aria-label={title}>
      {toButton("Previous step", "previous", mayGoBack, goBack)}
      {run?.isPlaying === true
        ? toButton("Pause", "pause", true, play)
        : toButton(isOver ? "Play again" : "Play", isOver ? "again" : "play", true, play)}
      {toButton("Next step", "next", player.mayGoOn(), goOn)}
    </fieldset>
  )
}
