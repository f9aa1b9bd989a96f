import type { Container, ProviderName } from "@peering-desk/shared-schemas"
import { useQueryClient } from "@tanstack/react-query"
import { useEffect, useRef, useState, type SubmitEvent, type SyntheticEvent } from "react"
import { createPortal } from "react-dom"
import { useFormState, useWatch } from "react-hook-form"
import { invalidateVerdicts } from "#api/projects/preflight.ts"
import { toFormTodo } from "#copy/verdict.ts"
import { FormTextField } from "#forms/FormTextField.tsx"
import { FormBusy } from "#ui/fields/form-busy.ts"
import { useMedia } from "#ui/hooks/use-media.ts"
import { listFieldNames, listNetworkFields } from "#features/create-peering/draft/cloud-fields.ts"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import { toDraft, toFieldName } from "#features/create-peering/draft/form-values.ts"
import { useVerdict } from "#features/create-peering/verdict/use-verdict.ts"
import { VerdictPanel } from "#features/create-peering/verdict/VerdictPanel.tsx"
import { CloudFormContext } from "./cloud-form-context.ts"
import { CloudFields } from "./CloudFields.tsx"
import { ReplacesNotice } from "./ReplacesNotice.tsx"
import { SubmitBar } from "./SubmitBar.tsx"
import { SubmitOutcome } from "./SubmitOutcome.tsx"
import { useCloudForm } from "./use-cloud-form.ts"
import { useReplaced } from "./use-replaced.ts"
import styles from "./form.module.css"

/** The form for a peering in one cloud. All three stay on the page, and one of them is open. */
export function CloudForm({ providerName }: { providerName: ProviderName }) {
  const { owner, notesForm, openTab, verdictPlace, clearing } = useCreatePage()
  const parts = useCloudForm(providerName)
  const { form, prefill, normaliser, sending, outcome, send } = parts
  const { projectId } = owner
  const queryClient = useQueryClient()
  const fieldNames = listFieldNames(providerName)
  const networkFields = listNetworkFields(providerName)
  const { errors } = useFormState({ control: form.control })
  const { errors: noteErrors } = useFormState({ control: notesForm.control })
  const wrongFields = fieldNames.filter((name) => errors[name])
  const wrong = Object.keys(noteErrors).length + wrongFields.length
  const reason = useWatch({ control: notesForm.control, name: "reason" })

  const isOpen = openTab === providerName
  const typing = useTypedField()
  const live = useVerdict(projectId, form, isOpen, typing.typed, wrongFields)
  const replaced = useReplaced(projectId, live.draft)
  const missing = (live.summary?.missing.length ?? 0) + (reason.trim() === "" ? 1 : 0)
  const hasMistakes = wrongFields.some((name) => form.getValues(name)) || noteErrors.displayName !== undefined
  const todo = toFormTodo(Math.max(missing, wrong), hasMistakes)
  const isNarrow = useMedia("(max-width: 1100px)") === true
  const latest = useRef(live)
  useEffect(() => {
    latest.current = live
  })

  /** Shows every error at once and moves the focus to the first one. The notes come last on the page. */
  async function submit(event: SubmitEvent) {
    event.preventDefault()
    typing.settle()
    for (const name of fieldNames) await normaliser.normalise(name)
    const areNotesRight = await notesForm.trigger()
    await form.handleSubmit(async () => {
      if (!areNotesRight)
        notesForm.setFocus(notesForm.getFieldState("displayName").invalid ? "displayName" : "reason")
      else if (getShownVerdict()?.status === "red") showProblems()
      else if (replaced?.isUnchanged === true) form.setFocus(networkFields[0]?.[0] ?? "vpcId")
      else await send(notesForm.getValues(), getShownVerdict())
    })(event)
  }

  /** Returns the verdict on the present values; null when they were rewritten just now. */
  function getShownVerdict() {
    const { draft, verdict } = latest.current
    return JSON.stringify(draft) === JSON.stringify(toDraft(form.getValues())) ? verdict : null
  }

  /** Leads to the problems and reads the project again: they may be solved by now. */
  function showProblems() {
    document.getElementById("verdict")?.focus()
    invalidateVerdicts(queryClient, projectId)
  }

  function findField(name: string) {
    const field = toFieldName(name)
    if (field === "reason") return () => notesForm.setFocus(field)
    const found = fieldNames.find((one) => one === field)
    return found === undefined ? null : () => form.setFocus(found)
  }

  /** Selects a created container, whose CIDR may differ from the typed one. */
  function reuse({ id }: Container) {
    prefill.fill("Container reused", { providerName, request: { containerId: id } })
  }

  const panel = <VerdictPanel projectId={projectId} live={live} todo={todo} />
  return (
    <CloudFormContext value={{ ...parts, providerName, live: isOpen ? live : null }}>
      <FormBusy value={sending}>
        <form
          noValidate
          className={`grid one-column ${styles.form}`}
          aria-busy={sending}
          onSubmit={(event) => void submit(event)}
          onInput={(event) => {
            clearing.keep()
            typing.onInput(event)
          }}
        >
          {isOpen && replaced !== null && (
            <div className="above-20">
              <ReplacesNotice replaced={replaced} onKeep={() => form.setValue("replaces", "")} />
            </div>
          )}
          <CloudFields />
          {isOpen && (
            <div className={`narrow line-above above-20 pad-top-20 stack ${styles.last}`}>
              <div className={`grid ${styles.fields}`}>
                <FormTextField
                  form={notesForm}
                  name="displayName"
                  label="Name"
                  hint="Optional, visible to your team only"
                  required={false}
                />
                <FormTextField form={notesForm} name="reason" label="Reason" hint="Stored in the audit log" />
              </div>
              {/* Above the button, where there is no room beside the form. */}
              {isNarrow && panel}
              {outcome !== null && (
                <SubmitOutcome
                  projectId={projectId}
                  outcome={outcome}
                  findField={findField}
                  asked={toDraft(form.getValues()).newContainer?.atlasCidrBlock ?? null}
                  onReuse={reuse}
                />
              )}
              <SubmitBar live={live} replaced={replaced} wrong={wrong} todo={todo} />
            </div>
          )}
          {isOpen && !isNarrow && verdictPlace !== null && createPortal(panel, verdictPlace)}
        </form>
      </FormBusy>
    </CloudFormContext>
  )
}

/** Tells which text field of a form is being typed: from the first key until the person leaves it. */
function useTypedField() {
  const [typed, setTyped] = useState<string | null>(null)

  useEffect(() => {
    if (typed === null) return undefined
    const settle = () => setTyped(null)
    document.addEventListener("focusout", settle)
    return () => document.removeEventListener("focusout", settle)
  }, [typed])

  return {
    typed,
    onInput: ({ target }: SyntheticEvent) => {
      if (target instanceof HTMLInputElement && target.type === "text") setTyped(target.name)
    },
    settle: () => setTyped(null),
  }
}
