import { gcpRegions } from "@peering-desk/shared-schemas"
import { useId, type ReactNode, type Ref } from "react"
import styles from "./RegionCheckboxes.module.css"

/** The regions that a new container on Google Cloud is restricted to. */
export function RegionCheckboxes({
  legend,
  chosen,
  error,
  ref,
  onChange,
}: {
  legend: ReactNode
  /** Atlas's names. Names that the list lacks are shown too. */
  chosen: readonly string[]
  error: string | undefined
  /** Takes the focus when the choice is wrong. */
  ref?: Ref<HTMLInputElement>
  onChange: (chosen: string[]) => void
}) {
  const id = useId()
  const unknown = chosen.filter((one) => !Object.hasOwn(gcpRegions, one)).map((one) => [one, one] as const)
  const toggle = (name: string) =>
    onChange(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name])
  return (
    <fieldset className={styles.regions} aria-describedby={error === undefined ? undefined : id}>
      <legend>{legend}</legend>
      <div className={styles.list}>
        {[...Object.entries(gcpRegions), ...unknown].map(([name, place], index) => (
          <label key={name} className={styles.region}>
            <input
              ref={index === 0 ? ref : undefined}
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={() => toggle(name)}
            />
            <span>
              {place} <code>{name}</code>
            </span>
          </label>
        ))}
      </div>
      {error !== undefined && (
        <p id={id} className={styles.wrong}>
          {error}
        </p>
      )}
    </fieldset>
  )
}
