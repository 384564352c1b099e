import Dices from 'lucide/dist/esm/icons/dices.mjs'
import Globe from 'lucide/dist/esm/icons/globe.mjs'
import Lock from 'lucide/dist/esm/icons/lock.mjs'
import TriangleAlert from 'lucide/dist/esm/icons/triangle-alert.mjs'
import Volume2 from 'lucide/dist/esm/icons/volume-2.mjs'
import X from 'lucide/dist/esm/icons/x.mjs'
import type { LateIcons } from './late-icons.ts'
import type { LOOK_ICONS } from './look-icons.ts'

type IconNode = typeof Dices

/** Lucide's, by what they mean here: outlines on a field of 24 by 24, stroked with the colour of the text round them. */
const FIRST_ICONS = {
  close: X,
  dice: Dices,
  lock: Lock,
  globe: Globe,
  sound: Volume2,
  warning: TriangleAlert,
} as const

export type IconName = keyof typeof FIRST_ICONS | keyof LateIcons | keyof typeof LOOK_ICONS

const icons: Partial<Record<IconName, IconNode>> = { ...FIRST_ICONS }

/** Makes those known that are not seen before the jam has begun. */
export function addIcons(late: Partial<Record<IconName, IconNode>>): void {
  Object.assign(icons, late)
}

export const iconNamed = (name: IconName): IconNode => icons[name] ?? []

export const iconNames = (): readonly IconName[] => Object.keys(icons) as readonly IconName[]
