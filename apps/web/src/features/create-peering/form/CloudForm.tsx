import type { Container, ProviderName } from "@peering-desk/shared-schemas"
import { useId, type SubmitEvent } from "react"
import { createPortal } from "react-dom"
import { useFormState } from "react-hook-form"
import { FormTextField } from "#forms/FormTextField.tsx"
import { usePermissions } from "#shared/permissions.ts"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { getProblemText } from "#copy/problems.ts"
import { listFieldNames } from "#features/create-peering/draft/cloud-fields.ts"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import { lacksPermission, toDraft, toFieldName } from "#features/create-peering/draft/form-values.ts"
import { usePrefill } from "#features/create-peering/prefill/use-prefill.ts"
import { DraftCode } from "#features/create-peering/verdict/DraftCode.tsx"
import { useVerdict, VerdictContext } from "#features/create-peering/verdict/use-verdict.ts"
import { VerdictPanel } from "#features/create-peering/verdict/VerdictPanel.tsx"
import { VerdictSummary } from "#features/create-peering/verdict/VerdictSummary.tsx"
import { CloudFields } from "./CloudFields.tsx"
import { SubmitOutcome } from "./SubmitOutcome.tsx"
import { useCloudForm } from "./use-cloud-form.ts"
import styles from "./form.module.css"

/** The form for a peering in one cloud. All three stay on the page, and one of them is open. */
export function CloudForm({ providerName }: { providerName: ProviderName }) {
  const { owner, reasonForm, openTab, verdictPlace } = useCreatePage()
  const { mayChange, reasonId } = usePermissions()
  const { form, sending, outcome, send, checkAgain, isCleared, keepCleared, toggleCleared } =
    useCloudForm(providerName)
  const { projectId } = owner
  const fieldNames = listFieldNames(providerName)
  const { errors } = useFormState({ control: form.control })
  const { errors: reasonErrors } = useFormState({ control: reasonForm.control })
  const wrong = Object.keys(reasonErrors).length + fieldNames.filter((name) => errors[name]).length

  const isOpen = openTab === providerName
  const live = useVerdict(projectId, form, isOpen)
  const prefill = usePrefill(form)
  const isHeld = lacksPermission(form.getValues())
  const heldId = useId()

  /** Shows every error at once and moves the focus to the first one. The reason comes last on the page. */
  async function submit(event: SubmitEvent) {
    event.preventDefault()
    if (!mayChange) return
    const hasReason = await reasonForm.trigger("reason")
    await form.handleSubmit(async () => {
      if (hasReason) await send(reasonForm.getValues("reason").trim(), live.verdict)
      else reasonForm.setFocus("reason")
    })(event)
  }

  function findField(name: string) {
    const field = toFieldName(name)
    if (field === "reason") return () => reasonForm.setFocus(field)
    const found = fieldNames.find((one) => one === field)
    return found === undefined ? null : () => form.setFocus(found)
  }

  /** Selects a created container, whose CIDR may differ from the typed one. */
  function reuse({ id }: Container) {
    prefill.fill("Use the container that was made", { providerName, request: { containerId: id } })
  }

  function startOver() {
    if (sending) return
    toggleCleared()
    prefill.forget()
  }

  return (
    <form
      noValidate
      className={styles.form}
      aria-busy={sending}
      onSubmit={(event) => void submit(event)}
      onInput={keepCleared}
    >
      <VerdictContext value={live.verdict}>
        <CloudFields form={form} providerName={providerName} readOnly={sending} />
      </VerdictContext>
      {isOpen && (
        <FormTextField
          form={reasonForm}
          name="reason"
          label="Reason"
          hint="Kept in the audit trail"
          readOnly={sending}
        />
      )}
      {outcome?.kind === "changed" && (
        <Notice tone="you" title={getProblemText("plan_changed").title} announce>
          <p>{getProblemText("plan_changed").advice}</p>
        </Notice>
      )}
      {outcome !== null && outcome.kind !== "changed" && (
        <SubmitOutcome
          projectId={projectId}
          outcome={outcome}
          findField={findField}
          checking={sending}
          asked={toDraft(form.getValues()).newContainer?.atlasCidrBlock ?? null}
          onCheckAgain={checkAgain}
          onReuse={reuse}
        />
      )}
      {isOpen && <VerdictSummary live={live} />}
      <div className={styles.actions}>
        <Button
          kind="primary"
          type="submit"
          aria-disabled={sending || !mayChange || isHeld}
          aria-describedby={!mayChange ? reasonId : isHeld ? heldId : undefined}
          // Keeps the focus in the last field: its blur could show an error and move the button away from under the pointer.
          onMouseDown={(event) => event.preventDefault()}
        >
          {sending ? "Creating…" : "Create connection"}
        </Button>
        <Button kind="quiet" aria-disabled={sending} onClick={startOver}>
          {isCleared ? "Bring back what was there" : "Start over"}
        </Button>
        {isHeld && (
          <p id={heldId} className={styles.count}>
            Waits for your tick that Atlas has its role on the VNet
          </p>
        )}
        <output className={styles.count}>
          {wrong > 0 && (wrong === 1 ? "One thing to put right" : `${wrong} things to put right`)}
        </output>
      </div>
      {isOpen && <DraftCode projectId={projectId} draft={live.draft} />}
      {isOpen &&
        verdictPlace !== null &&
        createPortal(
          <VerdictPanel
            projectId={projectId}
            live={live}
            lastPrefill={prefill.last}
            onUndo={prefill.undo}
            onApply={prefill.apply}
          />,
          verdictPlace,
        )}
    </form>
  )
}
