import {
  AuditExportQuery,
  ChangeProjectSetting,
  PolicyQuestion,
} from "@peering-desk/shared-schemas/api-schemas"
import type { Request } from "express"
import { expect, test } from "vitest"
import { AppError } from "#base/app-error.ts"
import { parseBody, parseQuery } from "./parse-request.ts"

function fieldsOf(parse: () => unknown) {
  try {
    return parse()
  } catch (error) {
    return error instanceof AppError ? error.shown.fields : error
  }
}

test("a field whose schema has no words is refused with the values or the type that it takes", () => {
  const toRequest = (given: unknown) => ({ query: given, body: given }) as Request
  expect(fieldsOf(() => parseQuery(toRequest({ format: "xml" }), AuditExportQuery))).toEqual({
    format: "Use jsonl or csv",
  })
  expect(
    fieldsOf(() => parseQuery(toRequest({ format: "csv", text: ["a", "b"] }), AuditExportQuery)),
  ).toEqual({
    text: "Use a value of type string",
  })
  expect(fieldsOf(() => parseBody(toRequest({ enabled: "yes", reason: "" }), ChangeProjectSetting))).toEqual({
    enabled: "Use a value of type boolean",
    reason: "Enter a reason (stored in the audit log)",
  })
  expect(fieldsOf(() => parseBody(toRequest({ kind: "create" }), PolicyQuestion))).toEqual({
    kind: "Use access-list-add or change or delete",
  })
  expect(fieldsOf(() => parseBody(toRequest([]), PolicyQuestion))).toEqual({
    body: "Use a value of type object",
  })
})
