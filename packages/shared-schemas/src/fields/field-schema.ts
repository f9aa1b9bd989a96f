import * as z from "zod/mini"
import { checkField, type FieldRule, type FieldTable } from "./field.ts"

/** Builds the schema of a text field whose error says what was expected and what was given instead. */
/* @__NO_SIDE_EFFECTS__ */ export function textField(rule: FieldRule) {
  return z.string(rule.missing).check((context) => {
    const problem = checkField(rule, context.value)
    if (problem !== null)
      context.issues.push({ code: "custom", message: problem.message, input: context.value })
  })
}

/** Builds the schemas of a table's fields, in the order of Atlas's documentation. */
/* @__NO_SIDE_EFFECTS__ */ export function toShape<Table extends FieldTable>(
  table: Table,
): { [Name in keyof Table]: ReturnType<typeof textField> } {
  const fields = Object.entries(table).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(fields.map(([name, field]) => [name, textField(field)])) as {
    [Name in keyof Table]: ReturnType<typeof textField>
  }
}
