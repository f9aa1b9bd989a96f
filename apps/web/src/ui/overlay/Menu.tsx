import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from "react"
import { passFocusOn } from "#ui/Button.tsx"
import { Icon, type IconName } from "#ui/marks/Icon.tsx"
import styles from "./Menu.module.css"
import { useTopLayer } from "./use-top-layer.ts"

export interface MenuItem {
  title: string
  icon?: IconName
  onSelect: () => void
  /** Destroys something. */
  isDanger?: boolean
  /** Why it can't be chosen now; it stays reachable by keyboard so that the reason is read. */
  disabledReason?: string
}

/** A button that opens a menu of actions (ARIA Authoring Practices, Menu Button). */
export function Menu({
  label,
  trigger = <Icon name="more" />,
  size = "normal",
  items,
}: {
  /** Names the button: "More actions for checkout-api". */
  label: string
  trigger?: ReactNode
  size?: "normal" | "small"
  items: readonly (MenuItem | false)[]
}) {
  const id = useId()
  const shown = items.filter((item) => item !== false)
  const button = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  useTopLayer(list, button, isOpen, setOpen)
  useLayoutEffect(() => passFocusOn(button.current), [])

  useEffect(() => {
    if (isOpen) getItems(list.current)[0]?.focus()
  }, [isOpen])

  function close() {
    setOpen(false)
    button.current?.focus()
  }

  function move(event: KeyboardEvent) {
    const all = getItems(list.current)
    const at = all.indexOf(document.activeElement as HTMLElement)
    const steps: Record<string, number> = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    }
    const next = steps[event.key]
    if (next !== undefined) {
      event.preventDefault()
      all[next]?.focus()
    } else if (event.key === "Escape") {
      event.stopPropagation()
      close()
    } else if (event.key === "Tab") setOpen(false)
    else if (event.key.length === 1 && event.key !== " ") {
      const letter = event.key.toLowerCase()
      const following = [...all.slice(at + 1), ...all.slice(0, at + 1)]
      following.find((item) => item.textContent.trim().toLowerCase().startsWith(letter))?.focus()
    }
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className={`high-34 pad-x-8 ${styles.button} ${size === "small" ? styles.small : ""}`}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return
          event.preventDefault()
          setOpen(true)
        }}
      >
        {trigger}
      </button>
      {isOpen && (
        <div
          ref={list}
          id={id}
          popover="manual"
          role="menu"
          aria-label={label}
          tabIndex={-1}
          className={`flat sheet rounded-10 fixed ${styles.menu}`}
          onKeyDown={move}
        >
          {shown.map(({ title, icon, onSelect, isDanger = false, disabledReason }) => (
            <button
              key={title}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={`bare line gap-10 wide rounded-6 left high-32 pad-y-4 pad-x-10 ${styles.item} ${isDanger ? "tone-failed" : ""}`}
              aria-disabled={disabledReason !== undefined || undefined}
              onClick={() => {
                if (disabledReason !== undefined) return
                close()
                onSelect()
              }}
            >
              {icon !== undefined && <Icon name={icon} />}
              <span>
                {title}
                {disabledReason !== undefined && (
                  <span className="block faint small lines-16">{disabledReason}</span>
                )}
              </span>
            </button>
          ))}
        </div>
      )}
    </>
  )
}

function getItems(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
}
