import type { OpenField } from "@peering-desk/peering-rules"
import { useState } from "react"
import { fieldLabels } from "./field-labels.ts"

/** Asks for each field that the text has several values for, or one that may be anybody's, and shows where in the text each is. */
export function OpenFields({
  fields,
  locked,
  onChoose,
}: {
  fields: readonly OpenField[]
  locked: boolean
  onChoose: (field: OpenField["field"], value: string) => void
}) {
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({})
  return fields.map(({ field, candidates }) => (
    <fieldset key={field} disabled={locked} className="grid gap-6 narrow">
      <legend className="below-4 strong">
        {fieldLabels[field]}:{" "}
        {candidates.length === 1 ? "is it this one?" : `choose one of ${candidates.length}`}
      </legend>
      {candidates.map(({ value, where }) => (
        <label key={value} className="baseline">
          <input
            type="radio"
            name={field}
            checked={chosen[field] === value}
            onChange={() => {
              setChosen((all) => ({ ...all, [field]: value }))
              onChoose(field, value)
            }}
          />
          <code>{value}</code> <span className="quiet small">{where}</span>
        </label>
      ))}
    </fieldset>
  ))
}
