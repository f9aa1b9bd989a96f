import type { Act, Subject } from "./explanation.ts"

interface SentField {
  name: string
  /** The value as sent; several values as one text. */
  value: string
}

/** Lists the fields that were filled in and sent; not the cloud, which nobody fills in. */
function toSentFields({ request, container, entry }: Subject): SentField[] {
  const made = container !== undefined && "id" in container ? {} : container
  return Object.entries({ ...made, ...request, ...entry }).flatMap(([name, value]) => {
    if (name === "providerName" || value === undefined) return []
    return [{ name, value: Array.isArray(value) ? value.join(", ") : String(value) }]
  })
}

/** Finds the field that Atlas's words name, directly or by its value. */
function findNamedField(subject: Subject): SentField | null {
  const words = (subject.refusal.detail ?? "").split(/[^\w./:-]+/).map((word) => word.replace(/[.:]+$/, ""))
  const fields = toSentFields(subject)
  return (
    fields.find(({ name }) => words.includes(name)) ??
    fields.find(({ value }) => value.split(", ").some((one) => one !== "" && words.includes(one))) ??
    null
  )
}

/** Finds the field that Atlas's words name, or else the first usual one that the request has. */
function findField(subject: Subject, usual: readonly string[]): SentField | null {
  return findNamedField(subject) ?? toSentFields(subject).find(({ name }) => usual.includes(name)) ?? null
}

/** Fills the `{value|…}` and `{field|…}` of a text (see `ExplanationEntry`). */
export function fillIn(text: string, subject: Subject, fields: readonly string[]): string {
  return text.replace(/\{(value|field)\|([^}]*)\}/g, (_, part: string, otherwise: string) => {
    if (part === "value") return findField(subject, fields)?.value || otherwise
    const named = findNamedField(subject)
    return named === null ? otherwise : `the field ${named.name}`
  })
}

/** Tells what was sent in the field. */
export function toFieldEvidence(subject: Subject, fields: readonly string[]): string[] {
  const field = findField(subject, fields)
  return field === null ? [] : [`Sent ${field.name}: ${field.value === "" ? "empty" : field.value}`]
}

/** Leads to the field. */
export function correctField(subject: Subject, fields: readonly string[]): Act | null {
  const field = findField(subject, fields)
  return field === null ? null : { kind: "correct-field", field: field.name }
}
