import type { KeyboardEvent } from "react"
import styles from "./dock.module.css"
import { DockIcon } from "./DockIcon.tsx"
import type { ScenePlayer } from "./player.ts"
import { getScene, getSteps, type Run } from "./run.ts"

/** Steps through a scene. The caption is read out when it changes. */
export function SceneControls({ player, run }: { player: ScenePlayer; run: Run }) {
  const { steps, title: scene } = getScene(run)
  const { step, next } = getSteps(run)
  const isBusy = run.phase !== "shown"

  function move(event: KeyboardEvent) {
    if (event.key === "ArrowRight") player.next()
    else if (event.key === "ArrowLeft") player.previous()
    else return
    event.preventDefault()
  }

  return (
    <>
      <fieldset className={`gap-4 ${styles.controls}`} aria-label={scene}>
        <button
          type="button"
          className={styles.icon}
          aria-label="Previous step"
          aria-disabled={run.step === 0}
          onClick={() => player.previous()}
          onKeyDown={move}
        >
          <DockIcon name="previous" />
        </button>
        <button
          type="button"
          className={`${styles.icon} ${styles.play}`}
          aria-label={run.isPlaying ? "Pause" : "Play"}
          onClick={() => player.togglePlay()}
          onKeyDown={move}
        >
          <DockIcon name={run.isPlaying ? "pause" : "play"} />
        </button>
        <button
          type="button"
          className={styles.icon}
          aria-label="Next step"
          aria-disabled={isBusy || next === undefined}
          onClick={() => player.next()}
          onKeyDown={move}
        >
          <DockIcon name="next" />
        </button>
        <ol className={`unpadded ${styles.dots}`} aria-hidden="true">
          {steps.map(({ title }, index) => (
            <li
              key={title}
              data-is={index === run.step ? "now" : index <= run.reached ? "seen" : undefined}
            />
          ))}
        </ol>
      </fieldset>
      <div className={`flat narrow ${styles.words}`} aria-live="polite" aria-busy={isBusy}>
        <p className={`line ${styles.title}`}>
          <strong>{step.title}</strong>
          <span className={`small number ${styles.count}`}>
            {run.step + 1} of {steps.length}
          </span>
          {isBusy && <span className={`small number ${styles.count}`}>Waiting for Atlas</span>}
        </p>
        <p>{step.caption}</p>
        {run.problem !== null && <p className={styles.problem}>{run.problem}</p>}
      </div>
    </>
  )
}
