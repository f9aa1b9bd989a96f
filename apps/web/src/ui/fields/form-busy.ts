import { createContext } from "react"

/** True while what the form around a field holds is being sent. A text field can't be changed then: what is typed would be lost. */
export const FormBusy = createContext(false)
