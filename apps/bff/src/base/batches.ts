/** SQLite takes at most 32,766 values in a statement, PostgreSQL 65,535. */
const mostInStatement = 500

/** Splits a list into parts, by default ones that fit into a statement. */
export function toBatches<Item>(items: readonly Item[], most = mostInStatement): Item[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, at) =>
    items.slice(at * most, (at + 1) * most),
  )
}
