import type { AddressBlock } from "@peering-desk/peering-rules"
import { useRef, type RefObject } from "react"
import { kindWords, toProjectWords } from "#copy/address-blocks.ts"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { useTopLayer } from "#ui/overlay/use-top-layer.ts"
import { BlockConnections } from "./BlockConnections.tsx"
import type { Shape } from "#features/address-space/layout/map-lanes.ts"
import styles from "./map.module.css"

const mostBlocks = 5
const mostConnections = 4

/** What a shape of the map is: its blocks, what they conflict with, and links to their connections. */
export function BlockCard({ shape, anchor }: { shape: Shape; anchor: RefObject<HTMLElement | null> }) {
  const card = useRef<HTMLDivElement>(null)
  useTopLayer(card, anchor, true)
  const { blocks, conflicts } = shape
  const own = new Set(blocks.map(({ id }) => id))
  const against = conflicts.flatMap(({ outer, inner }) => (own.has(outer.id) ? [inner] : [outer]))
  return (
    <div
      ref={card}
      popover="manual"
      className={`flat card fixed pad-y-12 pad-x-14 ink text-13 lines-18 regular ${styles.card}`}
    >
      {against.length > 0 && (
        <p className="line gap-6 below-8 tone-failed strong">
          <Icon name="failed" /> CIDRs overlap
        </p>
      )}
      <ul>
        {[...blocks, ...against].slice(0, mostBlocks).map((block) => (
          <CardLine key={block.id} block={block} />
        ))}
        {blocks.length > mostBlocks && <li>+ {blocks.length - mostBlocks} more</li>}
      </ul>
      <BlockConnections blocks={blocks} most={mostConnections} />
    </div>
  )
}

function CardLine({ block }: { block: AddressBlock }) {
  const { kind, label, cidr, providerName, region } = block
  return (
    <li className={`grid top gap-8 ${styles.cardLine}`}>
      <span className={styles.swatch} data-kind={kind} aria-hidden="true" />
      <span>
        {kindWords[kind]}
        <span className="block wrap quiet small">
          {[region, label, toProjectWords(block)].filter(Boolean).join(" · ")}
        </span>
      </span>
      {providerName !== null && <CloudMark cloud={providerName} />}
      <span className="mono">{cidr}</span>
    </li>
  )
}
