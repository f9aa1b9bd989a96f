import { useEffect, useState } from "react"

/** Copies a text, and says for two seconds how that went. */
export function useCopy(text: string) {
  const [copied, setCopied] = useState<"no" | "yes" | "refused">("no")

  useEffect(() => {
    if (copied === "no") return
    const timer = setTimeout(() => setCopied("no"), 2000)
    return () => clearTimeout(timer)
  }, [copied])

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setCopied("yes")
    } catch {
      // No clipboard outside a secure context, or permission withheld: the text can still be selected with one click.
      setCopied("refused")
    }
  }

  return { copied, copy: () => void copy() }
}
