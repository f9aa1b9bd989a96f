/** Groups things by a key of each. Groups are in the order of their first things. */
export function groupBy<Thing, Key>(
  things: readonly Thing[],
  toKey: (thing: Thing) => Key,
): Map<Key, Thing[]> {
  const groups = new Map<Key, Thing[]>()
  for (const thing of things) {
    const key = toKey(thing)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [thing])
    else group.push(thing)
  }
  return groups
}
