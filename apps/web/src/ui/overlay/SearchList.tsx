import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from "react"
import { Icon } from "#ui/marks/Icon.tsx"
import type { Search } from "./SearchField.tsx"
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

/**
 * The options that a search field finds. The field keeps the focus, and gets from here what a combobox needs (ARIA Authoring Practices,
 * Editable Combobox With List Autocomplete).
 */
export function SearchList({
  search: { label, text: search, field, listId: id, isEntered },
  options,
  most = 50,
  emptyWords = "No match",
  onChoose,
}: {
  search: Search
  options: readonly SearchOption[]
  /** Shows no more of the matches than this. */
  most?: number
  emptyWords?: string
  onChoose: (key: string) => void
}) {
  const list = useRef<HTMLDivElement>(null)
  const found = findOptions(options, search).slice(0, most)
  const [chosen, setChosen] = useState(() => ({
    search,
    index:
      search === ""
        ? Math.max(
            found.findIndex(({ isCurrent }) => isCurrent === true),
            0,
          )
        : 0,
  }))
  // Another search begins at its first option.
  const at = Math.min(chosen.search === search ? chosen.index : 0, found.length - 1)
  const active = found[at] === undefined ? null : `${id}-${at}`

  const press = useEffectEvent((event: KeyboardEvent) => {
    const steps: Record<string, () => void> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      Enter: chooseActive,
    }
    const step = event.isComposing ? undefined : steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    step()
  })

  const chooseEntered = useEffectEvent(chooseActive)
  const isFound = found.length > 0
  useEffect(() => {
    if (isEntered && isFound) chooseEntered()
  }, [isEntered, isFound])

  useEffect(() => {
    const input = field.current
    const onPress = (event: KeyboardEvent) => press(event)
    input?.setAttribute("aria-expanded", "true")
    input?.addEventListener("keydown", onPress)
    return () => input?.removeEventListener("keydown", onPress)
  }, [field])

  useEffect(() => {
    if (active === null) field.current?.removeAttribute("aria-activedescendant")
    else field.current?.setAttribute("aria-activedescendant", active)
  }, [field, active])

  function chooseActive() {
    if (found[at] !== undefined) onChoose(found[at].key)
  }

  function move(to: number) {
    const next = (to + found.length) % Math.max(found.length, 1)
    setChosen({ search, index: next })
    list.current?.querySelectorAll('[role="option"]')[next]?.scrollIntoView?.({ block: "nearest" })
  }

  return (
    <>
      {/* A native list can not be searched. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <div ref={list} id={id} role="listbox" aria-label={label} tabIndex={-1} className={styles.list}>
        {found.map(({ key, text, detail, mark, group, isCurrent }, index) => (
          <div key={key} role="presentation">
            {group !== undefined && group !== found[index - 1]?.group && (
              <p role="presentation" className={`faint small lines-16 ${styles.group}`}>
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
              className={`bare line gap-10 wide rounded-8 left high-36 pad-y-4 pad-x-10 ${styles.option}`}
              onPointerMove={() => setChosen({ search, index })}
              onClick={() => onChoose(key)}
            >
              {mark}
              <span className={`cut medium ${styles.text}`}>{text}</span>
              {detail !== undefined && (
                <span className={`line gap-10 clip nowrap quiet text-13 ${styles.detail}`}>{detail}</span>
              )}
              {isCurrent === true && <Icon name="check" />}
            </button>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="quiet pad-16">{emptyWords}</p>}
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
