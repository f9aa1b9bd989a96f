import { use, useId, type ReactNode, type Ref } from "react"
import { FormBusy } from "./form-busy.ts"
import styles from "./RadioCards.module.css"

export interface RadioCard {
  value: string
  title: ReactNode
  detail: ReactNode
  /** Placed beside the choice and outside of its label, since it may hold a button. */
  aside?: ReactNode
  /** Shown inside the card while it is chosen. */
  content?: ReactNode
}

/** One choice of a few, each with room for what one needs to know to choose. */
export function RadioCards({
  label,
  hint,
  isTitled = true,
  error,
  cards,
  value,
  onChange,
  onBlur,
  ref,
  children,
}: {
  label: string
  hint: ReactNode
  /** False below a heading that says the same: label and hint are then for assistive technology alone. */
  isTitled?: boolean
  error?: string | undefined
  cards: readonly RadioCard[]
  /** The chosen card's; any other text when none is chosen. */
  value: string
  onChange: (value: string) => void
  onBlur?: () => void
  /** Takes the focus when the choice is wrong: the chosen card's button, the first one's, or the group without cards. */
  ref?: Ref<HTMLElement>
  /** Shown without cards. */
  children?: ReactNode
}) {
  const id = useId()
  const isBusy = use(FormBusy)
  const chosen = Math.max(
    0,
    cards.findIndex((card) => card.value === value),
  )
  return (
    <div
      ref={cards.length === 0 ? (ref as Ref<HTMLDivElement>) : undefined}
      tabIndex={-1}
      role="radiogroup"
      className={`narrow ${styles.group}`}
      aria-labelledby={`${id}-label`}
      aria-describedby={error === undefined ? `${id}-hint` : `${id}-hint ${id}-error`}
      aria-required="true"
      aria-invalid={error !== undefined}
    >
      <p id={`${id}-label`} className={isTitled ? "strong" : "visually-hidden"}>
        {label}
      </p>
      <p id={`${id}-hint`} className={isTitled ? styles.hint : "visually-hidden"}>
        {hint}
      </p>
      {cards.map((card, index) => (
        <div key={card.value} className={`flex level edge-control rounded on-card wrapping ${styles.card}`}>
          <label
            className={`grid narrow press gap-x-12 pad-y-12 pad-x-14 fill-220 mark-column ${styles.choice}`}
          >
            <input
              ref={index === chosen ? (ref as Ref<HTMLInputElement>) : undefined}
              type="radio"
              name={id}
              value={card.value}
              checked={card.value === value}
              onChange={() => !isBusy && onChange(card.value)}
              onBlur={onBlur}
              className="tick no-ring above-2"
            />
            <span className="second-column strong wrap">{card.title}</span>
            <span className="second-column quiet small wrap">{card.detail}</span>
          </label>
          {card.aside !== undefined && <div className={styles.aside}>{card.aside}</div>}
          {card.content !== undefined && card.value === value && (
            <div className={`narrow ${styles.content}`}>{card.content}</div>
          )}
        </div>
      ))}
      {cards.length === 0 && children}
      {error !== undefined && (
        <p id={`${id}-error`} className="above-4 tone-failed small lines-18">
          {error}
        </p>
      )}
    </div>
  )
}
