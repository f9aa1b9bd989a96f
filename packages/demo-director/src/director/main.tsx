import { createRoot } from "react-dom/client"
import { scenes } from "#scenes/scenes.ts"
import { front } from "./calls.ts"
import styles from "./director.module.css"
import { Director } from "./Director.tsx"
import { holdFocus } from "./hold-focus.ts"
import { createPage } from "./page.ts"
import { Player } from "./player.ts"
import { tabStore } from "./run.ts"
import { Spotlight } from "./spotlight.ts"
import { stayOnTop } from "./stay-on-top.ts"

/** Draws the bar on the product's page, and plays what its address asks for. */
function begin(): void {
  const host = document.createElement("div")
  host.dataset["demo"] = ""
  host.className = styles["host"] ?? ""
  host.popover = "manual"
  const hole = document.createElement("div")
  hole.className = styles["hole"] ?? ""
  hole.hidden = true
  const rest = document.createElement("div")
  host.append(hole, rest)
  document.body.append(host)
  stayOnTop(host)
  holdFocus(host)

  const player = new Player({ page: createPage(new Spotlight(hole)), front, scenes, store: tabStore })
  // The page's React counts its ids from the same number.
  createRoot(rest, { identifierPrefix: "demo-" }).render(<Director player={player} scenes={scenes} />)
  const address = new URL(location.href)
  const asked = address.searchParams.get("scene")
  // A reload goes on where the scene is.
  address.searchParams.delete("scene")
  if (asked !== null)
    history.replaceState(history.state, "", address.pathname + address.search + address.hash)
  player.start(asked)
  addEventListener("pagehide", () => player.leave())
}

// The page of a share link is its owner's.
if (window.top === window && !location.pathname.startsWith("/hand-off")) begin()
