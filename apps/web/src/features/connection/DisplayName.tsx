import { useEffect, useRef, useState } from "react"
import { useSetLabel } from "#api/peerings/annotations.ts"
import { toProblemWords } from "#copy/problems.ts"
import { toFieldErrors } from "#api/request-error.ts"
import { usePermissions } from "#shared/permissions.ts"
import { Form } from "#ui/fields/Form.tsx"
import { Button } from "#ui/Button.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { useConnectionPage } from "./connection-page.ts"
import styles from "./DisplayName.module.css"

/** Renames a connection in place; an empty name shows the network's name again. Escape leaves it as it was. */
export function DisplayName({
  isEditing,
  onEdit,
}: {
  isEditing: boolean
  onEdit: (isEditing: boolean) => void
}) {
  const { mayChange } = usePermissions()
  const button = useRef<HTMLButtonElement>(null)
  const wasEditing = useRef(false)

  useEffect(() => {
    if (wasEditing.current && !isEditing) button.current?.focus()
    wasEditing.current = isEditing
  }, [isEditing])

  if (!mayChange) return null
  if (isEditing) return <NameForm onClose={() => onEdit(false)} />
  return (
    <button
      ref={button}
      type="button"
      className="icon-button tap-square square-28"
      aria-label="Rename"
      title="Rename"
      onClick={() => onEdit(true)}
    >
      <Icon name="edit" />
    </button>
  )
}

function NameForm({ onClose }: { onClose: () => void }) {
  const { projectId, id, label } = useConnectionPage().peering
  const [name, setName] = useState(label ?? "")
  const save = useSetLabel(projectId, id)
  const problem = save.isError
    ? (toFieldErrors(save.error)["label"] ?? toProblemWords(save.error).title)
    : null
  return (
    <Form
      className="row narrow gap-4 gap-x-8"
      onSubmit={() => {
        if (name.trim() === (label ?? "")) onClose()
        else save.mutate(name.trim(), { onSuccess: onClose })
      }}
    >
      <input
        className={`edge-control on-card strong pad-x-8 rounded-7 max-full ${styles.input}`}
        aria-label="Display name"
        aria-describedby="display-name-hint"
        aria-invalid={problem !== null}
        autoComplete="off"
        // It opens on request, and the way on is to type.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || event.nativeEvent.isComposing) return
          event.stopPropagation()
          onClose()
        }}
      />
      <Button type="submit" size="small" isBusy={save.isPending}>
        {save.isPending ? "Saving…" : "Save"}
      </Button>
      <Button size="small" kind="quiet" onClick={onClose}>
        Cancel
      </Button>
      <span
        id="display-name-hint"
        role={problem === null ? undefined : "alert"}
        className={`quiet small ${styles.hint}`}
      >
        {problem ?? "Visible to your team only"}
      </span>
    </Form>
  )
}
