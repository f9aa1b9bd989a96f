/** Returns the items that are there. One after a condition that is false isn't: `compact([isNew && "…"])`. */
export function compact<Item>(items: readonly (Item | false | null | undefined)[]): Item[] {
  return items.filter((item): item is Item => item !== false && item != null)
}
