import MonitorDown from 'lucide/dist/esm/icons/monitor-down.mjs'
import Monitor from 'lucide/dist/esm/icons/monitor.mjs'
import Moon from 'lucide/dist/esm/icons/moon.mjs'
import Sun from 'lucide/dist/esm/icons/sun.mjs'

/** Icons of how the page looks, and of taking it as an app. */
export const LOOK_ICONS = {
  install: MonitorDown,
  system: Monitor,
  dark: Moon,
  light: Sun,
} as const
