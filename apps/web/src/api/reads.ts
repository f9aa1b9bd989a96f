import { hasFields, type IsAnswer } from "./answer.ts"
import { readJson } from "./http.ts"

/** Makes the function of a query that reads an address. */
export function readOf<T>(url: string, isAnswer: IsAnswer<T>) {
  return ({ signal }: { signal: AbortSignal }) => readJson({ url, isAnswer, signal })
}

/** Makes the function of a query for one field of what is at an address. */
export function readFieldOf<T extends object, Field extends keyof T & string>(url: string, field: Field) {
  const read = readOf(url, hasFields<T>(field))
  return async (context: { signal: AbortSignal }) => (await read(context))[field]
}
