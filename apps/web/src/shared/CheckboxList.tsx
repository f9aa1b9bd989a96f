import { use, useId, type ReactNode, type Ref } from "react"
import { FormBusy } from "#ui/fields/form-busy.ts"
import styles from "./CheckboxList.module.css"

/** A choice of any number from a list, which scrolls when it is long. */
export function CheckboxList({
  legend,
  options,
  chosen,
  error,
  ref,
  onChange,
}: {
  legend: ReactNode
  options: readonly (readonly [value: string, words: ReactNode])[]
  chosen: readonly string[]
  error?: string | undefined
  /** Takes the focus when the choice is wrong. */
  ref?: Ref<HTMLInputElement>
  onChange: (chosen: string[]) => void
}) {
  const id = useId()
  const isBusy = use(FormBusy)
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])
  return (
    <fieldset aria-describedby={error === undefined ? undefined : id}>
      <legend className="unpadded below-4 strong">{legend}</legend>
      <div className={`grid edge-control rounded-s gap-2 gap-x-12 pad-y-8 pad-x-12 ${styles.list}`}>
        {options.map(([value, words], index) => (
          <label key={value} className={`beside first-lines narrow pad-y-2 ${styles.option}`}>
            <input
              ref={index === 0 ? ref : undefined}
              type="checkbox"
              aria-invalid={index === 0 && error !== undefined}
              checked={chosen.includes(value)}
              onChange={() => !isBusy && toggle(value)}
            />
            <span className="narrow wrap">{words}</span>
          </label>
        ))}
      </div>
      {error !== undefined && (
        <p id={id} className="above-4 tone-failed small">
          {error}
        </p>
      )}
    </fieldset>
  )
}
