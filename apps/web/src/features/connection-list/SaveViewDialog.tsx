import { useState } from "react"
import { toFieldErrors } from "#api/request-error.ts"
import { useSaveView } from "#api/peerings/saved-views.ts"
import { toProblemWords } from "#copy/problems.ts"
import { Form } from "#ui/fields/Form.tsx"
import { Button } from "#ui/Button.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { Dialog } from "#ui/overlay/Dialog.tsx"

/** Names the present search, filters and order, and saves them for the person. */
export function SaveViewDialog({ query, onClose }: { query: string; onClose: () => void }) {
  const [name, setName] = useState("")
  const save = useSaveView()
  const { error } = save
  const found = toFieldErrors(error)["name"]
  return (
    <Dialog title="Save view" onClose={onClose}>
      <Form className="grid gap-16" onSubmit={() => save.mutate({ name, query }, { onSuccess: onClose })}>
        <TextField
          label="Name"
          hint="Saves the search, the filters and the order, for you only"
          value={name}
          error={found}
          onChange={(event) => setName(event.target.value)}
        />
        {error !== null && found === undefined && <output>{toProblemWords(error).title}</output>}
        <div className="row gap-8">
          <Button kind="primary" type="submit" isBusy={save.isPending}>
            Save view
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </Form>
    </Dialog>
  )
}
