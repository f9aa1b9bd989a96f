import { createContext } from "react"

/** True while what the form around a field holds is being sent. A field can't be changed then: the change would be lost. */
export const FormBusy = createContext(false)
