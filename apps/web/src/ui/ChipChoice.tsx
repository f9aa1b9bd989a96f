import { Chip } from "./Chip.tsx"
import styles from "./Chip.module.css"

/** One of some short choices, all of them in sight. `label` names them for those who hear the page. */
export function ChipChoice<Value extends string>({
  label,
  options,
  value,
  onChoose,
}: {
  label: string
  options: readonly (readonly [value: Value, words: string])[]
  value: Value | null
  onChoose: (value: Value) => void
}) {
  return (
    <fieldset className={styles.choice}>
      <legend className="visually-hidden">{label}</legend>
      {options.map(([option, words]) => (
        <Chip key={option} pressed={option === value} onPress={() => onChoose(option)}>
          {words}
        </Chip>
      ))}
    </fieldset>
  )
}
