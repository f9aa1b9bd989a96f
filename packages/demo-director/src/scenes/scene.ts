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

/** A call of an API. */
export interface Call {
  method: "POST" | "PUT" | "DELETE"
  path: string
  body?: object
}

/**
 * What a scene does between two captions. Strings may have `{project}`, `{connection}` (the newest one that Atlas lists in the scene's
 * project) and the names of values that an earlier act kept.
 */
export type Act =
  /** Presses a button or link once it can be pressed, and again where the page then shows a refusal. */
  | { kind: "press"; target: Target; refusal?: Target }
  /** Types into a field, or chooses the option of a select whose text begins so. */
  | { kind: "fill"; target: Target; value: string }
  /** Another person's request to the product, with their own sign-in. `keep` names strings of the answer by their path, as "peering.id". */
  | ({ kind: "request"; as: Person; keep?: Record<string, string> } & Call)
  /** The network's owner acts in the cloud, or Atlas misbehaves: a call of the simulator's control API, below `/simulator`. */
  | ({ kind: "world" } & Call)
  /** Runs the look-up script of the scene's VPC in a shell whose cloud tools see the simulated world; keeps what it prints to be pasted. */
  | { kind: "run"; target: Target; keep: string }

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
  /** A figure of the end card that is true as of this caption; the last one is a number in what the spotlight is on. */
  figure?: "refusal-avoided" | "stops-proven" | "entries-verified"
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
