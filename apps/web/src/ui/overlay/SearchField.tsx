import { useEffect, useId, useRef, useState, type ReactNode, type RefObject } from "react"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./SearchField.module.css"

/** A field and what is typed in it, for the list below it. */
export interface Search {
  label: string
  text: string
  field: RefObject<HTMLInputElement | null>
  /** The id that the list takes. */
  listId: string
  /** True when Enter was pressed for this text before the list was there. */
  isEntered: boolean
}

/**
 * A field that takes keys from the moment it opens. The list that it searches may load behind it: `SearchList` then makes a combobox of
 * both.
 */
export function SearchField({
  label,
  placeholder,
  onClose,
  children,
}: {
  label: string
  placeholder: string
  onClose: () => void
  children: (search: Search) => ReactNode
}) {
  const listId = useId()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState("")
  const [isEntered, setEntered] = useState(false)

  // After what is around it is shown: it opens on request, and the way on is to type.
  useEffect(() => field.current?.focus(), [])

  return (
    <>
      <div className="line gap-10 line-below pad-x-14">
        <Icon name="search" />
        <input
          ref={field}
          className={`grow narrow no-edge no-background ${styles.input}`}
          role="combobox"
          aria-label={label}
          aria-autocomplete="list"
          aria-controls={listId}
          // The list changes it when it is there.
          aria-expanded={false}
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setEntered(false)
          }}
          onKeyDown={(event) => {
            // The list stops the event when it is there.
            if (event.key === "Enter" && !event.nativeEvent.isComposing) {
              // Otherwise the key also presses the button that has the focus once the list has chosen.
              event.preventDefault()
              setEntered(true)
            }
            if (event.key !== "Escape") return
            event.preventDefault()
            event.stopPropagation()
            onClose()
          }}
        />
      </div>
      {children({ label, text, field, listId, isEntered })}
    </>
  )
}
