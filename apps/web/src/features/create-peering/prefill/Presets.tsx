import { findMistake, KeepPreset, providerLabels, type Preset } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useRef, useState } from "react"
import { presetsQuery, useDeletePreset, useKeepPreset } from "#api/projects/presets.ts"
import { toFormPath } from "#shared/connection-link.ts"
import { usePermissions } from "#shared/permissions.ts"
import { Button } from "#ui/Button.tsx"
import { InlineField } from "#ui/fields/InlineField.tsx"
import { ConfirmDialog } from "#ui/overlay/ConfirmDialog.tsx"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { useQuestion } from "#shared/refusals/use-question.tsx"
import styles from "./prefill.module.css"

/** The team's presets: applies one, saves the open form as one, deletes one. Copies a link to the draft. */
export function Presets({
  locked,
  onClose,
}: {
  /** Keeps the forms as they are while one is being sent. */
  locked: boolean
  onClose: () => void
}) {
  const { owner, forms, openTab, fill } = useCreatePage()
  const { mayChange } = usePermissions()
  const query = useQuery(presetsQuery(owner.projectId))
  const keep = useKeepPreset(owner.projectId)
  const remove = useDeletePreset(owner.projectId)
  const area = useRef<HTMLElement>(null)
  // The button of a deleted preset is gone by then.
  const { asked, ask, asking } = useQuestion<Preset>(remove, () => area.current?.focus())
  const [replacing, setReplacing] = useState<{ earlier: Preset; onConfirm: () => void } | null>(null)

  function keepThis(name: string, clear: () => void) {
    const draft = forms.get(openTab)?.read()
    if (draft === undefined) return
    const earlier = query.data?.find((preset) => preset.name === name)
    // The list may be older than what a colleague saved.
    const save = () => keep.mutate({ name, draft, replaces: earlier?.at ?? null }, { onSuccess: clear })
    if (earlier === undefined) return save()
    setReplacing({
      earlier,
      onConfirm() {
        save()
        setReplacing(null)
      },
    })
  }

  return (
    <section
      ref={area}
      aria-label="Presets"
      tabIndex={-1}
      className={`stack gap-8 edge rounded on-raised wrap ${styles.area}`}
    >
      <div className="line split gap-12">
        <h2>Presets</h2>
        <Button size="small" kind="quiet" onClick={onClose}>
          Close
        </Button>
      </div>
      {query.data?.length === 0 && <p className="quiet small">No presets in this project yet.</p>}
      <ul className="grid gap-6">
        {query.data?.map((preset) => (
          <li key={preset.id} className="row gap-6 gap-x-10">
            <Button
              size="small"
              isBusy={locked}
              onClick={() => fill(`Filled from preset ${preset.name}`, preset.draft)}
            >
              Use {preset.name}
            </Button>
            <span className="quiet small">
              {providerLabels[preset.draft.providerName]} · by {preset.by}
            </span>
            {mayChange && (
              <Button size="small" kind="quiet" onClick={() => ask(preset)}>
                Delete {preset.name}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && (
        <InlineField
          label="Save as preset"
          act="Save"
          check={(name) => findMistake(KeepPreset.shape.name, name)}
          // Without the list, it isn't known whose preset the name has.
          isBusy={keep.isPending || query.data === undefined}
          onSend={keepThis}
        />
      )}
      <CopyDraftLink />
      <Failure error={query.error ?? keep.error} />
      {asked !== null && (
        <ConfirmDialog title={`Delete the preset ${asked.name}?`} act="Delete preset" {...asking}>
          <p>It disappears for everybody in this project. Connections are not affected.</p>
        </ConfirmDialog>
      )}
      {replacing !== null && (
        <ConfirmDialog
          title={`Replace the preset ${replacing.earlier.name}?`}
          act="Replace preset"
          onConfirm={replacing.onConfirm}
          onClose={() => setReplacing(null)}
        >
          <p>The values that {replacing.earlier.by} saved are lost.</p>
        </ConfirmDialog>
      )}
    </section>
  )
}

/** Copies a link to this page that fills in the open form again. */
function CopyDraftLink() {
  const { owner, forms, openTab } = useCreatePage()
  const [says, setSays] = useState("")

  async function copy() {
    const draft = forms.get(openTab)?.read()
    if (draft === undefined) return
    const link = `${location.origin}${toFormPath(owner.projectId, draft)}`
    try {
      await navigator.clipboard.writeText(link)
      setSays("Link copied, without name and reason")
    } catch {
      // Without permission to write to the clipboard, the person copies it from here.
      setSays(link)
    }
  }

  return (
    <p className="row gap-6 gap-x-10">
      <Button size="small" onClick={() => void copy()}>
        Copy link to this draft
      </Button>
      <output className="quiet small">{says}</output>
    </p>
  )
}
