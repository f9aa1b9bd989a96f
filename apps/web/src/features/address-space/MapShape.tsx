import { type CSSProperties, type RefObject, useRef, useState } from "react"
import { useLocation } from "wouter"
import type { AddressBlock } from "@peering-desk/peering-rules"
import { kindWords, toBlockWords, toProjectWords } from "#copy/address-blocks.ts"
import { formatCount } from "#copy/counts.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { toBlockPath } from "./block-path.ts"
import type { Shape } from "#features/address-space/layout/map-lanes.ts"
import { type Segment, toHoldingCidr } from "#features/address-space/layout/map-segments.ts"
import styles from "./map.module.css"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { useTopLayer } from "#ui/overlay/use-top-layer.ts"
import { BlockConnections } from "./BlockConnections.tsx"

/** Time in which the pointer may move from the shape to its card, in milliseconds. */
const leaveMs = 150

/** One block, equal blocks, or the number of blocks in a merged column. Its card shows on hover and focus; Escape hides it. */
export function MapShape({
  shape,
  place,
  isChosen,
  mapKey,
  segment,
  onOpen,
}: {
  shape: Shape
  place: CSSProperties
  isChosen: boolean
  mapKey: string
  segment: Segment | undefined
  onOpen: (cidr: string) => void
}) {
  const { kind, isMerged, blocks, conflicts } = shape
  const [first, ...others] = blocks
  const [, navigate] = useLocation()
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const timer = useRef(0)
  if (first === undefined) return null

  function show(next: boolean) {
    clearTimeout(timer.current)
    setOpen(next)
  }

  return (
    <div
      role="presentation"
      className={`narrow container self-top on-top ${styles.place}`}
      style={place}
      onPointerEnter={() => show(true)}
      onPointerLeave={() => {
        timer.current = window.setTimeout(() => setOpen(false), leaveMs)
      }}
      onFocus={() => show(true)}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) show(false)
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !isOpen) return
        event.stopPropagation()
        button.current?.focus()
        show(false)
      }}
    >
      <button
        ref={button}
        type="button"
        className={`flex level centred narrow wide press anchor own-colours nowrap ink small lines-16 medium number ${styles.shape}`}
        data-kind={kind}
        data-conflict={conflicts.length > 0 || undefined}
        data-chosen={isChosen || undefined}
        data-printed
        data-map={mapKey}
        data-zoom={isMerged ? "" : undefined}
        tabIndex={-1}
        onClick={() => {
          if (isMerged && segment !== undefined) onOpen(toHoldingCidr(segment))
          else navigate(toBlockPath(first.cidr), { state: "keep-focus" })
        }}
      >
        {isMerged ? (
          <>
            {blocks.length}
            <span className="visually-hidden">
              {kind === "container" ? " Atlas containers" : " networks"} in{" "}
              {segment && toHoldingCidr(segment)}
            </span>
          </>
        ) : (
          <>
            <span className={styles.prefix}>
              {first.cidr.slice(first.cidr.indexOf("/"))}
              {others.length > 0 && ` ×${blocks.length}`}
            </span>
            <span className={`narrow clip hidden ellipsis ${styles.name}`}>
              {others.length > 0 ? formatCount(blocks.length, "CIDR") : (toShortName(first) ?? first.cidr)}
            </span>{" "}
            <span className="visually-hidden">
              {first.cidr}, {blocks.map((block) => toBlockWords(block)).join(", ")}
            </span>
          </>
        )}
        {conflicts.length > 0 && (
          <>
            <span className={`middle round afloat ${styles.badge}`} aria-hidden="true">
              <Icon name="failed" />
            </span>
            <span className="visually-hidden">, conflict</span>
          </>
        )}
      </button>
      {isOpen && <BlockCard shape={shape} anchor={button} />}
    </div>
  )
}

function toShortName({ kind, label, region }: Shape["blocks"][number]): string | null {
  if (kind === "draft") return "Proposed"
  return kind === "container" ? (region ?? "All regions") : label
}

const mostBlocks = 5
const mostConnections = 4

/** What a shape of the map is: its blocks, what they conflict with, and links to their connections. */
function BlockCard({ shape, anchor }: { shape: Shape; anchor: RefObject<HTMLElement | null> }) {
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
