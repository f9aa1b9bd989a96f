/** One value of a filter, and how it is kept in the address. */
export interface FilterField<Value> {
  /** Its name in the address. */
  name: string
  /** Reads its text; null when the address has none, or one without a meaning. */
  read: (text: string | null) => Value
  /** Writes its text; an empty one is left out of the address. */
  write: (value: Value) => string
}

/** The fields of a filter, in their order in the address. */
export type FilterFields<Filter> = { readonly [Key in keyof Filter]: FilterField<Filter[Key]> }

/** Describes a text, empty by default. */
export function textField(name: string, fits: (text: string) => boolean = () => true): FilterField<string> {
  return { name, read: (text) => (text !== null && fits(text) ? text : ""), write: (text) => text }
}

/** Describes a choice, which is left out of the address when it is the usual one. */
export function choiceField<Value extends string, Usual extends Value | null>(
  name: string,
  choices: readonly Value[],
  usual: Usual,
): FilterField<Value | Usual> {
  return {
    name,
    read: (text) => choices.find((choice) => choice === text) ?? usual,
    write: (value) => (value === null || value === usual ? "" : value),
  }
}

/** Reads a filter from the address. */
export function readFilter<Filter>(fields: FilterFields<Filter>, search: URLSearchParams): Filter {
  const entries = toEntries(fields).map(([key, { name, read }]) => [key, read(search.get(name))])
  return Object.fromEntries(entries) as Filter
}

/** Writes a filter as the query of an address. */
export function writeFilter<Filter>(fields: FilterFields<Filter>, filter: Filter): URLSearchParams {
  const search = new URLSearchParams()
  for (const [key, { name, write }] of toEntries(fields)) {
    const text = write(filter[key as keyof Filter])
    if (text !== "") search.set(name, text)
  }
  return search
}

function toEntries<Filter>(fields: FilterFields<Filter>): [string, FilterField<unknown>][] {
  return Object.entries(fields)
}
