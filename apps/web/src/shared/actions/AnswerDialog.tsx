import { AnswerDecline, findMistake } from "@peering-desk/shared-schemas"
import { useAnswerDecline } from "#api/peerings/annotations.ts"
import { ReasonDialog } from "#shared/ReasonDialog.tsx"
import { showToast } from "#ui/overlay/Toasts.tsx"

const field = {
  label: "Answer",
  hint: "Shown under the decline on the share page, with your name. No mail is sent.",
  check: (answer: string) => findMistake(AnswerDecline.shape.answer, answer),
}

/** Asks for the answer to an owner's decline. */
export function AnswerDialog({
  projectId,
  peeringId,
  reason,
  onClose,
}: {
  projectId: string
  peeringId: string
  reason: string
  onClose: () => void
}) {
  const { mutate, isPending, error } = useAnswerDecline(projectId, peeringId)
  const onSuccess = () => {
    showToast("Answer is on the share page")
    onClose()
  }
  return (
    <ReasonDialog
      projectId={projectId}
      question="Answer the network owner"
      act={{ words: "Send answer", busy: "Sending…" }}
      field={field}
      isPending={isPending}
      error={error}
      onConfirm={(answer) => mutate(answer, { onSuccess })}
      onCancel={onClose}
    >
      <p>Declined: “{reason}”</p>
    </ReasonDialog>
  )
}
