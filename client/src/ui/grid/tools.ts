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
    name: 'Draw',
    key: 'b',
    icon: 'pencil',
    hint: 'Click to write or take away, drag a note to move it, its ends to make it longer',
  },
  {
    tool: 'paint',
    name: 'Paint',
    key: 'p',
    icon: 'brush',
    hint: 'Drag to write notes along the way',
  },
  {
    tool: 'select',
    name: 'Select',
    key: 'v',
    icon: 'marquee',
    hint: 'Drag a box around notes, click one, drag them all',
  },
  {
    tool: 'erase',
    name: 'Erase',
    key: 'e',
    icon: 'eraser',
    hint: 'Drag over notes to take them away',
  },
]

export const TOOL_KEYS: Readonly<Record<string, Tool | undefined>> = Object.fromEntries(
  TOOLS.map(({ key, tool }) => [key, tool]),
)
