import type { Act, Subject } from "./explanation.ts"

interface SentField {
  name: string
  /** As it was sent; several values as one text. */
  value: string
}

/** What was filled in and sent, field by field; the cloud is no field, since nobody fills it in. */
function toSentFields({ request, container, entry }: Subject): SentField[] {
  const made = container !== undefined && "id" in container ? {} : container
  return Object.entries({ ...made, ...request, ...entry }).flatMap(([name, value]) => {
    if (name === "providerName" || value === undefined) return []
    return [{ name, value: Array.isArray(value) ? value.join(", ") : String(value) }]
  })
}

/** The field that Atlas's words are about: they name it, or else the value that it has. */
function findNamedField(subject: Subject): SentField | null {
  const words = (subject.refusal.detail ?? "").split(/[^\w./:-]+/).map((word) => word.replace(/[.:]+$/, ""))
  const fields = toSentFields(subject)
  return (
    fields.find(({ name }) => words.includes(name)) ??
    fields.find(({ value }) => value.split(", ").some((one) => one !== "" && words.includes(one))) ??
    null
  )
}

/** The field that Atlas's words are about, or else the first of some that the request has. */
function findField(subject: Subject, usual: readonly string[]): SentField | null {
  return findNamedField(subject) ?? toSentFields(subject).find(({ name }) => usual.includes(name)) ?? null
}

/** `the field vpcId`, or what stands for it when Atlas's words name none. */
export function nameField(subject: Subject, otherwise: string): string {
  const field = findNamedField(subject)
  return field === null ? otherwise : `the field ${field.name}`
}

/** The value that it is about, as it was filled in. */
export function readValue(subject: Subject, usual: readonly string[], otherwise: string): string {
  return findField(subject, usual)?.value || otherwise
}

/** What was filled in for the field. */
export function toFieldEvidence(...usual: string[]): (subject: Subject) => string[] {
  return (subject) => {
    const field = findField(subject, usual)
    return field === null ? [] : [`${field.name} was sent as ${field.value === "" ? "nothing" : field.value}`]
  }
}

/** Leads to the field. */
export function correctField(...usual: string[]): (subject: Subject) => Act | null {
  return (subject) => {
    const field = findField(subject, usual)
    return field === null ? null : { kind: "correct-field", field: field.name }
  }
}
