import type { PastedField, Replaced } from "@peering-desk/peering-rules"
import { useState } from "react"
import { Button } from "#ui/Button.tsx"
import { SegmentedControl } from "#ui/fields/SegmentedControl.tsx"
import { Notice } from "#ui/Notice.tsx"
import { fieldLabels } from "./field-labels.ts"

/** Asks for each value of the form if it stays or the pasted one replaces it. A value that goes with another one has no question. */
export function ReplaceQuestion({
  replaced,
  locked,
  onAnswer,
  onCancel,
}: {
  replaced: readonly Replaced[]
  locked: boolean
  onAnswer: (kept: ReadonlySet<PastedField>) => void
  onCancel: () => void
}) {
  const [kept, setKept] = useState<ReadonlySet<PastedField>>(new Set())

  function answer(field: PastedField, isKept: boolean) {
    const others = [...kept].filter((one) => one !== field)
    setKept(new Set(isKept ? [...others, field] : others))
  }

  return (
    <Notice
      tone="you"
      title="Replace what the form has?"
      announce
      actions={
        <>
          <Button size="small" isBusy={locked} onClick={() => onAnswer(kept)}>
            Fill form
          </Button>
          <Button size="small" kind="quiet" onClick={onCancel}>
            Cancel
          </Button>
        </>
      }
    >
      <ul className="grid gap-8">
        {replaced.map(({ field, was, becomes }) => (
          <li key={field} className="row gap-6 gap-x-12">
            <span>
              {fieldLabels[field]}: <code>{was}</code> → <code>{becomes ?? "nothing"}</code>
            </span>
            {becomes !== null && (
              <SegmentedControl
                label={fieldLabels[field] ?? field}
                options={[
                  { value: "use", title: "Use pasted" },
                  { value: "keep", title: "Keep" },
                ]}
                value={kept.has(field) ? "keep" : "use"}
                onChange={(value) => answer(field, value === "keep")}
              />
            )}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
