import { useLayoutEffect, useSyncExternalStore } from "react"
import type { Scene } from "#scenes/scene.ts"
import { Bar } from "./Bar.tsx"
import { EndCard, TitleCard } from "./Cards.tsx"
import styles from "./director.module.css"
import type { Player } from "./player.ts"

/** The demo's layer over the page. */
export function Director({ player, scenes }: { player: Player; scenes: readonly Scene[] }) {
  const { run, isClosed, speed } = useSyncExternalStore(player.subscribe, player.read)
  const hasCard = run !== null && run.view !== "scene"

  // The page below a card is not to be reached.
  useLayoutEffect(() => {
    document.getElementById("root")?.toggleAttribute("inert", hasCard)
  }, [hasCard])

  return (
    <>
      {run?.view === "title" && <TitleCard scenes={scenes} />}
      {run?.view === "end" && <EndCard figures={run.figures} speed={speed} />}
      {run?.view === "scene" && run.beside !== null && <OwnerPage link={run.beside} />}
      <Bar player={player} scenes={scenes} isClosed={isClosed} run={run} />
    </>
  )
}

/** The page behind a share link, as the network's owner sees it. */
function OwnerPage({ link }: { link: string }) {
  const { pathname, hash } = new URL(link, location.href)
  const address = pathname + hash
  return (
    <iframe key={address} className={styles.beside} title="What the network's owner sees" src={address} />
  )
}
