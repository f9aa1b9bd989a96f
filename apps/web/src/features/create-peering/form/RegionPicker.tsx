import { gcpRegions } from "@peering-desk/shared-schemas"
import { useId } from "react"
import { splitRegions } from "#features/create-peering/draft/form-values.ts"
import styles from "./form.module.css"

/** The regions that a container on Google Cloud is restricted to. An empty choice means every region. */
export function RegionPicker({
  value,
  room,
  error,
  onChange,
}: {
  /** Comma-separated. */
  value: string
  /** How many regions fit the container's CIDR; null when the CIDR is not that of a restricted container. */
  room: number | null
  error: string | undefined
  onChange: (value: string) => void
}) {
  const id = useId()
  const chosen = splitRegions(value)
  const unknown = chosen.filter((one) => !Object.hasOwn(gcpRegions, one)).map((one) => [one, one] as const)
  const toggle = (name: string) =>
    onChange((chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]).join(","))
  const says =
    chosen.length === 0 ? "every region" : chosen.length === 1 ? "one region" : `${chosen.length} regions`
  return (
    <div>
      <details className={styles.regions} open={error !== undefined || undefined}>
        <summary>
          Regions: {says}
          {room !== null && ` (the block has room for ${room})`}
        </summary>
        <p className={styles.regionHint}>Choose none for a container that serves every region.</p>
        <fieldset className={styles.regionList} aria-describedby={error === undefined ? undefined : id}>
          <legend className="visually-hidden">Regions</legend>
          {[...Object.entries(gcpRegions), ...unknown].map(([name, place]) => (
            <label key={name}>
              <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} />
              <span>
                {place} <code>{name}</code>
              </span>
            </label>
          ))}
        </fieldset>
      </details>
      {error !== undefined && (
        <p id={id} className={styles.regionError}>
          {error}
        </p>
      )}
    </div>
  )
}
