import { toPlain } from "#formats/plain.ts"
import { readCommands } from "./commands.ts"
import { readGcloudConfig } from "./gcp.ts"
import { readBlocks, readIdentifier, readOther } from "./identifier.ts"
import { readKubernetes } from "./kubernetes.ts"
import { readArns, readLinks } from "./links.ts"
import { readError, readOutput } from "./output.ts"
import type { Pasted } from "./pasted.ts"
import { readThing } from "./things.ts"
import { readResources } from "./terraform.ts"
import { readText } from "./text.ts"

/** In characters; the list of a very large account is a tenth of it. */
const longest = 4_000_000

/** From the most telling form to the least; the first that knows the text reads it. */
const readers: readonly ((text: string) => Pasted | null)[] = [
  readArns,
  readCommands,
  readKubernetes,
  readResources,
  readError,
  readGcloudConfig,
  readBlocks,
  readOutput,
  (text) => readLinks("azure-resource-id", text),
  (text) => readLinks("gcp-self-link", text),
  readIdentifier,
  readText,
  readOther,
]

/**
 * Reads a pasted text: an ARN, the output of a cloud's command line, a resource id, Terraform, a command, JSON, an identifier. Never
 * fails. A value lands in a field only when the field's own rule takes it.
 */
export function readPasted(text: string): Pasted {
  const nothing = (note: string) => readThing({ source: "nothing", rules: [note] })
  if (text.length > longest) return nothing("Too long. Paste the description of one network.")
  const plain = toPlain(text)
  if (plain === "") return nothing("The pasted text is empty.")
  for (const read of readers) {
    const pasted = read(plain)
    if (pasted !== null) return pasted
  }
  return nothing("No network ID, command or JSON found.")
}
