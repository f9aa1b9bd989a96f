import { Chip } from "./Chip.tsx"
import styles from "./Chip.module.css"

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
    <fieldset className={styles.choice}>
      <legend className="visually-hidden">{label}</legend>
      {options.map(([option, words, count]) => (
        <Chip key={option} pressed={option === value} count={count} onPress={() => onChoose(option)}>
          {words}
        </Chip>
      ))}
    </fieldset>
  )
}
