import { Suspense, useState } from "react"
import { Button } from "#ui/Button.tsx"
import { lazyPage } from "#ui/lazy-page.ts"

const AnswerDialog = lazyPage(async () => (await import("./AnswerDialog.tsx")).AnswerDialog)

/** Writes an answer to the owner's decline, which the share page shows. */
export function AnswerButton({
  title,
  kind,
  size,
  ...about
}: {
  projectId: string
  peeringId: string
  /** The connection's name, for people who hear the button alone. */
  title: string
  /** The owner's reason. */
  reason: string
} & Pick<Parameters<typeof Button>[0], "kind" | "size">) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button kind={kind} size={size} aria-label={`Answer… ${title}`} onClick={() => setOpen(true)}>
        Answer…
      </Button>
      <Suspense>{isOpen && <AnswerDialog {...about} onClose={() => setOpen(false)} />}</Suspense>
    </>
  )
}
