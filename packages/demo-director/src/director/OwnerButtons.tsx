import { useEffect, useState, useSyncExternalStore } from "react"
import { front, type ListedPeering } from "./calls.ts"
import styles from "./director.module.css"

const everyMs = 2_500

interface OwnerAct {
  act: string
  words: string
}

const deleteNetwork: OwnerAct = { act: "delete-network", words: "Delete the network" }

/** The acts of the owner, by cloud and status, the usual one first. */
const actsOf: Readonly<Record<string, readonly OwnerAct[]>> = {
  "AWS PENDING_ACCEPTANCE": [
    { act: "accept", words: "Accept" },
    { act: "reject", words: "Reject" },
  ],
  "GCP WAITING_FOR_USER": [{ act: "create-reciprocal", words: "Peer back" }],
  "AWS AVAILABLE": [deleteNetwork],
  "GCP AVAILABLE": [deleteNetwork],
  "AZURE AVAILABLE": [{ act: "revoke-permission", words: "Remove the role" }, deleteNetwork],
}

const moves = ["pushState", "replaceState", "popstate"]

/** Follows the product's router. */
function followAddress(listener: () => void): () => void {
  for (const move of moves) addEventListener(move, listener)
  return () => {
    for (const move of moves) removeEventListener(move, listener)
  }
}

/** Plays the owner of the network of the connection on the page. */
export function OwnerButtons() {
  const path = useSyncExternalStore(followAddress, () => location.pathname)
  const [, projectId, id] = /^\/projects\/([^/]+)\/connections\/([^/]+)/.exec(path) ?? []
  if (projectId === undefined || id === undefined || id === "new") return null
  return <ForConnection key={id} projectId={projectId} id={id} />
}

function ForConnection({ projectId, id }: { projectId: string; id: string }) {
  const [peering, setPeering] = useState<ListedPeering | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  useEffect(() => {
    const end = new AbortController()
    const read = () => {
      front
        .list(projectId, end.signal)
        .then((list) => setPeering(list.find((one) => one.id === id) ?? null))
        .catch(() => undefined)
    }
    read()
    const timer = setInterval(read, everyMs)
    return () => {
      end.abort()
      clearInterval(timer)
    }
  }, [projectId, id])

  async function play(act: string) {
    setBusy(true)
    setProblem(null)
    try {
      await front.world({ method: "POST", path: "/cloud-side", body: { peerId: id, act } })
      await front.poll(projectId, id)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
    setBusy(false)
  }

  const { providerName = "", statusName, status } = peering?.peer ?? {}
  const acts = actsOf[`${providerName} ${statusName ?? status ?? ""}`] ?? []
  if (acts.length === 0 && problem === null) return null
  return (
    <fieldset className={styles.owner} aria-label="Play the network owner">
      <span aria-hidden="true">Play the network owner</span>
      {acts.map(({ act, words }) => (
        <button
          key={act}
          type="button"
          className={styles.button}
          aria-disabled={isBusy}
          onClick={() => !isBusy && void play(act)}
        >
          {words}
        </button>
      ))}
      {problem !== null && (
        <span className={styles.problem} role="alert">
          {problem}
        </span>
      )}
    </fieldset>
  )
}
