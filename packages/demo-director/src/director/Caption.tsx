import type { Scene } from "#scenes/scene.ts"
import styles from "./director.module.css"
import type { Player } from "./player.ts"
import { computeReadingMs, getStep, type Run } from "./run.ts"

/** What a step takes beside its caption, on average. */
const actsMs = 4_000

/** Says what the spotlight is on. It is read out when it changes. */
export function Caption({
  player,
  scenes,
  run,
}: {
  player: Player
  scenes: readonly Scene[]
  run: Run | null
}) {
  const { title, text } = toWords(player, scenes, run)
  const isBusy = run?.view === "scene" && run.phase !== "shown" && run.phase !== "stuck"
  return (
    <>
      <div className={styles.caption} aria-live="polite" aria-busy={isBusy}>
        <p>
          <strong>{title}</strong> {text}
        </p>
        {run?.phase === "stuck" && run.view === "scene" && (
          <p className={styles.problem} role="alert">
            {run.problem}
          </p>
        )}
      </div>
      {run?.view === "scene" && (
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

function toWords(player: Player, scenes: readonly Scene[], run: Run | null): { title: string; text: string } {
  if (run === null)
    return {
      title: "Peering Desk presents itself.",
      text: `${scenes.length} scenes, about ${countMinutes(scenes)} minutes. Clouds and Atlas are simulated.`,
    }
  if (run.view === "title")
    return { title: "Orders needs its ledger.", text: "Seven stops lie between them. Three are missing." }
  if (run.view === "end")
    return { title: "That was the demo.", text: "Choose any scene to see it again, or try it yourself." }
  const scene = player.getScene()
  const place = scenes.indexOf(scene) + 1
  if (run.step < run.goal)
    return { title: "Going back.", text: `The scene plays up to “${getStep(scene, run.goal).title}”` }
  if (run.addresses.length === 0) return { title: `Scene ${place} of ${scenes.length}.`, text: scene.title }
  const { title, caption } = getStep(scene, run.step)
  return { title, text: caption }
}

/** Estimates how long the demo takes. */
export function countMinutes(scenes: readonly Scene[]): number {
  const ms = scenes
    .flatMap(({ steps }) => steps)
    .reduce((sum, { title, caption }) => sum + computeReadingMs(`${title} ${caption}`) + actsMs, 0)
  return Math.max(1, Math.round(ms / 60_000))
}
