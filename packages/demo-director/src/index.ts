export { scenes } from "#scenes/scenes.ts"
