/** One thing that was tried, and how it went. */
export interface Finding {
  name: string
  outcome: "passed" | "failed" | "not run"
  /** The figure it saw, or the reason of a failure; may be empty. */
  detail: string
}

/** A part of the conformance run: the product against one kind of real tool. */
export interface Area {
  id: string
  title: string
  /** Debian packages that it needs. */
  packages: readonly string[]
  /** @param work an empty folder for its files */
  run: (work: string) => Promise<Finding[]>
}

/** Runs one check: it passes unless it throws. Returns its text as the detail. */
export async function check(
  name: string,
  act: () => Promise<string | void> | string | void,
): Promise<Finding> {
  try {
    return { name, outcome: "passed", detail: (await act()) ?? "" }
  } catch (error) {
    return { name, outcome: "failed", detail: error instanceof Error ? error.message : String(error) }
  }
}

/** Names something that this machine cannot try. */
export function notRun(name: string, detail: string): Finding {
  return { name, outcome: "not run", detail }
}

/** Throws when a condition does not hold. */
export function expectThat(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise)
}
