import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./SearchList.module.css"

export interface SearchOption {
  key: string
  /** The words that are searched and shown. */
  text: string
  /** More words that are searched: ids. */
  keywords?: string
  /** The group it is listed under; options of one group follow each other. */
  group?: string
  /** What is shown after its text. */
  detail?: ReactNode
  mark?: ReactNode
  isCurrent?: boolean
}

/** A search field over a list of options (ARIA Authoring Practices, Editable Combobox With List Autocomplete). */
export function SearchList({
  label,
  placeholder,
  options,
  most = 50,
  emptyWords = "No match",
  onChoose,
  onClose,
}: {
  label: string
  placeholder: string
  options: readonly SearchOption[]
  /** Shows no more of the matches than this. */
  most?: number
  emptyWords?: string
  onChoose: (key: string) => void
  onClose: () => void
}) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [search, setSearch] = useState("")
  const found = findOptions(options, search).slice(0, most)
  const [chosen, setChosen] = useState(() =>
    Math.max(
      found.findIndex(({ isCurrent }) => isCurrent === true),
      0,
    ),
  )
  const at = Math.min(chosen, found.length - 1)

  // After what is around it is shown: it opens on request, and the way on is to type.
  useEffect(() => field.current?.focus(), [])

  function move(to: number) {
    const next = (to + found.length) % Math.max(found.length, 1)
    setChosen(next)
    list.current?.querySelectorAll('[role="option"]')[next]?.scrollIntoView?.({ block: "nearest" })
  }

  function press(event: KeyboardEvent) {
    const steps: Record<string, () => void> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      Enter: () => found[at] !== undefined && onChoose(found[at].key),
      Escape: onClose,
    }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    step()
  }

  return (
    <>
      <div className={styles.field}>
        <Icon name="search" />
        <input
          ref={field}
          className={styles.input}
          role="combobox"
          aria-label={label}
          aria-expanded
          aria-controls={id}
          aria-activedescendant={found[at] === undefined ? undefined : `${id}-${at}`}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value)
            setChosen(0)
          }}
          onKeyDown={press}
        />
      </div>
      {/* A native list can not be searched. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <div ref={list} id={id} role="listbox" aria-label={label} tabIndex={-1} className={styles.list}>
        {found.map(({ key, text, detail, mark, group, isCurrent }, index) => (
          <div key={key} role="presentation">
            {group !== undefined && group !== found[index - 1]?.group && (
              <p role="presentation" className={styles.group}>
                {group}
              </p>
            )}
            <button
              type="button"
              id={`${id}-${index}`}
              // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
              role="option"
              aria-selected={index === at}
              tabIndex={-1}
              className={styles.option}
              onPointerMove={() => setChosen(index)}
              onClick={() => onChoose(key)}
            >
              {mark}
              <span className={styles.text}>{text}</span>
              {detail !== undefined && <span className={styles.detail}>{detail}</span>}
              {isCurrent === true && <Icon name="check" />}
            </button>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className={styles.none}>{emptyWords}</p>}
      <output className="visually-hidden">
        {search !== "" && (found.length === 1 ? "1 match" : `${found.length} matches`)}
      </output>
    </>
  )
}

/** Returns the options in which every word of a search occurs; a text that begins with it comes first within its group. */
function findOptions(options: readonly SearchOption[], search: string): readonly SearchOption[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return options
  const found = options.filter(({ text, keywords = "" }) => {
    const all = `${text} ${keywords}`.toLowerCase()
    return words.every((word) => all.includes(word))
  })
  const begins = ({ text }: SearchOption) => Number(!text.toLowerCase().startsWith(words[0] ?? ""))
  const groups = [...new Set(found.map(({ group }) => group))]
  return found.toSorted(
    (one, other) => groups.indexOf(one.group) - groups.indexOf(other.group) || begins(one) - begins(other),
  )
}
