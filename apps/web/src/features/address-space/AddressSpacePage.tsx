import { findFreeBlockBeside, readCidrRange, type CidrRange } from "@peering-desk/peering-rules"
import { formatCidr, privateRanges } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { useLocation } from "wouter"
import { addressSpaceQuery } from "#api/projects/address-space.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"
import { Notice } from "#ui/Notice.tsx"
import { AddressMap } from "./AddressMap.tsx"
import { AddressSpaceFrame } from "./AddressSpaceFrame.tsx"
import { AddressSummary } from "./AddressSummary.tsx"
import { toBlockPath } from "./block-path.ts"
import { ChosenBlock } from "./ChosenBlock.tsx"
import { FindFree } from "./FindFree.tsx"
import { LargestFree } from "./LargestFree.tsx"
import { MissingAddresses } from "./MissingAddresses.tsx"
import { isUsed, useAddressPlan } from "./use-address-plan.ts"
import styles from "./map.module.css"

/** The page that maps the addresses of all projects that the person may see. */
export function AddressSpacePage() {
  const read = useQuery(addressSpaceQuery())
  const { data: spaces, error } = read
  const plan = useAddressPlan(spaces)
  const [, navigate] = useLocation()
  const [prefix, setPrefix] = useState(21)
  const [offered, setOffered] = useState<readonly string[]>([])
  const [isFull, setFull] = useState(false)

  function show(cidr: string) {
    navigate(toBlockPath(cidr), { state: "keep-focus" })
  }

  /** Proposes the lowest free block; pressed again, the next one. */
  function find() {
    const passed = offered.at(-1) === plan.chosenCidr ? offered : []
    const taken = [...plan.avoid, ...passed.flatMap((cidr) => readCidrRange(cidr) ?? [])]
    const cidr = findFreeBlockBeside({ prefix, within: privateRanges, taken })
    setFull(cidr === null)
    setOffered(cidr === null ? [] : [...passed, cidr])
    if (cidr !== null) show(cidr)
  }

  /** Proposes the first block of a free range. */
  function findIn({ first }: CidrRange) {
    const size = 2 ** (32 - prefix)
    setFull(false)
    show(formatCidr({ network: Math.ceil(first / size) * size, prefix }))
  }

  return (
    <AddressSpaceFrame
      tab="map"
      below={<AddressSummary plan={plan} prefix={prefix} spaces={spaces} />}
      actions={
        <FindFree
          prefix={prefix}
          onPrefix={(size) => {
            setPrefix(size)
            setFull(false)
            setOffered([])
          }}
          isReady={spaces !== undefined}
          onFind={find}
        />
      }
    >
      {error !== null && (
        <div className="pad-top-20">
          <ReadFailure read={read} />
        </div>
      )}
      {spaces === undefined && error === null && <MapSkeleton />}
      {spaces !== undefined && (
        <div className="stack gap-20 pad-top-20">
          <MissingAddresses spaces={spaces} picture={plan.picture} />
          {isFull && <Notice announce title={`No more free /${prefix}`} />}
          {plan.asked !== null && plan.chosenCidr === null && (
            <Notice tone="you" title={`${plan.asked} is not a CIDR`}>
              <p>Enter an address and a prefix length, for example 10.8.0.0/21.</p>
            </Notice>
          )}
          {plan.chosenCidr !== null && (
            <ChosenBlock plan={plan} cidr={plan.chosenCidr} spaces={spaces} onAnother={find} />
          )}
          {plan.picture.blocks.some(isUsed) ? (
            <>
              <LargestFree free={plan.free} prefix={prefix} onPick={findIn} />
              <AddressMap plan={plan} prefix={prefix} onFree={findIn} />
            </>
          ) : (
            <EmptyState
              icon="address"
              title="No addresses in use yet"
              action={<PageLink href={pagePaths.allConnections()}>View connections</PageLink>}
            >
              Containers and AWS connections appear here once a project has one.
            </EmptyState>
          )}
        </div>
      )}
    </AddressSpaceFrame>
  )
}

/** Holds the place of the map while the addresses load. */
function MapSkeleton() {
  return (
    <output className="grid pad-top-20 gap-24">
      <span className="visually-hidden">Loading addresses…</span>
      <span className={`rounded on-trough ${styles.skeletonBox}`} />
      <span className={`rounded on-trough ${styles.skeletonBox}`} />
    </output>
  )
}
