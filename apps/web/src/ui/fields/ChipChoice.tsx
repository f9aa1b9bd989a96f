import type { ReactNode } from "react"
import styles from "./ChipChoice.module.css"

/** One of some short choices, each perhaps with how many fit it. */
export function ChipChoice<Value extends string>({
  label,
  options,
  value,
  onChoose,
}: {
  /** Names the choice for assistive technology. */
  label: string
  options: readonly (readonly [value: Value, words: string, count?: number | string])[]
  value: Value | null
  onChoose: (value: Value) => void
}) {
  return (
    <fieldset className="row narrow below-12">
      <legend className="visually-hidden">{label}</legend>
      {options.map(([option, words, count]) => (
        <Chip key={option} pressed={option === value} count={count} onPress={() => onChoose(option)}>
          {words}
        </Chip>
      ))}
    </fieldset>
  )
}

/** A small switch that narrows what is shown. */
function Chip({
  pressed,
  count,
  onPress,
  children,
}: {
  pressed: boolean
  /** The number that fits; a text keeps its place until it is known. */
  count?: number | string | undefined
  onPress: () => void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      className={`edge-control on-card press quiet text-13 ${styles.chip}`}
      aria-pressed={pressed}
      onClick={onPress}
    >
      {children}
      {count !== undefined && (
        <>
          {" "}
          <span className={`number inline-block ${styles.count}`}>{count.toLocaleString("en-US")}</span>
        </>
      )}
    </button>
  )
}
