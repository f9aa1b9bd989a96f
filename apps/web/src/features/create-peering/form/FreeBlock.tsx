import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { addressSpaceQuery } from "#api/projects/address-space.ts"
import { FreeBlockFinder } from "#shared/FreeBlockFinder.tsx"
import { listTakenBlocks } from "#shared/taken-blocks.ts"
import { Button } from "#ui/Button.tsx"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"

/** Finds a CIDR for a new container that is free in every project the person may see. */
export function FreeBlock({
  own,
  sizes,
  onUse,
}: {
  /** CIDR of the network to peer with; empty when it is not known. */
  own: string
  /** The prefix lengths on offer. */
  sizes: readonly number[]
  onUse: (cidr: string) => void
}) {
  const { projectId } = useCreatePage().owner
  const [isOpen, setIsOpen] = useState(false)
  const { data: projects } = useQuery({ ...addressSpaceQuery(projectId), enabled: isOpen })
  return (
    <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>Find a free block</summary>
      {isOpen && projects === undefined && <p>Reading what is taken</p>}
      {isOpen && projects !== undefined && (
        <FreeBlockFinder taken={[...listTakenBlocks(projects), own]} sizes={sizes} firstSize={sizes[0] ?? 21}>
          {(cidr) => (
            <Button size="small" onClick={() => onUse(cidr)}>
              Use it
            </Button>
          )}
        </FreeBlockFinder>
      )}
    </details>
  )
}
