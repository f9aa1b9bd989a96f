import type { Pasted } from "#paste/pasted.ts"

/** Joins the notes, one a line. */
export function listNotes({ notes }: Pasted): string {
  return notes.join("\n")
}

/** Lists all that was read, a line each: source and cloud, `field=value`, `- note`, `> choice`. */
export function summarizePasted(pasted: Pasted): string[] {
  const { request, newContainer, networkBlocks } = pasted.fields
  const fields = { ...request, ...newContainer, ...(networkBlocks && { networkBlocks }) }
  return [
    `${pasted.source} ${pasted.providerName ?? "(no cloud)"}`,
    ...Object.entries(fields).map(([field, value]) => `${field}=${String(value)}`),
    ...pasted.notes.map((note) => `- ${note}`),
    ...pasted.choices.map(({ title }) => `> ${title}`),
    ...(pasted.open ?? []).flatMap(({ field, candidates }) =>
      candidates.map(({ value, where }) => `? ${field}=${value} (${where})`),
    ),
  ]
}
