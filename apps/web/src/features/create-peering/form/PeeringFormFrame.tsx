import type { Container } from "@peering-desk/shared-schemas"
import {
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type SubmitEvent,
} from "react"
import { createPortal } from "react-dom"
import { useFormState, type Path } from "react-hook-form"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { getProblemText } from "#copy/problems.ts"
import { lacksPermission, toDraft, toFieldName, type ConnectionValues } from "./connection-values.ts"
import { DraftCode } from "#features/create-peering/verdict/DraftCode.tsx"
import { FieldNotesContext, toFieldNotes } from "./field-notes.ts"
import { usePermissions } from "#shared/permissions.ts"
import { OpenFormsContext } from "./open-forms.ts"
import { OpenTab, ReasonField } from "./ReasonField.tsx"
import { SubmitOutcome } from "./SubmitOutcome.tsx"
import { usePrefill } from "#features/create-peering/prefill/use-prefill.ts"
import { toFieldNames, type Filled, type PeeringForm } from "./use-peering-form.ts"
import { useVerdict, VerdictContext } from "#features/create-peering/verdict/use-verdict.ts"
import { VerdictPlace } from "#features/create-peering/verdict/verdict-place.ts"
import { VerdictPanel } from "#features/create-peering/verdict/VerdictPanel.tsx"
import { VerdictSummary } from "#features/create-peering/verdict/VerdictSummary.tsx"
import styles from "#features/create-peering/create-peering.module.css"

/** What the forms of all three clouds have around their fields: sending, what came of it, and starting over. */
export function PeeringFormFrame<Values extends ConnectionValues>({
  empty,
  peeringForm,
  onSending,
  children,
}: {
  empty: Values
  peeringForm: PeeringForm<Values>
  onSending: (sending: boolean) => void
  children: ReactNode
}) {
  const { owner, form, reasonForm, sending, outcome, send, checkAgain, startOver } = peeringForm
  const { errors } = useFormState({ control: form.control })
  const { errors: reasonErrors } = useFormState({ control: reasonForm.control })
  const [thrownAway, setThrownAway] = useState<Filled<Values> | null>(null)
  const { mayChange, reasonId } = usePermissions()
  const fieldNames = [...toFieldNames(empty), "reason"]
  const wrong = fieldNames.filter((name) => Object.hasOwn({ ...errors, ...reasonErrors }, name)).length

  const isOpen = useContext(OpenTab) === empty.providerName
  const place = useContext(VerdictPlace)
  const live = useVerdict(owner.projectId, form, isOpen)
  // Drawn anew with each change, as the verdict is.
  const isHeld = lacksPermission(form.getValues())
  const heldId = useId()
  const notes = useMemo(() => toFieldNotes(live.verdict), [live.verdict])
  const prefills = usePrefill(form)
  const forms = useContext(OpenFormsContext)
  const { fill } = prefills
  const byHand = useRef(new Set(Object.keys(empty).filter((name) => form.getValues()[name as keyof Values])))

  useEffect(() => {
    const isByHand = (name: string) => byHand.current.has(toFieldName(name))
    forms.set(empty.providerName, { read: () => toDraft(form.getValues()), isByHand, fill })
  }, [forms, empty, form, fill])

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ name, type }) => {
          if (type === "change" && name !== undefined) byHand.current.add(name)
        },
      }),
    [form],
  )

  useEffect(() => onSending(sending), [onSending, sending])

  /** All that is wrong is said at once; the focus goes to the first, and the reason stands last. */
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
    return fieldNames.includes(field) ? () => form.setFocus(field as Path<Values>) : null
  }

  /** Its block may be another than the one that was typed, which then counts no more. */
  function reuse({ id, providerName }: Container) {
    fill("Use the container that was made", { providerName, request: { containerId: id } })
  }

  return (
    <form
      noValidate
      className={styles.form}
      aria-busy={sending}
      onSubmit={(event) => void submit(event)}
      onInput={() => setThrownAway(null)}
    >
      <VerdictContext value={live.verdict}>
        <FieldNotesContext value={notes}>{children}</FieldNotesContext>
      </VerdictContext>
      <ReasonField form={reasonForm} providerName={empty.providerName} readOnly={sending} />
      {outcome?.kind === "changed" && (
        <Notice tone="you" title={getProblemText("plan_changed").title} announce>
          <p>{getProblemText("plan_changed").advice}</p>
        </Notice>
      )}
      {outcome !== null && outcome.kind !== "changed" && (
        <SubmitOutcome
          projectId={owner.projectId}
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
          // Pressing would take the focus from the last field, whose error then moves the button away from under the pointer.
          onMouseDown={(event) => event.preventDefault()}
        >
          {sending ? "Creating…" : "Create connection"}
        </Button>
        <Button
          kind="quiet"
          aria-disabled={sending}
          onClick={() => {
            if (sending) return
            const filled = { values: form.getValues(), reason: reasonForm.getValues("reason") }
            setThrownAway(thrownAway === null ? filled : null)
            startOver(thrownAway ?? undefined)
            prefills.forget()
            byHand.current = new Set()
          }}
        >
          {thrownAway === null ? "Start over" : "Bring back what was there"}
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
      {isOpen && <DraftCode projectId={owner.projectId} draft={live.draft} />}
      {isOpen &&
        place !== null &&
        createPortal(<VerdictPanel projectId={owner.projectId} live={live} prefills={prefills} />, place)}
    </form>
  )
}
