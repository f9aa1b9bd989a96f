/** Moves `Date` of the program that imports it, and nothing else: timers and the monotonic clock stay. */
const moveDate = `
const RealDate = Date
const now = () => RealDate.now() + shiftMs
globalThis.Date = new Proxy(RealDate, {
  apply: () => new RealDate(now()).toString(),
  construct: (target, values, newTarget) => Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget),
  get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
})`

/** Returns the environment of a Node program whose `Date` is ahead of this machine's, by a module that it imports first. */
export function shiftDate(byMs: number): Record<string, string> {
  const module = `const shiftMs = ${byMs}\n${moveDate}`
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(module)}` }
}
