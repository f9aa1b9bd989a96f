import styles from "./director.module.css"
import type { BarProps } from "./player.ts"
import { getStep } from "./run.ts"

/** Says what the spotlight is on. It is read out when it changes. */
export function Caption({ player, scenes, run }: BarProps) {
  const [title, text] = toWords({ player, scenes, run })
  const isScene = run?.view === "scene"
  const isBusy = isScene && run.phase !== "shown" && run.phase !== "stuck"
  return (
    <>
      <div className={styles.caption} aria-live="polite" aria-busy={isBusy}>
        <p>
          <strong>{title}</strong> {text}
        </p>
        {isScene && run.phase === "stuck" && (
          <p className="strong" role="alert">
            {run.problem}
          </p>
        )}
      </div>
      {isScene && (
        <span className={styles.count}>
          {run.phase === "coming" ? (
            <span className={styles.wait}>Waiting for Atlas</span>
          ) : (
            `${run.step + 1} of ${player.getScene().steps.length}`
          )}
        </span>
      )}
    </>
  )
}

function toWords({ player, scenes, run }: BarProps): readonly [title: string, text: string] {
  if (run === null)
    return ["Peering Desk presents itself.", "Choose a scene, or play all. Clouds and Atlas are simulated."]
  if (run.view === "title")
    return ["Orders needs its ledger.", "Seven stops lie between them. Three are missing."]
  if (run.view === "end")
    return ["That was the demo.", "Choose any scene to see it again, or try it yourself."]
  const scene = player.getScene()
  if (run.step < run.goal) return ["Going back.", `The scene plays up to “${getStep(scene, run.goal).title}”`]
  if (run.addresses.length === 0)
    return [`Scene ${scenes.indexOf(scene) + 1} of ${scenes.length}.`, scene.title]
  const { title, caption } = getStep(scene, run.step)
  return [title, caption]
}
