import { findRequestField, isPlainText } from "@peering-desk/shared-schemas"

/** Words for values of containers and peerings that commands and exports have. */
const words: Readonly<Record<string, string>> = {
  atlasCidrBlock: "Atlas CIDR",
  connectionId: "pcx- ID",
  containerId: "container ID",
  region: "container's region",
  regionName: "container's region",
  regions: "container's regions",
}

/** Values by their name in Atlas; null and undefined have none. */
export type NamedValues = object | null | undefined

/**
 * Explains why no command is written with some values; null when each is plain text. Only values with words count.
 * Quotes keep a shell from reading a value as code, but a terminal acts on control characters before the shell sees a quote.
 */
export function explainNotPlain(...records: readonly NamedValues[]): string | null {
  for (const record of records)
    for (const [name, value] of Object.entries(record ?? {})) {
      const title = words[name] ?? findRequestField(name)?.title
      const texts = [value].flat().filter((one) => typeof one === "string")
      if (title !== undefined && !texts.every(isPlainText))
        return `The ${title} contains control or invisible characters.`
    }
  return null
}
