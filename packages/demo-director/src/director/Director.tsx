import { useSyncExternalStore } from "react"
import type { Scene } from "#scenes/scene.ts"
import { Bar } from "./Bar.tsx"
import { EndCard, TitleCard } from "./Cards.tsx"
import styles from "./director.module.css"
import type { Player } from "./player.ts"

/** The demo's layer over the page. */
export function Director({ player, scenes }: { player: Player; scenes: readonly Scene[] }) {
  const { run, isClosed, speed } = useSyncExternalStore(player.subscribe, player.read)
  const beside = run?.view === "scene" ? run.beside : null
  return (
    <>
      {run?.view === "title" && <TitleCard scenes={scenes} />}
      {run?.view === "end" && <EndCard figures={run.figures} speed={speed} />}
      {beside !== null && (
        <iframe key={beside} className={styles.beside} title="What the network's owner sees" src={beside} />
      )}
      <Bar player={player} scenes={scenes} isClosed={isClosed} run={run} />
    </>
  )
}
