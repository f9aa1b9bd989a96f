import { toAddressPicture, type AddressBlock } from "@peering-desk/peering-rules"
import { formatCidr, parseCidr, toCanonicalCidr, type ProjectAddresses } from "@peering-desk/shared-schemas"
import { useCallback, useMemo, useState } from "react"
import { useLocation, useSearchParams } from "wouter"
import { FreeBlockFinder } from "#shared/FreeBlockFinder.tsx"
import { Card } from "#ui/Card.tsx"
import { Notice } from "#ui/Notice.tsx"
import styles from "./address-space.module.css"
import { AddressMap, type Sight } from "./AddressMap.tsx"
import { BlockList } from "./BlockList.tsx"
import { toBlockPath } from "./BlockTable.tsx"
import { ChosenBlock } from "./ChosenBlock.tsx"
import { MissingAddresses } from "./MissingAddresses.tsx"
import { UseBlock } from "./UseBlock.tsx"

/** The map, the table and the free-block search, around the block in the page's address. */
export function AddressPlan({ spaces }: { spaces: readonly ProjectAddresses[] }) {
  const [search] = useSearchParams()
  const [, navigate] = useLocation()
  const asked = search.get("block")
  const cidr = asked === null ? null : readBlock(asked)
  const [shown, setShown] = useState<{ cidr: string } | null>(null)

  const picture = useMemo(() => toAddressPicture(spaces, null), [spaces])
  const isNew = cidr !== null && !picture.blocks.some((block) => block.cidr === cidr)
  const { blocks } = useMemo(
    () => (isNew ? toAddressPicture(spaces, { cidr, label: "" }) : picture),
    [spaces, picture, isNew, cidr],
  )
  const taken = useMemo(() => picture.blocks.filter(isTaken).map((block) => block.cidr), [picture])
  const sight = useMemo<Sight>(
    () => ({ cidr, takesFocus: shown !== null && shown.cidr === cidr }),
    [cidr, shown],
  )
  const goTo = useCallback((to: string) => navigate(toBlockPath(to), { state: "keep-focus" }), [navigate])
  const pick = useCallback((block: AddressBlock) => goTo(block.cidr), [goTo])
  const show = useCallback((to: string) => setShown({ cidr: to }), [])

  return (
    <div className={styles.page}>
      <MissingAddresses spaces={spaces} picture={picture} />
      {asked !== null && cidr === null && (
        <Notice tone="you" title="The address of this page names no block">
          <p>
            <code>{asked}</code> is not four numbers and a prefix, like 10.8.0.0/21.
          </p>
        </Notice>
      )}
      {taken.length === 0 && (
        <Notice title="Nothing takes up addresses yet">
          <p>A container or an AWS connection appears here as soon as a project has one.</p>
        </Notice>
      )}
      <Card title="Find a free block">
        <FreeBlockFinder taken={taken} onFind={goTo}>
          {(free) => <UseBlock cidr={free} projects={spaces.map(({ project }) => project)} />}
        </FreeBlockFinder>
      </Card>
      <AddressMap blocks={blocks} sight={sight} onPick={pick} />
      {cidr !== null && <ChosenBlock cidr={cidr} blocks={blocks} />}
      <BlockList blocks={blocks} chosenCidr={cidr} onShow={show} />
    </div>
  )
}

function isTaken({ kind }: AddressBlock): boolean {
  return kind === "container" || kind === "peer"
}

/** Parses a CIDR to its canonical form; null for other text. */
function readBlock(text: string): string | null {
  const cidr = parseCidr(text)
  return cidr === null ? null : formatCidr(toCanonicalCidr(cidr))
}
