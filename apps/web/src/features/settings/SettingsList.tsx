import type { UseQueryResult } from "@tanstack/react-query"
import { useRef, useState, type ReactNode } from "react"
import { Failure } from "#shared/refusals/Failure.tsx"
import { ConfirmDialog } from "#ui/overlay/ConfirmDialog.tsx"
import { SettingsSection } from "./SettingsSection.tsx"

/** A section with a list whose rows can be removed after a question. */
export function SettingsList<Item extends { id: string }>({
  title,
  about,
  read,
  failure,
  empty,
  rowClass,
  renderRow,
  toQuestion,
  onRemove,
  footer,
}: {
  title: string
  about: ReactNode
  read: UseQueryResult<readonly Item[]>
  /** Why the last row could not be removed; null when it was. */
  failure: unknown
  /** Takes the place of a list without rows. */
  empty: ReactNode
  rowClass: string | undefined
  renderRow: (item: Item, ask: () => void) => ReactNode
  toQuestion: (item: Item) => { title: string; act: string; consequences: string }
  /** @param onDone to be called once the row is gone */
  onRemove: (item: Item, onDone: () => void) => void
  footer?: ReactNode
}) {
  const { data } = read
  const [asked, setAsked] = useState<Item | null>(null)
  const place = useRef<HTMLDivElement>(null)
  const question = asked === null ? null : { item: asked, ...toQuestion(asked) }
  return (
    <SettingsSection title={title} about={about} read={read}>
      <div ref={place} tabIndex={-1} className="no-ring">
        <Failure error={failure} />
        {data?.length === 0 ? (
          <p>{empty}</p>
        ) : (
          <ul className="line-below" aria-label={title}>
            {data?.map((item) => (
              <li
                key={item.id}
                className={`grid level gap-2 gap-x-16 high-44 pad-y-5 line-above ${rowClass}`}
              >
                {renderRow(item, () => setAsked(item))}
              </li>
            ))}
          </ul>
        )}
      </div>
      {footer}
      {question !== null && (
        <ConfirmDialog
          title={question.title}
          act={question.act}
          onClose={() => setAsked(null)}
          onConfirm={() => {
            // The button of the removed row is gone by then.
            onRemove(question.item, () => place.current?.focus())
            setAsked(null)
          }}
        >
          <p>{question.consequences}</p>
        </ConfirmDialog>
      )}
    </SettingsSection>
  )
}
