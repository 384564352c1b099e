import { createLive, type Live } from '../lib/live.ts'
import type { ThemeChoice } from './app-types.ts'
import type { Drawer } from './storage.ts'

/** `public/theme-stamp.js` reads it too, before the page is painted. */
const KEY = 'theme'
const CHOICES: readonly ThemeChoice[] = ['system', 'dark', 'light']

/** How this browser was told to look; as the device does while it was told nothing. */
export function createThemeChoice(drawer: Drawer): {
  readonly theme: Live<ThemeChoice>
  readonly setTheme: (choice: ThemeChoice) => void
} {
  const kept = drawer.read(KEY)
  const theme = createLive<ThemeChoice>(CHOICES.find((choice) => choice === kept) ?? 'system')
  return {
    theme,
    setTheme(choice) {
      theme.set(choice)
      drawer.write(KEY, choice)
    },
  }
}
