/** People of the demo whose sign-ins the front holds; each acts with their role. */
export type Person = "nadia" | "olivia"

/** An element of the page. */
export interface Target {
  /** A CSS selector; the first visible element that fits counts. */
  css: string
  /** What the element's text has. */
  text?: string | RegExp
  /** It is on the page of the share link beside the product's, where the network's owner reads and presses. */
  isBeside?: true
}

/** A figure of the end card, which is true as of the caption that has it. */
export type Figure =
  /** Atlas or a cloud would have refused the request, or lost its traffic. */
  | "refusal-avoided"
  /** Every stop of the path is proven: the time since the form was sent. */
  | "stops-proven"
  /** The number that the target's text begins with or has first: entries of the audit log whose hashes were verified. */
  | "entries-verified"

/**
 * What a scene does between two captions. Strings may have `{project}`, `{connection}` (the newest one that Atlas lists in the scene's
 * project) and the names of values that an earlier act kept.
 */
export type Act =
  /** Presses a button or link once it can be pressed. */
  | { kind: "press"; target: Target }
  /** Types into a field. */
  | { kind: "fill"; target: Target; value: string }
  /** Chooses an option of a select by its text. */
  | { kind: "choose"; target: Target; option: string | RegExp }
  /** Another person's request to the product, with their own sign-in. `keep` names strings of the answer by their path, as "peering.id". */
  | {
      kind: "request"
      as: Person
      method: "POST" | "PUT" | "DELETE"
      path: string
      body?: object
      keep?: Record<string, string>
    }
  /** The network's owner acts in the cloud, or Atlas misbehaves: a call of the simulator's control API, below `/simulator`. */
  | { kind: "world"; method: "POST" | "PUT" | "DELETE"; path: string; body?: object }
  /** Runs the script that a *Copy* button copies, in a shell whose cloud tools see the simulated world; keeps what it prints. */
  | { kind: "run"; copy: Target; account: string; keep: string }

/** One caption. It shows once the page has what it is about. */
export interface Step {
  /** The bold beginning. */
  title: string
  caption: string
  /** The page to open first; a step without one stays where the last one was. */
  at?: string
  /** What the caption is about: the spotlight is on it. */
  target: Target
  /** The page of a share link beside the product's. */
  beside?: string
  figure?: Figure
  /** What leads to the next step. Each may be done again, after a reload. */
  acts?: readonly Act[]
}

export interface Scene {
  /** As in `?scene=`. */
  id: string
  title: string
  /** The project that this scene has for itself. */
  project: string
  /** Sets the scene, after its project was reset. */
  before?: readonly Act[]
  steps: readonly [Step, ...Step[]]
}
