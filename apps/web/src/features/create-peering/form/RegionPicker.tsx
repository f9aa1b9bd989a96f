import { gcpRegions } from "@peering-desk/shared-schemas"
import { useId } from "react"
import { splitRegions } from "./connection-values.ts"
import styles from "#features/create-peering/create-peering.module.css"

/** The regions that a container on Google Cloud is restricted to; none of them means all. */
export function RegionPicker({
  value,
  room,
  readOnly,
  error,
  onChange,
}: {
  /** With commas between. */
  value: string
  /** How many regions its block has room for; null when it is not that of a restricted one. */
  room: number | null
  readOnly: boolean
  error: string | undefined
  onChange: (value: string) => void
}) {
  const id = useId()
  const chosen = splitRegions(value)
  const known = Object.entries(gcpRegions)
  const all = [...known, ...chosen.filter((one) => !(one in gcpRegions)).map((one) => [one, one] as const)]
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
          {all.map(([name, place]) => (
            <label key={name}>
              <input
                type="checkbox"
                checked={chosen.includes(name)}
                onChange={() => !readOnly && toggle(name)}
              />
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
