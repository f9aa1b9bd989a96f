import { Tabs as BaseTabs } from "@base-ui/react/tabs"
import type { ReactNode } from "react"
import styles from "./Tabs.module.css"

/**
 * Panels of which one shows (ARIA Authoring Practices, Tabs with automatic activation). All of them stay in the page, so that
 * what was typed in one is still there when one comes back.
 */
export function Tabs<Value extends string>({
  label,
  tabs,
  value,
  locked = false,
  onChange,
}: {
  /** Names the row of tabs for those who hear the page. */
  label: string
  tabs: readonly { value: Value; title: string; panel: ReactNode }[]
  value: Value
  /** Keeps the other tabs from being opened. */
  locked?: boolean
  onChange: (value: Value) => void
}) {
  return (
    <BaseTabs.Root value={value} onValueChange={(next: Value) => onChange(next)}>
      <BaseTabs.List activateOnFocus aria-label={label} className={styles.list}>
        {tabs.map((tab) => (
          <BaseTabs.Tab
            key={tab.value}
            value={tab.value}
            disabled={locked && tab.value !== value}
            className={styles.tab}
          >
            {tab.title}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {tabs.map((tab) => (
        <BaseTabs.Panel key={tab.value} value={tab.value} keepMounted tabIndex={-1} className={styles.panel}>
          {tab.panel}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  )
}
