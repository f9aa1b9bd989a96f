import { countRegionRoom } from "@peering-desk/peering-rules"
import { useState } from "react"
import { splitRegions } from "#features/create-peering/draft/form-values.ts"
import styles from "./form.module.css"
import { RegionCheckboxes } from "#shared/RegionCheckboxes.tsx"

/** The regions that a container on Google Cloud is restricted to. An empty choice means every region. */
export function GcpRegions({
  value,
  block,
  error,
  onChange,
}: {
  /** Comma-separated. */
  value: string
  block: string
  error: string | undefined
  onChange: (value: string) => void
}) {
  const [isOpen, setOpen] = useState(false)
  const chosen = splitRegions(value)
  const room = countRegionRoom(block.trim())
  const says =
    chosen.length === 0 ? "every region" : chosen.length === 1 ? "one region" : `${chosen.length} regions`
  const isShown = isOpen || error !== undefined
  return (
    <details open={isShown} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="strong">
        Regions: {says}
        {room !== null && ` (the CIDR has room for ${room})`}
      </summary>
      {isShown && (
        <>
          <p className={styles.quiet}>Select none to serve every region.</p>
          <RegionCheckboxes
            legend={<span className="visually-hidden">Regions</span>}
            chosen={chosen}
            error={error}
            onChange={(next) => onChange(next.join(","))}
          />
        </>
      )}
    </details>
  )
}
