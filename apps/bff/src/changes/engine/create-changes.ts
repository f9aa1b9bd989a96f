import type { ChangeKind } from "./change-kind.ts"
import { ChangeLookUps } from "./change-look-ups.ts"
import type { ChangesDeps } from "./change-states.ts"
import { Changes } from "./changes.ts"

interface ChangesOptions extends ChangesDeps {
  kinds: readonly ChangeKind[]
  /** This process among those that share the database; null when it is alone. */
  sharing: { leads: boolean } | null
}

/** Builds what sends changes to Atlas, and what finds the outcome of those whose answer was lost. */
export function createChanges({ kinds, sharing, ...deps }: ChangesOptions) {
  const changes = new Changes(deps)
  const leads = () => sharing?.leads ?? true
  const isAlone = sharing === null
  return { changes, changeLookUps: new ChangeLookUps({ ...deps, changes, kinds, leads, isAlone }) }
}
