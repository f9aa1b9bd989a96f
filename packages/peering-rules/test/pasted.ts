import type { Pasted } from "#paste/pasted.ts"

/** Lists the notes as `kind: sentence`, one a line. */
export function listNotes({ notes }: Pasted): string {
  return notes.map(({ kind, says }) => `${kind}: ${says}`).join("\n")
}

/** Lists all that was read, a line each: source and cloud, `field=value`, `kind: sentence`, `> choice`. */
export function summarizePasted(pasted: Pasted): string[] {
  const { request, newContainer, networkBlocks } = pasted.fields
  const fields = { ...request, ...newContainer, ...(networkBlocks && { networkBlocks }) }
  return [
    `${pasted.source} ${pasted.providerName ?? "(no cloud)"}`,
    ...Object.entries(fields).map(([field, value]) => `${field}=${String(value)}`),
    ...pasted.notes.map(({ kind, says }) => `${kind}: ${says}`),
    ...pasted.choices.map(({ title }) => `> ${title}`),
  ]
}
