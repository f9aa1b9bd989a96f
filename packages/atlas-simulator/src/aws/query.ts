import { AwsError } from "./errors.ts"

/** The parameters of a call in the Query protocol: `Action`, `VpcId.1`, `Filter.1.Name`. */
export type Query = ReadonlyMap<string, string>

/** A filter of a Describe call: a resource passes if it has one of the values. */
export type Filter = { name: string; values: readonly string[] }

/** Parses a form-encoded body. */
export function parseQuery(body: Buffer): Query {
  return new Map(new URLSearchParams(body.toString("utf8")))
}

/** Returns a parameter, or throws MissingParameter. */
export function requireParameter(query: Query, name: string): string {
  const value = query.get(name)
  if (value === undefined || value === "")
    throw new AwsError("MissingParameter", `The request must contain the parameter ${name}`)
  return value
}

/** Lists `Name.1`, `Name.2`, … in the order of their numbers. */
export function listParameters(query: Query, name: string): string[] {
  return listNumbers(query, name).flatMap((number) => query.get(`${name}.${number}`) ?? [])
}

/** Lists the filters, or throws InvalidParameterValue for one that the action does not have. */
export function listFilters(query: Query, known: readonly string[]): Filter[] {
  return listNumbers(query, "Filter").map((number) => {
    const name = requireParameter(query, `Filter.${number}.Name`)
    if (!known.includes(name)) throw new AwsError("InvalidParameterValue", `The filter '${name}' is invalid`)
    return { name, values: listParameters(query, `Filter.${number}.Value`) }
  })
}

function listNumbers(query: Query, name: string): number[] {
  const start = `${name}.`
  const numbers = [...query.keys()]
    .filter((key) => key.startsWith(start))
    .map((key) => Number(key.slice(start.length).split(".")[0]))
  return [...new Set(numbers)].filter(Number.isInteger).sort((a, b) => a - b)
}
