import { readPastedArn } from "./arn.ts"
import { readPastedResourceId } from "./azure.ts"
import { readPastedCommand } from "./command-line.ts"
import { readPastedGcpYaml, readPastedNetworkLink } from "./gcp.ts"
import { createGathering } from "./gathering.ts"
import { readPastedIdentifier, readPastedOther } from "./identifier.ts"
import { readPastedKubernetes } from "./kubernetes.ts"
import { readPastedJson } from "./json.ts"
import { readPastedTerraform } from "./terraform.ts"
import { readPastedText } from "./text.ts"
import type { Pasted } from "./pasted.ts"

/** In characters; the list of a very large account is a tenth of it. */
const longest = 4_000_000

/** From the most telling form to the least; the first that knows the text has it. */
const readers: readonly ((text: string) => Pasted | null)[] = [
  readPastedArn,
  readPastedCommand,
  readPastedTerraform,
  readPastedKubernetes,
  readPastedJson,
  readPastedGcpYaml,
  readPastedResourceId,
  readPastedNetworkLink,
  readPastedIdentifier,
  readPastedText,
  readPastedOther,
]

/**
 * Reads whatever somebody pasted: an ARN, the output of a cloud's command line, a resource id, Terraform, a command, JSON, a single
 * identifier. Never fails; a value lands in a field only when the field's own rule takes it.
 */
export function readPasted(text: string): Pasted {
  if (text.length > longest) return toNothing("This is too long to be a description of one network.")
  const plain = toPlain(text)
  if (plain === "") return toNothing("There is nothing in it.")
  for (const read of readers) {
    const pasted = read(plain)
    if (pasted !== null) return pasted
  }
  return toNothing("Nothing in it is known here: no network's id, no command, no JSON.")
}

function toNothing(says: string): Pasted {
  const gathering = createGathering("nothing")
  gathering.note("not-understood", says)
  return gathering.toPasted()
}

/** Word processors and chats put curly quotes and invisible characters into what is copied from them. */
function toPlain(text: string): string {
  return text
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, "")
    .replace(/\u00a0/g, " ")
    .replace(/[“”„‟]/g, '"')
    .replace(/[‘’‚‛]/g, "'")
    .trim()
}
