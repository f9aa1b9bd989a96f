import { readStatus, type OwnerAct, type Peering } from "@peering-desk/shared-schemas"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useRoute } from "wouter"
import { controlSimulator } from "#api/demo.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { pollNow } from "#api/peerings/peerings.ts"
import { pagePatterns } from "#shared/page-paths.ts"
import styles from "./dock.module.css"
import { DockIcon, type DockIconName } from "./DockIcon.tsx"
import { toWords } from "./to-words.ts"

interface OwnerButton {
  /** Null lets a day pass. */
  act: OwnerAct | null
  words: string
  icon?: DockIconName
}

const deleteNetwork: OwnerButton = { act: "delete-network", words: "Delete the network" }
const aDay: OwnerButton = { act: null, words: "+1 day", icon: "clock" }

/** The acts of the owner, by cloud and status, the usual one first. */
const buttonsOf: Readonly<Record<string, readonly OwnerButton[]>> = {
  "AWS PENDING_ACCEPTANCE": [
    { act: "accept", words: "Accept", icon: "check" },
    { act: "reject", words: "Reject" },
  ],
  "GCP WAITING_FOR_USER": [{ act: "create-reciprocal", words: "Peer back", icon: "check" }],
  "AWS AVAILABLE": [deleteNetwork],
  "GCP AVAILABLE": [deleteNetwork],
  "AZURE AVAILABLE": [{ act: "revoke-permission", words: "Remove the role" }, deleteNetwork],
}

/** Plays the owner of the network of the connection on the page. */
export function OwnerButtons() {
  const [isConnection, params] = useRoute(`${pagePatterns.connection}/:view?`)
  if (!isConnection || params.peeringId === "new") return null
  return <ForConnection projectId={params.projectId} peeringId={params.peeringId} />
}

function ForConnection({ projectId, peeringId }: { projectId: string; peeringId: string }) {
  const { data } = useQuery(peeringsQuery(projectId))
  const peering = data?.peerings.find(({ id }) => id === peeringId)
  return peering === undefined ? null : <Acts key={peering.id} peering={peering} />
}

function Acts({ peering: { projectId, id, peer } }: { peering: Peering }) {
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (act: OwnerAct | null) => {
      if (act === null) await controlSimulator({ to: "/clock", body: { advanceSeconds: 24 * 60 * 60 } })
      else await controlSimulator({ to: "/cloud-side", body: { peerId: id, act } })
      await pollNow(client, projectId, id)
    },
  })
  const buttons = buttonsOf[`${peer.providerName} ${readStatus(peer) ?? ""}`] ?? []
  return (
    <fieldset className={`line ${styles.owner}`} aria-label="Play the network owner">
      <span aria-hidden="true">Play the network owner</span>
      {[...buttons, aDay].map(({ act, words, icon }, index) => (
        <button
          key={words}
          type="button"
          className={`${styles.button} ${icon === "check" && index === 0 ? styles.main : ""}`}
          aria-disabled={isPending}
          onClick={() => !isPending && mutate(act)}
        >
          {icon !== undefined && <DockIcon name={icon} />}
          {words}
        </button>
      ))}
      {error !== null && (
        <span className={styles.problem} role="alert">
          {toWords(error)}
        </span>
      )}
    </fieldset>
  )
}
