import { useEffect, useState, type SyntheticEvent } from "react"

/** Tells which text field of a form is being typed: from the first key until the person leaves it. */
export function useTypedField() {
  const [typed, setTyped] = useState<string | null>(null)

  useEffect(() => {
    if (typed === null) return undefined
    const settle = () => setTyped(null)
    document.addEventListener("focusout", settle)
    return () => document.removeEventListener("focusout", settle)
  }, [typed])

  return {
    typed,
    onInput: ({ target }: SyntheticEvent) => {
      if (target instanceof HTMLInputElement && target.type === "text") setTyped(target.name)
    },
    settle: () => setTyped(null),
  }
}
