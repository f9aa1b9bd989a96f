import type { FieldName } from "#features/create-peering/draft/form-values.ts"
import { RewriteNote } from "#ui/fields/RewriteNote.tsx"
import { useCloudFormContext } from "./cloud-form-context.ts"

/** Says how the value of a field was rewritten, and undoes that. */
export function Rewritten({ name }: { name: FieldName }) {
  const { rewrites, undo } = useCloudFormContext().normaliser
  const rewrite = rewrites[name]
  return rewrite && <RewriteNote rewrite={rewrite} onUndo={() => undo(name)} />
}
