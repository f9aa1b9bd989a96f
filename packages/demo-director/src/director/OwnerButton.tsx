import { useState, useSyncExternalStore } from "react"
import { front } from "./calls.ts"
import { findTarget } from "./page.ts"

const lookMs = 500

/** The owner's part by the words of the page that waits for it. */
const parts = [
  { says: "must accept", act: "accept", words: "Accept" },
  { says: "must peer back", act: "create-reciprocal", words: "Peer back" },
]

function follow(listener: () => void): () => void {
  const timer = setInterval(listener, lookMs)
  return () => clearInterval(timer)
}

/** Plays the owner of the network on the page of a connection that waits for them. */
export function OwnerButton() {
  const [problem, setProblem] = useState("")
  const path = useSyncExternalStore(follow, () => location.pathname)
  const part = useSyncExternalStore(follow, () =>
    parts.find(({ says }) => findTarget({ css: '[data-panel="peering"]', text: says }) !== null),
  )
  const [, projectId = "", id = ""] = /^\/projects\/([^/]+)\/connections\/([^/]+)/.exec(path) ?? []
  if (part === undefined || id === "") return null

  const play = async () => {
    await front.world({ method: "POST", path: "/cloud-side", body: { peerId: id, act: part.act } })
    await front.poll(projectId, id)
  }
  const refuse = (error: Error) => setProblem(error.message)
  return (
    <fieldset className="line still" aria-label="Play the network owner">
      <button type="button" onClick={() => void play().catch(refuse)}>
        {part.words}
      </button>
      {problem !== "" && <span role="alert">{problem}</span>}
    </fieldset>
  )
}
