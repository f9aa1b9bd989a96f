import { useQuery } from "@tanstack/react-query"
import { addressSpaceQuery } from "#api/projects/address-space.ts"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { AddressSpaceFrame } from "./AddressSpaceFrame.tsx"
import { AddressSummary } from "./AddressSummary.tsx"
import { BlockList } from "./BlockList.tsx"
import { MissingAddresses } from "./MissingAddresses.tsx"
import { useAddressPlan } from "./use-address-plan.ts"

/** The page that lists every CIDR of the address space: the map in words. */
export function BlocksPage() {
  const read = useQuery(addressSpaceQuery())
  const { data: spaces, error } = read
  const plan = useAddressPlan(spaces)
  return (
    <AddressSpaceFrame tab="table" below={<AddressSummary plan={plan} spaces={spaces} />}>
      <div className="stack gap-20 pad-top-20">
        {error !== null && <ReadFailure read={read} />}
        {spaces !== undefined && <MissingAddresses spaces={spaces} picture={plan.picture} />}
        {error === null && (
          <BlockList blocks={spaces === undefined ? undefined : plan.blocks} conflicts={plan.conflicts} />
        )}
      </div>
    </AddressSpaceFrame>
  )
}
