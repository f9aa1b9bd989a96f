import { useQuery } from "@tanstack/react-query"
import { Suspense, useState } from "react"
import { addressSpaceQuery } from "#api/projects/address-space.ts"
import { listUsedCidrs } from "./free-cidr.ts"
import styles from "./FreeBlockFinder.module.css"
import { lazyPart } from "#ui/lazy-part.tsx"

const FreeBlockFinder = lazyPart(async () => (await import("./FreeBlockFinder.tsx")).FreeBlockFinder)

interface Props {
  projectId: string
  /** The prefix lengths on offer, the usual one first. */
  sizes: readonly number[]
  /** Another CIDR to avoid, such as that of the network to peer with. */
  avoid?: string | undefined
  onUse: (cidr: string) => void
}

/** A folded search for a new container's CIDR that is free in every project the person may see. */
export function FreeBlockPicker(props: Props) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details
      className={`apart ${styles.fold}`}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary>Find a free CIDR</summary>
      {isOpen && (
        <Suspense fallback={<p>Loading</p>}>
          <Search {...props} />
        </Suspense>
      )}
    </details>
  )
}

function Search({ projectId, sizes, avoid = "", onUse }: Props) {
  const { data: projects, error } = useQuery(addressSpaceQuery(projectId))
  if (projects === undefined)
    return (
      <p className="shell-wait">{error === null ? "Loading used addresses" : "Can't load used addresses"}</p>
    )
  return (
    <>
      {projects.some(({ problem }) => problem !== null) && (
        <p className="quiet small">Some lists could not be read: a CIDR that looks free may be taken.</p>
      )}
      <FreeBlockFinder
        key={sizes.join()}
        taken={[...listUsedCidrs(projects), avoid]}
        sizes={sizes}
        onUse={onUse}
      />
    </>
  )
}
