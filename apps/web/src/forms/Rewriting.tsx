import type { PastedField } from "@peering-desk/peering-rules"
import type { ProviderName } from "@peering-desk/shared-schemas"
import { useRef, useState, type FocusEvent, type FormEvent, type ReactNode } from "react"
import { RewriteNote } from "#ui/fields/RewriteNote.tsx"

/** Rewrites the text of the field in it, after a paste and on leaving, when it has one obvious meaning; and undoes that. */
export function Rewriting({
  field,
  cloud,
  onChange,
  children,
}: {
  /** The request field that the text is read as. */
  field: PastedField
  cloud: ProviderName
  onChange: (event: { target: { value: string } }) => void
  children: ReactNode
}) {
  const [rewrite, setRewrite] = useState<{ from: string; to: string; why: string } | null>(null)
  const undone = useRef<string | null>(null)
  const box = useRef<HTMLDivElement>(null)

  async function read({ target }: FocusEvent | FormEvent) {
    if (!(target instanceof HTMLInputElement) || target.readOnly) return
    const typed = target.value
    if (typed.trim() === "" || typed === undone.current) return
    const normaliser = await import("./normalise.ts").catch(() => null)
    if (normaliser === null) return
    const found = normaliser.normaliseField(field, cloud, typed)
    // The person may have changed it meanwhile.
    if (target.value !== typed && target.value !== typed.trim()) return
    if (found === null) return setRewrite((last) => (last?.to === typed ? last : null))
    onChange({ target: { value: found.value } })
    setRewrite({ from: typed, to: found.value, why: found.why })
  }

  function undo(from: string) {
    undone.current = from
    onChange({ target: { value: from } })
    setRewrite(null)
    // Its button is gone.
    box.current?.querySelector("input")?.focus()
  }

  return (
    <div
      ref={box}
      onBlur={(event) => void read(event)}
      onInput={(event) => {
        if ((event.nativeEvent as InputEvent).inputType === "insertFromPaste") void read(event)
      }}
    >
      {children}
      {rewrite && <RewriteNote rewrite={rewrite} onUndo={() => undo(rewrite.from)} />}
    </div>
  )
}
