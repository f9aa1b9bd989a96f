import { AnswerDecline } from "@peering-desk/shared-schemas"
import { useState } from "react"
import { useAnswerDecline } from "#api/peerings/annotations.ts"
import { ReasonDialog } from "#shared/ReasonDialog.tsx"
import { Button } from "#ui/Button.tsx"
import { showToast } from "#ui/overlay/Toasts.tsx"

const field = {
  label: "Answer",
  hint: "Shown under the decline on the share page, with your name. No mail is sent.",
  check: (answer: string) => AnswerDecline.safeParse({ answer }).error?.issues[0]?.message,
}

/** Writes an answer to the owner's decline, which the share page shows. */
export function AnswerButton({
  projectId,
  peeringId,
  title,
  reason,
  kind,
  size,
}: {
  projectId: string
  peeringId: string
  /** The connection's name, for people who hear the button alone. */
  title: string
  /** The owner's reason. */
  reason: string
} & Pick<Parameters<typeof Button>[0], "kind" | "size">) {
  const [isOpen, setOpen] = useState(false)
  const { mutate, reset, isPending, error } = useAnswerDecline(projectId, peeringId)
  const close = () => {
    reset()
    setOpen(false)
  }
  return (
    <>
      <Button kind={kind} size={size} aria-label={`Answer… ${title}`} onClick={() => setOpen(true)}>
        Answer…
      </Button>
      {isOpen && (
        <ReasonDialog
          projectId={projectId}
          question="Answer the network owner"
          act={{ words: "Send answer", busy: "Sending…" }}
          field={field}
          isPending={isPending}
          error={error}
          onConfirm={(answer) =>
            mutate(answer, {
              onSuccess: () => {
                showToast("Answer is on the share page")
                close()
              },
            })
          }
          onCancel={close}
        >
          <p>Declined: “{reason}”</p>
        </ReasonDialog>
      )}
    </>
  )
}
