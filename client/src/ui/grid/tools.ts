import { ROLL_WORDS } from '../../words/roll.ts'
import type { IconName } from '../base/icons.ts'

/** What a press on the roll does. */
export type Tool = 'draw' | 'paint' | 'select' | 'erase'

interface ToolFace {
  readonly tool: Tool
  readonly name: string
  readonly key: string
  readonly icon: IconName
  /** What a mouse and a finger do with it. */
  readonly hint: string
}

export const TOOLS: readonly ToolFace[] = [
  {
    tool: 'draw',
    ...ROLL_WORDS.draw,
    key: 'b',
    icon: 'pencil',
  },
  {
    tool: 'paint',
    ...ROLL_WORDS.paint,
    key: 'p',
    icon: 'brush',
  },
  {
    tool: 'select',
    ...ROLL_WORDS.select,
    key: 'v',
    icon: 'marquee',
  },
  {
    tool: 'erase',
    ...ROLL_WORDS.erase,
    key: 'e',
    icon: 'eraser',
  },
]

export const TOOL_KEYS: Readonly<Record<string, Tool | undefined>> = Object.fromEntries(
  TOOLS.map(({ key, tool }) => [key, tool]),
)
