import { useQuery } from "@tanstack/react-query"
import { addressSpaceQuery } from "#api/projects/address-space.ts"
import { FreeBlockFinder } from "#shared/FreeBlockFinder.tsx"
import { listTakenBlocks } from "#shared/taken-blocks.ts"
import { Button } from "#ui/Button.tsx"

/** Finds a block for a new container that nothing has yet, in any project that the person may see. */
export function FreeBlock({
  projectId,
  own,
  sizes,
  onUse,
}: {
  projectId: string
  /** The block of the network that is to be joined; empty when it is not known. */
  own: string
  /** The lengths of prefix that Atlas takes. */
  sizes: readonly number[]
  onUse: (cidr: string) => void
}) {
  const { data: projects } = useQuery(addressSpaceQuery(projectId))
  if (projects === undefined) return <p>Reading what is taken</p>
  return (
    <FreeBlockFinder taken={[...listTakenBlocks(projects), own]} sizes={sizes} firstSize={sizes[0] ?? 21}>
      {(cidr) => (
        <Button size="small" onClick={() => onUse(cidr)}>
          Use it
        </Button>
      )}
    </FreeBlockFinder>
  )
}
