import type { About } from "@peering-desk/peering-rules"
import type { ReactNode } from "react"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { toProblemWords } from "#copy/problems.ts"

/** Says why a change failed. Shows nothing for wrong fields on the page, which say so themselves. */
export function ChangeProblem({
  error,
  asked,
  shownFields,
  ...rest
}: {
  error: unknown
  /** The request to Atlas, whose answer can be lost. */
  asked?: Parameters<typeof toProblemWords>[1]
  projectId: string
  about?: About
  /** Fields of the form by their names, which say themselves what is wrong with them. */
  shownFields: readonly string[]
  actions?: ReactNode
}) {
  const words = toProblemWords(error, asked)
  const found = Object.keys(words.fields)
  if (words.atlas === null && found.length > 0 && found.every((name) => shownFields.includes(name)))
    return null
  return (
    <RefusalNotice
      {...rest}
      words={words}
      findField={(name) => (shownFields.includes(name) ? (button) => focusField(button, name) : null)}
      announce
    />
  )
}

function focusField({ form }: HTMLButtonElement, name: string): void {
  const field = form?.elements.namedItem(name)
  if (field instanceof HTMLElement) field.focus()
}
