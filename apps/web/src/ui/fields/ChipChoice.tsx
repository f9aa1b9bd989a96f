import { Chip } from "./Chip.tsx"

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
