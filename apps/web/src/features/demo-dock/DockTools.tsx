import { useSyncExternalStore } from "react"
import styles from "./dock.module.css"
import { DockIcon } from "./DockIcon.tsx"
import { speeds, type ScenePlayer } from "./player.ts"
import { scenes } from "./scenes.ts"

/** Chooses the scene and the speed, starts over, and closes the dock. */
export function DockTools({
  player,
  sceneId,
  readsAudit,
  onClose,
}: {
  player: ScenePlayer
  /** Empty without a scene. */
  sceneId: string
  /** True for a person who may read the audit log. */
  readsAudit: boolean
  onClose: () => void
}) {
  const speed = useSyncExternalStore(player.subscribe, player.readSpeed)
  return (
    <div className={`push ${styles.tools}`}>
      <select
        aria-label="Scene"
        className={`${styles.select} ${styles.scene}`}
        value={sceneId}
        onChange={({ target }) => target.value !== "" && void player.start(target.value)}
      >
        <option value="">Choose a scene</option>
        {scenes
          .filter(({ forAuditors }) => forAuditors !== true || readsAudit)
          .map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
      </select>
      <select
        aria-label="Speed"
        className={`${styles.select} ${styles.speed}`}
        value={speed}
        onChange={({ target }) => void player.setSpeed(Number(target.value))}
      >
        {speeds.map((one) => (
          <option key={one} value={one}>
            {one}×
          </option>
        ))}
      </select>
      <button
        type="button"
        className={styles.icon}
        aria-label="Reset the demo"
        title="Reset the demo"
        onClick={() => void player.startOver()}
      >
        <DockIcon name="restart" />
      </button>
      <button type="button" className={styles.icon} aria-label="Close the demo scenes" onClick={onClose}>
        <DockIcon name="close" />
      </button>
    </div>
  )
}
