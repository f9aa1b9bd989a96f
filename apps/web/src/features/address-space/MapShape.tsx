import { useRef, useState, type CSSProperties } from "react"
import { useLocation } from "wouter"
import { toBlockWords } from "#copy/address-blocks.ts"
import { formatCount } from "#copy/counts.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { BlockCard } from "./BlockCard.tsx"
import { toBlockPath } from "./block-path.ts"
import type { Shape } from "#features/address-space/layout/map-lanes.ts"
import { toHoldingCidr, type Segment } from "#features/address-space/layout/map-segments.ts"
import styles from "./map.module.css"

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
