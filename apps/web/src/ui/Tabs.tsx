import { useId, type KeyboardEvent, type ReactNode } from "react"
import styles from "./Tabs.module.css"

/** One tab: a card with a mark, a title and a second line, and its panel. */
export interface TabCard<Value extends string> {
  value: Value
  title: string
  detail: string
  mark: ReactNode
  panel: ReactNode
}

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** Panels of which one shows (ARIA Authoring Practices, Tabs with automatic activation). All stay mounted and keep their input. */
export function Tabs<Value extends string>({
  label,
  tabs,
  value,
  shown,
  locked = false,
  onChange,
}: {
  /** Names the row of tabs for assistive technology. */
  label: string
  tabs: readonly TabCard<Value>[]
  value: Value
  /** The tab whose panel shows: that of `value`, or a moment later. Null before there are panels. */
  shown: Value | null
  /** Keeps the other tabs from being opened. */
  locked?: boolean
  onChange: (value: Value) => void
}) {
  const id = useId()

  function move(event: KeyboardEvent<HTMLDivElement>) {
    const step = steps[event.key]
    if (step === undefined || locked) return
    event.preventDefault()
    const at = tabs.findIndex((tab) => tab.value === value)
    const next = tabs[step(at, tabs.length)]
    if (next === undefined) return
    onChange(next.value)
    document.getElementById(`${id}-tab-${next.value}`)?.focus()
  }

  return (
    <>
      <div
        role="tablist"
        tabIndex={-1}
        aria-label={label}
        className={`grid gap-12 ${styles.list}`}
        onKeyDown={move}
      >
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            id={`${id}-tab-${tab.value}`}
            data-printed={tab.value === value || undefined}
            aria-selected={tab.value === value}
            aria-controls={`${id}-panel-${tab.value}`}
            aria-disabled={(locked && tab.value !== value) || undefined}
            tabIndex={tab.value === value ? 0 : -1}
            className={`grid level gap-0 gap-x-8 pad-y-6 pad-x-12 nowrap edge-strong rounded on-card press left quiet ${styles.tab}`}
            onClick={() => !locked && onChange(tab.value)}
          >
            {tab.mark}
            <span className={`ink strong ${styles.title}`}>{tab.title}</span>
            <span aria-hidden="true" className={`small lines-16 second-column self-top ${styles.detail}`}>
              {tab.detail}
            </span>
          </button>
        ))}
      </div>
      {tabs.map((tab) => (
        <div
          key={tab.value}
          role="tabpanel"
          id={`${id}-panel-${tab.value}`}
          aria-labelledby={`${id}-tab-${tab.value}`}
          hidden={tab.value !== shown}
          // A press on the panel that is about to leave would act on a tab that is no longer chosen.
          inert={value !== shown}
        >
          {shown && tab.panel}
        </div>
      ))}
    </>
  )
}
