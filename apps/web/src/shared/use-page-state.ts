import { useEffect } from "react"
import atlas from "#ui/favicons/atlas.svg"
import closing from "#ui/favicons/closing.svg"
import failed from "#ui/favicons/failed.svg"
import works from "#ui/favicons/works.svg"
import you from "#ui/favicons/you.svg"
import type { Tone } from "#ui/marks/Pill.tsx"

const icons: Partial<Record<Tone, string>> = { atlas, closing, failed, works, you }

/** Signs before a title, where colour does not reach. */
const signs: Partial<Record<Tone, string>> = { closing: "–", failed: "✕", works: "✓", you: "!" }

/** Shows the state of the page in the browser's tab, as its icon. Null leaves the product's own icon. */
export function usePageState(tone: Tone | null): void {
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    const icon = tone === null ? undefined : icons[tone]
    if (link === null || icon === undefined) return undefined
    const own = link.href
    link.href = icon
    return () => {
      link.href = own
    }
  }, [tone])
}

/** Formats the window's title: what somebody has to do comes first, else the name. */
export function formatStateTitle(tone: Tone, state: string, name: string): string {
  if (tone === "you") return `! ${state} – ${name}`
  const sign = signs[tone]
  return sign === undefined ? `${name} ${state}` : `${sign} ${name} ${state}`
}
