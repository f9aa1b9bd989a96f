// Applies the theme that the person chose before the first paint. `src/features/session/AccountPanel.tsx` stores it.
try {
  const theme = localStorage.getItem("peering-desk:theme")
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme
} catch {
  // A browser that stores nothing follows the system.
}
