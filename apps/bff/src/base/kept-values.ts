/**
 * Keeps one value for each object, as lists of which everybody gets the same one until something in them changes. It is computed again once
 * an input is another.
 */
export function createKeptValues<Key extends object, Value>(): (
  key: Key,
  inputs: readonly unknown[],
  compute: () => Value,
) => Value {
  const kept = new WeakMap<Key, { inputs: readonly unknown[]; value: Value }>()
  return (key, inputs, compute) => {
    const known = kept.get(key)
    if (known !== undefined && known.inputs.every((one, at) => one === inputs[at])) return known.value
    const value = compute()
    kept.set(key, { inputs, value })
    return value
  }
}
