import type { ChangeKind } from "./change-kind.ts"
import { ChangeLookUps } from "./change-look-ups.ts"
import { ChangeRows } from "./change-rows.ts"
import { Changes, type ChangesDeps } from "./changes.ts"

interface ChangesOptions extends Omit<ChangesDeps, "changeRows"> {
  kinds: readonly ChangeKind[]
  /** This process among those that share the database; null when it is alone. */
  sharing: { process: string; leads: boolean } | null
}

/** Builds what sends changes to Atlas, and what finds the outcome of those whose answer was lost. */
export function createChanges({ kinds, sharing, ...options }: ChangesOptions) {
  const processId = sharing?.process ?? null
  const deps = { ...options, changeRows: new ChangeRows({ ...options, processId }) }
  const changes = new Changes(deps)
  const leads = () => sharing?.leads ?? true
  const isAlone = sharing === null
  return { changes, changeLookUps: new ChangeLookUps({ ...deps, changes, kinds, leads, isAlone }) }
}
