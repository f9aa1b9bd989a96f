import { listFields, viewNames, type ListFilter, type ViewCounts } from "@peering-desk/peering-rules"
import { readFilter, writeFilter, type SavedView } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useEffect, useRef, useState } from "react"
import { savedViewsQuery, useDeleteView, useSaveView } from "#api/peerings/saved-views.ts"
import { viewWords } from "#copy/inventory.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { useFieldErrors } from "#shared/refusals/use-field-errors.ts"
import { RouteTabs, type RouteTab } from "#shared/RouteTabs.tsx"
import { Button } from "#ui/Button.tsx"
import { Form } from "#ui/fields/Form.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { Dialog } from "#ui/overlay/Dialog.tsx"
import { showToast } from "#ui/overlay/Toasts.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./ConnectionList.module.css"

const none: readonly SavedView[] = []

interface Props {
  /** Undefined while loading. */
  counts: ViewCounts | undefined
  savedCounts: Readonly<Record<string, number>>
  filter: ListFilter
  /** The address of the list that is shown. */
  path: string
  /** The project whose list is shown; null for all. */
  projectId: string | null
}

/** The built-in views of the list and the person's own, each with its number of connections. The search narrows them all. */
export function ViewTabs({ counts, savedCounts, filter, path, projectId }: Props) {
  const { data: saved = none } = useQuery(savedViewsQuery())
  const [isSaving, setSaving] = useState(false)
  const remove = useDeleteView()
  const query = toQuery({ ...filter, projectId: projectId ?? filter.projectId })
  const current = saved.find((view) => normaliseQuery(view.query) === query)
  const builtIn = viewNames.map((view): RouteTab => {
    const search = toQuery({ ...filter, view })
    return {
      title: viewWords[view],
      href: search === "" ? path : `${path}?${search}`,
      isCurrent: current === undefined && filter.view === view,
      count: counts?.[view] ?? null,
    }
  })
  const own = saved.map((view): RouteTab => {
    const count = savedCounts[view.id]
    return {
      title: (
        <>
          <Icon name="bookmark" /> {view.name}
        </>
      ),
      href: `${pagePaths.allConnections()}?${view.query}`,
      isCurrent: view === current,
      ...(count !== undefined && { count }),
    }
  })
  return (
    <>
      <RouteTabs
        label="Views"
        tabs={[...builtIn, ...own]}
        aside={
          current === undefined ? (
            <Button key="save" kind="quiet" size="small" onClick={() => setSaving(true)}>
              <Icon name="plus" />
              Save view
            </Button>
          ) : (
            // Another button than the one that saves: a second Enter there would delete what was just saved.
            <Button
              key="delete"
              kind="quiet"
              size="small"
              isBusy={remove.isPending}
              onClick={() =>
                remove.mutate(current.id, { onSuccess: () => showToast(`Deleted view ${current.name}`) })
              }
            >
              <Icon name="trash" />
              Delete view
            </Button>
          )
        }
      />
      {remove.isError && (
        <output className={`screen-only push quiet text-13 number self-middle ${styles.summary}`}>
          The view could not be deleted. Try again.
        </output>
      )}
      {isSaving && <SaveViewDialog query={query} onClose={() => setSaving(false)} />}
    </>
  )
}

/** Writes the filter without the page, which is no part of a view. */
function toQuery(filter: ListFilter): string {
  return writeFilter(listFields, { ...filter, page: 0 }).toString()
}

function normaliseQuery(query: string): string {
  return toQuery(readFilter(listFields, new URLSearchParams(query)))
}

/** Names the present search, filters and order, and saves them for the person. */
function SaveViewDialog({ query, onClose }: { query: string; onClose: () => void }) {
  const [name, setName] = useState("")
  const save = useSaveView()
  const { errors, edit } = useFieldErrors(save.error)
  const field = useRef<HTMLInputElement>(null)

  useEffect(() => field.current?.focus(), [])

  return (
    <Dialog title="Save view" onClose={() => !save.isPending && onClose()}>
      <Form
        className="grid gap-16"
        isBusy={save.isPending}
        onSubmit={() =>
          save.mutate(
            { name, query },
            {
              onSuccess: (view) => {
                onClose()
                showToast(`Saved view ${view.name}`)
              },
            },
          )
        }
      >
        <TextField
          ref={field}
          label="Name"
          hint="Saves the search, the filters and the order, for you only"
          value={name}
          error={errors["name"]}
          onChange={edit(setName, "name")}
        />
        <Failure error={save.error} shownFields={["name"]} />
        <div className="row gap-8">
          <Button kind="primary" type="submit" isBusy={save.isPending}>
            Save view
          </Button>
          <Button isBusy={save.isPending} onClick={onClose}>
            Cancel
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
