import { useState } from "react"
import { SegmentedControl } from "#ui/fields/SegmentedControl.tsx"
import { readTheme, setTheme, type Theme } from "#ui/theme.ts"

const themes: readonly { value: Theme; title: string }[] = [
  { value: "system", title: "System" },
  { value: "light", title: "Light" },
  { value: "dark", title: "Dark" },
]

/** Switches between the light and the dark theme, and the system's. */
export function ThemeSwitch() {
  const [theme, choose] = useState(readTheme)
  return (
    <SegmentedControl
      label="Theme"
      options={themes}
      value={theme}
      onChange={(next) => {
        setTheme(next)
        choose(next)
      }}
    />
  )
}
