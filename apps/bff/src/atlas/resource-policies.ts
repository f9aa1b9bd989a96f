import { RawAnswer } from "@peering-desk/shared-schemas"
import { readList } from "./atlas-answers.ts"

/** A resource policy of an organization (Atlas: Resource Policies). */
export type ResourcePolicy = ReturnType<typeof readPolicy>

/** Reads the list, which is an array without pages. Null for anything else, or for a list that goes on: a missing policy may forbid. */
export function readResourcePolicies(body: unknown): ResourcePolicy[] | null {
  if (Array.isArray(body)) return body.map(readPolicy)
  const page = readList(body)
  const isWhole =
    page !== null && page.skipped === 0 && !page.hasNext && (page.totalCount ?? page.size) <= page.size
  return isWhole ? page.entries.map(readPolicy) : null
}

function readPolicy(value: unknown) {
  const { id, name, description, policies } = RawAnswer.safeParse(value).data ?? {}
  const known = [name, id].find((one) => typeof one === "string" && one.trim() !== "")
  return {
    name: typeof known === "string" ? known : "(no name)",
    description: typeof description === "string" && description.trim() !== "" ? description : null,
    /** Cedar texts, each one policy for the engine; null for one that Atlas did not tell. */
    bodies: Array.isArray(policies) ? policies.map(readText) : [null],
  }
}

/** Returns the text with its lines and tabs: `parseAnswer` made codes of them, which Cedar can't parse. */
function readText(value: unknown): string | null {
  const { body } = RawAnswer.safeParse(value).data ?? {}
  return typeof body === "string"
    ? body.replace(/\\u\{([9AD])\}/g, (_code, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    : null
}
